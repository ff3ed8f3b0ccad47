"""A show's result: posted as it is now, however often it ends; recomputed from the record by anybody."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.engines import Database
from app.models.people import Account
from app.services import points
from app.services.commit import writing
from app.services.shows import ballots, results, shows
from app.services.shows.ballots import Line
from quizzes import show as rules
from tests.app.services.shows.playing import Play
from tests.organisation import plant

AN, BINH = 1, 2


@pytest.fixture
def play(bound: Database) -> Play:
    """A show that is over and posted: An, the only member in it, was right. Nobody but its host may run it."""
    played = Play(members=plant().members).until("open")
    played.answer(AN)
    played.until("over")
    assert results.post_due() == 1
    nobody_else()
    return played


@writing
def nobody_else(db: Session) -> None:
    """Leaves no second person, so that the host's word is enough for the ledger."""
    db.execute(update(Account).values(status="disabled"))


def in_ledger(play: Play) -> float:
    """An's points of this show that are posted."""
    return sum(points.sums("show", play.show_id).values()) / 2


def in_show(play: Play) -> float:
    return rules.me(play.state, AN)["score"]


def test_a_result_is_posted_once(play: Play) -> None:
    assert in_ledger(play) == in_show(play) == 100
    assert results.post_due() == 0
    assert not results.post(play.show_id)


@pytest.mark.parametrize(
    ("correction", "points"), [(("adjust", {"seat": AN, "points": 40}), 140), (("void", {"no": 1}), 0)]
)
def test_a_correction_after_the_end_is_posted_though_the_program_died_before(
    play: Play, correction: tuple[str, dict[str, Any]], points: int
) -> None:
    name, args = correction
    play.host(name, **args)
    assert results.post_due() == 1
    assert in_ledger(play) == in_show(play) == points
    assert results.post_due() == 0


def test_another_end_after_an_undone_one_is_posted_though_the_program_died_before(play: Play) -> None:
    play.host("undo")
    play.host("resume")
    play.host("adjust", seat=AN, points=-10)
    play.until("over")
    assert results.post_due() == 1
    assert in_ledger(play) == in_show(play) == 90


def test_an_undone_correction_after_the_end_is_posted_when_the_show_is_over_again(play: Play) -> None:
    play.host("adjust", seat=AN, points=40)
    assert results.post_due() == 1
    play.host("undo")
    play.until("over")
    assert results.post_due() == 1
    assert in_ledger(play) == in_show(play) == 100


def test_a_show_that_goes_on_after_its_end_posts_nothing(play: Play) -> None:
    play.host("undo")
    assert not results.post(play.show_id), "who began to post before the undo comes too late"
    assert results.post_due() == 0
    assert in_ledger(play) == 100


def test_a_posting_that_was_overtaken_posts_no_older_result(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    look = shows.catch_up

    def look_and_dawdle(show_id: int) -> shows.Replica:
        """After this look at the journal the host adjusts, and that is posted by somebody else."""
        seen = look(show_id)
        monkeypatch.undo()
        play.host("adjust", seat=AN, points=40)
        assert results.post(show_id)
        return seen

    play.host("adjust", seat=AN, points=5)
    monkeypatch.setattr(shows, "catch_up", look_and_dawdle)
    assert not results.post(play.show_id)
    assert in_ledger(play) == in_show(play) == 145


@pytest.fixture
def reopened(bound: Database) -> Play:
    """A question is open again: it was closed and judged, that was undone, and Bình has answered since."""
    played = Play(questions=2).until("open")
    played.answer(AN)
    played.until("closed")
    played.host("undo")
    played.host("resume")
    played.answer(BINH)
    return played


@pytest.mark.parametrize("then", ["resume and judge", "export at once", "void", "undo the opening"])
def test_an_honest_show_is_equal_though_a_question_was_closed_twice(reopened: Play, then: str) -> None:
    if then == "void":
        reopened.host("void", no=1)
    if then == "undo the opening":
        reopened.host("undo")
    if then != "export at once":
        reopened.until("over")
    state, differences = results.replay(results.record(reopened.show_id))
    assert differences == []
    assert rules.results(state) == rules.results(reopened.state)


def test_a_verdict_or_an_answer_that_was_falsified_is_found_also_after_an_undone_closing(reopened: Play) -> None:
    reopened.until("over")
    record = results.record(reopened.show_id)
    verdict = [data for *_, name, data in record["journal"] if name == "judged" and data["no"] == 1][-1]
    honest, verdict["results"] = verdict["results"], {}
    assert results.replay(record)[1] == ["opening 1 is judged otherwise"]
    verdict["results"] = honest
    record["ballots"].pop()
    assert results.replay(record)[1] == ["opening 1 is judged otherwise"]


def test_a_record_in_which_the_last_choice_counts_is_judged_by_the_same_one(bound: Database) -> None:
    play = Play(change=True).until("open")
    right, wrong = play.option(0), play.option(1)
    choices = [("phone-2", right, 7), ("phone-1", wrong, 9), ("tablet-2", wrong, 6)]
    lines = [Line(play.show_id, play.no, AN, ballots.take_of(name), name, choice, at) for name, choice, at in choices]
    assert ballots.store(lines) == ["ok"] * 3
    play.until("over")
    assert in_show(play) == 100
    assert results.replay(results.record(play.show_id))[1] == []
