"""Scorecards: making one, scoring oneself, verifying, closing."""
