"""Publishing results: signed, read by people, exported, paid in points."""
