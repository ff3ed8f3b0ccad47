"""The teams of a contest: who takes part, where they stand, and the way in for who leads one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.pages.contests.here import Here, here_at
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.security import current_member, signed_in
from app.services.contests.publishing import publications
from app.services.teams import contesting, leading
from quizzes.contest.results.boards import OVERALL
from quizzes.refusals import Rejected

pages = Blueprint("contest_teams", __name__)


@pages.get("/contests/<public_id>/teams")
def index(public_id: str) -> Reply:
    """The teams, by name until results may be seen, then by rank."""
    return _index(here_at(public_id), Form())


def _index(here: Here, form: Form) -> Reply:
    rules, member = here.contest.rules, current_member()
    if not rules.ranking.teams:
        raise Rejected("no_teams")
    waves = _waves(here)
    shown = bool(waves)
    found = contesting.board(here.line.id, waves) if shown else contesting.entered(here.line.id)
    page = render_template(
        "teams/contest.html",
        here=here,
        rules=rules,
        found=found,
        shown=shown,
        form=form,
        led=leading.led(member.id) if member else [],
        open=here.line.running and here.now < (here.line.last_at or 0),
    )
    return page, form.status


def _waves(here: Here) -> list[int]:
    """The waves whose results are added up; none while one of them may not be seen."""
    asked = range(len(here.states)) if here.wave == OVERALL else [here.wave]
    seen = (publications.shown(here.contest.rules, one, here.states[one].state, here.now).standings for one in asked)
    return list(asked) if here.organises or all(seen) else []


@pages.post("/contests/<public_id>/teams")
def enter(public_id: str) -> Reply:
    """A leader or deputy enters the team, or takes it out again."""
    here, form, me = here_at(public_id), Form(), signed_in().id
    told: list[tuple[int, int]] = []

    def work() -> None:
        if form["what"] == "leave":
            contesting.leave(me, here.line.id, form["team"])
        else:
            told.append(contesting.enter(me, here.line.id, form["team"]))

    if not form.accepted(work):
        return _index(here, form)
    if told:
        count, left = told[0]
        flash(_("Đã đăng ký tổ với %(n)s người.", n=count), "good")
        if left:
            flash(_("%(n)s người không thi cho tổ: đã làm bài, hoặc đã thi cho tổ khác.", n=left), "warn")
    else:
        flash(_("Tổ đã rút khỏi cuộc thi."), "good")
    return redirect(url_for("contest_teams.index", public_id=public_id))
