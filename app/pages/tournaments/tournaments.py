"""Tournaments: a chapter's list, a new one, its bracket on a page, on paper and on the screen of a hall."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.language import say
from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.shows.making import where_hosting
from app.security import current_member, signed_in
from app.services.shows import scripts
from app.services.tournaments import going, playing, tournaments
from app.services.tournaments.tournaments import Whole
from quizzes.refusals import Rejected
from quizzes.tournament.going_on import WAYS
from quizzes.tournament.stages import PLANS, Plan, Stage, as_lines, written

pages = Blueprint("tournaments", __name__)

DIGITS = 7  # digits of a typed figure


@pages.get("/chapters/<int:chapter_id>/tournaments")
def index(chapter_id: int) -> str:
    """The tournaments of a chapter."""
    return render_template(
        "tournaments/index.html", chapter=chapter_at(chapter_id), found=tournaments.of_chapter(chapter_id), plans=PLANS
    )


@pages.route("/chapters/<int:chapter_id>/tournaments/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Stages as lines, the script of every match, the entrants one a line; what is wrong is said with its line."""
    plan = PLANS.get(request.args.get("plan", ""), PLANS["province"])
    form = Form(stages=_lines(plan), script="province", names="", title="")

    def store() -> str:
        stages = _stages(form)
        if form["script"] not in scripts.available():
            raise Rejected("no_such_script", field="script")
        me, names = signed_in().id, form["names"].splitlines()
        return tournaments.make(me, chapter_id, form["title"], form["script"], stages, names)

    if (made := form.made(store)) is not None:
        return redirect(url_for("tournaments.one", public_id=made))
    shipped = [(key, say(one["title"])) for key, one in scripts.available().items()]
    chapter = chapter_at(chapter_id)
    page = render_template("tournaments/new.html", chapter=chapter, form=form, plans=PLANS, shipped=shipped)
    return page, form.status


def _lines(plan: Plan) -> str:
    """A shipped plan in the language of the page, to be changed."""
    return as_lines([Stage(_(one.name), one.matches, one.size, one.winners, one.best) for one in plan.stages])


def _stages(form: Form) -> tuple[Stage, ...]:
    stages, problems = written(form["stages"])
    if problems:
        lines = "; ".join(f"{one.path[0]}: {_(one.sentence) % dict(one.about)}" for one in problems[:5])
        raise Rejected("tournament_stages", field="stages", lines=lines)
    return stages


@pages.get("/tournaments/<public_id>")
def one(public_id: str) -> Reply:
    """The bracket, for everybody; for organisers also what is to be done next."""
    return _one(tournaments.whole(public_id), Form())


def _one(found: Whole, form: Form) -> Reply:
    member = current_member()
    organiser = member is not None and member.may("organiser", found.path)
    names = form["names"] if form.sent and "names" in request.form else "\n".join(found.entrants)
    page = render_template("tournaments/one.html", one=found, form=form, organiser=organiser, ways=WAYS, names=names)
    return page, form.status


@pages.get("/tournaments/<public_id>/stage")
def stage(public_id: str) -> str:
    """The bracket on the screen of a hall; it looks for news by itself."""
    return render_template("tournaments/stage.html", one=tournaments.whole(public_id), ways=WAYS)


@pages.post("/tournaments/<public_id>")
def change(public_id: str) -> Reply:
    """The entrants change, the first stage is drawn, a match gets its show or its points, a place is corrected."""
    found, me, form, way = tournaments.whole(public_id), signed_in(), Form(), list[str]()

    def show() -> None:
        where = where_hosting(me) if not me.may("host", found.path) else found.chapter_id
        number = playing.make_show(me.id, public_id, form.number("match") or 0, where)
        way.append(url_for("shows.one", public_id=number))

    def remove() -> None:
        tournaments.remove(me.id, public_id)
        way.append(url_for("tournaments.index", chapter_id=found.chapter_id))

    works: dict[str, Callable[[], None]] = {
        "enter": lambda: tournaments.enter(me.id, public_id, form["names"].splitlines()),
        "draw": lambda: tournaments.draw(me.id, public_id),
        "show": show,
        "type": lambda: playing.type_results(me.id, public_id, form.number("match") or 0, _typed(form, found)),
        "correct": lambda: _correct(form, found, me.id),
        "remove": remove,
    }
    if form["what"] not in works:
        raise Rejected("bad_request")
    if not form.accepted(works[form["what"]]):
        return _one(found, form)
    if not way:
        flash(_("Đã lưu."), "good")
    return redirect(way[0] if way else url_for("tournaments.one", public_id=public_id))


def _typed(form: Form, found: Whole) -> dict[int, int]:
    """The points of every entrant of the match, halves allowed: 12,5 or 12.5. In half-points."""
    match = next((one for stage in found.matches for one in stage if one.id == form.number("match")), None)
    halves = {}
    for line in match.lines if match else ():
        text = form[f"points_{line.id}"].replace(",", ".")
        whole, _point, half = text.removeprefix("-").partition(".")
        if not (whole.isascii() and whole.isdigit() and len(whole) <= DIGITS and half in ("", "0", "5")):
            raise Rejected("tournament_points")
        halves[line.id] = (-1 if text.startswith("-") else 1) * (2 * int(whole) + (half == "5"))
    return halves


def _correct(form: Form, found: Whole, actor_id: int) -> None:
    numbers = [form.number(name) for name in ("stage", "entrant", "instead_of")]
    stage, entrant, instead_of = (one if one is not None else -1 for one in numbers)
    going.correct(actor_id, found.public_id, stage, entrant, instead_of, form["reason"])
