"""Contests while they run: what a phone saves, and what happens by time."""
