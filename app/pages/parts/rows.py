"""A file of rows on its way in, for every area: the meaning of its columns, its faults, the yes to all the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import Response, flash, request
from flask_babel import format_decimal, gettext

from app.pages.parts.files import table
from app.services.people.imports.columns import SENTENCES, RowProblem
from app.services.people.imports.titles import Column
from quizzes.refusals import N_

MOST_FAULTS = 200
"""The most faults shown on a page; the table to take away has all."""
Note = tuple[str, Mapping[str, str]]


def chosen_columns(titles: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Title of a column -> the meaning that the sent form gives it; "" where the column is not used."""
    return {title: request.form.get(f"column-{at}", "") for at, (title, _key) in enumerate(titles)}


def left_out_unasked(counts: Mapping[str, int]) -> bool:
    """True when some rows are wrong and nobody has ticked that they stay out; the next page tells it."""
    unasked = bool(counts.get("wrong")) and not request.form.get("leave_out")
    if unasked:
        flash(gettext("Hãy đánh dấu để bỏ qua các dòng có lỗi, hoặc sửa tệp rồi nhập lại."), "bad")
    return unasked


def sentence_of(problem: RowProblem) -> str:
    """A problem in words; the bound of a figure is written as figures are."""
    about = dict(problem.about)
    if "most" in about:
        about["most"] = format_decimal(about["most"])
    return str(gettext(SENTENCES[problem.code]) % about)


def shown_of(
    problems: Sequence[RowProblem], columns: Iterable[Column], most: int | None = MOST_FAULTS
) -> list[tuple[RowProblem, str, str]]:
    """(problem, title of its column, sentence) of the first problems."""
    titles = {column.key: column.title for column in columns}
    return [(one, gettext(titles.get(one.column, one.column)), sentence_of(one)) for one in problems[:most]]


def notes_of(notes: Iterable[Note]) -> list[str]:
    """The parts of a file that were not read, in sentences."""
    return [gettext(sentence) % words for sentence, words in notes]


def table_of_problems(problems: Sequence[RowProblem], columns: Iterable[Column], job_id: int) -> Response:
    """All problems as a table, to work through beside the file."""
    head = [gettext(word) for word in (N_("Dòng"), N_("Cột"), N_("Giá trị"), N_("Vấn đề"))]
    rows = [
        [f"{one.sheet}!{one.row}" if one.sheet else one.row, title, one.value, sentence]
        for one, title, sentence in shown_of(problems, columns, None)
    ]
    return table([head, *rows], f"problems-{job_id}.csv")
