"""The body of a request: taken whole before the application is called, which then never waits for a slow client."""

from __future__ import annotations

import contextlib
import errno
import io
import tempfile
from collections.abc import Iterator
from typing import Any

from gevent import pywsgi
from gevent.lock import Semaphore

from app.live.transport.holder import Holder


class Refused(OSError, ValueError):
    """The client's request ends here. pywsgi closes the connection for it without a word in the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.ECONNRESET, reason)


class Unwanted(Exception):
    """The body of this request is not taken; the application says why, in its own form."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TakesBodies(pywsgi.WSGIHandler):
    """The part of an HTTP connection that reads bodies, or refuses them."""

    server: Holder
    was_late: bool
    environ: dict[str, Any]

    @contextlib.contextmanager
    def _upload(self, size: int) -> Iterator[None]:
        """While the block runs, the disk holds a long body: of few at a time, and of nobody unknown but
        where everybody may send one."""
        room = self._room(size)
        if not room.acquire(timeout=self.server.limits.idle_s):
            raise Unwanted("busy")
        try:
            yield
        finally:
            room.release()

    def _room(self, size: int) -> Semaphore:
        """The place of a long body: members' uploads, or apart from them those that anybody may send."""
        limits = self.server.limits
        if size > limits.body_bytes:
            raise Unwanted("file_too_big")
        if self.server.may_upload(self.environ):
            return self.server.uploads
        if self.environ["PATH_INFO"] not in self.server.open_to_all:
            raise Unwanted("sign_in_first")
        if size > limits.open_bytes:
            raise Unwanted("file_too_big")
        return self.server.open_uploads

    def _take_body(self, left: int) -> None:
        """Read the body before the application is called, which then never waits for a slow client."""
        limits = self.server.limits
        self.server.owes(self, limits.idle_s + left / limits.body_rate)
        self.socket.settimeout(limits.idle_s)
        is_long = left > limits.short_body_bytes
        body = tempfile.TemporaryFile() if is_long else io.BytesIO()  # noqa: SIM115 (the request's end drops it)
        while left:
            piece = self._piece(min(left, limits.short_body_bytes))
            try:
                body.write(piece)
            except OSError:  # the disk is full
                raise Unwanted("busy") from None
            left -= len(piece)
        body.seek(0)
        self.environ["wsgi.input"] = body
        self.server.debts.pop(self, None)

    def _piece(self, size: int) -> bytes:
        try:
            piece: bytes = self.wsgi_input.read(size)
        except TimeoutError:
            raise Unwanted("too_slow") from None
        except OSError:  # the end, of itself or since its time is over
            if self.was_late:
                raise Unwanted("too_slow") from None
            raise Refused("gone in the middle of a body") from None
        return piece
