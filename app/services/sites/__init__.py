"""Digital streets and cashless markets."""
