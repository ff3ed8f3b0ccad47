"""Tournaments: made, drawn, played match by match; who goes on posts itself."""
