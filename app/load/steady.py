"""A host and players who do not give up: they come back at once and repeat what was not acknowledged."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Collection
from typing import Any

import msgspec

from app.load.loop import Loop
from app.load.phone import Phone
from app.load.server import Failed
from app.load.wire import Screen

BACK_S, AGAIN_S, SILENCE_S = 0.6, 0.3, 4.0
"""Within what time a phone that was cut comes back, when it sends a refused line again, and how long it waits for a
word, seconds."""
LATER = ("busy", "paused", "internal", "slow_down")
STANDS = ("paused", "suspended")
"""Phases in which nothing is taken: answers wait for the host to go on."""


class Seat:
    """A player; a member where there is a cookie. `told`: opening -> (choice acknowledged, whether it is right)."""

    def __init__(self, loop: Loop, address: tuple[str, int], number: int, cookie: str = "") -> None:
        self.loop, self.number, self.cookie = loop, number, cookie
        self.phone = Phone(loop, address, self._saw, self._lost)
        self.told: dict[int, tuple[Any, bool]] = {}
        self.refused: dict[int, str] = {}
        self._answer: tuple[int, Any, bool] | None = None  # opening, choice, right
        self._sent_at = 0.0

    @property
    def sees(self) -> tuple[str, int | None]:
        """Phase and opening on the screen."""
        screen = self.phone.screen
        return (screen.phase, screen.no) if screen else ("", None)

    def is_done(self, no: int) -> bool:
        """True when its answer was acknowledged or refused for good."""
        return no in self.told or no in self.refused

    def join(self, pin: str, tries: int = 20) -> None:
        """Take a seat and connect; who is told to wait does."""

        def joined(status: int, wait_s: float) -> None:
            if status in (200, 201):
                self.phone.connect()
            elif tries:
                self.loop.at(time.monotonic() + wait_s, lambda: self.join(pin, tries - 1))

        self.phone.join(pin, f"Bạn {self.number}", joined, self.cookie)

    @property
    def asks(self) -> list[dict[str, Any]]:
        """The asks that are put to this seat now."""
        return list(self.phone.screen.data.get("asks") or ()) if self.phone.screen else []

    def question(self, no: int) -> dict[str, Any]:
        """The question of an opening that this seat is asked in."""
        return next(dict(one.get("question") or {}) for one in self.asks if one["no"] == no)

    def give(self, no: int, choice: Any, at: float) -> None:
        """Answer at a time, and send it until it is acknowledged; nobody says whether it is right."""
        self._sent_at = 0.0

        def begin() -> None:
            self._answer = no, choice, False
            self._send()

        self.loop.at(at, begin)

    def answer(self, no: int, word: str, at: float) -> None:
        """Choose the option with this text at a time, and send it until it is acknowledged."""
        options = self.phone.screen.data["question"]["options"] if self.phone.screen else []
        choice = next(one["id"] for one in options if one["text"] == word)
        self._sent_at = 0.0

        def begin() -> None:
            self._answer = no, choice, word == "đúng"
            self._send()

        self.loop.at(at, begin)

    def buzz(self, no: int) -> None:
        """Hit the buzzer, until that is acknowledged. Nobody says that it was right."""
        self._answer = no, True, False
        self._send()

    def _saw(self, _phone: Phone, screen: Screen) -> None:
        """Sends again after coming back, also where the opening is over: the server says what became of the answer."""
        if self._answer and screen.phase not in STANDS and not self._sent_at:
            self._send()

    def _lost(self, phone: Phone) -> None:
        self._sent_at, phone.screen = 0.0, None
        self.loop.at(time.monotonic() + random.random() * BACK_S, phone.connect)  # noqa: S311

    def _send(self) -> None:
        if not self._answer or not self.phone.screen:
            return
        no, choice, is_right = self._answer
        sent_at = self._sent_at = time.monotonic()

        def acknowledged(ok: bool, said: dict[str, Any]) -> None:
            if self.is_done(no):
                return
            if ok:
                self.told[no], self._answer = (choice, is_right), None
            elif said.get("code") in LATER:
                self.loop.at(time.monotonic() + AGAIN_S, self._send)
            else:
                self.refused[no], self._answer = str(said.get("code")), None

        def silence() -> None:
            if self._answer and self._answer[0] == no and self._sent_at == sent_at:
                self._send()

        message = msgspec.json.encode({"no": no, "choice": choice, "id": f"answer-{self.number:04d}-{no}"})
        self.phone.call("answer", message, acknowledged)
        self.loop.at(sent_at + SILENCE_S, silence)


class Host:
    """Leads through the show, whatever becomes of the server."""

    def __init__(self, loop: Loop, address: tuple[str, int], ticket: str) -> None:
        self.loop = loop
        self.phone = Phone(loop, address, lambda *_: None, self._lost, ticket)

    def _lost(self, phone: Phone) -> None:
        if phone.refused:
            raise Failed(f"the server refuses the host: {phone.refused}")
        phone.screen = None
        self.loop.at(time.monotonic() + random.random() * BACK_S, phone.connect)  # noqa: S311

    def gone(self) -> None:
        """The server was killed: what is on the screen is of the past."""
        self.phone.screen = None

    @property
    def phase(self) -> str:
        """The phase seen, nothing while away."""
        return self.phone.screen.phase if self.phone.screen else ""

    @property
    def no(self) -> int | None:
        """The opening seen."""
        return self.phone.screen.no if self.phone.screen else None

    @property
    def closes_at(self) -> float:
        """When the question closes, by the server's clock; 0 where it has no end."""
        return float(self.phone.screen.data["closes_at"] or 0) if self.phone.screen else 0.0

    @property
    def left_s(self) -> float:
        """Seconds until the question closes, as of the screen's making; 0 where it has no end."""
        return float(self.phone.screen.data["closes_in"] or 0) if self.phone.screen else 0.0

    @property
    def seen(self) -> tuple[str, int | None, int]:
        """Phase, opening and version of the screen."""
        return self.phase, self.no, self.phone.screen.v if self.phone.screen else 0

    @property
    def asks(self) -> list[dict[str, Any]]:
        """The asks on the screen."""
        return list(self.phone.screen.data.get("asks") or ()) if self.phone.screen else []

    def act(self, do: str, *, waits: bool = True, passes: Collection[str] = ()) -> None:
        """A command; repeated under the same id while the server is busy. `passes`: refusals that are as good."""
        message = msgspec.json.encode({"do": do, "args": {}, "id": secrets.token_hex(8)})
        done: list[bool] = []

        def acknowledged(ok: bool, reply: dict[str, Any]) -> None:
            if ok or reply.get("code") in passes:
                done.append(True)
            elif reply.get("code") in LATER:
                self.loop.at(time.monotonic() + AGAIN_S, lambda: self.phone.call("act", message, acknowledged))
            else:
                raise Failed(f"{do} is refused: {reply}")

        self.phone.call("act", message, acknowledged)
        if waits and not self.loop.run(lambda: bool(done), 20):
            raise Failed(f"{do} is not answered")
