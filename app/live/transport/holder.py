"""The HTTP server as its connections see it."""

from __future__ import annotations

from typing import Any, Protocol

from gevent.lock import Semaphore

from app.live.transport.limits import WebLimits


class Holder(Protocol):
    """The server: its limits, the connections that owe it something, and the requests under way."""

    limits: WebLimits
    timely: frozenset[str]
    is_ending: bool
    under_way: int
    uploads: Semaphore
    open_to_all: frozenset[str]
    open_uploads: Semaphore
    debts: dict[Any, tuple[float, float]]

    @property
    def ssl_enabled(self) -> bool: ...

    def may_upload(self, environ: Any) -> bool: ...

    def owes(self, debtor: Any, seconds: float) -> None: ...

    def time_for_a_head(self, sock: Any) -> float: ...
