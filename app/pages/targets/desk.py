"""The organiser's forms for targets: set, change, share out, figures by hand, figures from a file."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.pages.parts.asked import chapter_at, chapter_named
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.reply import Reply
from app.pages.targets.targets import about_of, index_page, target_at
from app.security import need, signed_in
from app.services.deeds import kinds
from app.services.people import chapters
from app.services.people.chapters import ChapterLine
from app.services.targets import filling, making
from app.services.targets.filling import Figure
from app.services.targets.looking import TargetLine
from app.services.targets.making import Draft
from quizzes.deeds.kinds import countable
from quizzes.refusals import Rejected
from quizzes.targets.presets import PRESETS
from quizzes.targets.shapes import BASES, COUNT, DECLARATIONS, PERCENT, SHAPES, WAYS

pages = Blueprint("target_desk", __name__)

YEAR = timedelta(days=365)


@pages.route("/chapters/<int:chapter_id>/targets/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Set a target."""
    chapter = chapter_at(chapter_id)
    form = Form(
        shape=COUNT, base="members", baseline="0", starts_on=today().isoformat(), ends_on=(today() + YEAR).isoformat()
    )
    if (made := form.made(lambda: making.make(signed_in().id, chapter_id, _draft(form)))) is not None:
        return redirect(url_for("targets.one", public_id=made))
    return _form(chapter, form, gettext("Chỉ tiêu mới"), request.form.getlist("ways"), request.form.getlist("counts"))


def _form(chapter: ChapterLine, form: Form, title: str, ways: list[str], counts: list[str]) -> Reply:
    page = render_template(
        "targets/form.html",
        chapter=chapter,
        way=chapters.ancestors(chapter.path),
        form=form,
        title=title,
        shapes=SHAPES,
        bases=BASES,
        ways=WAYS,
        words=DECLARATIONS,
        ticked_counts=counts,
        ticked_ways=ways,
        offered=countable(kinds.kinds(chapter.path).values()),
    )
    return page, form.status


def _draft(form: Form) -> Draft:
    begin, end = form.day("starts_on"), form.day("ends_on")
    if begin is None or end is None:
        raise Rejected("bad_dates", field="ends_on")
    goal = form.number("goal", "target_goal") or 0
    return Draft(
        form["title"],
        form["shape"],
        goal * 100 if form["shape"] == PERCENT else goal,
        begin,
        end,
        tuple(request.form.getlist("ways")),
        form["base"],
        tuple(request.form.getlist("counts")),
        form["declares"],
        form["unit"],
        form.number("baseline", "target_number") or 0,
        form["document"],
    )


@pages.route("/targets/<public_id>/change", methods=["GET", "POST"])
def change(public_id: str) -> Reply:
    """Correct a target."""
    one, _ = _mine(public_id)
    goal = one.goal // 100 if one.shape == PERCENT else one.goal
    form = Form(
        title=one.title,
        shape=one.shape,
        goal=goal,
        base=one.base or "members",
        baseline=one.baseline,
        starts_on=one.starts_on.isoformat(),
        ends_on=one.ends_on.isoformat(),
        declares=one.declares,
        unit=one.unit,
        document=one.document,
    )
    if form.accepted(lambda: making.change(signed_in().id, public_id, _draft(form))):
        flash(gettext("Đã sửa."), "good")
        return redirect(url_for("targets.one", public_id=public_id))
    ways, counts = request.form.getlist("ways"), request.form.getlist("counts")
    return _form(
        chapter_at(one.chapter_id),
        form,
        gettext("Sửa chỉ tiêu"),
        ways if form.sent else list(one.ways),
        counts if form.sent else list(one.counts),
    )


def _mine(public_id: str) -> tuple[TargetLine, ChapterLine]:
    """The target, for who organises over its chapter."""
    one, at = target_at(public_id)
    need("organiser", one.path)
    return one, at


@pages.post("/targets/<public_id>/remove")
def remove(public_id: str) -> Reply:
    """Take a target away."""
    chapter_id = making.remove(signed_in().id, public_id)
    flash(gettext("Đã bỏ chỉ tiêu. Những gì đã ghi vẫn còn."), "good")
    return redirect(url_for("targets.index", chapter_id=chapter_id))


@pages.post("/chapters/<int:chapter_id>/targets/preset")
def preset(chapter_id: int) -> Reply:
    """Begin with a whole set."""
    chapter, form = chapter_at(chapter_id), Form()
    key = form["preset"]
    found = PRESETS.get(key)
    texts = [text for one in found.targets for text in (one.title, one.unit)] + [found.document] if found else []
    titles = {text: gettext(text) for text in texts if text}

    def begin() -> int:
        starts, ends = form.day("starts_on") or today(), form.day("ends_on") or today() + YEAR
        return making.begin_with(signed_in().id, chapter_id, key, starts, ends, titles)

    count = form.made(begin)
    if count is None:
        return index_page(chapter, form)
    flash(gettext("Đã lập %(n)s chỉ tiêu. Hãy sửa cho đúng với văn bản của đơn vị.", n=count), "good")
    return redirect(url_for("targets.index", chapter_id=chapter_id))


@pages.post("/targets/<public_id>/shares")
def shares(public_id: str) -> Reply:
    """Goals and denominators of the chapters below."""
    _, at = _mine(public_id)
    form, given = Form(), dict[int, tuple[int | None, int | None]]()
    for name in request.form:
        chapter = name.removeprefix("goal-")
        if chapter != name and chapter.isascii() and chapter.isdigit() and len(chapter) < 16:
            given[int(chapter)] = (form.number(name, "target_number"), form.number(f"base-{chapter}", "target_number"))
    making.share_out(signed_in().id, public_id, given)
    flash(gettext("Đã giao chỉ tiêu."), "good")
    return redirect(url_for("targets.one", public_id=public_id, at=at.id))


@pages.post("/targets/<public_id>/figure")
def figure(public_id: str) -> Reply:
    """A figure by hand, with its evidence."""
    one, at = target_at(public_id)
    form = Form()

    def add() -> None:
        chapter = chapter_named(form, "chapter") if form["chapter"] else at.id
        count, day = form.number("count", "target_number") or 0, form.day("day") or today()
        said = Figure(form["id"] or secrets.token_hex(8), chapter, day, count, form["evidence"])
        filling.add(signed_in().id, public_id, said)

    if form.accepted(add):
        flash(gettext("Đã ghi."), "good")
        return redirect(url_for("targets.one", public_id=public_id, at=at.id))
    return _again(one, at, form)


def _again(one: TargetLine, at: ChapterLine, form: Form) -> Reply:
    return render_template("targets/one.html", **about_of(one, at), form=form, ways=WAYS), form.status


@pages.post("/targets/figure/<int:figure_id>/off")
def off(figure_id: int) -> Reply:
    """A figure that was wrong."""
    public_id = filling.take_off(signed_in().id, figure_id)
    flash(gettext("Đã bỏ."), "good")
    return redirect(url_for("targets.one", public_id=public_id))
