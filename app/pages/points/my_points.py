"""My points: how many, where each came from in words, what is pending, the next step, what they say about me."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import Blueprint, render_template

from app.security import signed_in
from app.services.contests.publishing.awaited import awaited
from app.services.deeds import waiting
from app.services.movement import campaigns, check_lists, rows
from app.services.movement.campaigns import Held
from app.services.movement.clock import now
from app.services.movement.rows import Seen
from app.services.points import adjustments, reading, rules, season_of
from quizzes.ledger.rules import in_force
from quizzes.ledger.sources import CONTEST, MANY, SENTENCES
from quizzes.movement import steps
from quizzes.movement.odd import VIETNAM
from quizzes.refusals import N_

pages = Blueprint("my_points", __name__)

DEED = "deed"
CALLED = steps.CALLED | {DEED: N_("Việc làm")}
"""Kind of pending points -> the name the page gives it."""
BADGES = {
    "friend": (N_("Đã chỉ cho một người bạn"), N_("Người ấy đã xác nhận trên máy của mình.")),
    "relative": (N_("Đã chỉ cho một người thân"), N_("Một người trong nhà đã xác nhận.")),
    "both": (N_("Cả hai người vẫn tự dùng"), N_("Bạn và người thân đều đã tự làm được một việc.")),
}
"""badge -> what it is called and what it means."""
SEEN = N_("Người ấy đã xác nhận trước một người chứng kiến.")
"""The same of somebody without a phone."""


@dataclass(frozen=True)
class Pending:
    """Points that wait: for whom, which step of theirs, how many, until when at the latest (0: no day is known yet).

    `taken`: the step was taken and waits for its verification; else it is still to come.
    """

    kind: str
    step: str
    points: float
    until: int
    taken: bool
    review: bool = False
    """Somebody looks at it first, and no rule says until when."""
    people: int = 1


@pages.get("/me/points")
def index() -> str:
    """Everything of this year."""
    me, at = signed_in(), now()
    season = season_of(at)
    seen = [(one, rows.of_member(me.id, one.id)) for one in campaigns.of_member(me.id, me.path, at)]
    running = [(one, mine) for one, mine in seen if one.running(at) and me.path.startswith(one.path)]
    return render_template(
        "points/my_points.html",
        total=reading.total(me.id, season),
        season=season,
        lines=reading.lines(me.id),
        earned=reading.by_source(me.id, season),
        many=MANY,
        pending=[p for one, mine in seen for p in _pending(one, mine, at)] + _deeds(me.id),
        proposed=adjustments.waiting(me.id),
        contests=awaited(me.id, time.time_ns() // 1000),
        taken=SENTENCES[CONTEST],
        badges=_badges([r for _, rows_ in seen for r in rows_]),
        neighbours=reading.neighbours(me.id, season),
        step=_next(running, at),
        kinds=CALLED,
    )


def _pending(campaign: Held, seen: list[Seen], at: int) -> list[Pending]:
    """Steps taken that nobody has verified yet, and second steps that may still come."""
    known, found, helped = rules.versions(campaign.id), list[Pending](), 0
    decided = check_lists.decided_by([one.id for one in seen])
    for one in sorted(seen, key=lambda one: (one.confirmed_at or 0, one.id)):
        if one.confirmed_at is None or one.review == "rejected":
            continue
        worth = (in_force(known, one.confirmed_at) or known[0]).rules
        helped += one.kind == steps.OTHER
        first, second = (worth.taught, worth.used) if one.kind in steps.SLOTS else (worth.helped, 0)
        if one.kind == steps.OTHER and helped > worth.helped_most:
            first = 0
        gone = one.state == steps.WITHDRAWN
        if not one.taught_ok and not gone:
            found.append(
                Pending(
                    one.kind, steps.TAUGHT, first, decided.get((one.id, steps.TAUGHT), 0), True, one.review == "waiting"
                )
            )
        if one.used_at is not None and not one.used_ok:
            found.append(
                Pending(
                    one.kind, steps.USED, second, decided.get((one.id, steps.USED), 0), True, one.review == "waiting"
                )
            )
        elif one.used_at is None and one.asked and not gone and at < one.window[1]:
            found.append(Pending(one.kind, steps.USED, second, one.window[1], False))
    return _together(one for one in found if one.points)


def _deeds(member_id: int) -> list[Pending]:
    """Deeds that wait, together."""
    found = waiting.waiting(member_id)
    review = found.until == 0
    return [Pending(DEED, DEED, found.half / 2, found.until, True, review, found.count)] if found.half else []


def _together(those: Iterable[Pending]) -> list[Pending]:
    """Others beside the two places wait together, day by day: how many they are, and their points in one sum."""
    places, others = list[Pending](), dict[Pending, int]()
    for one in those:
        if one.kind == steps.OTHER:
            on_its_day = replace(one, until=one.until - (one.until + VIETNAM) % steps.DAY if one.until else 0)
            others[on_its_day] = others.get(on_its_day, 0) + 1
        else:
            places.append(one)
    return places + [replace(one, people=count, points=count * one.points) for one, count in others.items()]


def _badges(seen: list[Seen]) -> list[tuple[str, str, str]]:
    """(key, name, meaning) of badges that mean something: verified, not clicked."""
    good = [one for one in seen if one.taught_ok and one.review != "rejected" and one.kind in steps.SLOTS]
    ways = {kind: {one.way for one in good if one.kind == kind} for kind in steps.SLOTS}
    found = [(kind, *BADGES[kind]) for kind in steps.SLOTS if ways[kind]]
    told = [(key, name, SEEN if ways[key] == {steps.VISIT} else meaning) for key, name, meaning in found]
    used = {one.kind for one in good if one.used_ok}
    return told + ([("both", *BADGES["both"])] if len(used) == len(steps.SLOTS) else [])


def _next(seen: list[tuple[Held, list[Seen]]], at: int) -> tuple[str, Held] | None:
    """The one thing to do next: (what, campaign); what is friend, relative, wait or more."""
    for campaign, rows_ in seen:
        standing = {
            one.kind: one
            for one in rows_
            if one.confirmed_at and one.review != "rejected" and one.state != steps.WITHDRAWN
        }
        for kind in steps.SLOTS:
            if kind not in standing:
                return kind, campaign
        waits = any(one.used_at is None and at < one.window[1] for one in standing.values())
        return ("wait" if waits else "more"), campaign
    return None
