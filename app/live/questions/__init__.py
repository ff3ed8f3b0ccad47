"""How answers are stored, and how a question closes."""
