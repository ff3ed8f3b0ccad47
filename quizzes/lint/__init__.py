"""What a careful editor looks for in question banks: sources, dates, lengths, what can be guessed, what is twice."""
