"""A chapter's targets as a table, one target with its chart and those below, the report, and a member's own word."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.language import ours
from app.pages.parts.asked import chapter_at
from app.pages.parts.files import workbook
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.reply import Reply
from app.pages.targets.chart import Chart, chart_of
from app.security import signed_in
from app.services.files.containers import Page
from app.services.people import chapters
from app.services.people.chapters import ChapterLine
from app.services.targets import filling, looking
from app.services.targets.looking import Counted, TargetLine
from quizzes.refusals import N_, Rejected
from quizzes.targets.presets import PRESETS
from quizzes.targets.shapes import DECLARATIONS, DECLARED, PERCENT, STATES, WAYS, Standing

pages = Blueprint("targets", __name__)


@dataclass(frozen=True)
class Line:
    """A target with where a chapter stands, and where it is heading."""

    target: TargetLine
    counted: Counted
    standing: Standing
    chart: Chart


def lines_of(chapter: ChapterLine) -> list[Line]:
    """Every target the chapter takes part in."""
    found, those = [], looking.targets(chapter.path)
    for one, counted in zip(those, looking.numbers_of(those, chapter.path), strict=True):
        standing = counted.of(one, chapter.path)
        found.append(Line(one, counted, standing, chart_of(one, counted, chapter.path, standing, today())))
    return found


@pages.get("/chapters/<int:chapter_id>/targets")
def index(chapter_id: int) -> Reply:
    """Show where a chapter stands with each of its targets, and those from above."""
    return index_page(chapter_at(chapter_id), Form(starts_on=today().isoformat()))


def index_page(one: ChapterLine, form: Form) -> Reply:
    """The page of a chapter's targets; `form` begins a whole set."""
    page = render_template(
        "targets/index.html",
        form=form,
        chapter=one,
        way=chapters.ancestors(one.path),
        lines=lines_of(one),
        states=STATES,
        organiser=signed_in().may("organiser", one.path),
        presets=PRESETS,
        today=today(),
    )
    return page, form.status


def target_at(public_id: str) -> tuple[TargetLine, ChapterLine]:
    """The target of an address, and the chapter it is looked at from (`at`): its own, or one below."""
    found = looking.target(public_id)
    if found is None:
        raise Rejected("not_found")
    at = chapter_at(request.args.get("at", found.chapter_id, type=int))
    if not at.path.startswith(found.path):
        raise Rejected("not_found")
    return found, at


@pages.get("/targets/<public_id>")
def one(public_id: str) -> str:
    """One target: the figure, the chart, the chapters below, the figures behind it."""
    found, at = target_at(public_id)
    return render_template("targets/one.html", **about_of(found, at), form=Form(), ways=WAYS)


def about_of(found: TargetLine, at: ChapterLine) -> dict[str, object]:
    counted = looking.numbers(found, at.path)
    standing = counted.of(found, at.path)
    below = chapters.all_children(at.id)
    each = counted.all_of(found, [child.path for child in below])
    own = counted.own.get(at.path, 0) + (found.baseline if at.path == found.path else 0)
    organiser = signed_in().may("organiser", at.path)
    return {
        "target": found,
        "at": at,
        "way": chapters.ancestors(at.path),
        "standing": standing,
        "states": STATES,
        "chart": chart_of(found, counted, at.path, standing, today()),
        "own": own,
        "today": today(),
        "below": [(child, each[child.path]) for child in below],
        "given": counted.given,
        "goals": counted.goals,
        "figures": looking.figures(found.id, at.path) if organiser else [],
        "organiser": organiser,
        "fresh": secrets.token_hex(8),
        "declared": DECLARATIONS.get(found.declares, "") if DECLARED in found.ways else "",
    }


@dataclass(frozen=True)
class Part:
    """A target in the chapters below: those of which there is something to say, and how many others there are."""

    target: TargetLine
    rows: list[tuple[ChapterLine, Standing]]
    others: int

    @property
    def aims(self) -> bool:
        """True where some chapter has a goal, so that there is more to say than a figure."""
        return any(standing.goal is not None for _, standing in self.rows)


def part_of(line: Line, below: list[ChapterLine]) -> Part:
    each = line.counted.all_of(line.target, [child.path for child in below])
    rows = [(child, each[child.path]) for child in below if each[child.path].has_figures]
    return Part(line.target, rows, len(below) - len(rows))


@pages.get("/chapters/<int:chapter_id>/targets/report")
def report(chapter_id: int) -> str:
    """All targets on paper, with the chapters below."""
    chapter = chapter_at(chapter_id)
    below, lines = chapters.all_children(chapter_id), lines_of(chapter)
    parts = [part_of(line, below) for line in lines]
    told = {child.id for part in parts for child, _ in part.rows}
    return render_template(
        "targets/report.html",
        chapter=chapter,
        lines=lines,
        parts=[part for part in parts if part.rows],
        silent=[child.name for child in below if child.id not in told],
        states=STATES,
        today=today(),
    )


@pages.get("/chapters/<int:chapter_id>/targets.xlsx")
def table(chapter_id: int) -> Response:
    """The same as a workbook: a sheet of the chapter, and one of the chapters below."""
    chapter = chapter_at(chapter_id)
    below = chapters.all_children(chapter_id)
    lines = lines_of(chapter)
    head = [gettext(words) for words in HEADS]
    rows = [
        [
            ours(line.target.title),
            *_cells(line.standing),
            line.chart.expected,
            ours(line.target.unit),
            line.target.ends_on.isoformat(),
            ours(line.target.document),
        ]
        for line in lines
    ]
    inside = []
    for line in lines:
        each = line.counted.all_of(line.target, [child.path for child in below])
        inside += [[ours(line.target.title), child.name, *_cells(each[child.path])] for child in below]
    sheets = [
        Page(gettext("Chỉ tiêu"), [head, *rows], widths=[50, 12, 12, 12, 12, 12, 12, 14, 14, 40]),
        Page(gettext("Theo cơ sở"), [[head[0], gettext("Cơ sở"), *head[1:6]], *inside], widths=[50, 40]),
    ]
    return workbook(sheets, f"targets-{chapter_id}.xlsx")


HEADS = (N_("Chỉ tiêu"), N_("Đích"), N_("Đã có"), N_("Trên tổng"), N_("Tỉ lệ phần trăm"), N_("Mức"),
         N_("Dự báo đến hạn"), N_("Đơn vị tính"), N_("Hạn"), N_("Văn bản"))  # fmt: skip


def _cells(one: Standing) -> list[object]:
    goal = one.goal / 100 if one.goal is not None and one.shape == PERCENT else one.goal
    share = one.share / 100 if one.share is not None else ""
    return ["" if goal is None else goal, one.numerator, one.denominator or "", share, gettext(STATES[one.state])]


@pages.route("/targets/mine", methods=["GET", "POST"])
def mine() -> Reply:
    """Serves a member's declarations, which are ticked and unticked at will."""
    me, form = signed_in(), Form()
    if form.accepted(lambda: filling.declare(me.id, request.form.getlist("what"))):
        flash(gettext("Đã ghi lời khai của bạn."), "good")
        return redirect(url_for("targets.mine"))
    wanted = {one.declares for one in looking.targets(me.path) if DECLARED in one.ways}
    return render_template(
        "targets/mine.html", said=filling.declared(me.id), words=DECLARATIONS, wanted=wanted, chapter_id=me.chapter_id
    )
