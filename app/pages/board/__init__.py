"""Pages of the boards of chapters."""
