"""Teams of a chapter: the list, one of them, what the locality asks."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.pages.parts.asked import after_key, chapter_at, is_inside, member_named, must_be_inside
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.people import chapters
from app.services.teams import reading, teams, work
from app.services.teams.reading import Held
from quizzes.refusals import Rejected
from quizzes.teams.composition import PARTS, POSTS, REASONS, SHIPPED, Lack, Rules, from_data

pages = Blueprint("teams", __name__)

PAGE = 50  # teams of a page
NUMBERS = ("fewest", "most", "youth")


def reason(one: Lack) -> str:
    """The reason why a team is not complete, in the person's language."""
    post = " / ".join(_(POSTS[key]) for key in one.posts)
    return str(_(REASONS[one.code]) % {"wanted": one.wanted, "have": one.have, "post": post})


@pages.get("/chapters/<int:chapter_id>/teams")
def index(chapter_id: int) -> Reply:
    """The teams of a chapter and below, for its people and those who organise over it; others are shown the chapter."""
    chapter, words, me = chapter_at(chapter_id), request.args.get("q", "").strip(), signed_in()
    if not is_inside(me, chapter.path):
        return redirect(url_for("chapters.show", chapter_id=chapter_id))
    found = reading.of_chapter(chapter.path, after_key(), PAGE + 1, words)
    return _index(chapter_id, found, Form(), words)


def _index(chapter_id: int, found: list[Held], form: Form, words: str = "") -> str:
    chapter = chapter_at(chapter_id)
    rules, source, of = reading.rules_of(chapter.path)
    last = found[PAGE - 1] if len(found) > PAGE else None
    more = f"{last.key}.{last.id}" if last else None
    points = work.points([one.id for one in found[:PAGE]], today().year)
    return render_template(
        "teams/index.html",
        chapter=chapter,
        found=found[:PAGE],
        points=points,
        more=more,
        words=words,
        form=form,
        sums=reading.sums(chapter.path),
        reason=reason,
        rules=rules,
        source=source,
        posts=POSTS,
        rules_of=chapters.chapter(of) if of else None,
        organiser=signed_in().may("organiser", chapter.path),
    )


@pages.post("/chapters/<int:chapter_id>/teams")
def make(chapter_id: int) -> Reply:
    """One more team, or a squad inside one."""
    form = Form()

    def work() -> str:
        return teams.make(signed_in().id, chapter_id, form["name"], form["office"], form["parent"])

    if (made := form.made(work)) is not None:
        flash(_("Đã lập. Hãy thêm người."), "good")
        return redirect(url_for("teams.one", public_id=made))
    chapter = chapter_at(chapter_id)
    return _index(chapter_id, reading.of_chapter(chapter.path, None, PAGE + 1), form), form.status


@pages.route("/chapters/<int:chapter_id>/teams/rules", methods=["GET", "POST"])
def rules(chapter_id: int) -> Reply:
    """Edits the composition that this locality asks of its teams."""
    chapter = chapter_at(chapter_id)
    now, source, of = reading.rules_of(chapter.path)
    shipped = SHIPPED.get(request.args.get("like", ""))
    shown = shipped[1] if shipped else now
    form = Form(
        source=source if of == chapter_id else "",
        leads=shown.leads,
        youth_deputy=shown.youth_deputy,
        **{name: getattr(shown, name) for name in NUMBERS},
    )

    def work() -> None:
        teams.set_rules(signed_in().id, chapter_id, _typed(form, shown), form["source"])

    if form.accepted(work):
        flash(_("Đã lưu."), "good")
        return redirect(url_for("teams.index", chapter_id=chapter_id))
    posts = request.form.getlist("posts") if form.sent else list(shown.posts)
    page = render_template(
        "teams/rules.html",
        chapter=chapter,
        form=form,
        shipped=SHIPPED,
        posts=POSTS,
        ticked=posts,
        each=shown.each,
        post_options=_options(POSTS),
    )
    return page, form.status


def _typed(form: Form, shown: Rules) -> Rules:
    numbers = {name: form.number(name, "bad_setting") or 0 for name in NUMBERS}
    posts = [one for one in request.form.getlist("posts") if one in POSTS]
    kept = [group for group in shown.each if set(group.split("/")) & set(posts)]
    each = kept if form.ticked("each") else []
    return from_data(
        {
            **numbers,
            "leads": form["leads"],
            "youth_deputy": form.ticked("youth_deputy"),
            "posts": posts,
            "each": each or (posts if form.ticked("each") else []),
        }
    )


@pages.get("/teams/<public_id>")
def one(public_id: str) -> str:
    """A team: who stands in it, what it lacks, its squads."""
    return _one(reading.team(public_id), Form(part="member"))


def _one(found: Held, form: Form) -> str:
    must_be_inside(found.path)
    return render_template(
        "teams/one.html",
        one=found,
        people=reading.people(found.id),
        squads=reading.squads(found.id),
        parts=PARTS,
        posts=POSTS,
        reason=reason,
        form=form,
        part_options=_options(PARTS),
        work=work.work(found.id, today().year),
        post_options=_options(POSTS),
        organiser=signed_in().may("organiser", found.path),
    )


@pages.post("/teams/<public_id>")
def change(public_id: str) -> Reply:
    """Somebody comes, somebody goes, the team ends."""
    found, me, form = reading.team(public_id), signed_in().id, Form()

    def put() -> None:
        member = member_named(form, "member", found.path) if form["member"] else None
        teams.put(me, public_id, member, form["name"], form["part"], form["post"], form.ticked("youth"))

    works = {
        "put": put,
        "out": lambda: teams.take_out(me, public_id, form.number("number") or 0),
        "end": lambda: teams.end(me, public_id),
    }
    what = request.form.get("what", "")
    if what not in works:
        raise Rejected("bad_request")
    if not form.accepted(works[what]):
        return _one(found, form), form.status
    flash(_("Đã lưu."), "good")
    if what == "end":
        return redirect(url_for("teams.index", chapter_id=found.chapter_id))
    return redirect(url_for("teams.one", public_id=public_id))


def _options(names: dict[str, str]) -> list[tuple[str, str]]:
    return [(key, _(name)) for key, name in names.items()]
