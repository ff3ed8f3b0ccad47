"""An exam paper typed into a spreadsheet, a line a row, in the shapes of `quizzes.importers.exam`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizzes.importers.building import unread_file
from quizzes.importers.contract import Cell, Given, Imported, Importer, Paragraph, Read, Run, Sheet, as_text
from quizzes.importers.exam import questions
from quizzes.importers.exam_lines import KEY_LINE, QUESTION
from quizzes.importers.finishing import finished
from quizzes.importers.titles import titles_of
from quizzes.refusals import N_


def knows(sheets: Sequence[Sheet]) -> bool:
    """True for a workbook without titles whose rows begin with "Câu 1"."""
    return not any(map(titles_of, sheets)) and bool(_papers(sheets))


def read(sheets: Sequence[Sheet], given: Given | None = None) -> Imported:
    found = finished(
        (one for sheet in _papers(sheets) for one in _questions(sheet)),
        given or {},
        lambda one, read: replace(one, row=read.place),
    )
    if not found.seen:
        found.problems.append(unread_file(N_("Không thấy câu hỏi nào bắt đầu bằng “Câu 1”, “Bài 1” hay “1.”.")))
    return found


def _questions(sheet: Sheet) -> Iterator[Read]:
    lines = list(_lines(sheet))
    for one in questions([line for _, line in lines]):
        yield replace(one, place=lines[one.place - 1][0])


def _papers(sheets: Sequence[Sheet]) -> list[Sheet]:
    return [one for one in sheets if any(QUESTION.match(line.text) for _, line in _lines(one))]


def _lines(sheet: Sheet) -> Iterator[tuple[int, Paragraph]]:
    """Every row as a line, with its number: a letter or "Câu 1" in a cell of its own belongs to the cell after it. A
    key among other cells is a line of its own."""
    for number, row in enumerate(sheet.rows, 1):
        runs: list[Run] = []
        for column, cell in enumerate(row if number not in sheet.hidden else ()):
            if text := _labelled(cell):
                strong = "".join(sheet.strong.get((number, column), ())).strip()
                if runs and KEY_LINE.match(text):
                    yield number, Paragraph(runs)
                    runs = []
                look = "bold" if strong and strong == as_text(cell).strip() else ""
                runs += [Run("\t")] if runs else []
                runs.append(Run(" ".join(text.split()), look))
        yield number, Paragraph(runs)


def _labelled(cell: Cell) -> str:
    text = as_text(cell)
    return f"{text}." if re.fullmatch(r"[A-H]", text) else text


IMPORTER = Importer(
    key="exam_sheet",
    title=N_("Đề thi gõ trong bảng tính (Câu 1, A. B. C. D. theo dòng)"),
    container="rows",
    suffixes=(".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"),
    read=read,
    knows=knows,
    asks=True,
)
