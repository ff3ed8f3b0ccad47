"""A claim on a seat: the host's word, also when it comes too late."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.models.engines import Database, database
from app.models.shows import Seat
from app.services.shows import scripts, seat_claims, seats
from app.services.shows.seats import Newcomer, Wanted
from quizzes.refusals import Rejected
from tests.app.services.shows.test_seats import SCRIPT, somebody

NEW_PHONE = "máy mới của An"


@pytest.fixture
def show(bound: Database) -> int:
    """An has a seat and asks for it from a new phone."""
    made = scripts.create("thử", script=SCRIPT).show_id
    seats.take(made, somebody("An"))
    seat_claims.ask(made, "An", NEW_PHONE)
    return made


def test_a_few_wait_for_one_seat_and_who_asks_again_is_among_them(show: int) -> None:
    for n in range(500):
        seat_claims.ask(show, "An", f"máy của kẻ phá số {n}", source="một nơi")
    assert len(seat_claims.waiting(show)) == seat_claims.FEW
    seat_claims.ask(show, "An", NEW_PHONE, source="nơi khác")  # its page asks every few seconds
    newest = max(one.claim_id for one in seat_claims.waiting(show))
    seat_claims.decide(show, newest, admit=True)
    assert seats.take(show, Newcomer("Tên khác", NEW_PHONE))[0].name == "An"


def test_what_the_host_is_shown_is_dealt_round_by_where_it_comes_from(show: int) -> None:
    names = [f"Bạn {n}" for n in range(60)]
    seats.take_group([Wanted(show, somebody(name)) for name in [*names, "Bình"]])
    for name in names:
        seat_claims.ask(show, name, f"kẻ phá xin chỗ của {name}", source="một nơi")
    seat_claims.ask(show, "Bình", "máy mới của Bình", source="nơi khác")
    shown = [one.name for one in seat_claims.waiting(show)]
    assert len(shown) == seat_claims.SHOWN
    assert shown.index("Bình") < 3
    assert seat_claims.how_many([show])[show][0] == 62


def claim(show: int) -> int:
    return seat_claims.waiting(show)[0].claim_id


def test_admitting_gives_the_seat_to_the_new_phone(show: int) -> None:
    seat_claims.decide(show, claim(show), admit=True)
    assert seats.take(show, Newcomer("Tên khác", NEW_PHONE))[0].name == "An"
    assert seat_claims.waiting(show) == []


def test_who_has_come_in_by_another_name_meanwhile_is_not_admitted_and_the_claim_ends(show: int) -> None:
    seats.take(show, Newcomer("An mới", NEW_PHONE))
    seat_claims.ask(show, "An", "máy của Bình")
    with pytest.raises(Rejected, match="seated_already"):
        seat_claims.decide(show, claim(show), admit=True)
    assert len(seat_claims.waiting(show)) == 1, "the other who asks still waits"
    assert seats.take(show, somebody("An"))[0].name == "An", "the old phone keeps its seat"
    seat_claims.decide(show, claim(show), admit=True)
    assert seats.take(show, Newcomer("Tên khác", "máy của Bình"))[0].name == "An"


def test_a_claim_that_is_gone_is_said_to_be(show: int) -> None:
    gone = claim(show)
    seat_claims.decide(show, gone, admit=True)
    with pytest.raises(Rejected, match="not_found"):
        seat_claims.decide(show, gone, admit=True)


def test_a_seat_whose_player_was_sent_away_meanwhile_is_given_to_nobody(show: int) -> None:
    seat = seat_claims.waiting(show)[0].seat
    with pytest.raises(Rejected, match="kicked"):
        seat_claims.decide(show, claim(show), admit=True, kicked={seat})
    assert seat_claims.waiting(show) == []
    assert seats.take(show, Newcomer("Tên khác", NEW_PHONE))[1], "the phone that asked has no seat of An's"


def test_the_host_sees_from_where_each_asks_and_calls_them_by_a_number(bound: Database) -> None:
    show = scripts.create("thử", script=SCRIPT).show_id
    seats.take(show, somebody("Dũng", source="nhà văn hóa"))
    seats.take(show, somebody("Dung", source="nhà văn hóa"))
    mine = seat_claims.ask(show, "dũng", NEW_PHONE, source="nhà văn hóa")
    other = seat_claims.ask(show, "Dũng", "máy của một người lạ", source="nơi khác")
    assert [(one.name, one.number, one.same_place) for one in seat_claims.waiting(show)] == [
        ("Dũng", mine, True),
        ("Dũng", other, False),
    ]
    assert mine != other
    assert seat_claims.ask(show, "Dũng", NEW_PHONE, source="nhà văn hóa") == mine, "asking again is no second claim"


def test_nobody_is_let_into_the_seat_of_a_member(show: int) -> None:
    """Also where the guest whose seat was asked for has signed in meanwhile."""
    waiting = claim(show)
    database.write(lambda db: db.execute(update(Seat).where(Seat.number == 1).values(member_id=7)))
    with pytest.raises(Rejected, match="seated_already"):
        seat_claims.decide(show, waiting, admit=True)
    assert seats.seat(show, 1) is not None
    assert seat_claims.waiting(show) == []
