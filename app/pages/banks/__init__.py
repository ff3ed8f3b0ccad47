"""Banks of questions: written, reviewed, sent and taken away as files."""
