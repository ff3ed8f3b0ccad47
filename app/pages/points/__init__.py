"""Points: who has how many, by which rules, and how anybody can check it."""
