"""An exam paper as plain text, in the shapes of `quizzes.importers.exam`."""

from __future__ import annotations

import re

from quizzes.importers.building import unread_file
from quizzes.importers.contract import Given, Imported, Importer, Paragraph, Run
from quizzes.importers.exam import questions
from quizzes.importers.finishing import finished
from quizzes.refusals import N_

HEADING = re.compile(r"^\s*#{1,6}\s+")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


def read(text: str, given: Given | None = None) -> Imported:
    found = finished(questions([Paragraph(_runs(line)) for line in text.splitlines()]), given or {})
    if not found.seen:
        found.problems.append(unread_file(N_("Không thấy câu hỏi nào bắt đầu bằng “Câu 1”, “Bài 1” hay “1.”.")))
    return found


def _runs(line: str) -> list[Run]:
    """A line in its looks: chats and notes put ** around bold words, and # before a heading."""
    words = HEADING.sub("", line)
    return [Run(part, "bold" if place % 2 else "") for place, part in enumerate(BOLD.split(words)) if part]


IMPORTER = Importer(
    key="exam_text",
    title=N_("Đề thi dạng văn bản (Câu 1, A. B. C. D.)"),
    container="text",
    suffixes=(".txt", ".md", ".text"),
    read=read,
    asks=True,
)
