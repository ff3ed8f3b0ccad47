"""The files of the program that an answer enters, from the worker that accepts it to the line that is stored."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any

from app.live.protocol import Answer
from app.live.worker import Live
from app.services.shows.tickets import Ticket
from quizzes import show
from tests.quizzes.people import AN, Stage, single, speed

ROOT = Path(__file__).resolve().parents[3]
FILES_BEFORE = 10
"""The files on the day before rounds were played by mechanics (54e2b114), counted as here: the worker and nine of the
rules."""


def entered(work: Callable[[], object]) -> set[str]:
    """The files of ours whose functions run."""
    files: set[str] = set()

    def call(frame: FrameType, event: str, _about: Any) -> None:
        if event == "call":
            files.add(frame.f_code.co_filename)

    before = sys.getprofile()
    sys.setprofile(call)
    try:
        work()
    finally:
        sys.setprofile(before)
    ours = [Path(file).relative_to(ROOT) for file in files if file.startswith(str(ROOT))]
    return {str(file) for file in ours if file.parts[0] in ("app", "quizzes")}


def test_an_answer_enters_no_more_files_than_before_the_grammar() -> None:
    hall = Stage(speed(), questions=[[single(1)]])
    hall.until("open")
    live, ask, replica = object.__new__(Live), hall.ask, SimpleNamespace(state=hall.state)
    given = Answer(no=ask.no, choice=ask.shown[0][0], id="an's answer")

    def answer() -> None:
        line = live._line(Ticket(1, AN, "public"), given, replica, hall.at)  # type: ignore[arg-type]
        assert line.seat == AN
        show.after_ballot(hall.state, ask.no, hall.at)

    answer()  # what is made once for all is made
    files = entered(answer)
    assert "app/live/worker.py" in files
    assert len(files) <= FILES_BEFORE, sorted(files)
