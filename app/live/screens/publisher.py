"""Sends screens. One greenlet per show and worker renders the head and sends it; `perform` never does.

The newest state always wins, so a burst of events costs one render. Host and stage screens also change
with joins and connections, at most five times a second, and once while an answer is waited for.
"""

from __future__ import annotations

from collections import defaultdict
from time import monotonic
from typing import Any

import gevent
import structlog
from flask import Flask
from gevent.event import Event

from app import language
from app.live import transport
from app.live.protocol import NAMESPACE
from app.live.screens import drawing
from app.live.screens.delivery import shown
from app.live.screens.own import Own
from app.live.seats.rooms import Connection, Room, Rooms
from app.services.shows import shows
from app.services.shows.shows import Replica
from quizzes import show as rules
from quizzes.engine import AUDIENCE, HOST, STAGE, Viewer

log = structlog.get_logger()

BETWEEN_S = 0.2  # the least time between two drawings for host and stage
WHILE_OPEN_S = 1.0
"""The same while an answer is waited for: who comes and goes then is shown once a second."""
SETTLING_S = 0.8
"""A question that closes is judged within half a second; where it takes longer host and stage are shown that."""
STAFF_REST = 9
"""People come and go by the hundred: rendering that for the staff takes at most a tenth of the time."""
REST_S = 0.5
"""How long to wait after a failure before everything is sent again, seconds."""
SLICE = 200  # messages sent between two breaths


class Publisher:
    """The screens of this worker's rooms. `extra(room, role)` adds what only staff screens show."""

    def __init__(self, app: Flask, io: Any, rooms: Rooms, extra: Any) -> None:
        self._app, self._io, self._rooms, self._extra = app, io, rooms, extra
        self._moved: dict[int, Event] = {}
        self._sent: dict[int, int] = {}
        self._behind: set[int] = set()
        self._staff_due: set[int] = set()
        self._staff_after: dict[int, float] = {}
        self._rest_s: dict[int, float | None] = {}  # show -> how long nothing is due; None: until something happens
        self._settling: dict[int, float] = {}  # show whose question closes -> until when its staff is shown nothing
        self.own = Own(io)
        self._kept: dict[int, tuple[int, dict[Viewer, dict[str, Any]]]] = {}  # show -> number, its screens

    def moved(self, show_id: int, _seq: int = 0) -> None:
        """The show has new events, here or on another worker."""
        if self._rooms.room(show_id) is not None:
            self._behind.add(show_id)
            self._wake(show_id).set()

    def performed(self, show_id: int) -> None:
        """The same by a commit of this worker: it has read the journal for that, and need not read it again."""
        if self._rooms.room(show_id) is not None:
            self._wake(show_id).set()

    def news(self, show_id: int, seq: int) -> None:
        """Some worker says that the show is at `seq`. Our replica may be there already, without having been shown."""
        if self._sent.get(show_id, 0) < seq:
            self.moved(show_id)

    def people_changed(self, show_id: int) -> None:
        """Somebody joined, connected or left: host and stage look different."""
        if show_id not in self._staff_due:  # the next change is drawn with this one
            self._staff_due.add(show_id)
            self._staff_after[show_id] = max(self._staff_after.get(show_id, 0.0), monotonic() + _between_s(show_id))
        if show_id in self._moved or self._rooms.room(show_id) is not None:
            self._wake(show_id).set()

    def _wake(self, show_id: int) -> Event:
        if show_id not in self._moved:
            self._moved[show_id] = Event()
            gevent.spawn(self._run, show_id)
        return self._moved[show_id]

    def _run(self, show_id: int) -> None:
        with language.speaking(self._app, "vi"):  # most screens are; begun once for all of a show
            while (room := self._next(show_id)) is not None:
                try:
                    self._rest_s[show_id] = self._publish(room)
                except Exception:
                    log.exception("publishing failed", show=show_id)
                    self._sent.pop(show_id, None)
                    self.own.forget(show_id)
                    self._behind.add(show_id)
                    gevent.sleep(REST_S)
                    self._moved[show_id].set()
                gevent.sleep(0.02)

    def _next(self, show_id: int) -> Room | None:
        """Wait until something is to be sent to a show's room; None, and nothing is remembered, where it is empty."""
        self._moved[show_id].wait(self._rest_s.get(show_id))
        self._moved[show_id].clear()
        room = self._rooms.room(show_id)
        if room is None:
            self._behind.discard(show_id)
            self._staff_due.discard(show_id)
            kept: dict[int, Any]
            for kept in (self._moved, self._sent, self._kept, self._staff_after, self._settling, self._rest_s):
                kept.pop(show_id, None)
            self.own.forget(show_id)
        return room

    def _publish(self, room: Room) -> float | None:
        """Send what is new; the seconds until staff may be sent what has changed since, None for nothing."""
        replica = self._newest(room.show_id)
        fresh = self._sent.get(room.show_id, -1) < replica.seq
        self._sent[room.show_id] = replica.seq
        if fresh:
            self._regroup(room, replica)
            if not rules.unjudged(replica.state):  # while it settles: the verdicts follow at once
                self.send(room, replica, lambda connection: connection.role not in (HOST, STAGE))
        elif room.show_id not in self._staff_due:
            return None
        elif (wait_s := self._staff_after.get(room.show_id, 0.0) - monotonic()) > 0:
            return wait_s
        if fresh and rules.unjudged(replica.state) and (wait_s := self._settles(room.show_id)) > 0:
            return wait_s
        self._settling.pop(room.show_id, None)
        until_staff_s = self._show_staff(room, replica)
        if fresh:
            self.own.tell_each(room, replica)
        return until_staff_s

    def _settles(self, show_id: int) -> float:
        """The seconds until a closing question is drawn for the staff: verdicts that come soon are drawn with it."""
        self._staff_after[show_id] = self._settling.setdefault(show_id, monotonic() + SETTLING_S)
        self._staff_due.add(show_id)
        return self._settling[show_id] - monotonic()

    def _show_staff(self, room: Room, replica: Replica) -> float | None:
        """Draw host and stage; the seconds until those that have not taken the last drawing get one, else None. A slow
        screen is sent none meanwhile: it would show old ones one by one, and be cut for what piles up."""
        self._staff_due.discard(room.show_id)
        behind = {one.sid for one in room.staff() if transport.is_behind(self._io, one.sid, NAMESPACE)}
        took_s = self.send(room, replica, lambda one: one.role in (HOST, STAGE) and one.sid not in behind)
        self._staff_after[room.show_id] = monotonic() + max(_between_s(room.show_id), STAFF_REST * took_s)
        if not behind:
            return None
        self._staff_due.add(room.show_id)
        return BETWEEN_S

    def _newest(self, show_id: int) -> Replica:
        """Only news from another worker are worth a look at the journal: what this one did itself it knows."""
        if show_id not in self._behind:
            return shows.replica(show_id)
        self._behind.discard(show_id)
        return shows.catch_up(show_id)

    def _regroup(self, room: Room, replica: Replica) -> None:
        for connection in list(room.connections.values()):
            enter_group(connection, replica)
            if connection.ticket.side == "public" and rules.is_kicked(replica.state, connection.ticket.seat):
                self.cut(connection, "kicked")

    def cut(self, connection: Connection, code: str) -> None:
        """Sends the reason, then closes the connection; everything sent before goes out first."""
        self._io.emit("bye", {"code": code}, to=connection.sid, namespace=NAMESPACE)
        self._io.start_background_task(self._hang_up, connection.sid)

    def _hang_up(self, sid: str) -> None:
        gevent.sleep(0.5)
        self._io.disconnect(sid, namespace=NAMESPACE)

    def send(self, room: Room, replica: Replica, wanted: Any) -> float:
        """One render for each audience, sent to all its connections. Returns how many seconds rendering took."""
        audiences: dict[tuple[str, str, str], list[Connection]] = defaultdict(list)
        for connection in list(room.connections.values()):
            if wanted(connection):
                audiences[connection.audience].append(connection)
        took_s = 0.0
        for (role, group, lang), those in audiences.items():
            began = monotonic()
            payload = self.screen(replica, Viewer(role, group, lang))
            took_s += monotonic() - began
            transport.take_turn()
            for some in (those[start : start + SLICE] for start in range(0, len(those), SLICE)):  # encoded once for all
                self._io.emit("screen", payload, to=[one.sid for one in some], namespace=NAMESPACE)
                shown(some, replica)
                transport.take_turn()
        return took_s

    def whole(self, replica: Replica, viewer: Viewer) -> dict[str, Any]:
        """The screen for a page that may have seen nothing yet."""
        return drawing.with_question(self._app, self.screen(replica, viewer), replica, viewer)

    def screen(self, replica: Replica, viewer: Viewer) -> dict[str, Any]:
        """The screen of an audience, rendered once; staff get the seats and links beside it."""
        if viewer.role in (HOST, STAGE):
            return drawing.screen(self._app, replica, viewer, self._extra(replica, viewer))
        seq, kept = self._kept.get(replica.show_id, (0, {}))
        if seq != replica.seq:
            seq, kept = self._kept[replica.show_id] = replica.seq, {}
        if viewer not in kept:
            kept[viewer] = drawing.screen(self._app, replica, viewer)
        return drawing.as_of_now(kept[viewer])


def _between_s(show_id: int) -> float:
    replica = shows.known().get(show_id)
    return WHILE_OPEN_S if replica is not None and rules.asks(replica.state) else BETWEEN_S


def enter_group(connection: Connection, replica: Replica) -> None:
    """Give the connection the role and group its seat has now."""
    seat, side = connection.ticket.seat, connection.ticket.side
    if side == "public":
        connection.role = AUDIENCE if connection.watches else rules.role(replica.state, seat, side)
        connection.group = rules.group(replica.state, seat)
