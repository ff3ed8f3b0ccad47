"""The rules page of a contest, made of its settings."""
