"""Marks, and decisions that change them for everybody."""

from dataclasses import replace

import pytest

from quizzes.contest.results.decisions import Decision, Ruling, Rulings, check, fold
from quizzes.contest.results.grading import lines, marks
from quizzes.contest.setup.rules import Marking
from quizzes.engine import SECOND
from quizzes.hours import HOUR
from tests.quizzes.contest.bank import AN, BINH, OPENS, attempt, question, rules, snapshot, waves

BANK = snapshot(question("a", 1), question("b", 3), question("c", 5))
POINTS = Marking(points=(2, 4, 6, 8, 10))
RULES = rules(waves=waves(), marking={"points": 1})
HALF = attempt(AN, BANK, {"a": 0, "b": 1})


def marked(one=HALF, decisions=(), marking=POINTS):
    return marks(one, BANK, fold(decisions), marking)


def test_points_follow_the_difficulty():
    found = marked()
    assert (found.score, found.most, found.correct, found.of, found.answered) == (2, 18, 1, 3, 2)
    assert found.rights == {"a": 1000, "b": 0, "c": 0}


def test_a_void_question_is_out_for_everybody():
    found = marked(decisions=[Decision(1, "void", "b")])
    assert (found.score, found.most, found.correct, found.of) == (2, 12, 1, 2)
    assert "b" not in found.rights


def test_a_given_question_is_right_for_everybody_who_has_it():
    found = marked(decisions=[Decision(1, "give", "c")])
    assert (found.score, found.correct, found.of) == (12, 2, 3)


def test_a_new_key_and_several_keys():
    assert marked(decisions=[Decision(1, "rekey", "b", (1,))]).score == 8
    assert marked(decisions=[Decision(1, "rekey", "a", (2,))]).score == 0
    assert marked(decisions=[Decision(1, "rekey", "a", (2, 0))]).score == 2


def test_the_last_decision_about_a_question_holds():
    history = [Decision(1, "void", "b"), Decision(3, "restore", "b"), Decision(2, "give", "b")]
    assert marked(decisions=history) == marked()
    assert fold(history[:2]).questions == {}
    assert fold(history[::2]).questions == {"b": Ruling("give")}


def test_partial_credit_only_where_the_rules_say_so():
    pick = question("m", 1, type="multiple", answer=[0, 1], settings={"scoring": "each"})
    one = attempt(AN, ["m"], {})
    one = replace(one, answers={"m": ["o0"]})
    bank = snapshot(pick)
    whole = marks(one, bank, Rulings(), Marking(points=(10,) * 5))
    part = marks(one, bank, Rulings(), Marking(points=(10,) * 5, partial=True))
    assert (whole.score, part.score) == (0, 5)
    assert whole.correct == part.correct == 0


def test_lines_are_of_finished_attempts_only_and_time_is_the_members():
    running = attempt(BINH, BANK, {"a": 0}, submitted_at=None)
    found = lines(RULES, BANK, [HALF, running], Rulings(), OPENS + HOUR)
    assert [(line.member, line.time_us, line.score) for line in found] == [(AN, 60 * SECOND, 2)]
    late = lines(RULES, BANK, [running], Rulings(), OPENS + HOUR + 5 * SECOND + 1)
    assert [(line.ended_at, line.correct) for line in late] == [(OPENS + HOUR, 1)]


def test_a_try_that_was_left_counts_only_where_the_rules_hand_it_in():
    found = rules(waves=waves(), timing={"overdue": "discard"})
    left = attempt(BINH, BANK, {"a": 0}, submitted_at=None)
    assert lines(found, BANK, [left], Rulings(), OPENS + 2 * HOUR) == []


def test_a_cancelled_attempt_never_was():
    assert lines(RULES, BANK, [HALF], fold([Decision(1, "cancel", attempt=HALF.no)]), OPENS + HOUR) == []


@pytest.mark.parametrize(
    ("history", "waves_out"),
    [
        ([("disqualify", 1)], (False, True)),
        ([("disqualify", None)], (True, True)),
        ([("disqualify", 1), ("reinstate", 1)], (False, False)),
        ([("disqualify", 0), ("disqualify", 1), ("reinstate", None)], (False, False)),
        ([("disqualify", 0), ("disqualify", 1), ("reinstate", 0)], (False, True)),
        ([("reinstate", 0), ("disqualify", 0)], (True, False)),
    ],
)
def test_people_are_out_of_a_wave_or_of_all_and_may_come_back(history, waves_out):
    found = fold(Decision(no, do, member=AN, wave=wave) for no, (do, wave) in enumerate(history))
    assert (found.excludes(AN, 0), found.excludes(AN, 1)) == waves_out
    assert not found.excludes(BINH, 0)


def test_an_unknown_decision_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="shrug"):
        fold([Decision(1, "shrug")])


@pytest.mark.parametrize(
    ("decision", "codes"),
    [
        (Decision(1, "void", "a"), []),
        (Decision(1, "void", "nowhere"), ["unknown_question"]),
        (Decision(1, "rekey", "a"), ["no_answers"]),
        (Decision(1, "rekey", "a", (0, 9)), ["answer_index"]),
        (Decision(1, "rekey", "a", (3,)), []),
        (Decision(1, "disqualify", member=AN), []),
    ],
)
def test_a_decision_is_checked_before_it_is_recorded(decision, codes):
    assert [problem.code for problem in check(decision, BANK)] == codes
