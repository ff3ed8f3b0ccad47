"""Aiken: a question, its options as A. or A), and a line ANSWER: B."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.importers.building import chosen, no_key, not_carried, not_held, unread_file
from quizzes.importers.contract import Given, Imported, Importer, Read
from quizzes.importers.exam_lines import NUMBERED, QUESTION
from quizzes.importers.finishing import finished
from quizzes.problems import Problem
from quizzes.questions.options import TRUE_AND_FALSE
from quizzes.refusals import N_

OPTION = re.compile(r"\s*([A-Za-z])(?:\s*[.):/]\s*|\s*[-–]\s+)(.*)")
ANSWER = re.compile(r"\s*ANSWER\s*[:=]\s*([A-Za-z])\s*(?:[.)].*)?$", re.IGNORECASE)
SAID = re.compile(r"\s*(?:Đáp án|ĐÁP ÁN|Dap an)(?:\s+đúng)?(?:\s+là)?\s*[:=]\s*([A-Za-z])\s*(?:[.)].*)?$")
"""The same in Vietnamese, where no number begins a question: else the file is an exam paper."""
RIGHT = N_("Đáp án theo dòng ANSWER.")


def knows(text: str) -> bool:
    lines = text.splitlines()
    numbers = any(QUESTION.match(line) or NUMBERED.match(line) for line in lines)
    return any(map(ANSWER.match, lines)) or (not numbers and any(map(SAID.match, lines)))


def read(text: str, given: Given | None = None) -> Imported:
    found = finished(_questions(text), given or {})
    if not found.seen:
        found.problems.append(unread_file(N_("Không thấy câu hỏi nào viết theo kiểu Aiken.")))
    return found


def _questions(text: str) -> list[Read]:
    found: list[Read] = []
    stem: list[str] = []
    options: list[str] = []
    letters: list[str] = []
    start = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        answer, option = ANSWER.match(line) or SAID.match(line), OPTION.match(line)
        if answer:
            place = letters.index(answer[1].upper()) if answer[1].upper() in letters else None
            problems = [no_key()] if place is None else []
            draft = chosen("\n".join(stem), options, [] if place is None else [place])
            found.append(Read(draft, start or number, problems, RIGHT))
            stem, options, letters, start = [], [], [], 0
        elif option and stem and option[1].upper() == chr(65 + len(options)):
            options.append(option[2].strip())
            letters.append(option[1].upper())
        elif line.strip():
            if options:  # a new question before the key of the former one
                found.append(Read(chosen("\n".join(stem), options, []), start, [no_key()]))
                stem, options, letters, start = [], [], [], 0
            start = start or number
            stem.append(line.strip())
    if stem:
        found.append(Read(chosen("\n".join(stem), options, []), start, [no_key()]))
    return found


def write(questions: Sequence[Mapping[str, Any]], topics: Any = None) -> tuple[str, list[Problem]]:
    """The text, and which questions it cannot hold; line breaks become spaces."""
    problems = not_carried(questions, {"single", "true_false"}, 26)
    left = {one.path[0] for one in problems}
    parts = []
    for place, one in enumerate(questions):
        if place in left:
            continue
        options = (
            list(TRUE_AND_FALSE["vi"]) if one["type"] == "true_false" else [o["text"]["vi"] for o in one["options"]]
        )
        right = (0 if one["answer"] else 1) if one["type"] == "true_false" else one["answer"]
        stem = " ".join(one["text"]["vi"].split())
        if OPTION.match(stem) or ANSWER.match(stem) or not all(option.strip() for option in options):
            problems.append(not_held(place))
            continue
        lines = [f"{chr(65 + at)}. {' '.join(option.split())}" for at, option in enumerate(options)]
        parts.append("\n".join([stem, *lines, f"ANSWER: {chr(65 + right)}"]))
    return "\n\n".join(parts) + "\n", problems


IMPORTER = Importer(
    key="aiken",
    title=N_("Aiken (văn bản)"),
    container="text",
    suffixes=(".txt", ".aiken"),
    read=read,
    write=write,
    knows=knows,
    asks=True,
)
