"""Names that stand twice bear the name above, and no other does."""

from quizzes.namesakes import LONGEST, told_apart


def test_only_names_that_stand_twice_are_told_apart_by_what_is_above():
    names = {1: "Chi đoàn 1", 2: "Chi đoàn 1", 3: "Chi đoàn 2", 4: "Chi đoàn 1"}
    assert told_apart(names, {1: "Phường A", 2: "Phường B", 3: "Phường A"}) == {
        1: "Chi đoàn 1, Phường A",
        2: "Chi đoàn 1, Phường B",
        3: "Chi đoàn 2",
        4: "Chi đoàn 1",
    }
    assert len(told_apart({1: "x" * 199, 2: "x" * 199}, {1: "Phường", 2: "Phường"})[1]) == LONGEST
