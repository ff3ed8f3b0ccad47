"""Checks question banks as a careful editor would: sources, dates, lengths, keys that can be guessed, questions asked
twice."""
