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
    ballots.store(
        [Line(show_id, 1, seat, 0, f"seat-{seat}", f'"{choice}"', 5) for seat, choice in ((AN, "a"), (BINH, "b"))]
    )
    assert ballots.choices_of(show_id, [AN, BINH, CHI], [1, 2]) == {AN: {1: "a"}, BINH: {1: "b"}}
    assert ballots.choices_of(show_id, [BINH], [1]) == {BINH: {1: "b"}}


@pytest.fixture
def chosen(bound: Database) -> Callable[..., str]:
    """Stores choices of An as (client id, choice, received at), each in a group of its own; the one that counts."""
    show_id = scripts.create("thử", script=SCRIPT).show_id
    fence(show_id, accepting=True)

    def chosen(*choices: tuple[str, str, int]) -> str:
        for name, choice, at in choices:
            line = Line(show_id, 1, AN, ballots.take_of(name), name, f'"{choice}"', at)
            assert ballots.store([line]) == ["ok"]
        found = ballots.choices_of(show_id, [AN], [1])[AN][1]
        assert found == ballots.given(show_id, 1)[0].choice == ballots.quoted(show_id, [(1, AN)])[1, AN]
        return str(found)

    return chosen


def test_where_the_last_choice_counts_it_is_the_one_a_device_numbered_highest(chosen: Callable[..., str]) -> None:
    assert chosen(("phone-1", "a", 5), ("phone-2", "b", 6)) == "b"
    assert chosen(("phone-10", "c", 7), ("phone-9", "a", 8)) == "c", "the older one was stuck on another way"


def test_of_two_devices_that_number_alike_the_later_one_counts(chosen: Callable[..., str]) -> None:
    assert chosen(("phone-1", "a", 5), ("tablet-1", "b", 6)) == "b"
    assert chosen(("phone-2", "c", 7)) == "c"
    assert chosen(("phone-1", "a", 9), ("tablet-2", "d", 8)) == "d", "a repeated choice is no later one"


def test_a_choice_that_came_first_counts_no_more_however_late_it_is_stored(chosen: Callable[..., str]) -> None:
    assert chosen(("tablet-7", "b", 6), ("phone-8", "a", 5)) == "b"


def test_choices_without_a_number_are_devices_of_their_own(chosen: Callable[..., str]) -> None:
    assert chosen(("of-phone", "a", 5), ("of-tablet", "b", 6), ("ofphone", "c", 7)) == "c"


@pytest.mark.parametrize(
    "client_id", ["phone-1", "phone-0", "phone-10000", "phone-99999", "phone-" + 58 * "9", "phone-²", "phone"]
)
def test_a_take_fits_into_its_column_and_is_none_of_an_older_show(client_id: str) -> None:
    assert ballots.DEVICES <= ballots.take_of(client_id) < 2**31


def test_takes_of_older_shows_keep_the_order_in_which_they_were_received() -> None:
    old = [(AN, 1, 7, "a"), (AN, 2, 5, "b"), (BINH, 1, 5, "a"), (BINH, 2, 5, "b")]
    assert ballots.last_of_each(old) == {AN: "a", BINH: "b"}
