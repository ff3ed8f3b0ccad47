"""Pages of activities and undertakings of chapters."""
