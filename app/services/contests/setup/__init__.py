"""Setting a contest up, until it opens."""
