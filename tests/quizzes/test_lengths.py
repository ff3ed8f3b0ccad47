"""The guess how long a show lasts fits what hosts plan with."""

from pathlib import Path

import pytest
import yaml

from quizzes import lengths

SHOWS = Path(lengths.__file__).parent / "shows"


@pytest.mark.parametrize(("name", "low", "high"), [("wheel", 30, 45), ("province", 60, 80), ("ladder", 40, 70)])
def test_a_shipped_script_lasts_about_as_long_as_it_says(name: str, low: int, high: int) -> None:
    script = yaml.load((SHOWS / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert low <= lengths.minutes(script) <= high


def test_performances_are_counted_for_each_team_not_for_each_theme() -> None:
    part = {
        "format": "judged",
        "settings": {"minutes": 5},
        "questions": [{"type": "performance", "text": {"vi": "Ai?"}}],
    }
    three, six = ({"rounds": [part], "teams": {"count": count}} for count in (3, 6))
    assert lengths.seconds(six) - lengths.seconds(three) == 3 * (5 * 60 + 240)


def test_questions_listed_by_level_are_all_counted() -> None:
    part = {"format": "finish", "questions": {"low": ["a", "b"], "high": ["c"]}}
    assert lengths.questions(part) == 3
