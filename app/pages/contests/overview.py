"""Contests as everybody sees them: the list, one contest, its rules page "Thể lệ"."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, render_template

from app import security
from app.pages.parts import saying
from app.pages.parts.qr import outward, qr
from app.services.banks import own_banks, review_desk
from app.services.contests import contests, lists
from app.services.contests.contests import ContestLine
from app.services.contests.taking import moving
from app.services.people.chapters import ids_of
from quizzes.contest.checks.consistency import plans
from quizzes.contest.results import showing
from quizzes.contest.rules_text.whole import condition, rules_text
from quizzes.contest.setup.blueprint import size
from quizzes.contest.setup.waves import hours_of, wave_at
from quizzes.hours import DAY
from quizzes.refusals import Rejected

pages = Blueprint("contests", __name__)

ENDED = 60 * DAY
"""How long a contest stays in the list after its end, microseconds."""


@pages.get("/contests")
def index() -> str:
    """Contests one may take part in, and those one organises."""
    member, now = security.current_member(), _now()
    mine = lists.for_member(member.id, now, now - ENDED) if member else contests.announced(now, now - ENDED, 40)
    tops = member.top("organiser") if member else []
    held = contests.organised(tops) if tops else []
    return render_template(
        "contests/index.html", mine=mine, held=held, now=now, state_of=state_of, tops=tops, at=saying.at
    )


@pages.get("/contests/<public_id>")
def one(public_id: str) -> str:
    """Serves the page of a contest: subject, hours, eligible people; the way in, the results, and the organiser's
    actions."""
    line, organises = seen(public_id)
    now, rules = _now(), line.rules
    member = security.current_member()
    own = ids_of(member.path) if member else []
    write = saying.sayer(_topics(line))
    return render_template(
        "contests/one.html",
        contest=line,
        rules=rules,
        now=now,
        organises=organises,
        write=write,
        at=saying.at,
        state=state_of(line, now),
        wave=wave_at(rules.waves, now, own),
        conditions=tuple(condition(rules.who)),
        sizes=sorted({size(plan) for _, plan in plans(rules)}),
        duration=saying.duration,
        own_hours=[hours_of(one, own) for one in rules.waves],
        moves=moving.moves(line.id),
        tries=contests.tries(line.id) if counts_shown(line, now) else None,
        address=outward("contests.one", public_id=public_id) if organises and line.running else "",
        qr=qr,
        changed=review_desk.changed_in(line.id) if organises and line.opened_at is not None else [],
    )


@pages.get("/contests/<public_id>/the-le")
def rules_page(public_id: str) -> str:
    """The rules, made of the settings: they cannot say anything else than what happens."""
    line, _ = seen(public_id)
    return render_template(
        "contests/rules.html",
        contest=line,
        sections=rules_text(line.rules),
        write=saying.sayer(_topics(line)),
        at=saying.at,
    )


def state_of(line: ContestLine, now: int) -> str:
    """draft, cancelled, coming, open, between (waves), over."""
    if line.cancelled_at is not None:
        return "cancelled"
    if line.opened_at is None:
        return "draft"
    if wave_at(line.rules.waves, now) is not None:
        return "open"
    if now < (line.first_at or 0):
        return "coming"
    return "over" if now >= (line.last_at or 0) else "between"


def counts_shown(line: ContestLine, now: int) -> bool:
    """True when the number of tries may be told: not while somebody may still have to predict it."""
    return line.opened_at is not None and (line.rules.prediction is None or now >= showing.last_settled(line.rules))


def seen(public_id: str) -> tuple[ContestLine, bool]:
    """The contest and whether the reader organises it; a draft is there for organisers only."""
    line = contests.by_public_id(public_id)
    member = security.current_member()
    organises = member is not None and member.may("organiser", line.path)
    if line.opened_at is None and not organises:
        raise Rejected("no_such_contest")
    return line, organises


def _topics(line: ContestLine) -> dict[str, Any]:
    wanted = {topic for _, plan in plans(line.rules) for cell in plan.cells for topic in cell.topics}
    return own_banks.topics_of(line.rules.banks) if wanted else {}


def _now() -> int:
    return time.time_ns() // 1000
