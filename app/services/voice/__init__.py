"""Tiếng loa thanh niên: broadcasts of chapters."""
