"""The size of a phone's screen: every shipped question in every format, phase and language, with the longest names.

Most stay below 1.5 KB. Larger are a few long questions, which stand twice in `data` as the protocol has it, and those
that are told after the reveal with their key, an explanation and ten long names at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from flask import Flask

from app.live.screens import drawing, naming
from app.live.transport import strict_json
from app.services.banks import banks
from app.services.shows.shows import Replica
from quizzes import show as rules
from quizzes.engine import PLAYER, Viewer
from quizzes.formats import FORMATS
from quizzes.script import check_question
from tests.quizzes.people import NOON, Stage

BUDGET = 1_536
MOST = 2_048
"""No format's largest screen may have more bytes."""
MEASURED = ("buzzer", "poll", "speed")
ABOVE = {"open": 1_664, "revealed": 1_840, "standings": 1_800}
"""Phase -> bytes that no screen of the measured formats exceeds; docs/performance.md says it, too."""
FEW = 0.1
"""Of all questions, the share that may be above the budget in a phase."""
LONGEST = 40
"""The number of questions of those a format can ask that are played, the ones with the most text: every large screen is
of one of them."""
NAME = "Nguyễn Thị Phương Thảo Ấ"
SEATS = range(1, 13)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def shipped() -> list[dict[str, Any]]:
    files = sorted(banks.SHIPPED.glob("*.yaml"))
    return [question for file in files for question in banks.read_file(file.name, file.read_bytes()).drafts]


def played(fmt: str, question: dict[str, Any]) -> Iterator[Stage]:
    """A show of this one question, before each step; twelve people answer, right and wrong."""
    stage = Stage({"format": fmt, "settings": {}}, questions=[[question]], room={"upto": 2_000, "without": []})
    while True:
        yield stage
        if stage.phase == "over":
            return
        if stage.phase == "answering":
            stage.command("right")
            stage.settle()
            continue
        if stage.phase == "open":
            answer(stage)
        stage.advance()


def answer(stage: Stage) -> None:
    if stage.ask.kind == "buzz":
        may = [seat for seat in SEATS if rules.may_answer(stage.state, stage.ask.no, seat)]
        return stage.buzz(may[0]) if may else None
    raws = rules.possible_choices(stage.state, stage.ask.no)
    for seat in SEATS:
        if rules.may_answer(stage.state, stage.ask.no, seat):
            stage.answer(seat, raw=raws[seat % len(raws)], after_s=1 + seat / 7)


def sizes(app: Flask, stage: Stage) -> Iterator[int]:
    """The bytes each audience of phones is sent now."""
    replica = Replica(1, stage.state.seq, 0, stage.state)
    for group in {rules.group(stage.state, seat) for seat in (*SEATS, 2_001)}:
        for lang in ("vi", "en"):
            yield len(strict_json.encode(["screen", drawing.screen(app, replica, Viewer(PLAYER, group, lang))]))


@pytest.fixture
def largest(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, dict[str, int]]]:
    """Format -> phase -> question -> the bytes of its largest screen."""
    monkeypatch.setattr(drawing, "now_us", lambda: NOON + 1_234_567)
    monkeypatch.setattr(naming.seats, "names", lambda show_id, seats: dict.fromkeys(seats, NAME))
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    by_length = sorted(shipped(), key=lambda one: len(strict_json.encode(one)), reverse=True)
    for fmt in FORMATS:
        askable = (question for question in by_length if not check_question(fmt, question))
        for question in islice(askable, LONGEST):
            for stage in played(fmt, question):
                by_question = found[fmt][stage.phase]
                by_question[question["id"]] = max(by_question[question["id"]], *sizes(app, stage))
    return found


def test_a_phones_screen_is_within_its_budget_but_for_what_is_stated(
    largest: dict[str, dict[str, dict[str, int]]],
) -> None:
    assert len(NAME) == 24
    by_phase: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for fmt, phases in largest.items():
        for phase, by_question in phases.items():
            assert max(by_question.values()) <= MOST, (fmt, phase)
            for question, size in by_question.items() if fmt in MEASURED else ():
                by_phase[phase][question] = max(by_phase[phase][question], size)
    assert all(len(largest[fmt]["open"]) == LONGEST for fmt in MEASURED)
    for phase, found in by_phase.items():
        assert max(found.values()) <= ABOVE.get(phase, BUDGET), phase
        assert sum(size > BUDGET for size in found.values()) <= FEW * len(shipped()), phase
