"""Online contests: set up, taken, graded, published, complained about."""
