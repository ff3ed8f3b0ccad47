"""Boards of chapters."""
