"""Questions, settings, attempts and sentences for the tests of contests."""

from pathlib import Path

import yaml

from quizzes.contest.results.grading import Attempt, Line
from quizzes.contest.setup.rules import read_rules, timetable
from quizzes.contest.taking.paper import Asked, Paper
from quizzes.engine import SECOND
from quizzes.hours import DAY, HOUR, moment

PRESETS = sorted((Path(__file__).parents[3] / "quizzes" / "contests").glob("*.yaml"))
OPENS = moment("2026-12-07 08:00")
AN, BINH, CHI, DUNG = 1, 2, 3, 4


def question(name, difficulty=1, topic="t", answer=0, **more):
    return {
        "id": name,
        "type": "single",
        "text": {"vi": f"Câu {name}?"},
        "options": [{"text": {"vi": text}} for text in ("Một", "Hai", "Ba", "Bốn")],
        "answer": answer,
        "topic": topic,
        "difficulty": difficulty,
        "source": "Tài liệu",
    } | more


def snapshot(*questions):
    return {one["id"]: one for one in questions}


def bank(per_cell=10, topics=("t", "u"), difficulties=(1, 2, 3, 4, 5)):
    return snapshot(
        *(
            question(f"{topic}{level}-{number}", level, topic)
            for topic in topics
            for level in difficulties
            for number in range(per_cell)
        )
    )


def rules(**settings):
    """Settings that must read without a problem."""
    found, problems = read_rules(settings)
    assert problems == []
    return found


def blueprint(*cells, **more):
    return rules(blueprint={"cells": list(cells), **more}).blueprint


def preset(name, first_day="2026-12-07", **changes):
    """A shipped preset with its waves, `changes` on top."""
    path = next(path for path in PRESETS if path.stem == name)
    found, problems = read_rules(yaml.load(path.read_text(), yaml.CSafeLoader) | changes)
    assert problems == []
    return timetable(found, first_day)


def waves(count=1):
    """`count` weeks from OPENS, a day each."""
    starts = [OPENS + 7 * DAY * number for number in range(count)]
    return [{"opens_at": at, "closes_at": at + DAY} for at in starts]


def line(member, correct=0, seconds=60, no=None, **more):
    """A finished attempt; begins `start` seconds after OPENS (0), ten questions of a point."""
    start = OPENS + more.pop("start", 0) * SECOND
    values = {
        "no": no if no is not None else member,
        "member": member,
        "wave": 0,
        "try_no": 1,
        "started_at": start,
        "ended_at": start + seconds * SECOND,
        "time_us": seconds * SECOND,
        "score": correct * 2,
        "most": 20,
        "correct": correct,
        "of": 10,
    }
    return Line(**values | more)


def attempt(member, bank, answers, no=None, **more):
    """A try with one question of each name in `bank`; option ids are "o0".."o3" in written order."""
    shown = [[f"o{index}", index] for index in range(4)]
    values = {
        "no": no if no is not None else member,
        "member": member,
        "wave": 0,
        "try_no": 1,
        "started_at": OPENS,
        "closes_at": OPENS + HOUR,
        "submitted_at": OPENS + 60 * SECOND,
        "paper": Paper(tuple(Asked(name, shown) for name in bank)),
        "answers": {name: f"o{index}" for name, index in answers.items()},
    }
    return Attempt(**values | more)


def say(value):
    """A sentence as somebody reads it, roughly."""
    if hasattr(value, "sentence"):
        return value.sentence % {name: say(one) for name, one in value.values.items()}
    if isinstance(value, tuple):
        return "; ".join(map(say, value))
    if isinstance(value, dict):
        return value.get("vi", "")
    return " ".join(map(str, vars(value).values())) if hasattr(value, "__dict__") else str(value)
