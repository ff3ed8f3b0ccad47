"""The rules of a contest, as an organiser sets them."""
