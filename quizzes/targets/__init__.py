"""Targets: what a chapter wants to reach by a date, how near it is, where it is heading. The rules, no world."""
