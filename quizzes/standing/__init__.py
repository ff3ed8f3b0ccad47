"""Standings: chapters compared by a published formula, in groups, from figures that anybody can add up again."""
