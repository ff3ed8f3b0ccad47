"""Plays for the seats of a rehearsal that nobody sits in: each answers once, after a while, rightly or wrongly.

The worker that moved the show lets them play, so several workers do not play twice; what they send goes the way of
every answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import gevent

from app.clock import now_us
from app.live.protocol import Answer
from app.live.seats.presence import Presence
from app.services.shows import shows
from app.services.shows.tickets import PUBLIC, Ticket
from quizzes import show as rules
from quizzes.engine import SECOND, Command
from quizzes.refusals import Rejected
from quizzes.round_state.ask import OPEN

LEAST_S, MOST_S = 1.0, 9.0
"""The soonest and the latest that a bot answers after an ask opens, seconds."""
SHARE = 0.7
"""They answer within this part of the time, so that the host sees the count rise and the question close early."""

HALTED = ("paused", "suspended")
LOOK_S = 0.5
"""How often a bot looks whether a pause is over, seconds."""

Send = Callable[[Ticket, Answer, Callable[[str, int], Any]], None]


class Bots:
    """The seats that play by themselves. `send` takes an answer as from a phone."""

    def __init__(self, presence: Presence, send: Send) -> None:
        self._presence, self._send = presence, send
        self._chance = random.SystemRandom()
        shows.when_moved(self.moved)
        self._played: dict[int, set[tuple[Any, ...]]] = {}  # show -> what has had its turn already

    def moved(self, show_id: int, _seq: int) -> None:
        """The show has come to something new: let them answer what is open, and do what it is their turn to do."""
        those = self._presence.staying(show_id)
        if not those:
            self._played.pop(show_id, None)
            return
        state = shows.replica(show_id).state
        for ask in rules.live_asks(state):
            if ask.status == OPEN and self._is_first(show_id, "ask", ask.no, ask.opens_at):
                seats = [seat for seat in those if seat in ask.roll and seat not in state.kicked]
                gevent.spawn(self._answer, show_id, ask.no, self._moments(seats, ask.opens_at, ask.closes_at))
        acts = [one for one in rules.possible(state, now_us()) if one.actor.seat in those]
        if acts and self._is_first(show_id, "act", state.phase, state.no, acts[0].actor.seat, acts[0].name):
            gevent.spawn_later(
                self._chance.uniform(LEAST_S, 3 * LEAST_S), self._act, show_id, self._chance.choice(acts)
            )

    def _is_first(self, show_id: int, *what: Any) -> bool:
        known = self._played.setdefault(show_id, set())
        return what not in known and not known.add(what)  # type: ignore[func-returns-value]

    def _moments(self, seats: list[int], opens_at: int, closes_at: int | None) -> list[tuple[float, int]]:
        """When each of them answers, seconds from now, in order."""
        begins = max(0.0, (opens_at - now_us()) / SECOND)
        most = MOST_S if closes_at is None else min(MOST_S, SHARE * (closes_at - opens_at) / SECOND)
        return sorted((begins + self._chance.uniform(min(LEAST_S, most), most), seat) for seat in seats)

    def _answer(self, show_id: int, no: int, moments: list[tuple[float, int]]) -> None:
        passed = 0.0
        for at, seat in moments:
            gevent.sleep(at - passed)
            passed = at
            if not self._gives(show_id, no, seat):
                return

    def _gives(self, show_id: int, no: int, seat: int) -> bool:
        """Answer for a seat, after a pause where the host has made one; False when the ask is over."""
        while self._presence.staying(show_id):
            if self._is_halted(show_id):
                gevent.sleep(LOOK_S)
                continue
            try:
                choice = self._chance.choice(rules.possible_choices(shows.replica(show_id).state, no))
                answer = Answer(no=no, choice=choice, id=f"bot-{no}-{seat}-1")
                self._send(Ticket(show_id, seat, PUBLIC), answer, partial(self._told, show_id, no, seat))
            except (Rejected, IndexError):  # it is closed or paused by now, or nothing can be chosen
                if self._is_halted(show_id):
                    continue
                return False
            return True
        return False

    def _told(self, show_id: int, no: int, seat: int, word: str, _v: int) -> None:
        """A pause came between sending and storing: once more after it."""
        if word in HALTED:
            gevent.spawn(self._gives, show_id, no, seat)

    def _is_halted(self, show_id: int) -> bool:
        return shows.replica(show_id).state.phase in HALTED

    def _act(self, show_id: int, command: Command) -> None:
        try:
            shows.perform(
                show_id, replace(command, at=now_us()), client_id=f"bot-{command.name}-{now_us()}", clock=now_us
            )
        except Rejected:
            return
