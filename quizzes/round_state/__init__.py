"""The state of a round, moment by moment: who is in it, who plays what, which questions are out. Mechanics fold it."""
