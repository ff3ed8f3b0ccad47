"""The head-counts that rates will use: counted from our list, typed here, or read from a table."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response as Plain

from app.pages.contests.setup import organised
from app.pages.parts.files import taken, workbook
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.parts.rows import MOST_FAULTS, shown_of
from app.security import signed_in
from app.services.contests.contests import ContestLine
from app.services.contests.setup import headcount_file, units
from app.services.contests.setup.units import MOST_MEMBERS
from app.services.files.containers import Page
from app.services.people.imports.columns import RowProblem
from app.services.people.kinds import KINDS
from quizzes.refusals import Rejected

pages = Blueprint("headcounts", __name__)

SHOWN = 200
"""Chapters on one page: a field for each."""


@pages.route("/contests/<public_id>/headcounts", methods=["GET", "POST"])
def index(public_id: str) -> Reply:
    """Type the official numbers; a wrong one is said beside its chapter and nothing is stored."""
    line, form = organised(public_id), Form()
    if form.accepted(lambda: units.declare(signed_in().id, line.id, _typed())):
        return _saved(public_id)
    return _page(line, form)


@pages.post("/contests/<public_id>/headcounts/file")
def upload(public_id: str) -> Reply:
    """Take the numbers of a table: all of them, or none where a row is wrong."""
    line, form = organised(public_id), Form()
    problems: list[RowProblem] = []

    def declare(name: str, data: bytes) -> bool:
        numbers, wrong = headcount_file.read(data, units.headcounts(line.id))
        problems.extend(wrong)
        if not wrong:
            units.declare(signed_in().id, line.id, numbers)
        return not wrong

    if taken(form, declare):
        return _saved(public_id)
    return _page(line, form, problems)


@pages.get("/contests/<public_id>/headcounts.xlsx")
def table(public_id: str) -> Response:
    """The table to fill in: every chapter of the contest with its code."""
    line = organised(public_id)
    head = [gettext(column.title) for column in headcount_file.COLUMNS]
    rows = headcount_file.rows(units.headcounts(line.id))
    sheet = Page(gettext("Số đoàn viên"), [head, *rows], widths=[20, 48, 16])
    return workbook([sheet], "headcounts.xlsx")


def _typed() -> dict[int, int | None]:
    numbers: dict[int, int | None] = {}
    for name, value in request.form.items():
        chapter = name.removeprefix("members-")
        if chapter != name and chapter.isascii() and chapter.isdigit():
            numbers[int(chapter)] = headcount_file.number_of(value.strip())
            if value.strip() and numbers[int(chapter)] is None:
                raise Rejected("bad_headcount", field=name, most=MOST_MEMBERS)
    return numbers


def _saved(public_id: str) -> Plain:
    flash(gettext("Đã lưu."), "good")
    return redirect(url_for("headcounts.index", public_id=public_id, page=request.args.get("page")))


def _page(line: ContestLine, form: Form, problems: list[RowProblem] | None = None) -> Reply:
    found = units.headcounts(line.id)
    page = min(max(request.args.get("page", 1, type=int), 1), max(-(-len(found) // SHOWN), 1))
    html = render_template(
        "contests/setup/headcounts.html",
        contest=line,
        total=len(found),
        found=found[(page - 1) * SHOWN : page * SHOWN],
        kinds=KINDS,
        form=form,
        page=page,
        pages=-(-len(found) // SHOWN),
        problems=shown_of(problems or [], headcount_file.COLUMNS),
        more_problems=max(len(problems or ()) - MOST_FAULTS, 0),
        top=min((one.depth for one in found), default=0),
    )
    return html, 422 if problems else form.status
