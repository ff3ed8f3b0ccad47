"""The socket handlers: connect, answer, act, sync. Ten lines each; the work is done elsewhere.

They are registered on the python-socketio server itself: a Flask request context for every answer would
cost more than everything else together.
"""

from __future__ import annotations

import functools
import secrets
from typing import Any

import socketio
import structlog

from app import language
from app.errors import filled, words_of
from app.live import protocol, transport
from app.live.protocol import NAMESPACE, Act, Answer, Connect, Sync
from app.live.seats.pace import READING
from app.live.worker import Live
from app.measures import REFUSALS
from quizzes.refusals import Rejected

log = structlog.get_logger()


def install(live: Live) -> None:
    """Register the handlers of `/live`."""
    io = live.io

    def acknowledged(event: str, handler: Any) -> None:
        @functools.wraps(handler)
        def answer(sid: str, data: Any = None, *_: Any) -> dict[str, Any]:
            return _acknowledged(live, sid, lambda: handler(live, sid, data))

        io.on(event, answer, namespace=NAMESPACE)

    io.on("connect", functools.partial(connect, live), namespace=NAMESPACE)
    io.on("disconnect", functools.partial(disconnect, live), namespace=NAMESPACE)
    io.on("answer", functools.partial(answer, live), namespace=NAMESPACE)
    for event, handler in {"act": act, "sync": sync}.items():
        acknowledged(event, handler)

    def unknown(event: str, sid: str, *_: Any) -> dict[str, Any]:
        return _acknowledged(live, sid, lambda: _unknown(event))

    io.on("*", unknown, namespace=NAMESPACE)


def _unknown(event: str) -> None:
    raise Rejected("unknown", event=event[:40])


def _acknowledged(live: Live, sid: str, work: Any) -> dict[str, Any]:
    """The acknowledgement of whatever `work` does: never silence."""
    said: dict[str, Any] = {}
    return _refused(live, sid, lambda: said.update(work())) or {"ok": True, **said}


def _refused(live: Live, sid: str, work: Any) -> dict[str, Any] | None:
    """Do `work`; the refusal to be acknowledged, or None when it went well."""
    try:
        work()
    except Rejected as refusal:
        return _refusal(live, sid, refusal.code, refusal.about)
    except Exception as problem:
        code, number = _trouble(live, problem)
        return _refusal(live, sid, code, {}) | number
    return None


def _trouble(live: Live, problem: Exception) -> tuple[str, dict[str, str]]:
    """`busy` where the database is away; else a bug, and the id under which it stands in the log."""
    if live.trouble.noticed(problem):
        return "busy", {}
    number = secrets.token_hex(6)
    log.exception("bug in a socket handler", request=number)
    return "internal", {"id": number}


def _refusal(live: Live, sid: str, code: str, about: dict[str, Any]) -> dict[str, Any]:
    REFUSALS.labels(code).inc()
    connection = live.rooms.connection(sid)
    return {"ok": False, "code": code, "message": _message(live, code, connection.lang if connection else "vi", about)}


def warm(live: Live) -> None:
    """Read the catalogues before anybody plays: the first refusal would hold the loop up for a tenth of a second."""
    for lang in language.LANGUAGES:
        _message(live, "slow_down", lang, {})


def _message(live: Live, code: str, lang: str, about: dict[str, Any]) -> str:
    """Looked up once a language: whoever floods us with refusals shall not have us translate each."""
    if (code, lang) not in live.sentences:
        with language.speaking(live.app, lang):
            live.sentences[code, lang] = words_of(code)
    return filled(live.sentences[code, lang], about)


def connect(live: Live, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
    """Let a ticket in; it is sent `screen` and `me` within a second."""
    try:
        live.enter(sid, protocol.read(Connect, auth))
    except Rejected as refusal:
        REFUSALS.labels(refusal.code).inc()
        if refusal.code == "slow_down":
            live.pace.hold()
        raise _connect_error(live, refusal.code, auth) from None
    except Exception as problem:
        code, number = _trouble(live, problem)
        raise _connect_error(live, code, auth, **number) from None


def _connect_error(live: Live, code: str, auth: Any, **more: str) -> socketio.exceptions.ConnectionRefusedError:
    lang = auth.get("lang") if isinstance(auth, dict) else None
    return refused(code, _message(live, code, lang if lang in ("vi", "en") else "vi", {}), **more)


def refused(code: str, message: str, **more: str) -> socketio.exceptions.ConnectionRefusedError:
    """A connect error in the protocol's form; the browser's client hands on `message` and `data` only."""
    error = socketio.exceptions.ConnectionRefusedError(message)
    said = {"code": code, "message": message, **more}
    error.error_args = {**said, "data": said}
    return error


def disconnect(live: Live, sid: str, *_: Any) -> None:
    """Forget a connection; its seat stays."""
    live.leave(sid)


def answer(live: Live, sid: str, data: Any = None, *_: Any) -> dict[str, Any] | None:
    """Acknowledged after the commit, by the committer: no greenlet waits for it."""
    acknowledge = transport.acknowledge_later()

    def tell(word: str, v: int) -> None:
        acknowledge({"ok": True, "v": v} if word == "ok" else _refusal(live, sid, word, {}))

    def work() -> None:
        live.answer_later(live.connected(sid, "answer").ticket, protocol.read(Answer, data), tell)

    refusal = _refused(live, sid, work)
    if refusal is not None:
        acknowledge(refusal)
    return None


def act(live: Live, sid: str, data: Any) -> dict[str, Any]:
    """A command besides answering."""
    return live.act(live.connected(sid, "act"), protocol.read(Act, data))


def sync(live: Live, sid: str, data: Any) -> dict[str, Any]:
    """Sends the client everything it needs to be up to date."""
    return live.sync(live.connected(sid, "sync", READING), protocol.read(Sync, data or {}))
