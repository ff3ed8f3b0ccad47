"""A wave that is open can be moved later, for everybody or a chapter, and what is being written goes on."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.models.contests import Attempt
from app.models.engines import database
from app.services.contests import contests
from app.services.contests.taking import entrants, moving, saving, starting
from app.services.contests.taking.moving import Move
from app.services.contests.taking.saving import Line
from app.services.contests.taking.starting import Entry
from app.services.people import notices
from quizzes.hours import DAY, HOUR, MINUTE
from quizzes.refusals import Rejected
from tests.contests import Held, hold, now
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

REASON = "Mất điện toàn xã từ 19 giờ."


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


@pytest.fixture
def held(org: Organisation) -> Held:
    """One wave, open for an hour and for half an hour more, with ten minutes for a paper."""
    at = now()
    return hold(org, waves=[{"opens_at": at - HOUR, "closes_at": at + 5 * MINUTE}])


def begin(org: Organisation, held: Held, name: str) -> str:
    return starting.start(Entry(held.id, org.members[name], False, now(), agreed=True))


def row(attempt: str) -> Any:
    with database.read() as db:
        query = select(Attempt.started_at, Attempt.closes_at, Attempt.submitted_at)
        return db.execute(query.where(Attempt.public_id == attempt)).one()


def move(org: Organisation, held: Held, **changes: Any) -> int:
    wave = held.rules.waves[0]
    asked = {"wave": 0, "opens_at": wave.opens_at, "closes_at": wave.closes_at + HOUR, "reason": REASON} | changes
    return moving.move(org.members[CHI], held.id, Move(**asked))


def test_everybody_gets_more_time_and_a_running_paper_its_whole_length(org: Organisation, held: Held) -> None:
    attempt = begin(org, held, AN)
    assert row(attempt).closes_at == held.rules.waves[0].closes_at
    assert move(org, held) == 1
    again = row(attempt)
    assert again.closes_at == again.started_at + 10 * MINUTE
    assert contests.frozen(held.id).rules.waves[0].closes_at == held.rules.waves[0].closes_at + HOUR
    assert [(one.reason, one.chapter) for one in moving.moves(held.id)] == [(REASON, "")]


def test_an_open_paper_hears_of_its_new_end_with_the_next_answer(org: Organisation, held: Held) -> None:
    attempt = begin(org, held, AN)
    line = Line(attempt, org.members[AN], "flag", now(), 0, True)
    assert saving.change(line).closes_at == 0
    move(org, held)
    contests.refresh()
    said = saving.change(Line(attempt, org.members[AN], "predict", now(), choice=1, device="a" * 8, count=1))
    assert said.code == "bad_request"
    said = saving.change(Line(attempt, org.members[AN], "answer", now(), 0, None, "a" * 8, 1))
    assert (said.code, said.closes_at) == ("ok", row(attempt).closes_at)


def test_a_phone_whose_time_is_up_by_the_old_end_goes_on(org: Organisation, held: Held) -> None:
    attempt = begin(org, held, AN)
    old = row(attempt).closes_at
    move(org, held)
    said = saving.change(Line(attempt, org.members[AN], "time_up", old))
    assert (said.code, row(attempt).submitted_at) == ("not_yet", None)
    assert saving.change(Line(attempt, org.members[AN], "time_up", row(attempt).closes_at)).code == "ok"


def test_one_chapter_gets_its_own_hours_and_nobody_else(org: Organisation, held: Held) -> None:
    home = entrants.known(held.id, org.members[AN]).chapter_id
    mine, other = begin(org, held, AN), begin(org, held, DUNG)
    before = row(other).closes_at
    elsewhere = entrants.known(held.id, org.members[DUNG]).chapter_id
    assert home != elsewhere
    assert move(org, held, chapter_id=home) == 1
    assert (row(mine).closes_at > before, row(other).closes_at) == (True, before)
    rules = contests.frozen(held.id).rules
    assert rules.waves[0].closes_at == held.rules.waves[0].closes_at, "everybody's hours stand"
    assert rules.waves[0].ends_at == held.rules.waves[0].closes_at + HOUR, "results wait for the last chapter"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"closes_at": 0}, "only_later"),
        ({"reason": "ngắn"}, "reason_needed"),
        ({"wave": 7}, "bad_request"),
        ({"chapter_id": 999_999}, "no_such_chapter"),
        ({"closes_at": now() + 300 * DAY}, "wave_too_long"),
    ],
)
def test_what_may_not_be_moved_is_refused_with_its_reason(
    org: Organisation, held: Held, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Rejected) as refused:
        move(org, held, **changes)
    assert refused.value.code == code


def test_a_wave_that_has_begun_does_not_begin_again_and_one_that_is_over_stays_over(
    org: Organisation, held: Held
) -> None:
    with pytest.raises(Rejected, match="wave_begun"):
        move(org, held, opens_at=now() + MINUTE)
    over = hold(org, waves=[{"opens_at": now() - DAY, "closes_at": now() - HOUR}])
    with pytest.raises(Rejected, match="wave_over"):
        move(org, over)


def test_only_an_organiser_of_the_chapter_moves_it(org: Organisation, held: Held) -> None:
    with pytest.raises(Rejected):
        moving.move(org.members[BINH], held.id, Move(0, held.rules.waves[0].opens_at, now() + DAY, REASON))


def test_who_is_writing_is_told_and_who_has_handed_in_is_not(org: Organisation, held: Held) -> None:
    begin(org, held, AN)
    done = begin(org, held, BINH)
    saving.change(Line(done, org.members[BINH], "submit", now()))
    move(org, held)
    assert [one.code for one in notices.told(org.members[AN])] == ["hours_moved"]
    assert "hours_moved" not in [one.code for one in notices.told(org.members[BINH])]


def test_another_process_learns_of_it_where_somebody_begins(org: Organisation, held: Held) -> None:
    contests.frozen(held.id)
    moving._move(org.members[CHI], held.id, Move(0, held.rules.waves[0].opens_at, now() + HOUR, REASON))
    attempt = begin(org, held, AN)
    assert row(attempt).closes_at == row(attempt).started_at + 10 * MINUTE
