"""Moving the hours of a wave that is announced or running: later, with a reason everybody reads."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.pages.contests.here import desk
from app.pages.parts.forms import Form
from app.security import signed_in
from app.services.contests.taking import moving
from app.services.contests.taking.moving import Move
from quizzes import hours
from quizzes.contest.taking.attempts import settled_at
from quizzes.refusals import Rejected

pages = Blueprint("contest_moving", __name__)


@pages.route("/contests/<public_id>/desk/hours", methods=["GET", "POST"])
def index(public_id: str) -> Any:
    """The waves that can still be moved, one form, and what was moved before."""
    here = desk(public_id)
    rules, now = here.contest.rules, time.time_ns() // 1000
    open_ones = [wave for wave in range(len(rules.waves)) if now < settled_at(rules, wave)]
    wave = request.values.get("wave", open_ones[0] if open_ones else 0, type=int)
    wave = wave if wave in open_ones else (open_ones[0] if open_ones else 0)
    at = rules.waves[wave]
    form = Form(opens_at=_typed(at.opens_at), closes_at=_typed(at.closes_at))
    done: list[int] = []
    if form.accepted(lambda: done.append(moving.move(signed_in().id, here.line.id, _asked(form, wave)))):
        said = gettext("Đã dời giờ.")
        if done[0]:
            said += " " + gettext("%(n)s bài đang làm được thêm giờ.", n=done[0])
        flash(said, "good")
        return redirect(url_for("contest_moving.index", public_id=public_id))
    chapters = [(str(one.id), here.contest.unit_told[one.id]) for one in here.contest.units]
    return render_template(
        "contests/desk/moving.html",
        here=here,
        form=form,
        wave=wave,
        open_ones=open_ones,
        begun=at.opens_at <= now,
        moves=moving.moves(here.line.id),
        chapters=sorted(chapters, key=lambda one: one[1]),
    ), form.status


def _typed(at: int) -> str:
    return hours.local(at).strftime("%Y-%m-%dT%H:%M")


def _asked(form: Form, wave: int) -> Move:
    opens_at, closes_at = (_moment(form, name) for name in ("opens_at", "closes_at"))
    return Move(wave, opens_at, closes_at, form["reason"], form.number("chapter") or 0)


def _moment(form: Form, name: str) -> int:
    found = hours.moment(form[name].replace("T", " "))
    if found is None:
        raise Rejected("bad_moment", field=name)
    return found
