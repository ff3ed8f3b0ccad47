"""Seats: one for each device, given in groups, with refusals that say why."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.engines import Database, database
from app.models.shows import Seat
from app.services.shows import desk, scripts, seat_claims, seats, shows
from app.services.shows.seat import LAPSE_US
from app.services.shows.seats import Newcomer, SeatLine, Wanted
from quizzes import show as rules
from quizzes.engine import HOST, Actor, Command
from quizzes.refusals import Rejected
from tests.organisation import plant
from tests.people import AN, BINH, CHI, DUNG

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
    """The reply to each of a group: (number, and True when it is new), or the code of the refusal."""
    outcomes = seats.take_group([Wanted(show, who, locked) for who in people])
    return [one.code if isinstance(one, Rejected) else (one[0].number, one[1]) for one in outcomes]


def test_a_group_is_numbered_in_its_order_without_gaps(show: int) -> None:
    assert told(show, somebody("An"), somebody("Bình"), somebody("AN "), somebody("Chi")) == [
        (1, True),
        (2, True),
        "name_taken",
        (3, True),
    ]
    assert [place.number for place in seats.public(show)] == [1, 2, 3]
    assert len({place.code for place in seats.public(show)}) == 3


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
    with pytest.raises(Rejected, match="sign_in_first"):
        seat_claims.ask(show, "An", "một máy khác hẳn")


def test_a_locked_room_lets_in_only_who_is_known(show: int) -> None:
    told(show, somebody("An"))
    assert told(show, somebody("Bình"), somebody("An"), locked=True) == ["room_locked", (1, False)]


def test_guests_are_refused_where_members_only_play(show: int) -> None:
    scripts.allow_guests(show, False)
    assert told(show, somebody("An")) == ["sign_in_first"]


def test_a_full_room_says_so(show: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "MOST_SEATS", 2)
    assert told(show, somebody("An"), somebody("Bình"), somebody("Chi")) == [(1, True), (2, True), "full"]


def test_codes_are_drawn_again_when_a_seat_has_them(show: int, monkeypatch: pytest.MonkeyPatch) -> None:
    place, _ = seats.take(show, somebody("An"))
    letters = iter([*place.code, *"AAAABBBBCCCCDDDDEEEEFFFF"])
    monkeypatch.setattr(desk.secrets, "choice", lambda _: next(letters))
    assert seats.take(show, somebody("Bình"))[0].code != place.code


def test_a_group_for_two_shows_gives_each_its_own_numbers(show: int) -> None:
    other = scripts.create("thử", script=SCRIPT).show_id
    outcomes = seats.take_group(
        [Wanted(other, somebody("An")), Wanted(show, somebody("An")), Wanted(other, somebody("Bình"))]
    )
    assert [(one[0].show_id, one[0].number) for one in outcomes if isinstance(one, tuple)] == [
        (other, 1),
        (show, 1),
        (other, 2),
    ]


def test_what_is_told_is_what_is_stored(show: int) -> None:
    place, is_new = seats.take(show, somebody("An", lang="en"))
    assert is_new
    assert isinstance(place, SeatLine)
    assert seats.seat(show, place.number) == place


# --- a name is no identity


def called(show: int) -> list[str]:
    return [place.name for place in seats.public(show)]


def test_two_members_of_one_name_both_join_and_bear_their_chapter_or_a_number(show: int) -> None:
    org = plant()
    an, binh, chi, dung = (org.members[name] for name in (AN, BINH, CHI, DUNG))
    those = [(an, org.branch), (binh, org.branch), (chi, org.branch), (dung, org.village)]
    wanted = [somebody("N.T.A.", f"máy số {n:_<20}", member_id=m, chapter_id=c) for n, (m, c) in enumerate(those)]
    assert told(show, *wanted) == [(n, True) for n in (1, 2, 3, 4)]
    assert called(show) == ["N.T.A.", "N.T.A. (Chi đoàn khu phố 1)", "N.T.A. (2)", "N.T.A. (Đoàn xã Sóng Xanh)"]
    assert told(show, *wanted) == [(n, False) for n in (1, 2, 3, 4)], "each by the own account"


def test_a_member_joins_though_a_guest_has_taken_the_name(show: int) -> None:
    org = plant()
    member = somebody("Nguyễn Thị An", "máy của đoàn viên An", member_id=org.members[AN], chapter_id=org.branch)
    assert told(show, somebody("nguyễn thị an"), member) == [(1, True), (2, True)]
    assert called(show)[1] == "Nguyễn Thị An (Chi đoàn khu phố 1)"


def test_marks_tell_people_apart_but_not_case_nor_where_the_tone_is_put(show: int) -> None:
    assert told(show, somebody("Dũng"), somebody("Dung"), somebody("Dùng"), somebody("Đung")) == [
        (n, True) for n in (1, 2, 3, 4)
    ]
    same = [somebody(name, f"máy khác {name:_<20}") for name in ("DŨNG", "dung", "Dũng")]
    assert told(show, *same) == ["name_taken"] * 3
    assert told(show, somebody("Hoà"), somebody("Hòa")) == [(5, True), "name_taken"]


def test_a_guest_who_is_somebody_else_of_that_name_gets_a_number(show: int) -> None:
    several = [somebody("An", f"máy số {n:_<20}", another=n > 0) for n in range(3)]
    assert told(show, *several, somebody("An 4"), somebody("an", "một máy nữa", another=True)) == [
        (n, True) for n in (1, 2, 3, 4, 5)
    ]
    assert called(show) == ["An", "An (2)", "An (3)", "An 4", "an (5)"]
    assert told(show, somebody("An", "máy thứ sáu của ai đó", another=True)) == [(6, True)]
    assert called(show)[5] == "An (6)"


def test_a_seat_taken_before_marks_counted_is_still_known_by_its_name(show: int) -> None:
    told(show, somebody("Dũng"))
    database.write(lambda db: db.execute(update(Seat).where(Seat.number == 1).values(name_key="dung")))
    assert told(show, somebody("Dũng", "máy mới của Dũng")) == ["name_taken"]
    seat_claims.ask(show, "Dũng", "máy mới của Dũng")
    assert seat_claims.waiting(show)[0].name == "Dũng"
    with pytest.raises(Rejected, match="not_found"):
        seat_claims.ask(show, "Dung", "máy của Dung")


# --- seats that count no more


def later(show: int, *numbers: int) -> None:
    """Two minutes go by since these were taken."""

    def age(db: Session) -> None:
        db.execute(
            update(Seat)
            .where(Seat.show_id == show, Seat.number.in_(numbers))
            .values(joined_at=Seat.joined_at - LAPSE_US)
        )

    database.write(age)


def host(show: int, name: str, **args: Any) -> None:
    shows.perform(show, Command(name, Actor(HOST, 1_000_001), 0, args))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room of two."""
    monkeypatch.setattr(desk, "MOST_SEATS", 2)


@pytest.mark.usefixtures("small")
def test_a_seat_that_never_came_leaves_the_count_and_its_number_is_never_given_again(show: int) -> None:
    assert told(show, somebody("An"), somebody("Bình"), somebody("Chi")) == [(1, True), (2, True), "full"]
    seats.came({show: [1]})
    later(show, 1, 2)
    assert told(show, somebody("Chi"), somebody("Dũng")) == [(3, True), "full"]
    assert told(show, somebody("Bình")) == [(2, False)], "its device may come back"
    seats.came({show: [3]})
    assert told(show, somebody("Dũng")) == ["full"], "who was here once keeps the place, however long away"


@pytest.mark.usefixtures("small")
def test_who_is_kicked_leaves_the_count_and_comes_back_when_the_host_takes_it_back(show: int) -> None:
    told(show, somebody("An"), somebody("Bình"))
    seats.came({show: [1, 2]})
    host(show, "kick", seats=[1, 2])
    assert shows.catch_up(show).state.kicked == {1, 2}
    assert told(show, somebody("Chi"), somebody("Dũng"), somebody("Em")) == [(3, True), (4, True), "full"]
    host(show, "readmit", seat=1)
    host(show, "kick", seat=4)
    assert told(show, somebody("An"), somebody("Em")) == [(1, False), "full"]


@pytest.mark.usefixtures("small")
def test_one_source_that_takes_seats_and_never_comes_stands_in_nobody_elses_way(show: int) -> None:
    flood = [somebody(f"Kẻ phá {n}", source="một nơi") for n in range(4)]
    assert told(show, *flood) == [(1, True), (2, True), "full", "full"]
    assert told(show, somebody("An", source="nơi khác"), somebody("Bình", source="nơi khác")) == [(3, True), (4, True)]


def test_the_name_of_a_seat_that_counts_no_more_is_free_and_who_comes_back_gives_another(show: int) -> None:
    told(show, somebody("An"), somebody("Bình"))
    later(show, 1)
    assert told(show, somebody("an", device="máy thứ hai của An"), somebody("An", device="máy thứ ba")) == [
        (3, True),
        "name_taken",
    ]
    assert told(show, somebody("An")) == ["name_taken"], "another has it now"
    assert told(show, somebody("An Lê", device=somebody("An").device)) == [(1, False)]
    assert seats.names(show, [1, 2, 3]) == {1: "An Lê", 2: "Bình", 3: "an"}
    assert told(show, somebody("An Lê", device="máy thứ tư")) == [(4, True)], "it has not come yet"


def test_the_name_of_somebody_who_is_kicked_is_free(show: int) -> None:
    told(show, somebody("An"))
    seats.came({show: [1]})
    host(show, "kick", seat=1)
    assert told(show, somebody("An", device="An thật")) == [(2, True)]


def test_seats_that_never_came_are_on_no_roll(show: int) -> None:
    told(show, somebody("An"), somebody("Bình"), somebody("Chi"))
    seats.came({show: [1]})
    later(show, 1, 2)
    host(show, "advance")
    host(show, "advance")
    assert [seat for seat in (1, 2, 3, 4) if rules.may_answer(shows.catch_up(show).state, 1, seat)] == [1, 3]


def test_a_source_is_a_mark_of_one_show_and_no_address() -> None:
    one = seats.source_of("203.0.113.9", 1, "khóa")
    assert one == seats.source_of("203.0.113.9", 1, "khóa") != seats.source_of("203.0.113.10", 1, "khóa")
    assert one != seats.source_of("203.0.113.9", 2, "khóa")
    assert one != seats.source_of("203.0.113.9", 1, "khóa khác")
    assert "203" not in one or len(one) == 12


def test_when_somebody_came_is_written_once(show: int) -> None:
    told(show, somebody("An"), somebody("Bình"))
    seats.came({show: [1]})
    with database.read() as db:
        first = db.scalar(select(Seat.connected_at).where(Seat.show_id == show, Seat.number == 1))
    seats.came({show: [1, 2]})
    with database.read() as db:
        assert db.scalar(select(Seat.connected_at).where(Seat.show_id == show, Seat.number == 1)) == first
        assert db.scalar(select(Seat.connected_at).where(Seat.show_id == show, Seat.number == 2)) >= first
