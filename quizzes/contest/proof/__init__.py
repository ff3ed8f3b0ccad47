"""A contest as one file, and the check that anyone can make of it."""
