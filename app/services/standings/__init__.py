"""Standings of chapters: gathering figures, placing by published rules, freezing."""
