"""Seats: one for each device, given in groups, with refusals that say why."""

from __future__ import annotations

import pytest

from app.models.engines import Database
from app.services.shows import scripts, seat_claims, seats
from app.services.shows.seats import Newcomer, Place, Wanted
from quizzes.refusals import Rejected
from tests.organisation import plant
from tests.people import AN, BINH

SCRIPT = {
    "title": {"vi": "Hội thi"},
    "rounds": [{
        "format": "speed",
        "questions": [{
            "id": "q1", "type": "true_false", "topic": "t", "difficulty": 1, "source": "s", "answer": True,
            "text": {"vi": "Đúng không?"}, "explanation": {"vi": "Vì vậy."},
        }],
    }],
}  # fmt: skip


@pytest.fixture
def show(bound: Database) -> int:
    return scripts.create("thử", script=SCRIPT).show_id


def somebody(name: str, device: str = "", **more: object) -> Newcomer:
    return Newcomer(name=name, device=device or f"máy của {name:_<20}", **more)  # type: ignore[arg-type]


def told(show: int, *people: Newcomer, locked: bool = False) -> list[str | tuple[int, bool]]:
    """What each of a group is told: (number, whether it is new), or the code of the refusal."""
    outcomes = seats.take_group([Wanted(show, who, locked) for who in people])
    return [one.code if isinstance(one, Rejected) else (one[0].number, one[1]) for one in outcomes]


def test_a_group_is_numbered_in_its_order_without_gaps(show: int) -> None:
    assert told(show, somebody("An"), somebody("Bình"), somebody("AN "), somebody("Chi")) == [
        (1, True), (2, True), "name_taken", (3, True)]  # fmt: skip
    assert [place.number for place in seats.places(show)] == [1, 2, 3]
    assert len({place.code for place in seats.places(show)}) == 3


def test_a_device_has_one_seat_also_when_it_asks_twice_in_one_group(show: int) -> None:
    assert told(show, somebody("An"), somebody("An")) == [(1, True), (1, False)]
    assert told(show, somebody("Tên khác", device=somebody("An").device)) == [(1, False)]


def test_the_code_of_a_seat_takes_it_from_another_browser(show: int) -> None:
    place, _ = seats.take(show, somebody("An"))
    assert told(show, somebody("", device="một máy khác hẳn", code=place.code.lower())) == [(1, False)]


def test_the_seat_of_a_member_is_not_given_for_its_code_to_somebody_else(show: int) -> None:
    org = plant()
    place, _ = seats.take(show, somebody("An", member_id=org.members[AN]))
    code = {"device": "một máy khác hẳn", "code": place.code}
    assert told(show, somebody("Tên khác", **code)) == ["name_taken"]
    assert told(show, somebody("Tên khác", **code, member_id=org.members[BINH])) == ["name_taken"]
    assert told(show, somebody("Tên khác", **code, member_id=org.members[AN])) == [(1, False)]
    seat_claims.ask(show, "An", "một máy khác hẳn")
    seat_claims.decide(show, seat_claims.waiting(show)[0].claim_id, admit=True)
    assert told(show, somebody("Tên khác", **code)) == [(1, False)], "the host has said so"


def test_a_locked_room_lets_in_only_who_is_known(show: int) -> None:
    told(show, somebody("An"))
    assert told(show, somebody("Bình"), somebody("An"), locked=True) == ["room_locked", (1, False)]


def test_guests_are_refused_where_members_only_play(show: int) -> None:
    scripts.allow_guests(show, False)
    assert told(show, somebody("An")) == ["sign_in_first"]


def test_a_full_room_says_so(show: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "MOST_SEATS", 2)
    assert told(show, somebody("An"), somebody("Bình"), somebody("Chi")) == [(1, True), (2, True), "full"]


def test_codes_are_drawn_again_when_a_seat_has_them(show: int, monkeypatch: pytest.MonkeyPatch) -> None:
    place, _ = seats.take(show, somebody("An"))
    letters = iter([*place.code, *"AAAABBBBCCCCDDDDEEEEFFFF"])
    monkeypatch.setattr(seats.secrets, "choice", lambda _: next(letters))
    assert seats.take(show, somebody("Bình"))[0].code != place.code


def test_a_group_for_two_shows_gives_each_its_own_numbers(show: int) -> None:
    other = scripts.create("thử", script=SCRIPT).show_id
    outcomes = seats.take_group([Wanted(other, somebody("An")), Wanted(show, somebody("An")),
                                 Wanted(other, somebody("Bình"))])  # fmt: skip
    assert [(one[0].show_id, one[0].number) for one in outcomes if isinstance(one, tuple)] == [
        (other, 1), (show, 1), (other, 2)]  # fmt: skip


def test_what_is_told_is_what_is_stored(show: int) -> None:
    place, is_new = seats.take(show, somebody("An", lang="en"))
    assert is_new
    assert isinstance(place, Place)
    assert seats.place(show, place.number) == place
