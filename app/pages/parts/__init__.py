"""The parts that pages of every area are made of. No page stands here."""
