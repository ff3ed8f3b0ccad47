"""A show played through the services, without sockets: each command and answer a second after the last."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from app.models.engines import now_us
from app.services.commit import reading
from app.services.shows import ballots, scripts, seats, shows
from app.services.shows.ballots import Line
from app.services.shows.seats import Wanted
from quizzes import show as rules
from quizzes.engine import CLOCK, HOST, SECOND, Actor, Command
from tests.app.services.shows.test_seats import SCRIPT, somebody
from tests.people import EVERYBODY


class Play:
    """A show of some true-or-false questions without deadlines; An to Dũng have the seats 1 to 4."""

    def __init__(
        self,
        questions: int = 1,
        members: Mapping[str, int] | None = None,
        began_s_ago: int = 0,
        host: int | None = None,
        chapter: int | None = None,
        **settings: Any,
    ) -> None:
        script: dict[str, Any] = copy.deepcopy(SCRIPT) | {"settings": {"standings": "never"}}
        first = script["rounds"][0]
        first["settings"] = {"seconds": 0, **settings}
        first["questions"] = [first["questions"][0] | {"id": f"q{number}"} for number in range(questions)]
        made = scripts.create("thử", script=script, host_member_id=host, chapter_id=chapter)
        self.show_id, self._host = made.show_id, Actor(HOST, made.host.number)
        self._at = reading(now_us)() - began_s_ago * SECOND
        known = members or {}
        seats.take_group([Wanted(self.show_id, somebody(name, member_id=known.get(name))) for name in EVERYBODY])

    @classmethod
    def going_on(cls, show_id: int) -> Play:
        """A show that exists already, in the hands of its host."""
        play = object.__new__(cls)
        play.show_id, play._host, play._at = show_id, Actor(HOST, seats.STAFF_FROM + 1), reading(now_us)()
        return play

    @property
    def state(self) -> rules.ShowState:
        return shows.catch_up(self.show_id).state

    @property
    def no(self) -> int:
        return int(self.state.no or 0)

    def later(self) -> int:
        """Now, a second after the last time somebody asked."""
        self._at += SECOND
        return self._at

    def host(self, name: str, **args: Any) -> None:
        if name in ("void", "adjust"):
            args = {"reason": "đọc nhầm", **args}
        shows.perform(self.show_id, Command(name, self._host, self.later(), args))

    def clock(self, name: str, **args: Any) -> None:
        shows.perform(self.show_id, Command(name, Actor(CLOCK), self.later(), args))

    def option(self, index: int = 0) -> str:
        """The canonical choice of an option of what is asked: 0 is right, 1 is wrong."""
        found = self.state.opening(self.no)
        assert found
        return json.dumps(next(option for option, at in found[1].shown if at == index))

    def answer(self, seat: int, index: int = 0) -> None:
        """A seat's only answer, which is taken."""
        line = Line(self.show_id, self.no, seat, 0, f"seat-{seat}-{self.no}", self.option(index), self.later())
        assert ballots.store([line]) == ["ok"]

    def judge(self) -> None:
        """Does the clock's work after a closing."""
        for ask in rules.unjudged(self.state):
            self.clock("settled", no=ask.no)
            graded = rules.grade(self.state, ask.no, ballots.given(self.show_id, ask.no))
            self.clock("judge", no=ask.no, graded=graded, closings=ask.closings)

    def until(self, phase: str) -> Play:
        """Advance until a phase."""
        for _ in range(40):
            if self.state.phase == phase:
                return self
            self.host("advance")
            self.judge()
        raise AssertionError(f"{phase} was never reached, the show stands at {self.state.phase}")
