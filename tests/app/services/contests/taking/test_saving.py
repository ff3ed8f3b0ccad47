"""A member's acts in a try are stored once, in time, and never overwritten unnoticed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer
from app.models.engines import Database
from app.services.commit import reading, writing
from app.services.contests.taking import saving, views
from app.services.contests.taking.saving import PREDICTION
from tests.app.services.contests.taking.taker import Taker, row
from tests.contests import Held, hold, open_now
from tests.organisation import Organisation, plant
from tests.people import AN, DUNG


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


@pytest.fixture
def held(org: Organisation) -> Held:
    return hold(org)


@pytest.fixture
def an(org: Organisation, held: Held) -> Taker:
    taker = Taker(held, org.members[AN])
    taker.begin()
    return taker


def test_an_answer_is_kept_and_changed(an: Taker) -> None:
    assert an.answer(0, 1).revision == 1
    assert an.answer(0, 2, number=1).revision == 2
    assert an.saved() == {0: an.choice(0, 1)}


def test_a_save_sent_twice_is_kept_once(an: Taker) -> None:
    line = an.line("answer", 1, 0, an.choice(0))
    assert [an.send(line).revision, an.send(line).revision] == [1, 1]
    late = replace(line, received_at=an.at(10_000))
    assert an.send(late).code == "ok"


def test_a_choice_is_taken_back(an: Taker) -> None:
    an.answer(0, 1)
    assert an.send(an.line("answer", 2, 0, None)).code == "ok"
    assert an.saved() == {0: None}


def test_another_device_is_told_of_a_newer_choice_and_may_then_replace_it(an: Taker) -> None:
    tablet = replace(an, device="tablet", count=0, seen={})
    an.answer(0, 1)
    said = tablet.answer(0, 2, number=1)
    assert (said.code, said.revision) == ("changed_elsewhere", 1)
    assert said.choice is not None and said.at == an.at(1)
    tablet.seen[0] = said.revision
    assert tablet.answer(0, 3, number=1).revision == 2
    assert an.answer(0, 4).code == "changed_elsewhere"


def test_after_the_grace_nothing_is_kept(an: Taker) -> None:
    assert an.answer(0, 605).code == "ok"
    assert an.answer(0, 605.1, number=1).code == "too_late"
    assert an.saved() == {0: an.choice(0)}


def test_after_handing_in_nothing_is_kept(an: Taker) -> None:
    an.answer(0, 1)
    assert (an.submit(10).code, an.submit(11).code) == ("ok", "ok")
    assert an.answer(0, 12, number=1).code == "submitted"
    assert row(an.attempt)["submitted_at"] == an.at(10)


def test_handing_in_within_the_grace_counts_as_at_the_deadline(an: Taker) -> None:
    assert an.submit(604).at == an.at(600)


def test_handing_in_too_late_writes_nothing(an: Taker) -> None:
    assert an.submit(606).code == "too_late"
    assert row(an.attempt)["submitted_at"] is None


@pytest.mark.parametrize("raw", [[], {}, "nope", 12, ["x"], "a" * 5000, {"a": [1]}, True, "\ud800"])
def test_what_is_no_choice_is_refused(an: Taker, raw: object) -> None:
    single = next(place for place, (question, _) in enumerate(an.sheet().asked) if question["type"] == "single")
    assert an.send(an.line("answer", 1, single, raw)).code == "bad_choice"
    assert an.saved() == {}


@pytest.mark.parametrize("place", [-1, 6, 10**6])
def test_a_place_outside_the_paper_is_refused(an: Taker, place: int) -> None:
    assert an.send(an.line("answer", 1, place, "x")).code == "bad_request"


def test_a_strangers_ticket_finds_nothing(an: Taker, org: Organisation) -> None:
    line = an.line("answer", 1, 0, an.choice(0))
    assert saving.change(replace(line, member=org.members[DUNG])).code == "not_found"
    assert saving.change(replace(line, attempt="nothing")).code == "not_found"
    assert an.saved() == {}


def test_flags_come_and_go(an: Taker) -> None:
    for place, on in ((3, True), (1, True), (3, True), (1, False)):
        an.send(an.line("flag", 1, place, on))
    assert an.sheet().flags == (3,)


def test_one_group_serves_many_tries_and_several_things_of_one(an: Taker, org: Organisation, held: Held) -> None:
    dung = Taker(held, org.members[DUNG])
    dung.begin()
    lines = [
        an.line("answer", 1, 0, an.choice(0)),
        dung.line("answer", 1, 0, dung.choice(0)),
        an.line("answer", 2, 0, an.choice(0, 1)),
        an.line("submit", 3),
        an.line("answer", 4, 1, an.choice(1)),
    ]
    assert [one.code for one in saving.change_group(lines)] == ["ok", "ok", "ok", "ok", "submitted"]
    assert an.saved() == {0: an.choice(0, 1)}
    assert dung.saved() == {0: dung.choice(0)}


def test_the_prediction_is_kept_as_a_number(org: Organisation) -> None:
    held = hold(org, preset="classic-doan", waves=open_now())
    an = Taker(held, org.members[AN])
    an.begin()
    assert an.send(an.line("predict", 1, PREDICTION, "1.250")).code == "ok"
    assert row(an.attempt)["prediction"] == 1250
    assert an.send(an.line("predict", 2, PREDICTION, "1,5")).code == "bad_choice"
    assert an.send(an.line("predict", 3, PREDICTION, None)).code == "ok"
    assert row(an.attempt)["prediction"] is None


def test_a_prediction_where_none_is_asked_is_refused(an: Taker) -> None:
    assert an.send(an.line("predict", 1, PREDICTION, 5)).code == "bad_request"


def test_leaving_the_page_is_counted_only_where_it_is_announced(an: Taker, org: Organisation) -> None:
    an.send(an.line("away", 1))
    assert row(an.attempt)["focus_lost"] == 0
    watched = hold(org, integrity={"focus": True})
    dung = Taker(watched, org.members[DUNG])
    dung.begin()
    saving.change_group([dung.line("away", 1), dung.line("away", 2)])
    assert row(dung.attempt)["focus_lost"] == 2


class TestQuestionsWithTimesOfTheirOwn:
    @pytest.fixture
    def an(self, org: Organisation) -> Taker:
        held = hold(org, timing={"kind": "each", "seconds": 20})
        taker = Taker(held, org.members[AN])
        taker.begin()
        return taker

    def test_only_the_open_question_takes_answers(self, an: Taker) -> None:
        assert an.answer(1, 5).code == "not_open"
        assert an.answer(0, 5).code == "ok"
        assert an.answer(0, 26).code == "too_late"
        assert an.answer(1, 26).code == "ok"

    def test_moving_on_opens_the_next_and_is_done_once(self, an: Taker) -> None:
        assert an.send(an.line("next", 5, 0)).code == "ok"
        assert an.send(an.line("next", 6, 0)).code == "ok"
        assert an.send(an.line("next", 6, 3)).code == "not_open"
        assert an.answer(1, 6).code == "ok"
        sheet = an.sheet(7)
        opened = sheet.open_place(an.at(7))
        assert opened is not None and (opened.index, opened.opens_at) == (1, an.at(5))

    def test_a_phone_that_is_away_loses_the_questions_it_missed(self, an: Taker) -> None:
        an.answer(0, 1)
        opened = an.sheet(65).open_place(an.at(65))
        assert opened is not None and opened.index == 3


def test_a_save_that_came_in_time_makes_a_graded_try_due_again(an: Taker) -> None:
    graded(an.attempt)
    an.answer(0, 599)
    assert row(an.attempt)["graded"] == -2
    graded(an.attempt)
    an.submit(600)
    assert row(an.attempt)["graded"] == -2


@writing
def graded(db: Session, attempt: str) -> None:
    db.execute(update(Attempt).where(Attempt.public_id == attempt).values(graded=0))


def test_the_moment_of_the_first_answer_stays(an: Taker) -> None:
    an.answer(0, 1)
    an.answer(0, 9, number=1)

    @reading
    def moments(db: Session) -> tuple[int, int]:
        return tuple(db.execute(select(AttemptAnswer.first_at, AttemptAnswer.at)).one())

    assert moments() == (an.at(1), an.at(9))


def test_a_result_is_shown_when_the_rules_say(org: Organisation) -> None:
    held = hold(org)
    an = Taker(held, org.members[AN])
    an.begin()
    for place in range(6):
        an.answer(place, 1)
    an.submit(30)
    now, later = an.at(40), an.at(30 * 3600)
    hidden = views.result(an.sheet(40), now)
    assert (hidden.marks, hidden.visible.key) == (None, False)
    shown = views.result(an.sheet(30 * 3600), later)
    assert shown.visible.key and shown.marks is not None
    assert (shown.marks.correct, shown.marks.of) == (6, 6)


def test_a_practice_result_is_shown_at_once(org: Organisation, held: Held) -> None:
    an = Taker(held, org.members[AN])
    an.begin(practice=True)
    an.answer(0, 1)
    an.submit(2)
    found = views.result(an.sheet(3), an.at(3))
    assert found.visible.key and found.marks is not None
    assert (found.marks.correct, found.marks.answered) == (1, 1)
