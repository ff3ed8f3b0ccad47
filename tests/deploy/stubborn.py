"""Phones and a host behind a proxy that do what the browser does: come back, and say again what was not
acknowledged."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import Any

import msgspec

from app.load.choices import choice_of
from app.load.crowd import Crowd
from app.load.loop import Loop
from app.load.phone import Phone
from app.load.wire import Screen

AGAIN_S = 0.3
FINAL = ("too_late", "not_open", "already", "not_in_round", "kicked", "bad_choice")


class Stubborn(Crowd):
    """Everybody answers the question that is open, however often the connection breaks before it is acknowledged."""

    def __init__(self, address: tuple[str, int], size: int) -> None:
        super().__init__([address], size, "s")
        self.comes_back = True
        self.told: dict[int, str] = {}  # seat -> "ok", or the code that ended its tries
        self.no = 0
        self._from: dict[Phone, float] = {}  # when each begins to answer

    def open(self, no: int, spread_s: float) -> None:
        """From now on, each from a time of its own within the spread."""
        self.no, now = no, monotonic()
        self.told = {}
        for number, phone in enumerate(self.phones):
            self._from[phone] = now + spread_s * number / len(self.phones)
            self.loop.at(self._from[phone], partial(self._try, phone))

    def who_is_out(self) -> list[tuple[Any, ...]]:
        """The phones that were acknowledged nothing, and where each stands."""
        out = [phone for phone in self.phones if self.told.get(phone.seat) != "ok"]
        return [
            (
                one.seat,
                self.told.get(one.seat),
                one.sock is not None,
                one.refused,
                one.tries,
                one.screen and (one.screen.phase, one.screen.no),
            )
            for one in out
        ]

    def _saw(self, phone: Phone, screen: Screen) -> None:
        super()._saw(phone, screen)
        if screen.no == self.no and monotonic() >= self._from[phone]:
            self._try(phone)

    def _try(self, phone: Phone) -> None:
        screen = phone.screen
        if phone.seat in self.told or screen is None or screen.no != self.no or screen.phase != "open":
            return
        choice = choice_of(screen.data["question"], phone.seat)
        message = {"no": self.no, "choice": choice, "id": f"{self._id}-{phone.seat}-{self.no}"}
        phone.call("answer", msgspec.json.encode(message), partial(self._heard, phone, self.no))

    def _heard(self, phone: Phone, no: int, ok: bool, answer: dict[str, Any]) -> None:
        code = "ok" if ok else str(answer.get("code"))
        if no != self.no or phone.seat in self.told:
            return
        if ok or code in FINAL:
            self.told[phone.seat] = code
        else:
            self.loop.at(monotonic() + AGAIN_S, partial(self._try, phone))


class Host:
    """Drives a show over the same proxy; a command is said again under its id until it is answered."""

    def __init__(self, loop: Loop, address: tuple[str, int], ticket: str) -> None:
        self.loop, self.count, self._done = loop, 0, True
        self._message = b""
        self.phone = Phone(loop, address, lambda *_: self._say(), lambda phone: phone.come_back(), ticket)
        self.phone.connect()

    def advance(self, to: str, patience_s: float = 40.0) -> int | None:
        """The next step, which leads to the phase `to`; the number of the opening then."""
        self.count += 1
        self._done = False
        self._message = msgspec.json.encode({"do": "advance", "args": {}, "id": f"the-command-{self.count}"})
        self._say()
        assert self.loop.run(lambda: self._done and self._phase() == to, patience_s), (to, self._phase())
        return self.phone.screen.no if self.phone.screen else None

    def waits_for(self, phase: str, patience_s: float = 40.0) -> None:
        assert self.loop.run(lambda: self._phase() == phase, patience_s), (phase, self._phase())

    def _phase(self) -> str:
        return self.phone.screen.phase if self.phone.screen else ""

    def _say(self) -> None:
        if not self._done and self.phone.screen is not None and self.phone.sock is not None:
            self.phone.call("act", self._message, self._heard)

    def _heard(self, ok: bool, answer: dict[str, Any]) -> None:
        if ok:
            self._done = True
        else:
            self.loop.at(monotonic() + AGAIN_S, self._say)
