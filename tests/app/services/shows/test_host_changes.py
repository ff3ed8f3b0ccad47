"""A host's change is seen: with its reason, its person, and a second person before the ledger follows."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import Database
from app.models.shows import JournalLine
from app.services import points
from app.services.commit import reading
from app.services.people import roles
from app.services.shows import host_changes, listing, results, shows
from quizzes import show as rules
from quizzes.engine import Command
from quizzes.refusals import Rejected
from tests.app.services.shows.playing import Play
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI

SEAT, DAY = 1, 24 * 3600 * 1_000_000


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


@pytest.fixture
def play(org: Organisation) -> Play:
    """Over and posted: An was right and has 100; Bình and Chi may run the show, and An hosts it."""
    member = org.members[AN]
    roles.grant_role(None, member, "host", org.branch)
    played = Play(members={AN: member}, host=member, chapter=org.branch).until("open")
    played.answer(SEAT)
    played.until("over")
    results.post_due()
    return played


def in_ledger(play: Play) -> float:
    return sum(points.sums("show", play.show_id).values()) / 2


def told(play: Play, after_days: int = 0) -> list[host_changes.Told]:
    return host_changes.told(play.show_id, play.state, play.state.at + after_days * DAY)


def adjust(play: Play, by: int | None, half: int = 40, **args: Any) -> int:
    """The number of the change."""
    command = Command("adjust", play._host, play.later(), {"seat": SEAT, "points": half, "reason": "bù điểm", **args})
    shows.perform(play.show_id, command, member_id=by)
    results.post(play.show_id)
    return int(play.state.changes[-1].seq)


@pytest.mark.parametrize("reason", [None, "", "   ", 7, ["bù"], {"a": 1}, "a\x00b", "\ud800"], ids=repr)
@pytest.mark.parametrize("what", ["void", "adjust"])
def test_without_a_reason_nothing_is_voided_or_adjusted(play: Play, what: str, reason: object) -> None:
    args = {"no": 1} if what == "void" else {"seat": SEAT, "points": 5}
    given = {} if reason is None else {"reason": reason}
    with pytest.raises(Rejected, match="bad_request"):
        shows.perform(play.show_id, Command(what, play._host, play.later(), args | given | {"reason_ref": 1}))
    assert play.state.changes == ()


def test_an_undo_asks_afterwards_and_stands_without_a_reason_where_none_is_given(play: Play) -> None:
    play.host("undo")
    assert [(one.what, one.reason, one.why) for one in told(play)] == [("undone", "", "")]
    with pytest.raises(Rejected, match="bad_request"):
        play.host("explain", why="because")
    play.host("explain", why="slip")
    assert [(one.what, one.why) for one in told(play)] == [("undone", "slip")]
    with pytest.raises(Rejected, match="not_now"):
        play.host("explain", why="technical")


def test_an_undo_that_was_explained_at_once_asks_no_more(play: Play) -> None:
    play.host("undo", reason="bấm sớm")
    assert told(play)[0].reason == "bấm sớm"
    assert rules.unexplained(play.state) is None


def test_an_adjustment_waits_for_a_second_person_and_the_rest_is_posted(org: Organisation, play: Play) -> None:
    seq = adjust(play, org.members[AN])
    assert rules.me(play.state, SEAT)["score"] == 140
    assert in_ledger(play) == 100
    assert told(play)[0].verdict == "waits"
    for by in (AN, "Dũng"):  # who made it, and who has no right there
        with pytest.raises(Rejected, match="forbidden"):
            host_changes.second(play.show_id, seq, org.members[by], True)
    host_changes.second(play.show_id, seq, org.members[BINH], True)
    assert in_ledger(play) == 140
    assert told(play)[0].verdict == "agreed"
    with pytest.raises(Rejected):
        host_changes.second(play.show_id, seq, org.members[CHI], False)


def test_nobody_agrees_to_the_own_points(org: Organisation, play: Play) -> None:
    seq = adjust(play, org.members[BINH])  # An, whose points they are, hosts the show
    with pytest.raises(Rejected, match="forbidden"):
        host_changes.second(play.show_id, seq, org.members[AN], True)
    host_changes.second(play.show_id, seq, org.members[CHI], True)
    assert in_ledger(play) == 140


def test_a_second_person_may_refuse(org: Organisation, play: Play) -> None:
    seq = adjust(play, org.members[AN], -60)
    assert in_ledger(play) == 100
    host_changes.second(play.show_id, seq, org.members[CHI], False)
    assert (in_ledger(play), told(play)[0].verdict) == (100, "refused")


def test_after_fourteen_days_it_lapses(org: Organisation, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    seq = adjust(play, org.members[AN])
    assert told(play, after_days=13)[0].verdict == "waits"
    assert told(play, after_days=15)[0].verdict == "lapsed"
    later = play.state.at + 15 * DAY
    monkeypatch.setattr(host_changes, "_now", lambda: later)
    with pytest.raises(Rejected, match="forbidden"):
        host_changes.second(play.show_id, seq, org.members[BINH], True)
    assert in_ledger(play) == 100


def test_where_nobody_else_has_the_right_it_is_posted_as_by_one_person(org: Organisation, play: Play) -> None:
    for name in (BINH, CHI):
        close_account(org.members[name])
    adjust(play, org.members[AN])
    assert (in_ledger(play), told(play)[0].verdict) == (140, "alone")


def close_account(member_id: int) -> None:
    from app.models.people import Account
    from app.services.commit import writing

    @writing
    def close(db: Session) -> None:
        db.get_one(Account, member_id).status = "disabled"

    close()


def test_a_guests_points_reach_no_ledger_and_wait_for_nobody(org: Organisation, play: Play) -> None:
    adjust(play, org.members[AN], seat=2)
    assert told(play)[0].verdict == "counts"


def test_an_undone_adjustment_is_told_and_counts_for_nothing(org: Organisation, play: Play) -> None:
    seq = adjust(play, org.members[AN])
    host_changes.second(play.show_id, seq, org.members[BINH], True)
    play.host("undo")
    play.host("resume")
    results.post(play.show_id)
    assert in_ledger(play) == 100
    assert [(one.what, one.verdict) for one in told(play)] == [("adjusted", "undone"), ("undone", "")]


def test_what_a_second_person_said_survives_the_undo_of_something_else(org: Organisation, play: Play) -> None:
    seq = adjust(play, org.members[AN])
    adjust(play, org.members[AN], 7)
    host_changes.second(play.show_id, seq, org.members[BINH], True)
    play.host("undo")
    play.host("resume")
    results.post(play.show_id)
    assert in_ledger(play) == 140


def test_which_person_did_it_is_kept_beside_the_actor(org: Organisation, play: Play) -> None:
    seq = adjust(play, org.members[AN])
    host_changes.second(play.show_id, seq, org.members[BINH], True)

    @reading
    def lines(db: Session) -> list[tuple[str, int | None]]:
        rows = db.execute(
            select(JournalLine.name, JournalLine.member_id)
            .where(JournalLine.show_id == play.show_id, JournalLine.seq >= seq)
            .order_by(JournalLine.seq)
        )
        return [(row.name, row.member_id) for row in rows]

    assert lines() == [("adjusted", org.members[AN]), ("seconded", org.members[BINH])]


def test_the_ledgers_part_is_recomputed_from_the_exported_file(org: Organisation, play: Play) -> None:
    adjust(play, org.members[AN])
    state, differences = results.replay(results.record(play.show_id))
    assert differences == []
    assert rules.withheld(state) == {SEAT: 80}
    assert listing.by_id(play.show_id).over_at is not None
