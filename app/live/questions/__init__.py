"""The storing of answers, and the closing of a question."""
