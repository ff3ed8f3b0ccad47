"""Shows for their hosts: the list, making one from a script or from banks, its links."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import language, security
from app.services.banks import banks
from app.services.people.chapters import ids_of, path_of_chapter
from app.services.people.roles import HOST
from app.services.people.sign_ins import CurrentMember
from app.services.shows import handing_over, listing, scripts, show_links, show_rights
from app.services.shows.runnable import runnable
from quizzes.formats import FORMATS
from quizzes.problems import Problem
from quizzes.refusals import N_, Rejected

pages = Blueprint("shows", __name__)

MOST_ROUNDS = 4
MOST_QUESTIONS = 50


def drawable() -> dict[str, str]:
    """The formats whose questions have a right answer, as those of the banks do, with their names."""
    return {key: _(one.title) for key, one in FORMATS.items() if one.needs_answer}


@pages.get("/shows")
def index() -> Any:
    """The shows a host may run, and the scripts to make one from."""
    member = security.signed_in()
    shows = runnable(member.id)
    return render_template("shows/index.html", shows=shows, scripts=scripts.available())


@pages.post("/shows/new")
def new() -> Any:
    """Make a show from a shipped script."""
    member = security.signed_in()
    try:
        made = scripts.create(
            request.form.get("script", ""),
            host_member_id=member.id,
            chapter_id=_where_hosting(member),
            guests_allowed=request.form.get("guests") == "yes",
        )
    except scripts.BadScript as found:  # a contest asks the questions the script would need
        flash(" ".join(_(one.sentence) % dict(one.about) for one in found.problems), "bad")
        return redirect(url_for("shows.index"))
    return redirect(url_for("shows.one", public_id=made.public_id))


@pages.route("/shows/compose", methods=["GET", "POST"])
def compose() -> Any:
    """Make a show from a selection of the banks."""
    problem = None
    if request.method == "POST":
        member = security.signed_in()
        try:
            made = scripts.create(
                "own",
                script=_script(),
                host_member_id=member.id,
                chapter_id=_where_hosting(member),
                guests_allowed=request.form.get("guests") == "yes",
            )
            return redirect(url_for("shows.one", public_id=made.public_id))
        except scripts.BadScript as found:
            problem = _(
                "Chưa tạo được chương trình: %(why)s",
                why=" ".join(_(one.sentence) % dict(one.about) for one in found.problems),
            )
    return render_template(
        "shows/compose.html",
        banks=banks.overview(_me()),
        problem=problem,
        form=request.form,
        format_names=sorted(drawable().items(), key=lambda one: one[1]),
        rounds=range(MOST_ROUNDS),
    ), 400 if problem else 200


def _where_hosting(member: CurrentMember) -> int:
    """The chapter a new show belongs to, in which its host may host: the own one, else where the role was given."""
    top = member.top(HOST)
    return member.chapter_id if member.may(HOST, member.path) or not top else ids_of(top[0])[-1]


def _script() -> dict[str, Any]:
    form = request.form
    rounds = []
    for index in range(MOST_ROUNDS):
        count = form.get(f"count-{index}", 0, type=int)
        if not count or form.get(f"format-{index}") not in drawable():
            continue
        draw: dict[str, Any] = {"count": max(1, min(count, MOST_QUESTIONS)), "banks": form.getlist(f"banks-{index}")}
        difficulty = [int(level) for level in form.getlist(f"difficulty-{index}") if level in "12345"]
        draw |= {"difficulty": difficulty} if difficulty else {}
        seconds = form.get(f"seconds-{index}", 20, type=int)
        key = form[f"format-{index}"]
        settings = {"seconds": max(5, min(seconds, 240))} if "seconds" in FORMATS[key].settings else {}
        rounds.append({"format": key, "title": {"vi": FORMATS[key].title}, "settings": settings, "draw": draw})
    if not rounds:
        raise scripts.BadScript([Problem(("rounds",), "no_rounds", N_("Cần ít nhất một phần thi có câu hỏi."))])
    return {
        "title": {"vi": form.get("title", "").strip()[:80] or _("Chương trình của chúng tôi")},
        "settings": {"standings": form.get("standings", "every")},
        "rounds": rounds,
    }


@pages.get("/shows/<public_id>")
def one(public_id: str) -> Any:
    """Everything the host needs to begin: PIN, QR, the console and the stage."""
    show = listing.by_public_id(public_id)
    if not may_run(show):
        raise Rejected("forbidden")
    settings = current_app.config["SETTINGS"]
    me = security.signed_in()
    links = show_links.of(show, settings.base_url, settings.secret_key, (me.sign_in, me.id))
    others = [
        (one.member_id, f"{one.name} · {one.chapter}")
        for one in show_rights.runners(show.show_id)
        if one.member_id != show.host_member_id
    ]
    return render_template("shows/one.html", show=show, title=language.say(show.title), links=links, others=others)


@pages.post("/shows/<public_id>/guests")
def guests(public_id: str) -> Any:
    """Let people without an account in, or not."""
    show = listing.by_public_id(public_id)
    if not may_run(show):
        raise Rejected("forbidden")
    scripts.allow_guests(show.show_id, request.form.get("guests") == "yes")
    return redirect(url_for("shows.one", public_id=public_id))


@pages.post("/shows/<public_id>/host")
def hand_over(public_id: str) -> Any:
    """Give the show to another host; the former one's links end."""
    show = listing.by_public_id(public_id)
    handing_over.hand_over(security.signed_in().id, show.show_id, request.form.get("host", 0, type=int))
    flash(_("Đã giao chương trình. Liên kết của người dẫn cũ không còn dùng được."), "good")
    return redirect(
        url_for("shows.one" if may_run(listing.by_id(show.show_id)) else "shows.index", public_id=public_id)
    )


def _me() -> int | None:
    member = security.current_member()
    return member.id if member else None


def may_run(show: listing.Listed) -> bool:
    """The host of a show, and those who organise where it belongs or administer everything."""
    member = security.current_member()
    if member is None:
        return False
    path = path_of_chapter(show.chapter_id) if show.chapter_id else None
    return show_rights.may_run_as(member.roles, member.id, show.host_member_id, path or show_rights.NOWHERE)
