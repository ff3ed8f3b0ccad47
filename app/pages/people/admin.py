"""Roles and the audit log."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from app.pages.parts.asked import after_key, chapter_named, member_named
from app.pages.parts.forms import Form, safe_next
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services import audit as audits
from app.services.people import chapters, first_steps, roles
from app.services.people.roles import ROLES
from quizzes.refusals import N_, Rejected

pages = Blueprint("admin", __name__)

FIELDS = {"member": N_("Đoàn viên"), "role": N_("Vai trò"), "chapter": N_("Cơ sở"), "reason": N_("Lý do")}
"""The names of the fields in the forms of a member's page: a fault is reported on the page that follows."""
PAGE = 50  # lines of a page


@pages.get("/admin")
def index() -> str:
    """Serves the overview of everything this person may administer."""
    me = signed_in()
    own = [chapters.ancestors(path)[-1] for path in me.top("organiser") if path != "/"]
    roots = chapters.children(None, limit=50) if "/" in me.top("organiser") else []
    looked_after = [*own, *roots]
    top = looked_after[0] if looked_after else None
    return render_template(
        "people/admin/index.html",
        looked_after=looked_after,
        everything="/" in me.top("admin"),
        top=top,
        steps=first_steps.done(me.id, me.top("organiser")[0]) if top else {},
    )


@pages.get("/admin/roles")
def list_roles() -> Reply:
    """Show who holds which role in one's own subtrees, a page at a time."""
    return _roles(Form())


def _roles(form: Form) -> Reply:
    me = signed_in()
    tops = sorted({*me.top("admin"), *me.top("organiser")})
    tops = [one for one in tops if not any(one != other and one.startswith(other) for other in tops)]
    words = request.args.get("q", "").strip()
    held = roles.grants(*tops, words=words, after=after_key(), limit=PAGE + 1)
    more = f"{held[PAGE - 1].path}.{held[PAGE - 1].id}" if len(held) > PAGE else None
    gives = {grant.id: roles.may_give(me.roles, grant.role, grant.path) for grant in held}
    givable = [role for role in ROLES if any(roles.may_give(me.roles, role, where) for _, where in me.roles)]
    choices = [(role, gettext(ROLES[role][0])) for role in givable]
    return render_template(
        "people/admin/roles.html",
        granted=held[:PAGE],
        gives=gives,
        roles=choices,
        all_roles=ROLES,
        words=words,
        more=more,
        first=after_key() is None,
        form=form,
    ), form.status


@pages.post("/admin/roles")
def grant() -> Reply:
    """Give a role to a member in a subtree; both may be named by number or by code."""
    me, form = signed_in(), Form()
    back = safe_next(request.form.get("next"), url_for("admin.list_roles"))

    def give() -> None:
        member_id = form.number("member_id") or member_named(form, "member", *me.top("organiser"))
        chapter_id = form.number("chapter_id")
        if form["chapter"]:
            chapter_id = chapter_named(form, "chapter")
        if chapter_id is None and not form.ticked("everywhere") and "chapter_id" not in request.form:
            raise Rejected("no_such_chapter", field="chapter")
        roles.grant_role(me.id, member_id, form["role"], chapter_id, form["reason"])

    if form.accepted(give):
        flash(gettext("Đã giao vai trò."), "good")
        return redirect(back)
    if "member_id" not in request.form:
        return _roles(form)
    if form["reason"] and form.refusal:
        raise form.refusal  # its page keeps the reason
    field, problem = next(iter(form.errors.items()))
    if field in FIELDS:
        problem = gettext("%(field)s: %(problem)s", field=gettext(FIELDS[field]), problem=problem)
    flash(problem, "bad")
    return redirect(back)


@pages.post("/admin/roles/<int:grant_id>/revoke")
def revoke(grant_id: int) -> Response:
    """Take a role back."""
    roles.revoke_role(signed_in().id, grant_id, request.form.get("reason", "").strip())
    flash(gettext("Đã thu hồi vai trò."), "good")
    return redirect(safe_next(request.form.get("next"), url_for("admin.list_roles")))


@pages.get("/admin/audit")
def audit() -> str:
    """Serves the acts of power over people, newest first, in one's own subtrees; they can be searched."""
    me, words, action = signed_in(), request.args.get("q", "").strip(), request.args.get("action", "")
    before = request.args.get("before", type=int)
    wanted: dict[str, Any] = {"before": before, "limit": PAGE + 1, "words": words, "action": action}
    found = {line.id: line for top in me.top("organiser") for line in audits.log(top, **wanted, reader=me.id)}
    lines = sorted(found.values(), key=lambda one: -one.id)
    return render_template(
        "people/admin/audit.html",
        lines=lines[:PAGE],
        actions=audits.actions(),
        more=len(lines) > PAGE,
        words=words,
        action=action,
    )
