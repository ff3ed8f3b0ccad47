"""Takes in sound and film of questions."""
