"""Places in a whole tournament."""

from __future__ import annotations

from quizzes.tournament.ranking import ranked


def test_the_last_match_comes_first_and_those_who_ended_before_it_share_a_rank() -> None:
    semi = [[("a", 1, True), ("b", 2, False)], [("c", 1, True), ("d", 1, False)]]
    final = [[("a", 2, False), ("c", 1, True)]]
    found = [(one.rank, one.name, one.stage, one.match) for one in ranked([semi, final])]
    assert found == [(1, "c", 1, 0), (2, "a", 1, 0), (3, "b", 0, 0), (3, "d", 0, 1)]


def test_a_lot_tells_equals_apart_in_the_last_match_and_others_share() -> None:
    final = [[("a", 1, False), ("b", 1, True), ("c", 3, False), ("d", 3, False), ("e", 0, False)]]
    assert [(one.rank, one.name) for one in ranked([final])] == [(1, "b"), (2, "a"), (3, "c"), (3, "d"), (5, "e")]
