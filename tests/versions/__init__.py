"""What every tagged version leaves behind: one database on each engine, made by that version's own code."""
