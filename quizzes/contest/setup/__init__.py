"""What an organiser sets: the rules of a contest."""
