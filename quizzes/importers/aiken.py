"""Aiken: a question, its options as A. or A), and a line ANSWER: B."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.importers.building import chosen, no_key, not_carried, not_held, unread_file
from quizzes.importers.contract import Given, Imported, Importer, Read
from quizzes.importers.exam_lines import NUMBERED, QUESTION
from quizzes.importers.finishing import finished
from quizzes.problems import Problem
from quizzes.questions.options import TRUE_AND_FALSE
from quizzes.refusals import N_

OPTION = re.compile(r"\s*([A-Za-z])(?:\s*[.):/]\s*|\s*[-–]\s+)(.*)")
LETTERS = r"([A-Za-z](?:\s*(?:[,;&+]|and|và)\s*[A-Za-z])*)\s*(?:[.)].*)?$"
ANSWER = re.compile(rf"\s*ANSWERS?\s*[:=]\s*{LETTERS}", re.IGNORECASE)
SAID = re.compile(rf"\s*(?:Đáp án|ĐÁP ÁN|Dap an)(?:\s+đúng)?(?:\s+là)?\s*[:=]\s*{LETTERS}")
"""The same in Vietnamese, where no number begins a question: else the file is an exam paper."""
UNCLEAR = re.compile(r"\s*(?:ANSWERS?|Đáp án(?: đúng)?)\s*[:=]\s*(.*)$", re.IGNORECASE)
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


@dataclass
class _Question:
    """A question while its lines are read; `start`: its first line."""

    start: int
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)

    def read(self, key: str) -> Read:
        places = [ord(one) - 65 for one in dict.fromkeys(re.findall(r"(?<![A-Z])[A-Z](?![A-Z])", key.upper()))]
        known = bool(places) and max(places) < len(self.options)
        draft = chosen("\n".join(self.stem), self.options, places if known else [])
        return Read(draft, self.start, [] if known else [no_key()], RIGHT if known else "")


def _questions(text: str) -> list[Read]:
    found: list[Read] = []
    one: _Question | None = None
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        answer, option = ANSWER.match(line) or SAID.match(line) or UNCLEAR.match(line), OPTION.match(line)
        if answer:
            found.append((one or _Question(number)).read(answer[1] if answer.re is not UNCLEAR else ""))
            one = None
        elif one and option and option[1].upper() == chr(65 + len(one.options)):
            one.options.append(option[2].strip())
        elif line.strip():
            if one and one.options and _goes_on(lines[number:], len(one.options)):
                one.options[-1] = f"{one.options[-1]} {line.strip()}"
                continue
            if one and one.options:  # a new question before the key of the former one
                found.append(one.read(""))
                one = None
            one = one or _Question(number)
            one.stem.append(line.strip())
    return [*found, one.read("")] if one else found


def _goes_on(after: Sequence[str], count: int) -> bool:
    """True when a line between options belongs to the last of them: the next option follows, or the key at once."""
    for line in after:
        if option := OPTION.match(line):
            return option[1].upper() == chr(65 + count)
        if ANSWER.match(line) or SAID.match(line):
            return True
        if not line.strip():
            return False
    return False


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
