"""The steps that bring a database of any version to this one's tables. Nothing here imports the program: a step means
the same for ever."""
