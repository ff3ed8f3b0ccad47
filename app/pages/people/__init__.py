"""Coming in, members, chapters, lists from files, roles, one's own data."""
