"""Teams of the movement: who stands in one, and what a locality asks of it."""
