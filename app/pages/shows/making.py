"""Shows for their hosts: the list, making one from a shipped script, its links, taking it off the list."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import language, security
from app.pages.shows.composing import STAKES
from app.services.commit import reading_together
from app.services.people.chapters import ids_of, path_of_chapter
from app.services.people.roles import HOST
from app.services.people.sign_ins import CurrentMember
from app.services.shows import addresses, asked, handing_over, listing, own_scripts, removing, rights, scripts
from app.services.shows.own_scripts import Composed, Shared
from app.services.shows.runnable import Runnable, runnable
from quizzes.lengths import minutes
from quizzes.refusals import Rejected

pages = Blueprint("shows", __name__)


@pages.get("/shows")
def index() -> Any:
    """The shows a host may run, and the scripts to make one from."""
    member = security.signed_in()
    words = request.args.get("q", "").strip()[:80]
    shipped = [(key, one, minutes(one)) for key, one in scripts.available().items()]
    own, shared, shows = _of_host(member, words)
    return render_template(
        "shows/index.html",
        shows=shows,
        shipped=shipped,
        own=[(one, minutes(one.body)) for one in own],
        shared=shared,
        words=words,
        stakes=STAKES,
    )


@reading_together
def _of_host(member: CurrentMember, words: str) -> tuple[list[Composed], list[Shared], list[Runnable]]:
    own, shared = own_scripts.of_member(member.id, words), own_scripts.shared_to(member.id, list(member.roles))
    return own, shared, runnable(member.id, words=words)


@pages.post("/shows/new")
def new() -> Any:
    """Make a show from a shipped script."""
    member = security.signed_in()
    try:
        made = scripts.create(
            request.form.get("script", ""),
            host_member_id=member.id,
            chapter_id=where_hosting(member),
            guests_allowed=request.form.get("guests") == "yes",
            stakes=asked.REHEARSAL if request.form.get("rehearsal") else asked.POINTS,
        )
    except asked.BadScript as found:  # a contest asks the questions the script would need
        flash(" ".join(_(one.sentence) % dict(one.about) for one in found.problems), "bad")
        return redirect(url_for("shows.index"))
    return redirect(url_for("shows.one", public_id=made.public_id))


def where_hosting(member: CurrentMember) -> int:
    """The chapter a new show belongs to, in which its host may host: the own one, else where the role was given."""
    top = member.top(HOST)
    return member.chapter_id if member.may(HOST, member.path) or not top else ids_of(top[0])[-1]


@pages.get("/shows/<public_id>")
def one(public_id: str) -> Any:
    """Everything the host needs to begin: PIN, QR, the console and the stage."""
    show = listing.by_public_id(public_id)
    if not may_run(show):
        raise Rejected("forbidden")
    settings = current_app.config["SETTINGS"]
    me = security.signed_in()
    links = addresses.of(show, settings.base_url, settings.secret_key, (me.sign_in, me.id))
    others = [
        (one.member_id, f"{one.name} · {one.chapter}")
        for one in rights.runners(show.show_id)
        if one.member_id != show.host_member_id
    ]
    return render_template(
        "shows/one.html", show=show, title=language.say(show.title), links=links, others=others, stakes=STAKES
    )


@pages.post("/shows/<public_id>/guests")
def guests(public_id: str) -> Any:
    """Let people without an account in, or not."""
    show = listing.by_public_id(public_id)
    if not may_run(show):
        raise Rejected("forbidden")
    scripts.allow_guests(show.show_id, request.form.get("guests") == "yes")
    return redirect(url_for("shows.one", public_id=public_id))


@pages.post("/shows/<public_id>/remove")
def remove(public_id: str) -> Any:
    """Take the show off every list."""
    removing.remove(security.signed_in().id, listing.by_public_id(public_id).show_id)
    flash(_("Đã bỏ chương trình khỏi danh sách."), "good")
    return redirect(url_for("shows.index"))


@pages.post("/shows/<public_id>/host")
def hand_over(public_id: str) -> Any:
    """Give the show to another host; the former one's links end."""
    show = listing.by_public_id(public_id)
    handing_over.hand_over(security.signed_in().id, show.show_id, request.form.get("host", 0, type=int))
    flash(_("Đã giao chương trình. Liên kết của người dẫn cũ không còn dùng được."), "good")
    return redirect(
        url_for("shows.one" if may_run(listing.by_id(show.show_id)) else "shows.index", public_id=public_id)
    )


def may_run(show: listing.Listed) -> bool:
    """True for the host of a show, and for those who organise where it belongs or administer everything."""
    member = security.current_member()
    if member is None:
        return False
    path = path_of_chapter(show.chapter_id) if show.chapter_id else None
    return rights.may_run_as(member.roles, member.id, show.host_member_id, path or rights.NOWHERE)
