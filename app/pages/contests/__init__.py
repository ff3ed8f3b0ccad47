"""Online contests: set up, entered, taken, graded, published, complained about."""
