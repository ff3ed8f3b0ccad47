"""Taking part in a contest: who somebody is to it, starting a try, what is saved, what its member sees of it.

decks       the frozen questions laid out for drawing papers, kept in this process
entrants    the person, the group they declared, extra time
starting    a try begins: a wave's or practice
tries       a try with its row locked, its answers, the times of its questions
saving      everything a member does in a try, stored in groups
views       what a member sees: contest, paper, what is saved, result
tickets     what lets a phone save without a session
"""
