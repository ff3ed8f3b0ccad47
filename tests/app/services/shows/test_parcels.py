"""A show that a hall played comes to the province once, signed, played again, with points for members who are known there."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models.engines import Database
from app.models.parcels import Origin
from app.models.people import Member
from app.models.shows import Ballot, JournalLine, Seat, Show
from app.services import points
from app.services.commit import reading, writing
from app.services.people import logins
from app.services.people.roles import grants, revoke_role
from app.services.shows import listing, results, shows
from app.services.shows.parcels import file, key, keys, receiving, sending
from quizzes import show as rules
from quizzes.refusals import Rejected
from tests.app.services.shows.playing import Play
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


class Hall:
    """A hall and the province in one database: the hall's key signs, then this server has the province's own."""

    def __init__(self) -> None:
        self.org: Organisation = plant()
        key.own.bind("hall")
        self.play = Play(members=self.org.members).until("open")
        self.play.answer(1)
        self.play.until("over")
        results.post_due()
        self.public, self.data = key.own.public(), sending.write(self.play.show_id)[1]
        key.own.bind("province")

    def approve(self) -> str:
        return keys.approve(self.org.members[BINH], self.org.branch, self.public, "Nhà văn hóa")

    def take(self, data: bytes | None = None) -> receiving.Received:
        return receiving.receive(self.org.members[BINH], self.data if data is None else data)


@pytest.fixture
def hall(bound: Database) -> Hall:
    return Hall()


@reading
def rows(db: Session) -> dict[str, int]:
    kinds = (Show, JournalLine, Ballot, Seat, Origin)
    return {kind.__tablename__: db.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds}


@writing
def call(db: Session, member: int, name: str) -> None:
    db.execute(update(Member).where(Member.id == member).values(name=name))


@reading
def members_in(db: Session, show_id: int) -> dict[int, int | None]:
    return {row.number: row.member_id for row in db.scalars(select(Seat).where(Seat.show_id == show_id))}


def changed(data: bytes, part: int, change: Any) -> bytes:
    lines = gzip.decompress(data).split(b"\n")
    lines[part] = change(lines[part])
    return gzip.compress(b"\n".join(lines))


def test_a_parcel_comes_once_and_its_points_are_those_of_its_journal(hall: Hall) -> None:
    hall.approve()
    taken = hall.take()
    assert (taken.new, taken.people, taken.members) == (True, 4, 2), "An and Bình are of this chapter"
    show = listing.by_public_id(taken.show)
    state = shows.catch_up(show.show_id).state
    assert rules.results(state) == rules.results(hall.play.state)
    assert results.replay(results.record(show.show_id))[1] == []
    assert results.record(show.show_id)["journal"] == results.record(hall.play.show_id)["journal"]
    assert points.sums("show", show.show_id) == {hall.org.members[AN]: 200}, "in half-points"
    before = rows()
    again = hall.take()
    assert (again.new, again.show) == (False, taken.show)
    assert rows() == before
    assert results.post_due() == 0
    assert [one.show for one in keys.carried(hall.org.path(hall.org.branch))] == [taken.show]


def test_a_show_that_two_take_at_once_comes_once(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.approve()
    first = hall.take()
    before = rows()
    monkeypatch.setattr(receiving, "_before", lambda *_: None)  # this one looked before the other had stored
    assert hall.take().new is False
    assert rows() == before
    assert first.new


def test_members_are_known_by_code_and_folded_name_together_and_others_are_guests(hall: Hall) -> None:
    hall.approve()
    call(hall.org.members[AN], "NGUYỄN  THỊ AN")
    call(hall.org.members[BINH], "Trần Văn Khác")
    show = listing.by_public_id(hall.take().show)
    seats = members_in(show.show_id)
    assert [seats[number] for number in (1, 2, 3, 4)] == [hall.org.members[AN], None, None, None]


def test_a_key_must_be_approved_by_an_organiser_of_the_chapter_and_its_end_is_the_end(hall: Hall) -> None:
    with pytest.raises(Rejected, match="parcel_unknown"):
        hall.take()
    with pytest.raises(Rejected, match="forbidden"):
        keys.approve(hall.org.members[DUNG], hall.org.branch, hall.public, "Nhà văn hóa")
    found = hall.approve()
    with pytest.raises(Rejected, match="forbidden"):
        receiving.receive(hall.org.members[DUNG], hall.data)
    keys.end(hall.org.members[CHI], found)
    with pytest.raises(Rejected, match="parcel_unknown"):
        hall.take()
    for wrong, code in (("abc", "parcel_key"), (key.own.public(), "parcel_own")):
        with pytest.raises(Rejected, match=code):
            keys.approve(hall.org.members[BINH], hall.org.branch, wrong, "Nhà văn hóa")


@pytest.mark.parametrize("closed", [True, False])
def test_a_key_ends_with_the_power_of_whoever_approved_it(hall: Hall, closed: bool) -> None:
    binh, chi, branch = hall.org.members[BINH], hall.org.members[CHI], hall.org.branch
    hall.approve()
    assert [one.ended for one in keys.halls(hall.org.path(branch))] == [False]
    if closed:
        logins.set_disabled(chi, binh, True)
    else:
        for one in grants("/", member_id=binh):
            revoke_role(chi, one.id)
    assert [one.ended for one in keys.halls(hall.org.path(branch))] == [True]
    with pytest.raises(Rejected, match="parcel_unknown"):
        receiving.receive(chi, hall.data)
    keys.approve(chi, branch, hall.public, "Nhà văn hóa")
    assert receiving.receive(chi, hall.data).new


def test_what_was_changed_on_the_way_is_refused_whole(hall: Hall) -> None:
    hall.approve()
    before = rows()
    broken = {
        "a ballot": changed(hall.data, 4, lambda line: line.replace(b"true", b"false") + b" "),
        "the manifest": changed(hall.data, 0, lambda line: line.replace(b'"version":1', b'"version":2')),
        "another key": changed(hall.data, 1, lambda line: json.dumps({**json.loads(line), "key": "0" * 64}).encode()),
        "no parcel": b"PK\x03\x04",
        "nothing": b"",
        "cut": hall.data[: len(hall.data) // 2],
    }
    for what, data in broken.items():
        with pytest.raises(Rejected, match=r"parcel_(seal|broken)"):
            hall.take(data)
        assert rows() == before, what


def test_a_journal_that_does_not_give_its_verdicts_is_refused_though_its_key_signed_it(hall: Hall) -> None:
    hall.approve()
    parts = dict(file.unpack(hall.data).parts)
    parts["journal"] = [line if line[6] != "judged" else _worse(line) for line in parts["journal"]]
    key.own.bind("hall")
    forged = file.pack("another", 1, parts, key.own)
    unended = file.pack("third", 1, {**parts, "journal": parts["journal"][:2]}, key.own)
    key.own.bind("province")
    for data in (forged, unended):
        with pytest.raises(Rejected, match="parcel_differs"):
            hall.take(data)


def _worse(line: list[Any]) -> list[Any]:
    data = json.loads(json.dumps(line[7]))
    data["results"] = {seat: [0, 0, *rest] for seat, (_points, _share, *rest) in data["results"].items()}
    return [*line[:7], data]


def test_a_mountain_in_a_small_file_is_not_unpacked(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "LARGEST", 1000)
    with pytest.raises(Rejected, match="parcel_large"):
        file.unpack(gzip.compress(b" " * 10_000))


def test_no_text_comes_in_that_a_database_cannot_keep_and_a_backslash_may(hall: Hall) -> None:
    parts = dict(file.unpack(hall.data).parts)
    for title, fits in (("\\u0000 \\ud800", True), ("\x00", False)):
        data = file.pack("some", 1, {**parts, "show": {**parts["show"], "title": {"vi": title}}}, key.own)
        if fits:
            assert file.unpack(data).parts["show"]["title"] == {"vi": title}
        else:
            with pytest.raises(Rejected, match="parcel_broken"):
                file.unpack(data)
    for escaped, fits in ((b'"\\ud800"', False), (b'"\\\\ud800"', True)):
        assert (file.UNSTORABLE(escaped) is None) is fits


def test_a_show_that_goes_on_and_a_rehearsal_are_not_carried(bound: Database) -> None:
    key.own.bind("hall")
    with pytest.raises(Rejected, match="not_now"):
        sending.write(Play().until("open").show_id)
