"""A province of invented people at full size, to see how everything stands it: the same rows every time."""
