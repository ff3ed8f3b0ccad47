"""Targets: set by organisers, filled in several ways, summed along the tree."""
