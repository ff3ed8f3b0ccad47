"""The contract itself: who may do what, and what hostile arguments become."""

import pytest

from quizzes.engine import CLOCK, HOST, PLAYER, Actor, Command, Event, whole
from quizzes.grammar import Move
from quizzes.refusals import Rejected
from quizzes.rounds import run

MOVES = {"ring": Move(frozenset({HOST, CLOCK}), lambda state, command: [Event("rung", {"by": command.actor.role})])}


def test_a_move_gives_events_to_each_role_it_names() -> None:
    assert run(MOVES, None, Command("ring", Actor(CLOCK), 0)) == (Event("rung", {"by": CLOCK}),)


def test_a_move_of_others_is_not_yours() -> None:
    with pytest.raises(Rejected, match="not_yours"):
        run(MOVES, None, Command("ring", Actor(PLAYER, 1), 0))


def test_what_no_table_knows_is_not_now() -> None:
    with pytest.raises(Rejected, match="not_now") as refusal:
        run(MOVES, None, Command("dance", Actor(HOST), 0))
    assert refusal.value.about == {"command": "dance"}


@pytest.mark.parametrize("value", [True, 1.0, "1", None, [], 0, 4])
def test_a_whole_number_is_taken_only_as_one_and_in_range(value: object) -> None:
    with pytest.raises(Rejected, match="bad_request"):
        whole({"n": value}, "n", 1, 3)


def test_a_whole_number_in_range_is_taken() -> None:
    assert whole({"n": 3}, "n", 1, 3) == 3
