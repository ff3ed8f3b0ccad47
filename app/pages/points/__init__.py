"""Points: who has how many."""
