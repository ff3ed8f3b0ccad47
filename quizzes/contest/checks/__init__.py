"""The checks before a contest opens."""
