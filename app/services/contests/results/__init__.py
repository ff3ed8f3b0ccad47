"""From finished attempts to results: grading, decisions, signals, standings, figures."""
