"""A group of answers: each is answered from what is stored, and what was accepted once is accepted for ever."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.models.engines import Database, insert
from app.models.shows import Opening
from app.services.commit import writing
from app.services.shows import ballots, scripts
from app.services.shows.ballots import Line
from tests.app.services.shows.test_seats import SCRIPT

AN, BINH, CHI = 1, 2, 3
CLOSES_AT = 1_000


@writing
def fence(db: Session, show_id: int, accepting: bool) -> None:
    row = {"closes_at": CLOSES_AT, "accepting": accepting, "code": "too_late"}
    query = insert(db, Opening).values(show_id=show_id, no=1, **row)
    db.execute(query.on_conflict_do_update(index_elements=["show_id", "no"], set_=row))


@pytest.fixture
def told(bound: Database) -> Callable[..., list[str]]:
    """Stores lines of (seat, client id, received at) and says what each was told."""
    show_id = scripts.create("thử", script=SCRIPT).show_id
    fence(show_id, accepting=True)

    def told(*lines: tuple[int, str, int], accepting: bool = True) -> list[str]:
        fence(show_id, accepting)
        return ballots.store([Line(show_id, 1, seat, 0, name, '"a"', at) for seat, name, at in lines])

    return told


def test_the_first_answer_of_a_seat_counts_and_another_is_told_so(told: Callable[..., list[str]]) -> None:
    assert told((AN, "an-0001", 5), (AN, "an-0002", 6), (BINH, "binh-01", 7)) == ["ok", "already", "ok"]
    assert told((AN, "an-0003", 8)) == ["already"]


def test_what_came_after_the_close_is_too_late(told: Callable[..., list[str]]) -> None:
    assert told((AN, "an-0001", CLOSES_AT), (BINH, "binh-01", CLOSES_AT + 1)) == ["ok", "too_late"]


def test_a_repeated_answer_is_accepted_for_ever(told: Callable[..., list[str]]) -> None:
    assert told((AN, "an-0001", 5)) == ["ok"]
    assert told((AN, "an-0001", CLOSES_AT + 9), (CHI, "chi-001", 5), accepting=False) == ["ok", "too_late"]


def test_an_opening_nobody_has_heard_of_takes_nothing(told: Callable[..., list[str]]) -> None:
    assert ballots.store([Line(0, 9, AN, 0, "an-0001", '"a"', 5)]) == ["not_open"]


def test_each_seat_is_told_its_own_choice_when_many_are_looked_up_together(bound: Database) -> None:
    show_id = scripts.create("thử", script=SCRIPT).show_id
    fence(show_id, accepting=True)
    ballots.store([Line(show_id, 1, seat, 0, f"seat-{seat}", f'"{choice}"', 5) for seat, choice in ((AN, "a"), (BINH, "b"))])
    assert ballots.choices_of(show_id, [AN, BINH, CHI], [1, 2]) == {AN: {1: "a"}, BINH: {1: "b"}}
    assert ballots.choices_of(show_id, [BINH], [1]) == {BINH: {1: "b"}}


def test_the_last_of_a_seats_choices_is_the_one_that_stands(bound: Database) -> None:
    show_id = scripts.create("thử", script=SCRIPT).show_id
    fence(show_id, accepting=True)
    ballots.store([Line(show_id, 1, AN, take, f"an-{take}", f'"{choice}"', take) for take, choice in ((2, "b"), (1, "a"))])
    assert ballots.choices_of(show_id, [AN], [1]) == {AN: {1: "b"}}
