"""Each worker's memory of the sessions and rights that tickets stand on.

A ticket's right is asked of the database when it is first shown, and kept; once a second one query reads what has
ended since, whatever the number of those connected. So a seat, a paper or a console whose session, account or role
has ended is shut here within two seconds, also without Redis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic, time_ns

from flask import Flask

from app.services.people import endings, sign_ins
from app.services.people.endings import ALL, MEMBER, SESSION, SHOW, Ending
from app.services.shows import rights
from app.services.shows.tickets import STAFF, Ticket
from quizzes.refusals import Rejected

WINDOW_US = 60_000_000
"""Lines of the last minute are read again each second: a transaction that began before another may commit after it."""
LONG_S = 30.0
"""After this many seconds without a look everything is asked anew."""
MOST_KEPT = 50_000  # tickets whose right is remembered

Key = tuple[int, int, int]
"""(show or 0, session, member): a staff ticket stands on its right in a show, everything else on the session alone."""
EVERYTHING = "everything"
"""The kind of an ending that is ours alone: we have not looked for too long."""
EXPIRED = "expired"
"""Another: the time of a session is over, as far as we know. It may have been prolonged by use."""


def key_of(ticket: Ticket) -> Key | None:
    """The key of the session or right that a ticket stands on; None for a ticket on nothing that can end."""
    if ticket.side == STAFF:
        return ticket.show_id, ticket.sign_in, ticket.member
    return (0, ticket.sign_in, ticket.member) if ticket.sign_in else None


class Standing:
    """Asks and remembers. Before `begin` nothing is remembered: there is nobody who looks."""

    def __init__(self) -> None:
        self._until: dict[Key, int] = {}
        self._floor = 0
        self._recent: set[int] = set()  # the lines above the floor that were read already
        self._looked: float | None = None
        self.changes = 0
        """How often something has ended: who asked before may have an old answer."""
        self._listeners: list[Callable[[Sequence[Ending]], None]] = []

    def begin(self, listener: Callable[[Sequence[Ending]], None]) -> None:
        """Remember from now on, since somebody looks; `listener` hears what has ended."""
        self._listeners.append(listener)
        self.look()
        sign_ins.session_ended(lambda _member, sign_in: self._apply([Ending(0, SESSION, sign_in, 0)]))

    def need(self, ticket: Ticket) -> None:
        """Rejected("bad_ticket") where what the ticket stands on has ended."""
        key = key_of(ticket)
        if key is not None:
            self._need(key, lambda: rights.holds_until(ticket))

    def need_session(self, sign_in: int, member: int) -> None:
        """The same for what stands on a session alone."""
        self._need((0, sign_in, member), lambda: sign_ins.until(sign_in, member))

    def ask(self, ticket: Ticket) -> None:
        """The same of the database itself: where power is used."""
        key = key_of(ticket)
        if key is None:
            return
        if rights.holds_until(ticket) <= _now():
            self._until[key] = 0
            raise Rejected("bad_ticket")

    def _need(self, key: Key, asking: Callable[[], int]) -> None:
        until = self._until.get(key)
        if until is None or 0 < until <= _now():
            changes = self.changes
            until = asking()
            if self._looked is not None and changes == self.changes:  # later it may be an old answer already
                self._keep(key, until)
        if until <= _now():
            raise Rejected("bad_ticket")

    def _keep(self, key: Key, until: int) -> None:
        if len(self._until) >= MOST_KEPT:
            self._until.clear()
        self._until[key] = until

    def look(self) -> None:
        """Read what has ended since the last look, and tell the listeners."""
        before, self._looked = self._looked, monotonic()
        rows = endings.newer(self._floor)
        fresh = [row for row in rows if row.id not in self._recent]
        since = _now() - WINDOW_US
        self._floor = max((row.id for row in rows if row.at < since), default=self._floor)
        self._recent = {row.id for row in rows if row.id > self._floor}
        if before is not None and self._looked - before > LONG_S:
            fresh.append(Ending(0, EVERYTHING, 0, 0))
        fresh += self._expired()
        if fresh and before is not None:
            self._apply(fresh)

    def _expired(self) -> list[Ending]:
        now = _now()
        return [Ending(0, EXPIRED, key[1], 0) for key, until in self._until.items() if 0 < until <= now]

    def _apply(self, fresh: Sequence[Ending]) -> None:
        self.changes += 1
        gone = kinds(fresh)
        for key in [key for key in self._until if touched(key, gone)]:
            if (SESSION, key[1]) in gone:
                self._until[key] = 0
            else:
                del self._until[key]
        for listener in self._listeners:
            listener(fresh)


Gone = frozenset[tuple[str, int]]


def kinds(fresh: Sequence[Ending]) -> Gone:
    """The endings, sorted for a look-up."""
    return frozenset((one.kind, one.number) for one in fresh)


def touched(key: Key | None, gone: Gone) -> bool:
    """True when one of these endings may concern a ticket that stands on `key`."""
    if key is None:
        return False
    show, sign_in, member = key
    if sign_in and (EXPIRED, sign_in) in gone:
        return True
    if (SESSION, sign_in) in gone or (EVERYTHING, 0) in gone:
        return True
    if not show:
        return False
    if not sign_in:  # a link of the program itself names nobody: whose right has changed may be its host's
        return any(kind != SESSION for kind, _ in gone)
    return (MEMBER, member) in gone or (SHOW, show) in gone or (ALL, 0) in gone


def _now() -> int:
    return time_ns() // 1000


def install(app: Flask) -> None:
    """One for the whole process."""
    app.extensions["standing"] = Standing()
