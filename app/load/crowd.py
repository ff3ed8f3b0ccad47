"""The phones of one process, and what they do together. Every verb returns plain values: it may be called afar."""

from __future__ import annotations

import random
import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

import msgspec

from app.load.choices import choice_of
from app.load.loop import Loop
from app.load.phone import Phone
from app.load.server import reading
from app.load.wire import Screen

PATIENCE_S = 120.0
"""How long all phones may take for one thing, seconds, beside the time in which they are let in."""
TRIES = 100  # times a phone that is told to slow down asks again
A_SHOW = 1_000_000
"""The distance between the seats of two shows in what is counted: more than a show has seats."""
ONE_IN = 50
"""One in so many phones sends its answer once more: few enough to change no figure."""


@dataclass
class Answers:
    """The outcome of one question's answers."""

    began: float
    written: float = 0.0
    """When the last phone wrote."""
    ended: float = 0.0
    put_to: int = 0
    """The phones that were asked."""
    waits: list[float] = field(default_factory=list)
    """From each phone's own write to its acknowledgement, seconds."""
    given: list[tuple[int, Any]] = field(default_factory=list)
    """(seat, choice) of what was acknowledged; in the n-th of several shows seats count from n million."""
    refused: Counter[str] = field(default_factory=Counter)
    cpu: tuple[float, float] | None = None
    """The server's processor time at the first write and at the last acknowledgement, seconds."""


def is_put_to(screen: Screen | None, no: int) -> bool:
    """True when a phone is asked this opening: a seat that looks on sees its number, too. A screen that lists no asks,
    as the echo's, asks everybody."""
    if screen is None or screen.no != no:
        return False
    asks = screen.data.get("asks")
    return asks is None or any(one["no"] == no for one in asks)


class Crowd:
    """Phones on one loop, dealt over the addresses of the server."""

    def __init__(self, addresses: list[tuple[str, int]], size: int, name: str) -> None:
        self.loop, self.name = Loop(), name
        self.phones = [
            Phone(self.loop, addresses[n * len(addresses) // max(size, 1)], self._saw, self._lost) for n in range(size)
        ]
        self.seen: dict[tuple[str, int | None], list[float]] = defaultdict(list)
        self.ready: list[float] = []  # seconds from dialling to the screen, for each
        self.back: dict[Phone, float] = {}  # when each had a screen again
        self.comes_back = False
        self.cut = self.largest = 0
        self._id = secrets.token_hex(4)
        self._accepted: list[tuple[Phone, bytes]] = []  # the acknowledgements of the last answers

    def _saw(self, phone: Phone, screen: Screen) -> None:
        if phone.dialed_at:
            now = monotonic()
            self.ready.append(now - phone.dialed_at)
            self.back[phone] = now
            phone.dialed_at = 0.0
        self.largest = max(self.largest, screen.size)
        asks = screen.data.get("asks") if screen.phase == "open" else None
        where = {(screen.phase, no) for no in ([screen.no] if asks is None else [int(one["no"]) for one in asks])}
        for one in where - phone.now:  # the first screen of this phase and opening
            self.seen[one].append(monotonic())
        phone.now = where

    def _lost(self, phone: Phone) -> None:
        """A phone that was cut off before it was let in comes back: a starting server cuts early."""
        self.cut += 1
        self.back.pop(phone, None)
        phone.now = set()  # a screen that it gets when it is back is a new one
        if self.comes_back or (phone.ticket and not phone.screen and not phone.refused):
            phone.come_back()

    def join(self, pins: list[str], per_second: float) -> dict[str, Any]:
        """Everybody takes a seat in one of the shows, so many a second; who is told to wait waits as long as told."""
        began, done, told = monotonic(), [], Counter[int]()

        def joined(phone: Phone, number: int, tries: int, status: int, wait_s: float) -> None:
            told[status] += 1
            if status == 429 and tries < TRIES:
                later = monotonic() + wait_s * random.uniform(1, 2)  # noqa: S311
                self.loop.at(later, lambda: ask(phone, number, tries + 1))
            else:
                done.append(status)

        def ask(phone: Phone, number: int, tries: int = 0) -> None:
            phone.show = number % len(pins)
            phone.join(pins[phone.show], f"Bạn {self.name}{number}", partial(joined, phone, number, tries))

        for number, phone in enumerate(self.phones):
            self.loop.at(began + number / per_second, partial(ask, phone, number))
        self.loop.run(lambda: len(done) == len(self.phones), PATIENCE_S + len(self.phones) / per_second)
        return {"seconds": monotonic() - began, "told": dict(told)}

    def enter(self, ticket: str, per_second: float) -> list[float]:
        """Connect with one ticket for all, where nobody looks at it."""
        for seat, phone in enumerate(self.phones, start=1):
            phone.ticket, phone.seat = ticket, seat
        return self.connect(per_second)

    def connect(self, per_second: float) -> list[float]:
        """Everybody connects; how long each took from dialling to its first screen."""
        began, phones = monotonic(), [phone for phone in self.phones if phone.ticket]
        self.ready.clear()
        for number, phone in enumerate(phones):
            self.loop.at(began + number / per_second, phone.connect)
        self.loop.run(lambda: len(self.ready) >= len(phones), PATIENCE_S + len(phones) / per_second)
        return self.ready

    def sees(self, phase: str, no: int | None, patience_s: float = PATIENCE_S) -> list[float]:
        """When each phone had the first screen of this phase and opening."""
        times = self.seen[phase, no]
        self.loop.run(lambda: len(times) >= self._here(), patience_s)
        return times

    def _here(self) -> int:
        return sum(phone.sock is not None for phone in self.phones)

    def answer(
        self, no: int, spread_s: float, pids: list[int], patience_s: float = 30.0, half: int | None = None
    ) -> Answers:
        """Everybody answers, or one half (0 or 1), at once or anywhere in `spread_s`; until all is acknowledged."""
        before = reading(pids)
        some = list(enumerate(self.phones))[half :: 1 if half is None else 2]
        phones = [(number, phone) for number, phone in some if phone.sock and is_put_to(phone.screen, no)]
        self._accepted.clear()
        answers, open_calls = Answers(monotonic(), put_to=len(phones)), [len(phones)]
        for number, phone in phones:
            give = partial(self._give, phone, number, answers, open_calls)
            if spread_s:
                self.loop.at(answers.began + random.random() * spread_s, give)  # noqa: S311
            else:
                give()
        self.loop.run(lambda: not open_calls[0], patience_s + spread_s)
        after = reading(pids)
        answers.cpu = (before.cpu_s, after.cpu_s) if before and after else None
        return answers

    def _give(self, phone: Phone, number: int, answers: Answers, open_calls: list[int]) -> None:
        assert phone.screen is not None  # noqa: S101
        data, no = phone.screen.data, phone.screen.no
        kind = next((one["kind"] for one in data.get("asks") or () if one["no"] == no), "question")
        choice = choice_of(data["question"], number, kind)
        message = msgspec.json.encode({"no": no, "choice": choice, "id": f"{self._id}-{phone.seat}-{no}"})

        def told(ok: bool, reply: dict[str, Any]) -> None:
            answers.ended = monotonic()
            answers.waits.append(answers.ended - written)
            open_calls[0] -= 1
            if ok:
                answers.given.append((phone.show * A_SHOW + phone.seat, choice))
                self._accepted.append((phone, message))
            else:
                answers.refused[reply.get("code", "?")] += 1

        answers.written = written = monotonic()
        phone.call("answer", message, told)

    def repeat(self, patience_s: float = 30.0) -> dict[str, int]:
        """A share of what was acknowledged is sent again as it was, as by a phone that missed its acknowledgement;
        how many were told `ok`, or the code of a refusal, or `silence`."""
        told, some = Counter[str](), self._accepted[::ONE_IN]
        self._accepted.clear()
        for phone, message in some:
            phone.call("answer", message, lambda ok, reply: told.update(["ok" if ok else reply.get("code", "?")]))
        if not self.loop.run(lambda: told.total() == len(some), patience_s):
            told["silence"] = len(some) - told.total()
        return dict(told)

    def bytes(self) -> tuple[int, int]:
        """Bytes (received, sent) by all phones so far, without those of TCP and IP."""
        return sum(phone.in_bytes for phone in self.phones), sum(phone.out_bytes for phone in self.phones)

    def screen_bytes(self) -> int:
        """The largest screen any phone was shown so far."""
        return self.largest

    def wait_for_cut(self) -> None:
        """From now on whoever is cut off comes back as the browser does."""
        self.comes_back, self.cut = True, 0
        self.back.clear()
        self.seen.clear()

    def are_back(self, patience_s: float) -> list[float]:
        """When each phone that was cut off had a screen again."""
        self.loop.run(lambda: self.cut > 0 and len(self.back) >= len(self.phones), patience_s)
        return list(self.back.values())
