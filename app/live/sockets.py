"""The socket handlers: connect, answer, act, sync. Ten lines each; the work is done elsewhere.

They are registered on the python-socketio server itself: a Flask request context for every answer would
cost more than everything else together.
"""

from __future__ import annotations

import functools
from typing import Any

import socketio
import structlog

from app import language
from app.errors import sentence
from app.live import protocol
from app.live.protocol import NAMESPACE, Act, Answer, Connect, Sync
from app.live.worker import Live
from quizzes.engine import Rejected

log = structlog.get_logger()


def install(live: Live) -> None:
    """Register the handlers of `/live`."""
    io = live.io

    def acknowledged(event: str, handler: Any) -> None:
        @functools.wraps(handler)
        def answer(sid: str, data: Any = None, *_: Any) -> dict[str, Any]:
            return _said(live, sid, lambda: handler(live, sid, data))

        io.on(event, answer, namespace=NAMESPACE)

    io.on("connect", functools.partial(connect, live), namespace=NAMESPACE)
    io.on("disconnect", functools.partial(disconnect, live), namespace=NAMESPACE)
    for event, handler in {"answer": answer, "act": act, "sync": sync}.items():
        acknowledged(event, handler)

    def unknown(event: str, sid: str, *_: Any) -> dict[str, Any]:
        return _said(live, sid, lambda: (_ for _ in ()).throw(Rejected("unknown")))

    io.on("*", unknown, namespace=NAMESPACE)


def _said(live: Live, sid: str, work: Any) -> dict[str, Any]:
    """The acknowledgement of whatever `work` does: never silence."""
    try:
        return {"ok": True, **work()}
    except Rejected as refusal:
        code, about = refusal.code, refusal.about
    except Exception:
        log.exception("bug in a socket handler")
        code, about = "internal", {}
    connection = live.rooms.connection(sid)
    return {"ok": False, "code": code, "message": _message(live, code, connection.lang if connection else "vi", about)}


def _message(live: Live, code: str, lang: str, about: dict[str, Any]) -> str:
    with language.speaking(live.app, lang):
        return sentence(code, **about)


def connect(live: Live, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
    """Let a ticket in; it is sent `screen` and `me` within a second."""
    try:
        live.enter(sid, protocol.read(Connect, auth))
    except Rejected as refusal:
        lang = auth.get("lang") if isinstance(auth, dict) and auth.get("lang") in language.LANGUAGES else "vi"
        about = {"code": refusal.code, "message": _message(live, refusal.code, lang, {})}
        raise socketio.exceptions.ConnectionRefusedError(about) from None


def disconnect(live: Live, sid: str, *_: Any) -> None:
    """Forget a connection; its seat stays."""
    live.leave(sid)


def answer(live: Live, sid: str, data: Any) -> dict[str, Any]:
    """Acknowledged after the commit."""
    return live.answer(live.ticket(sid), protocol.read(Answer, data))


def act(live: Live, sid: str, data: Any) -> dict[str, Any]:
    """A command besides answering."""
    return live.act(live.connected(sid), protocol.read(Act, data))


def sync(live: Live, sid: str, data: Any) -> dict[str, Any]:
    """What the client needs to be up to date."""
    return live.sync(live.connected(sid), protocol.read(Sync, data or {}))
