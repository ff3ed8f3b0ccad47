"""The real difficulty of questions: kept of contests that are over, for the text of today, and used in drawing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from app.models.bank import Bank, Question, QuestionResult
from app.models.contests import Contest, ContestQuestion
from app.models.engines import database, now_us
from app.services.banks import banks, planning, question_results, question_words
from app.services.commit import writing
from app.services.contests.setup import opening
from quizzes.contest.desk.statistics import Item
from quizzes.contest.setup.rules import Rules
from quizzes.contest.taking.paper import facility
from tests.app.services.banks.test_own_banks import org as org
from tests.organisation import Organisation
from tests.people import BINH

BODY = {
    "id": "a",
    "type": "single",
    "topic": "dvc",
    "difficulty": 1,
    "text": {"vi": "Ai?"},
    "answer": 0,
    "settings": {},
    "options": [{"text": {"vi": "An"}}, {"text": {"vi": "Bình"}}, {"text": {"vi": "Chi"}}],
    "source": "Luật 1/2026",
}


@writing
def planted(db: Any, chapter: int, last_at: int) -> tuple[int, int]:
    """(contest, bank): a question an author thinks easy, frozen in a contest that ends then."""
    now = now_us(db)
    bank = Bank(key="b", title='{"vi": "B"}', public=True, updated_at=now)
    db.add(bank)
    db.flush()
    one = Question(
        bank_id=bank.id,
        key="a",
        type="single",
        topic="dvc",
        difficulty=1,
        state="approved",
        body=json.dumps(BODY),
        updated_at=now,
        approved_version=1,
    )
    contest = Contest(
        public_id="c",
        chapter_id=chapter,
        title="{}",
        rules="{}",
        seed="s",
        lots_seed="l",
        created_at=now,
        opened_at=1,
        first_at=last_at - 1,
        last_at=last_at,
    )
    db.add_all([one, contest])
    db.flush()
    frozen = json.dumps(BODY | {"id": "b/a", "facility": 500})
    db.add(ContestQuestion(contest_id=contest.id, pool="paper", key="b/a", question_id=one.id, body=frozen))
    return contest.id, bank.id


@writing
def written_anew(db: Any) -> None:
    db.execute(update(Question).values(version=2, body=json.dumps(BODY | {"text": {"vi": "Ai đó?"}})))


def drawn(**wanted: Any) -> list[int]:
    return [one.question["difficulty"] for one in banks.candidates(banks=["b"], **wanted)]


def item(asked: int, share: int) -> Item:
    return Item("b/a", asked, share, None, {}, "", 900, 1200)


def test_a_question_few_could_answer_is_drawn_as_a_hard_one(org: Organisation) -> None:
    contest, bank = planted(org.province, 1000)
    assert drawn(difficulty=[1]) == [1]
    question_results.note(contest, [item(29, 250), Item("b/gone", 50, 1, None, {}, "")])
    assert drawn(difficulty=[1]) == [1], "twenty-nine answers are too few"
    question_results.note(contest, [item(40, 250)])
    assert (drawn(difficulty=[1]), drawn(difficulty=[5]), drawn()) == ([], [5], [5])
    (one,) = opening.candidates([bank])
    assert facility(one.question) == 250, "papers are balanced by what people really answered"
    assert one.question["difficulty"] == 5, "and its cell of the plan is that of hard ones"


def picked(host: int, difficulty: int, words: str = "") -> list[int]:
    found = banks.pickable(host, lambda _: True, difficulty=difficulty, words=words)
    return [one.question["difficulty"] for one in found]


@pytest.mark.parametrize("words", ["", "an"])
def test_a_host_who_picks_hard_questions_is_offered_what_few_could_answer(org: Organisation, words: str) -> None:
    contest, bank = planted(org.province, 1000)
    question_words.fill()
    host = org.members[BINH]
    assert (picked(host, 1, words), picked(host, 5, words)) == ([1], [])
    question_results.note(contest, [item(40, 250)])
    assert (picked(host, 1, words), picked(host, 5, words), picked(host, 0, words)) == ([], [5], [5])
    assert planning.sheet(bank).by(1) == {5: 1}, "the sheet that says what is short counts as drawing does"


def test_what_a_contest_could_draw_is_counted_by_real_difficulty(org: Organisation) -> None:
    contest, bank = planted(org.province, 1000)
    rules = Rules()
    assert opening.stock(rules, [bank]) == [(bank, "dvc", 1, 1)]
    question_results.note(contest, [item(40, 250)])
    assert opening.stock(rules, [bank]) == [(bank, "dvc", 5, 1)]


def test_answers_to_another_text_tell_nothing(org: Organisation) -> None:
    contest, _ = planted(org.province, 1000)
    question_results.note(contest, [item(40, 250)])
    written_anew()
    assert drawn(difficulty=[1]) == [1]
    question_results.note(contest, [item(80, 250)])
    with database.read() as db:
        assert db.scalars(select(QuestionResult.answers)).all() == [40], "what it froze is no longer what is asked"


def test_a_contest_that_runs_is_not_counted(org: Organisation) -> None:
    with database.read() as db:
        now = now_us(db)
    contest, _ = planted(org.province, now + 10**12)
    question_results.note(contest, [item(40, 250)])
    assert drawn(difficulty=[1]) == [1]
