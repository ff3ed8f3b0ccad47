"""People and chapters from files: read by the titles of their columns, staged, looked at, switched in at once."""
