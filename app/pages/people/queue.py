"""People who signed up and wait for an organiser, and members who turn out to be one person."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.pages.parts.asked import after_key, chapter_at, member_named
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.people import chapters, members, membership, merging, queue
from app.services.people.members import MemberLine
from quizzes.refusals import Rejected

pages = Blueprint("queue", __name__)

PAGE = 50  # people of a page


@pages.get("/chapters/<int:chapter_id>/queue")
def index(chapter_id: int) -> str:
    """Show who waits, with the people of the list they may be."""
    one, words, alike = chapter_at(chapter_id), request.args.get("q", "").strip(), bool(request.args.get("alike"))
    found = queue.waiting(one.path, words=words, alike=alike, after=after_key(), limit=PAGE + 1)
    last = found[PAGE - 1].member if len(found) > PAGE else None
    return render_template(
        "people/queue/index.html",
        chapter=one,
        way=chapters.ancestors(one.path),
        found=found[:PAGE],
        words=words,
        alike=alike,
        count=queue.count(one.path),
        more=f"{last.sort_key}.{last.id}" if last else None,
    )


@pages.post("/chapters/<int:chapter_id>/queue")
def confirm(chapter_id: int) -> Reply:
    """Vouch for those who are ticked."""
    chosen = request.form.getlist("member", type=int)[:PAGE]
    if not chosen:
        flash(gettext("Hãy đánh dấu ít nhất một người."), "bad")
    else:
        count = membership.confirm_members(signed_in().id, chosen)
        flash(gettext("Đã xác nhận %(n)s người. Họ được báo trong tài khoản.", n=count), "good")
    return redirect(url_for("queue.index", chapter_id=chapter_id))


@pages.route("/members/<int:member_id>/merge", methods=["GET", "POST"])
def merge(member_id: int) -> Reply:
    """Keep this member and another one as one: who, what will happen, and once more yes."""
    kept, form = _member(member_id), Form(other=request.args.get("other", ""))
    other: list[MemberLine] = []

    def do() -> None:
        found = member_named(form, "other", *signed_in().top("organiser"))
        if found == member_id:
            raise Rejected("same_member", field="other")
        other.append(_member(found))
        if form.ticked("sure"):
            merging.merge(signed_in().id, member_id, found, form["reason"])

    if form.accepted(do) and form.ticked("sure"):
        flash(gettext("Đã gộp. Nếu nhầm, tách lại được trong 30 ngày."), "good")
        return redirect(url_for("members.show", member_id=member_id))
    way = chapters.ancestors(kept.path)
    gone = other[0] if other else None
    return render_template("people/queue/merge.html", form=form, kept=kept, gone=gone, way=way), form.status


@pages.post("/members/<int:member_id>/merge/<int:merge_id>/undo")
def undo(member_id: int, merge_id: int) -> Reply:
    """They were two people after all."""
    merging.undo(signed_in().id, merge_id)
    flash(gettext("Đã tách lại thành hai hồ sơ."), "good")
    return redirect(url_for("members.show", member_id=member_id))


def _member(member_id: int) -> MemberLine:
    found = members.member(member_id)
    if found is None or found.erased:
        raise Rejected("no_such_member", field="other")
    return found
