"""The door of those who take a contest: one address in front of Flask for everything a phone saves.

    POST /taking    Authorization: Bearer <ticket>    {"do": "answer", "place": 3, "choice": ..., "device": "k3...",
                                                       "count": 7, "seen": 1, "lang": "vi"}
    200 {"ok": true, "revision": 2, "at": µs, "now": µs}
    200 {"ok": false, "code": "changed_elsewhere", "message": ..., "revision": 2, "choice": ..., "at": µs, "now": µs}

`do` is answer, predict, flag, next, away, submit or state (what is saved, and the question that is open where
questions have times of their own). A Flask request costs more than the save itself, so there is none: the ticket
says who, JSON and the Origin say from where. What is saved is told after its commit; groups share one.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import structlog
from flask import Flask

from app import language
from app.clock import now_us, wall_us
from app.errors import sentence
from app.formulas import markup
from app.live.protocol import convert
from app.live.questions.committer import Committer
from app.live.transport import received_at, strict_json
from app.live.transport.bodies import json_of
from app.measures import REFUSALS, REQUESTS, SECONDS
from app.saving.purses import Purses
from app.security.headers import right_source
from app.services.contests.taking import saving, starting, tickets, views
from app.services.contests.taking.saving import Line, Outcome
from app.services.contests.taking.starting import Entry
from quizzes.contest.taking.saving import OK
from quizzes.refusals import Rejected

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

log = structlog.get_logger()

PATH = "/taking"
START_PATIENCE_S = 50  # a stampede is served in its order; the clock of a try begins when it is served
STARTS_IN_GROUP = 30  # a start draws a paper: a larger group would hold up the answers behind it
STATUS = {200: "200 OK", 400: "400 Bad Request", 401: "401 Unauthorized", 403: "403 Forbidden",
          405: "405 Method Not Allowed", 413: "413 Content Too Large", 429: "429 Too Many Requests",
          500: "500 Internal Server Error", 503: "503 Service Unavailable"}  # fmt: skip
HEADERS = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
REFUSED = {"bad_ticket": 401, "bad_request": 400, "foreign_form": 403, "slow_down": 429, "busy": 503, "internal": 500}
"""Codes that are the request's own fault or ours have their status; what a try refuses is an answer: 200."""


class Message(msgspec.Struct, forbid_unknown_fields=True):
    """A message from a phone."""

    do: Literal["answer", "predict", "flag", "next", "away", "submit", "time_up", "state"]
    place: Annotated[int, msgspec.Meta(ge=-1, le=10_000)] = 0
    choice: Any = None
    device: Annotated[str, msgspec.Meta(max_length=saving.MOST_DEVICE)] = ""
    count: Annotated[int, msgspec.Meta(ge=0, le=saving.MOST_COUNT)] = 0
    seen: Annotated[int, msgspec.Meta(ge=0, le=saving.MOST_COUNT)] = 0
    lang: Literal["vi", "en"] = "vi"


class Taking:
    """Starts and saves of this process, in groups once `begin` was called, each by itself before."""

    def __init__(self) -> None:
        self._saves: Committer | None = None
        self._starts: Committer | None = None

    def begin(self) -> None:
        """Commit in groups from now on; needs the event loop."""
        self._saves = Committer(saving.change_group, kind="saves", clock=_wall)
        self._starts = Committer(
            _start_now, most=STARTS_IN_GROUP, patience_s=START_PATIENCE_S, kind="starts", clock=_wall
        )
        self._saves.start()
        self._starts.start()

    def received_at(self) -> int:
        """When the request that is being handled arrived, µs since 1970."""
        return _arrived()

    def start(self, entry: Entry) -> str:
        """The public id of a new try. Rejected as services.contests.taking.starting says, or busy."""
        if self._starts is None:
            return starting.start(entry)
        word = self._starts.commit(entry)
        if word == "busy":
            raise Rejected("busy")
        if isinstance(word, Rejected):
            raise word
        return str(word)

    def change(self, line: Line) -> Outcome:
        """The answer to one line, after its commit."""
        if self._saves is None:
            return saving.change(line)
        word = self._saves.commit(line)
        return word if isinstance(word, Outcome) else Outcome(str(word))


def _wall() -> int:
    return wall_us(now_us())


def _arrived() -> int:
    """The hours of a contest are those of the wall clock, also while shows keep another time."""
    return wall_us(received_at())


def _start_now(entries: Sequence[Entry]) -> list[str | Rejected]:
    now = wall_us(now_us())
    return starting.start_group([replace(one, begins_at=max(now, one.received_at)) for one in entries])


class Door:
    """Answers `PATH` itself and leaves the rest to Flask."""

    def __init__(self, app: Flask, taking: Taking) -> None:
        self._app, self._taking, self._otherwise = app, taking, app.wsgi_app
        self._settings = app.config["SETTINGS"]
        self._purses = Purses()
        self._sentences: dict[tuple[str, str], str] = {}
        self._counted = {status: REQUESTS.labels(PATH, "POST", status) for status in STATUS}
        self._seconds = SECONDS.labels(PATH)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return self._otherwise(environ, start_response)
        began = time.monotonic()
        status, said = self._reply(environ)
        said["now"] = wall_us(now_us())
        body = strict_json.encode(said)
        self._counted[status].inc()
        self._seconds.observe(time.monotonic() - began)
        start_response(STATUS[status], [*HEADERS, ("Content-Length", str(len(body)))])
        return [body]

    def _reply(self, environ: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        lang = "vi"
        try:
            attempt, member, sign_in = self._ticket(environ)
            message = _read(environ)
            lang = message.lang
            if not self._purses.pays(attempt):
                raise Rejected("slow_down")
            self._app.extensions["standing"].need_session(sign_in, member)
            return 200, self._do(attempt, member, message)
        except Rejected as refusal:
            return REFUSED.get(refusal.code, 200), self._refused(refusal.code, lang)
        except Exception:
            number = secrets.token_hex(6)
            log.exception("bug", path=PATH, request=number)
            return 500, self._refused("internal", lang) | {"id": number}

    def _ticket(self, environ: dict[str, Any]) -> tuple[str, int, int]:
        if not right_source(environ, self._settings):
            raise Rejected("foreign_form")
        kind, _, text = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != "bearer":
            raise Rejected("bad_ticket")
        return tickets.read(self._app.config["SECRET_KEY"], text.strip())

    def _do(self, attempt: str, member: int, message: Message) -> dict[str, Any]:
        if message.do == "state":
            return self.state(attempt, member, message.lang)
        said = self._taking.change(
            Line(
                attempt,
                member,
                message.do,
                _arrived(),
                message.place,
                message.choice,
                message.device,
                message.count,
                message.seen,
            )
        )
        if said.code in REFUSED:
            raise Rejected(said.code)
        about: dict[str, Any] = {"revision": said.revision} if said.revision else {}
        about |= {"at": said.at} if said.at else {}
        about |= {"closes_at": said.closes_at} if said.closes_at else {}
        about |= {"choice": msgspec.Raw(said.choice.encode())} if said.choice is not None else {}
        if said.code != OK:
            return self._refused(said.code, message.lang) | about
        more = self.state(attempt, member, message.lang) if message.do == "next" else {}
        return {"ok": True} | more | about

    def state(self, attempt: str, member: int, lang: str) -> dict[str, Any]:
        """Everything that is saved, as it stands."""
        at = _arrived()
        one = views.sheet(attempt, member, at)
        opened = one.open_place(at)
        said: dict[str, Any] = {
            "ok": True,
            "submitted_at": one.submitted_at,
            "closes_at": one.closes_at,
            "answers": {
                str(place): {"choice": saved.choice, "revision": saved.revision, "device": saved.device}
                for place, saved in one.answers.items()
            },
            "flags": one.flags,
        }
        if opened is not None:
            said["open"] = {"index": opened.index, "opens_at": opened.opens_at, "closes_at": opened.closes_at}
            if opened.index < len(one.asked) and one.end is None:
                said["open"]["face"] = face = one.face(opened.index, lang)
                said["open"] |= markup.given(self._app, lang, face)
        return said

    def _refused(self, code: str, lang: str) -> dict[str, Any]:
        REFUSALS.labels(code).inc()
        known = self._sentences.get((code, lang))
        if known is None:
            with language.speaking(self._app, lang):
                known = self._sentences[code, lang] = sentence(code)
        return {"ok": False, "code": code, "message": known}


def _read(environ: dict[str, Any]) -> Message:
    """The message of a request, or Rejected("bad_request")."""
    message = convert(Message, json_of(environ))
    if message.do in ("answer", "predict") and not (message.device and message.count):
        raise Rejected("bad_request")
    return message


def install(app: Flask) -> None:
    """Put the door in front; it stands behind the trusted proxies' own, which are installed later."""
    app.extensions["taking"] = taking = Taking()
    app.wsgi_app = Door(app, taking)  # type: ignore[method-assign]
