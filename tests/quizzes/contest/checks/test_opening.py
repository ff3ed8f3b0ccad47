"""The check before opening."""

import pytest
import yaml

from quizzes.contest.checks.opening import Candidate, check, snapshot, unusable
from quizzes.contest.results.chapters import Unit
from quizzes.hours import DAY
from tests.quizzes.contest.bank import OPENS, PRESETS, bank, preset, question, rules, waves


def candidates(questions, **about):
    return [Candidate(one, **about) for one in questions]


READY = {
    "title": "Cuộc thi",
    "contact": "Văn phòng Đoàn",
    "waves": waves(1),
    "blueprint": {"cells": [{"topics": ["t"], "difficulty": [1, 3], "count": 10}]},
}
QUESTIONS = candidates(bank(20).values())


def codes(problems):
    assert all(problem.sentence % dict(problem.about) for problem in problems)
    return [problem.code for problem in problems]


def problems_of(questions=QUESTIONS, practice=(), now=OPENS - DAY, units=(), **settings):
    return codes(check(rules(**READY | settings), questions, practice, now, units))


def test_a_complete_contest_may_open():
    assert problems_of() == []


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"title": ""}, "no_title"),
        ({"waves": []}, "no_waves"),
        ({"waves": [{}]}, "no_hours"),
        ({"contact": ""}, "no_contact"),
        ({"waves": [{"opens_at": OPENS, "closes_at": OPENS + 201 * DAY}]}, "very_long"),
        ({"blueprint": {"cells": [{"count": 10}], "fixed": ["nowhere"]}}, "fixed_unusable"),
        ({"blueprint": {"cells": [{"topics": ["t"], "difficulty": [1, 1], "count": 30}]}}, "too_few_questions"),
        ({"blueprint": {"cells": [{"topics": ["t"], "difficulty": [1, 1], "count": 15}]}}, "papers_alike"),
    ],
)
def test_what_stands_against_opening_is_named(settings, code):
    assert code in problems_of(**settings)


def test_hours_that_are_over_are_found():
    assert problems_of(now=OPENS + DAY) == ["already_over"]


def test_errors_stand_before_warnings():
    assert problems_of(title="", contact="") == ["no_title", "no_contact"]


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (Candidate(question("q")), ""),
        (Candidate(question("q"), approved=False), "not_approved"),
        (Candidate(question("q", source="")), "no_source"),
        (Candidate(question("q", valid_to="2026-12-07")), "expires"),
        (Candidate(question("q", valid_to="2026-12-08")), ""),
        (Candidate(question("q", valid_from="2026-12-08")), "not_yet_valid"),
        (Candidate(question("q", valid_from="2026-12-07")), ""),
        (Candidate(question("q"), live=True), "in_a_show"),
    ],
)
def test_a_question_must_be_approved_sourced_valid_for_the_whole_contest_and_not_in_a_show(one, code):
    opens_at, closes_at = OPENS, OPENS + DAY
    assert unusable(one, opens_at, closes_at) == code
    assert bool(snapshot(rules(**READY), [one])) == (code == "")


def test_only_usable_questions_fill_a_blueprint():
    assert problems_of(candidates(bank(20).values(), approved=False)) == ["too_few_questions"]


def test_prizes_and_openly_published_keys_give_a_warning():
    public = candidates(bank(20).values(), public=True)
    assert problems_of(public, prizes=[{"key": "first", "title": {"vi": "Giải Nhất"}}]) == ["public_bank"]
    assert problems_of(public) == []


def test_practice_needs_its_own_questions_and_enough_of_them():
    tries = {"attempts": {"practice": 2}}
    assert problems_of(practice=QUESTIONS, **tries) == ["practice_shares_questions"]
    assert problems_of(practice=[], **tries) == ["too_few_practice"]
    other = [Candidate(one.question | {"id": f"p-{one.question['id']}"}) for one in QUESTIONS]
    assert problems_of(practice=other, **tries) == []


def test_uneven_papers_are_found_by_simulation():
    # two questions a paper, of which one is a gift and the rest are hopeless: chance decides
    odd = [question(f"q{n}", 1, facility=1000 if n % 2 else 0) for n in range(7)]
    plan = {"cells": [{"count": 1}, {"count": 1}, {"count": 1}]}
    assert "papers_uneven" in problems_of(candidates(odd), blueprint=plan)


def test_prizes_by_rate_need_head_counts_of_chapters_that_compete():
    by_rate = {"collective": [{"key": "c", "title": {"vi": "Giải tập thể"}, "by": "rate", "least_members": 20}]}
    units = [Unit(1, None, "xa", 90), Unit(2, 1, "chi_doan", 30)]
    assert problems_of(units=units, **by_rate) == []
    assert problems_of(units=[*units[:1], Unit(2, 1, "chi_doan", 0)], **by_rate) == ["no_headcounts"]
    assert problems_of(collective=[{"key": "c", "title": {"vi": "Giải"}, "by": "entrants"}]) == []


BANKS = sorted((PRESETS[0].parents[1] / "banks").glob("*.yaml"))
SHIPPED = [
    Candidate(one, public=True) for path in BANKS for one in yaml.load(path.read_text(), yaml.CSafeLoader)["questions"]
]


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_the_shipped_banks_fill_every_preset(path):
    found = preset(path.stem, contact="Văn phòng", attempts={"practice": 0})
    now = found.waves[0].opens_at - DAY
    units = [Unit(1, None, "xa", 200)]
    assert set(codes(check(found, SHIPPED, [], now, units))) <= {"public_bank"}
