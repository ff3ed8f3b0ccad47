"""An organiser's standings: making one, changing its rules after seeing what that does, freezing."""

from __future__ import annotations

import time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.standings import rules_form
from app.pages.standings.standings import context
from app.security import signed_in
from app.security.access import need
from app.services import points
from app.services.apart import beside
from app.services.movement import campaigns
from app.services.people.kinds import KINDS
from app.services.standings import freezing, opened, snapshots, standings
from app.services.standings.standings import Draft, Held
from quizzes.standing import placing
from quizzes.standing.examples import NAMES, examples
from quizzes.standing.rules import FORMULAS, OWN, Rules

pages = Blueprint("standing_desk", __name__)

CHANGED = 40  # changed ranks listed


@pages.route("/chapters/<int:chapter_id>/standings/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Name, kind of chapters, season or campaign, formula. Everything else can be changed afterwards."""
    one = chapter_at(chapter_id)
    season = points.season_of(time.time_ns() // 1000)
    form = Form(season=season, kind="chi_doan", formula="fair", title=gettext("Thi đua năm %(year)s", year=season))

    def store() -> str:
        rules = standings.rules_from({"formula": form["formula"] or "fair"})
        draft = Draft(form["title"], form["kind"], form.number("season", "bad_request") or 0, form["campaign"])
        return standings.make(signed_in().id, chapter_id, draft, rules)

    if (made := form.made(store)) is not None:
        beside(snapshots.refresh_due)
        return redirect(url_for("standing_desk.rules", public_id=made))
    mine = [c for c in campaigns.all_campaigns() if c.path.startswith(one.path) or one.path.startswith(c.path)]
    return render_template(
        "standings/new.html", form=form, chapter=one, kinds=KINDS, campaigns=mine[:50], **context(examples=_examples())
    ), form.status


def _examples() -> dict[str, list[tuple[str, int, float]]]:
    """Named formula -> (name, rank, points) of the invented chapters. An own formula rewards what its weights say."""
    return {
        key: [
            (NAMES[row.number], row.rank, placing.shown(Rules(formula=key), row.score))
            for row in examples(Rules(formula=key))
        ]
        for key in FORMULAS
        if key != OWN
    }


@pages.route("/standings/<public_id>/rules", methods=["GET", "POST"])
def rules(public_id: str) -> Reply:
    """Other rules: first what they change in everybody's rank, then the button that saves them."""
    held = _mine(public_id)
    form, wanted = Form(), held.rules
    found = {"seen": False, "saved": False}

    def look() -> None:
        nonlocal wanted
        wanted = standings.rules_from(rules_form.typed(request.form, held.path))
        standings.check_groups(public_id, wanted)
        found["seen"] = True
        if form["save"] == rules_form.digest(wanted):  # of what was last shown; anything else is shown first
            standings.change(signed_in().id, public_id, form.number("revision", "old_revision") or 0, wanted)
            found["saved"] = True

    if form.accepted(look) and found["saved"]:
        beside(snapshots.refresh_due)
        flash(gettext("Đã lưu. Bảng được tính lại ngay."), "good")
        return redirect(url_for("standings.one", public_id=public_id))
    return _tried(held, form, wanted, seen=found["seen"]), form.status


def _tried(held: Held, form: Form, wanted: Rules, *, seen: bool) -> str:
    """The page of the rules, with what the wanted ones change once they were understood."""
    now = opened.snapshot(held.id)
    preview = snapshots.preview(held, wanted) if seen else []
    before = {row.number: row.rank for row in now.rows} if now else {}
    moved = placing.changes(before, preview)
    names = {code: name for name, code, _parent in now.names.values()} if now else {}
    typed = request.form if form.sent and not seen else {}  # an unreadable value stays as typed
    fields = rules_form.shown(wanted, names, typed, form.errors)
    return render_template(
        "standings/rules.html",
        held=held,
        form=form,
        fields=fields,
        preview=preview,
        now=now,
        moved=moved[:CHANGED],
        moved_count=len(moved),
        wanted=wanted,
        digest=rules_form.digest(wanted),
        unseen=bool(form["save"]) and seen,
        before=before,
        **context(examples=_examples()),
    )


@pages.post("/standings/<public_id>/freeze")
def freeze(public_id: str) -> Reply:
    """Seal the standing as it is now."""
    held = _mine(public_id)
    no = freezing.freeze(signed_in().id, held.public_id)
    flash(gettext("Đã chốt. Bản chốt không ai sửa được nữa."), "good")
    return redirect(url_for("standings.one", public_id=public_id, no=no))


@pages.post("/standings/<public_id>/compute")
def compute(public_id: str) -> Reply:
    """Compute it now instead of at the next beat."""
    snapshots.compute_now(signed_in().id, public_id)
    snapshots.refresh_due()
    flash(gettext("Đã tính lại."), "good")
    return redirect(url_for("standings.one", public_id=public_id))


@pages.post("/standings/<public_id>/remove")
def remove(public_id: str) -> Reply:
    """Take it off the lists."""
    standings.remove(signed_in().id, public_id)
    flash(gettext("Đã gỡ khỏi danh sách. Các bản chốt vẫn đọc được theo địa chỉ."), "good")
    return redirect(url_for("standings.index"))


def _mine(public_id: str) -> Held:
    held = standings.standing(public_id)
    need("organiser", held.path)
    return held
