"""A stop may come at any moment, also while a worker is starting: it is no accident then."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import gevent
import pytest

from app.cli import server


def serving(work: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> int:
    """Serve by doing this."""
    nothing: Any = None
    monkeypatch.setattr(server, "serve", lambda *_: work())
    monkeypatch.setattr(server.metrics, "watch_loop", lambda: gevent.sleep(60))
    return server.serve_until_told(nothing, nothing, nothing)


def broken_off() -> None:
    """A statement as it ends where its greenlet is ended: the driver complains instead."""
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        gevent.sleep(60)
    except gevent.GreenletExit as ended:
        raise RuntimeError("connection in transaction status ACTIVE") from ended


def fails() -> None:
    raise RuntimeError("cannot start")


def test_what_a_stop_breaks_off_is_no_crash_but_what_fails_of_itself_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert serving(broken_off, monkeypatch) == 0
    with pytest.raises(RuntimeError, match="cannot start"):
        serving(fails, monkeypatch)
