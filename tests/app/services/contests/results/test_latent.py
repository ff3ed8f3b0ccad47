"""Curves of questions: the two-parameter model of a child process, beside what another program finds."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable
from statistics import NormalDist

import pytest

from app.services.apart import apart
from app.services.contests.results import latent
from quizzes.contest.desk.statistics import Item, shares, with_curves
from quizzes.draws import Draws

SLOPES = (0.6, 0.8, 1.0, 1.2, 1.5, 1.8)
PLACES = (-1.5, -1.0, -0.5, 0.0, 0.8, 1.2)
GIRTH = {
    "q0": (0.56, -1.709),
    "q1": (0.662, -0.936),
    "q2": (0.85, -0.537),
    "q3": (1.084, -0.0),
    "q4": (1.263, 0.767),
    "q5": (3.188, 1.047),
}
"""The parameters that girth 0.8.0 finds in the same papers: girth.twopl_mml(rights.T)."""


def papers(count: int) -> list[dict[str, bool]]:
    """Answers of people whose ability is spread as usual, drawn by the model itself."""
    draws = Draws("papers", "latent")
    found = []
    for at in range(count):
        ability = NormalDist().inv_cdf((at + 0.5) / count)
        found.append(
            {
                f"q{n}": draws.below(10**6) < 10**6 / (1 + math.exp(-slope * (ability - place)))
                for n, (slope, place) in enumerate(zip(SLOPES, PLACES, strict=True))
            }
        )
    return found


def test_the_curves_are_those_that_another_program_finds() -> None:
    found = latent.curves(papers(400))
    assert found.keys() == GIRTH.keys()
    for name, (slope, place) in GIRTH.items():
        assert found[name] == (pytest.approx(1000 * slope, rel=0.02), pytest.approx(1000 * place, rel=0.02, abs=5))


SERVED = """
from gevent import monkey
monkey.patch_all()
import json, sys
from app.services.apart import apart
from app.services.contests.results import latent
print(json.dumps(latent.fitted(apart(latent.asked_of, json.load(sys.stdin)))))
"""


def test_a_process_that_serves_finds_them_too() -> None:
    command = [sys.executable, "-c", SERVED]
    done = subprocess.run(command, input=json.dumps(papers(400)), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout).keys() == GIRTH.keys()
    with pytest.raises(RuntimeError, match="on a thread"):  # gevent would not find its end
        apart(latent.curves, papers(400))


def test_few_papers_have_no_curves() -> None:
    assert latent.curves(papers(latent.LEAST - 1)) == {}


@pytest.mark.parametrize(
    "right",
    [
        lambda at, n: True,
        lambda at, n: False,
        lambda at, n: at % 2 == 0,
        lambda at, n: (at + n) % 2 == 0,
        lambda at, n: at == n,
        lambda at, n: n > 0 or at % 3 == 0,
    ],
    ids=["all right", "all wrong", "all alike", "opposed", "each right once", "one that varies"],
)
def test_answers_that_fit_no_curve_have_none(right: Callable[[int, int], bool]) -> None:
    assert latent.curves([{f"q{n}": right(at, n) for n in range(4)} for at in range(220)]) == {}


def test_questions_that_few_were_asked_stand_aside() -> None:
    drawn = [
        {name: right for name, right in one.items() if name != "q0" or at < 100} for at, one in enumerate(papers(300))
    ]
    assert latent.curves(drawn).keys() == {"q1", "q2", "q3", "q4", "q5"}


def test_without_the_extra_or_with_a_child_that_fails_there_are_no_curves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latent, "WALL_S", 0.001)
    assert latent.curves(papers(200)) == {}
    monkeypatch.setattr(latent, "find_spec", lambda name: None)
    assert latent.curves(papers(200)) == {}


def test_a_flat_question_is_weak_and_a_wrong_option_shows_who_chose_it() -> None:
    asked = Item("q", 300, 500, 200, {'"#1"': 40, '"#0"': 150, "": 10, '["#1","#2"]': 5}, "")
    assert [one.note for one in with_curves([asked], {"q": (300, 0)})] == ["weak"]
    assert with_curves([asked], {"other": (1, 1)}) == [asked]
    question = {"type": "single", "answer": 0, "options": [{"text": {"vi": name}} for name in ("An", "Bình", "Chi")]}
    assert shares(question, asked) == [("An", 150, True), ("Bình", 45, False), ("Chi", 5, False)]
