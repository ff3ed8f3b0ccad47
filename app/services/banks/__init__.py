"""Question banks: the shipped ones and the chapters' own, their reviews and their use."""
