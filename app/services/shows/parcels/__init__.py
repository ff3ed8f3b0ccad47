"""Shows that a hall played, carried to the province's server as one signed file."""
