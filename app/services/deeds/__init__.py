"""Deeds: noted by members, also a day later, verified by sample, paid by the rules, summed along the tree."""
