"""The patrol of a hall: it pings every connection and cuts those who do not answer, do not read, or do not enter."""

import logging
from time import monotonic

import gevent
import socketio

from app.live.transport.frames import POLICY
from app.live.transport.limits import Limits
from app.live.transport.phone import ENGINE_PING, Phone
from app.live.transport.turns import take_turn

PATROL_S = 0.5
"""How often everybody is looked at, in seconds."""
STOPPED_S = 1.0
"""A patrol this late (seconds) means that the process stood still: no phone is to blame for what it did not hear."""


class Patrol:
    """`phones` and `full` are the hall's own sets: all connections, and those whose kernel buffer is full."""

    def __init__(self, sio: socketio.Server, limits: Limits, phones: set[Phone], full: set[Phone]) -> None:
        self.sio, self.limits, self.phones, self.full = sio, limits, phones, full
        self.log = logging.getLogger("app.live.transport")

    def run(self) -> None:
        before = monotonic()
        while True:
            take_turn()  # if it was us who stood still, what has come and gone since is seen first
            now = monotonic()
            if now - before > STOPPED_S:
                for phone in self.phones:
                    phone.forgive(now - before)
            before = now
            try:
                self.patrol(now)
            except Exception:
                self.log.exception("patrol failed")
            gevent.sleep(PATROL_S)

    def patrol(self, now: float) -> None:
        """Ping, and cut those who do not answer, do not read, or do not enter."""
        limits, reason = self.limits, self.sio.eio.reason
        rooms = list(self.sio.manager.rooms.values())
        joined: set[str] = set().union(*(room[None].values() for room in rooms if None in room))
        for phone in list(self.phones):
            if phone.closed:
                if now > phone.deadline:
                    phone.drop()
            elif phone.last_ping is not None:
                if now - phone.last_ping > limits.ping_timeout_s:
                    phone.hang_up(POLICY, reason.PING_TIMEOUT)
            elif now >= phone.next_ping:
                phone.last_ping = now
                phone.write(ENGINE_PING)
            if phone.sid in joined and not phone.was_refused:  # it asked again meanwhile
                phone.nowhere_until = None
            elif phone.nowhere_until is None:
                phone.nowhere_until = now + limits.connect_s
            elif now > phone.nowhere_until and (not phone.busy or phone.was_refused):
                phone.hang_up(POLICY, reason.SERVER_DISCONNECT)
        for phone in list(self.full):
            if phone.is_stuck(now):
                phone.hang_up(POLICY, reason.TRANSPORT_ERROR, linger=False)
