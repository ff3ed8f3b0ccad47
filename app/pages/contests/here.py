"""The contest a results page is about, as its reader may see it, and how its parts are called."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext

from app import security
from app.language import say
from app.security import need
from app.services.contests import contests
from app.services.contests.contests import ContestLine, Frozen
from app.services.contests.publishing import publications
from app.services.contests.publishing.publications import Published, WaveState
from quizzes.contest.results.boards import OVERALL
from quizzes.contest.results.showing import Visible
from quizzes.refusals import N_, Rejected

STATES = {
    "not_started": (N_("Chưa mở"), ""),
    "running": (N_("Đang thi – thứ hạng tạm thời"), "warn"),
    "closed": (N_("Đã đóng – chờ công bố"), "warn"),
    "provisional": (N_("Kết quả tạm thời – đang nhận khiếu nại"), "warn"),
    "official": (N_("Kết quả chính thức"), "good"),
}


@dataclass(frozen=True)
class Here:
    """The contest a page is about, who reads it, and the wave it shows (-1: the whole contest)."""

    line: ContestLine
    contest: Frozen
    member: int
    organises: bool
    now: int
    states: Sequence[WaveState]
    wave: int
    division: str

    @property
    def state(self) -> WaveState:
        """The state of the wave; that of the last published one for the whole contest."""
        if self.wave >= 0:
            return self.states[self.wave]
        return next((one for one in reversed(self.states) if one.heading), self.states[-1])

    @property
    def visible(self) -> Visible:
        return publications.shown(self.contest.rules, max(self.wave, 0), self.state.state, self.now)

    @property
    def published(self) -> Published | None:
        """The newest publication that covers the wave."""
        heading = self.state.heading
        return publications.published(self.line.id, heading.no) if heading else None

    def wave_name(self, wave: int) -> str:
        """The title of a wave, "Đợt 2" where it has none."""
        if wave == OVERALL:
            return str(gettext("Cả cuộc thi"))
        return say(self.contest.rules.waves[wave].title) or str(gettext("Đợt %(n)s", n=wave + 1))

    def division_name(self, key: str) -> str:
        return next((say(one.title) or key for one in self.contest.rules.divisions if one.key == key), "")

    def prize_name(self, key: str) -> str:
        found: tuple[Any, ...] = (*self.contest.rules.prizes, *self.contest.rules.collective)
        return next((say(one.title) or key for one in found if one.key == key), key)

    def question_text(self, question: str) -> str:
        """The text of a frozen question, for who may know it."""
        body = self.contest.paper.get(question)
        return say(body["text"]) if body and (self.visible.key or self.organises) else ""


def here_at(public_id: str) -> Here:
    """The opened contest of the address with the wave and division asked for; a draft is not there."""
    line = contests.by_public_id(public_id)
    if line.opened_at is None:
        raise Rejected("no_such_contest")
    member, now = security.current_member(), time.time_ns() // 1000
    contest = contests.frozen(line.id)
    states = publications.states(line.id, now)
    waves = len(contest.rules.waves)
    begun = max((one.wave for one in states if one.state != "not_started"), default=0)
    wave = request.args.get("wave", begun, type=int)
    if not -1 <= wave < waves:
        raise Rejected("not_found")
    keys = [one.key for one in contest.rules.divisions] if contest.rules.ranking.apart else [""]
    division = request.args.get("division", keys[0])
    if division not in keys:
        raise Rejected("not_found")
    organises = member is not None and member.may("organiser", line.path)
    return Here(line, contest, member.id if member else 0, organises, now, states, wave, division)


def desk(public_id: str) -> Here:
    """The same for its organisers; refuses everybody else."""
    here = here_at(public_id)
    need("organiser", here.line.path)
    return here


def clock(us: int) -> str:
    """A time used: "12:05", "1:02:05"."""
    seconds = us // 1_000_000
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
