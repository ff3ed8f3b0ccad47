"""Signals: strange attempts are found with reasons, ordinary ones are left alone."""

import random
from dataclasses import replace

import pytest

from quizzes.contest.desk.integrity import Trace, signals
from quizzes.contest.desk.likeness import Sheet, agreement, comparable, pairs, tail
from quizzes.engine import SECOND
from quizzes.hours import HOUR, MINUTE
from tests.quizzes.contest.bank import OPENS, question, rules, waves

RULES = rules(waves=waves())
NAMES = [f"q{number}" for number in range(20)]


def sheet(member, wrong=(), start=0, groups=("chapter:1",), names=NAMES):
    """Everything right ("#0") but for `wrong`: {question: option}."""
    answers = dict.fromkeys(names, "#0") | dict(wrong)
    rights = {name: 1000 if said == "#0" else 0 for name, said in answers.items()}
    return Sheet(member, member, OPENS + start, answers, rights, groups)


def trace(member, start=0, seconds=300, **more):
    wrong = more.pop("wrong", ())
    ended = OPENS + start + seconds * SECOND
    return Trace(sheet(member, wrong, start, ()), 0, ended, **more)


def kinds(traces, found=RULES):
    signals_found = signals(found, traces)
    assert all(one.sentence % dict(one.about) for one in signals_found)
    return [one.kind for one in signals_found]


def test_an_ordinary_attempt_gives_no_signal():
    assert kinds([trace(1)]) == []


def test_answers_faster_than_reading_are_a_signal_only_where_they_are_right():
    fast = trace(1, seconds=30)
    (found,) = signals(RULES, [fast])
    assert (found.kind, found.about) == ("too_fast", {"count": 20, "seconds": 30, "right": 20})
    guesses = dict.fromkeys(NAMES[:15], "#1")
    assert kinds([trace(1, seconds=30, wrong=guesses)]) == []
    assert kinds([fast], rules(waves=waves(), integrity={"seconds_per_question": 1})) == []


def test_a_machines_rhythm_is_a_signal_and_a_persons_is_not():
    steady = tuple(OPENS + number * 9 * SECOND for number in range(20))
    assert kinds([trace(1, saved_at=steady)]) == ["steady"]
    chance = random.Random(3)
    human = tuple(at + chance.randrange(6) * SECOND for at in steady)
    assert kinds([trace(1, saved_at=human)]) == []
    assert kinds([trace(1, saved_at=steady[:5])]) == []
    assert kinds([trace(1, saved_at=(OPENS,) * 9)]) == []


def test_a_family_phone_is_no_signal_but_many_people_on_one_device_are():
    assert kinds([trace(member, device="d") for member in (1, 2)]) == []
    found = signals(RULES, [trace(member, device="d") for member in (1, 2, 3)])
    assert [(one.kind, one.members) for one in found] == [("same_device", (1, 2, 3))]


def test_accounts_one_after_another_from_one_address_are_a_signal_and_a_hall_is_a_weak_one():
    relay = [trace(member, start=member * 310 * SECOND, source="s") for member in range(4)]
    assert kinds(relay) == ["relay"]
    apart = [trace(member, start=member * HOUR, source="s") for member in range(6)]
    assert kinds(apart) == []
    hall = [trace(member, start=member * SECOND, source="s") for member in range(30)]
    (found,) = signals(RULES, hall)
    assert (found.kind, found.weight, found.about) == ("burst", 1, {"people": 30})
    again = [replace(one, sheet=replace(one.sheet, member=9)) for one in relay]
    assert kinds(again) == [], "one member taking several tries is no relay"


def test_leaving_the_page_is_a_signal_only_where_it_was_announced():
    away = trace(1, focus_lost=9)
    assert kinds([away]) == []
    assert kinds([away], rules(waves=waves(), integrity={"focus": True})) == ["focus"]


def crowd(count, seed=1):
    """People who are wrong on their own: each misses some questions and picks any of three wrong options."""
    chance = random.Random(seed)
    return [
        sheet(member, {n: f"#{chance.randint(1, 3)}" for n in chance.sample(NAMES, 8)}, member * MINUTE)
        for member in range(100, 100 + count)
    ]


def test_people_who_are_wrong_on_their_own_are_no_pair():
    assert pairs(crowd(300), 0.01) == []


def test_a_copied_paper_is_found_with_the_figure_of_chance():
    wrong = {name: f"#{index % 3 + 1}" for index, name in enumerate(NAMES[:13])}
    one, other = sheet(1, wrong, 5), sheet(2, wrong, 6)
    (pair,) = pairs([*crowd(300), one, other], 0.01)
    assert (pair.one.member, pair.other.member, pair.shared, pair.same) == (1, 2, 20, 20)
    assert (pair.both_wrong, pair.same_wrong) == (13, 13)
    # about a third for each of thirteen, times some 6,000 pairs compared
    assert pair.expected == pytest.approx(6000 / 3**13, rel=0.8)


def test_a_copied_paper_becomes_a_signal_that_says_how_rare_it_is():
    wrong = {name: f"#{index % 3 + 1}" for index, name in enumerate(NAMES[:14])}
    twins = [Trace(sheet(member, wrong, member), 0, OPENS + HOUR) for member in (1, 2)]
    others = [Trace(one, 0, one.started_at + HOUR) for one in crowd(200)]
    (found,) = signals(RULES, [*twins, *others])
    assert (found.kind, found.weight, found.members) == ("alike", 3, (1, 2))
    assert found.about["same_wrong"] == 14
    assert found.about["one_in"] > 100


def test_copies_are_found_across_chapters_by_their_wrong_answers():
    wrong = {name: f"#{index % 3 + 1}" for index, name in enumerate(NAMES[:14])}
    twins = [sheet(1, wrong, groups=("chapter:5",)), sheet(2, wrong, groups=("chapter:6",))]
    assert [(one.one.member, one.other.member) for one in pairs([*crowd(200), *twins], 0.01)] == [(1, 2)]


def test_two_perfect_papers_are_no_pair():
    assert pairs([sheet(1), sheet(2), *crowd(50)], 1.0) == []


def test_a_wrong_answer_everybody_gives_says_little():
    trap = dict.fromkeys(NAMES[:8], "#1")
    people = [sheet(member, trap, member) for member in range(20)]
    assert agreement(one.wrong() for one in people) == dict.fromkeys(NAMES[:8], 1.0)
    assert pairs(people, 0.01) == []


def test_the_tail_is_the_exact_probability():
    assert tail([], 0) == 1
    assert tail([0.5, 0.5], 1) == pytest.approx(0.75)
    assert tail([0.2, 0.3, 0.4], 2) == pytest.approx(0.2 * 0.3 * 0.6 + 0.2 * 0.7 * 0.4 + 0.8 * 0.3 * 0.4 + 0.024)
    assert tail([0.1], 2) == 0


def test_answers_compare_between_papers_with_other_ids():
    one, other = [["aa", 1], ["bb", 0]], [["cc", 0], ["dd", 1]]
    single = question("q")
    assert comparable(single, one, "aa") == comparable(single, other, "dd") == '"#1"'
    several = question("q", type="multiple", answer=[0])
    assert comparable(several, one, ["aa", "bb"]) == comparable(several, other, ["cc", "dd"])
    order = question("q", type="ordering", answer=[0, 1])
    assert comparable(order, one, ["aa", "bb"]) != comparable(order, other, ["cc", "dd"])
    statements = question("q", type="true_false_set", answer=[True, False])
    assert comparable(statements, one, {"aa": True, "bb": False}) == '{"#0":false,"#1":true}'
    assert comparable(question("q", type="number", answer=7), [], 7) == "7"
