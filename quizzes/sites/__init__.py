"""Sites: digital streets and cashless markets, by the criteria of a locality."""
