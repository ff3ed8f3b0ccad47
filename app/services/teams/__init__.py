"""Teams of the movement."""
