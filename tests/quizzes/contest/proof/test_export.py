"""A contest as a file: read back, verified, and every kind of tampering found."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.contest.proof.export import Record, Unreadable, read, write
from quizzes.contest.proof.verification import computed, redrawn, verify
from quizzes.contest.results.chapters import Unit
from quizzes.contest.results.decisions import Decision
from quizzes.contest.results.grading import Attempt
from quizzes.contest.taking.paper import deck, draw
from quizzes.engine import SECOND
from quizzes.hours import HOUR
from quizzes.questions import of
from tests.quizzes.contest.bank import AN, BINH, CHI, DUNG, bank, preset

RULES = preset("pupils-law", collective=[{"key": "c", "by": "weighted"}])
BANK = bank(6)
UNITS = (Unit(1, None, "xa", 50), Unit(2, 1, "chi_doan", 20), Unit(3, 1, "chi_doan", 30))
SEED = "mã của cuộc thi"


def taken(no, member, wave, try_no, chapter, prediction, skill):
    """An attempt on the paper the seed draws; every `skill`-th question is answered wrongly."""
    paper = draw(deck(RULES.blueprint, BANK), SEED, wave, member, try_no)
    answers = {}
    for index, asked in enumerate(paper.asked):
        question = BANK[asked.question]
        choices = of(question).possible(question, asked.shown)
        answers[asked.question] = sorted(
            choices,
            key=lambda one: (
                of(question).grade(question, asked.shown, one)
                if index % skill == 0
                else -of(question).grade(question, asked.shown, one)
            ),
        )[0]
    began = RULES.waves[wave].opens_at + no * SECOND
    return Attempt(
        no,
        member,
        wave,
        try_no,
        began,
        began + HOUR // 2,
        began + 300 * SECOND,
        paper,
        answers,
        prediction,
        "",
        chapter,
        2012,
    )


ATTEMPTS = (
    taken(1, AN, 0, 1, 2, 3, 4),
    taken(2, BINH, 0, 1, 3, 5, 9),
    taken(3, AN, 0, 2, 2, 4, 7),
    taken(4, CHI, 0, 1, 3, None, 2),
    taken(5, BINH, 1, 1, 3, 1, 3),
    taken(6, DUNG, 1, 1, 2, 2, 5),
)
DECISIONS = (
    Decision(1, "rekey", ATTEMPTS[0].paper.asked[0].question, (1, 2)),
    Decision(2, "disqualify", member=CHI, wave=0),
)


def record():
    now = RULES.waves[1].closes_at + HOUR
    draft = Record("c1", RULES, SEED, "mã bốc thăm", now, UNITS, BANK, ATTEMPTS, DECISIONS, {})
    return replace(draft, results=computed(draft))


WHOLE = record()
LINES = list(write(WHOLE))


def test_a_contest_is_read_back_as_it_was_written():
    assert read(LINES) == read(f"{line}\n" for line in LINES)
    again = read(LINES)
    assert list(write(again)) == LINES
    assert (again.rules, again.units, again.decisions) == (WHOLE.rules, WHOLE.units, WHOLE.decisions)
    assert [one.no for one in again.attempts] == [one.no for one in ATTEMPTS]


def test_the_published_table_follows_from_the_file():
    assert WHOLE.results["wins"]
    assert verify(read(LINES)) == []


def tampered(kind, number, change):
    """The file with one value changed and its digest made right again: a forger who knows the format."""
    rows = [json.loads(line) for line in LINES[:-1]]
    mine = [row for row in rows if row["kind"] == kind]
    change(mine[number][kind])
    return sealed(rows)


def sealed(rows):
    from hashlib import sha256

    texts = [json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for row in rows]
    digest = sha256("".join(f"{text}\n" for text in texts).encode()).hexdigest()
    return [*texts, json.dumps({"kind": "end", "lines": len(texts), "sha256": digest})]


def set_score(row):
    row["boards"][0]["rows"][0][3] += 20


def set_winner(row):
    row["wins"][0]["member"] = DUNG


def set_points(row):
    row["points"]["1"] += 2


def drop_answers(row):
    row["answers"] = {}


def later(row):
    row["submitted_at"] += 900 * SECOND


def other_paper(row):
    row["paper"] = row["paper"][::-1]


def other_seed(row):
    row["seed"] = "x"


def other_count(row):
    row["members"] = 4


def no_decision(row):
    row["do"] = "restore"


def other_rule(row):
    row["rules"]["one_prize"] = "none"
    row["rules"]["ranking"]["keys"] = ["older"]


@pytest.mark.parametrize(
    ("kind", "number", "change"),
    [
        ("results", 0, set_score),
        ("results", 0, set_winner),
        ("results", 0, set_points),
        ("attempt", 2, drop_answers),
        ("attempt", 1, later),
        ("attempt", 3, other_paper),
        ("contest", 0, other_seed),
        ("contest", 0, other_rule),
        ("unit", 1, other_count),
        ("decision", 0, no_decision),
    ],
)
def test_every_change_that_matters_is_found(kind, number, change):
    assert verify(read(tampered(kind, number, change)))


def test_a_difference_says_where_and_what():
    (found,) = verify(read(tampered("results", 0, set_points)))
    assert found.path == ("points", "1")
    assert found.published - found.computed == 2


def test_a_paper_that_was_not_drawn_is_named_by_its_attempt():
    assert [one.path for one in redrawn(read(tampered("attempt", 3, other_paper)))] == [("attempts", 4, "paper")]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (LINES[:-1], "cut"),
        ([], "cut"),
        ([*LINES[:5], *LINES[6:]], "cut_or_changed"),
        (["{", *LINES], "not_json"),
        (["[1]", *LINES], "not_json"),
        (['{"kind": 3}', *LINES], "not_json"),
        (["[" * 100_000], "not_json"),
        (sealed([{"kind": "contest"}]), "not_a_contest"),
        (sealed([{"kind": "attempt"}]), "not_a_contest"),
    ],
)
def test_a_file_that_is_no_whole_contest_is_refused(lines, code):
    with pytest.raises(Unreadable) as caught:
        read(lines)
    assert caught.value.problem.code == code
    assert caught.value.problem.line is not None


def broken_answer(row):
    row["answers"] = {name: {"x": 1} for name in row["answers"]}


def broken_time(row):
    row["started_at"] = "gestern"


def broken_wave(row):
    row["wave"] = 77


@pytest.mark.parametrize("change", [broken_time, broken_wave])
def test_a_file_of_nonsense_is_refused_and_not_a_crash(change):
    with pytest.raises(Unreadable):
        verify(read(tampered("attempt", 0, change)))


def test_an_answer_of_nonsense_is_simply_wrong():
    assert verify(read(tampered("attempt", 2, broken_answer)))


@settings(max_examples=20)
@given(st.integers(0, 5), st.integers(0, 29), st.sampled_from(["void", "give"]))
def test_voiding_any_question_recomputes_and_still_verifies(attempt, place, what):
    question = ATTEMPTS[attempt].paper.asked[place].question
    draft = replace(WHOLE, decisions=(*DECISIONS, Decision(3, what, question)))
    after = replace(draft, results=computed(draft))
    assert verify(read(write(after))) == []
    before = {row[1]: row for board in WHOLE.results["boards"] for row in board["rows"]}
    for board in after.results["boards"]:
        for row in board["rows"]:
            assert row[4] <= row[5]
            if what == "give":
                assert row[5] == 30
            assert row[1] in before
