"""The host and the stage of a show under load, driven from the directing process."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from time import monotonic
from typing import Any

import msgspec

from app.load.loop import Loop
from app.load.phone import Acknowledged, Phone
from app.load.server import Failed

PATIENCE_S = 180.0
"""How long the host waits for a phase before the run fails, seconds."""
OVERTAKEN, AGAIN_S = ("not_now", "stale"), 0.3


class Staff:
    """A host that leads through the show, and a stage that only looks."""

    def __init__(self, loop: Loop, address: tuple[str, int], show: dict[str, Any]) -> None:
        self.loop = loop
        self.host = Phone(loop, address, self._seen, self._lost, show["host_ticket"])
        self._open: dict[bytes, Acknowledged] = {}
        """Commands that nobody has answered yet."""
        self._was_lost = False
        self.seats = [self.host]
        if "stage_ticket" in show:
            self.seats.append(Phone(loop, address, lambda *_: None, self._lost, show["stage_ticket"]))

    def _lost(self, phone: Phone) -> None:
        phone.screen = None
        self._was_lost = self._was_lost or phone is self.host
        if phone.refused:
            raise Failed(f"the server refuses the host: {phone.refused}")
        phone.come_back()

    def _seen(self, _phone: Phone, _screen: object) -> None:
        """The host is back: what was not answered is commanded once more under its own id, as a person would."""
        if self._was_lost:
            self._was_lost = False
            for message, told in list(self._open.items()):
                self._command(message, told)

    def _command(self, message: bytes, told: Acknowledged) -> None:
        def acknowledged(ok: bool, reply: dict[str, Any]) -> None:
            if self._open.pop(message, None) is not None:  # otherwise a reply to its other copy came before
                told(ok, reply)

        self._open[message] = told
        self.host.call("act", message, acknowledged)

    def connect(self) -> None:
        """Both enter."""
        for seat in self.seats:
            seat.connect()
        self.wait(lambda: all(seat.screen for seat in self.seats), "host and stage to connect")

    @property
    def phase(self) -> str:
        """The phase the host sees."""
        return self.host.screen.phase if self.host.screen else ""

    @property
    def no(self) -> int | None:
        """The opening the host sees."""
        return self.host.screen.no if self.host.screen else None

    @property
    def asks(self) -> list[dict[str, Any]]:
        """The asks on the host's screen."""
        return list(self.host.screen.data["asks"]) if self.host.screen else []

    def press(self, do: str, there: Callable[[Staff], bool]) -> None:
        """The same without waiting, until the show is `there`. Its own clock may be faster than the key: then it is
        pressed again, if that is still wanted. Raises Failed where it is refused for another reason."""

        def told(ok: bool, reply: dict[str, Any]) -> None:
            if not ok and reply.get("code") not in OVERTAKEN:
                raise Failed(f"{do} in {self.phase}: {reply}")
            if not ok:
                self.loop.at(monotonic() + AGAIN_S, lambda: self.press(do, there))

        if not there(self):
            seen = self.host.screen.v if self.host.screen else 0  # pressed for this screen, not for one that follows it
            message = {"do": do, "args": {}, "id": secrets.token_hex(8), "v": seen}
            self._command(msgspec.json.encode(message), told)

    def has_left(self, phase: str, no: int | None) -> bool:
        """True when the host's screen shows something else by now."""
        return self.phase not in ("", phase) or self.no not in (None, no)

    def act(self, do: str, **args: Any) -> dict[str, Any]:
        """A command of the host and what was replied."""
        said: list[dict[str, Any]] = []
        message = msgspec.json.encode({"do": do, "args": args, "id": secrets.token_hex(8)})
        self._command(message, lambda ok, reply: said.append(reply | {"ok": ok}))
        self.wait(lambda: bool(said), f"the reply to {do}")
        return said[0]

    def advance(self, to: str) -> None:
        """The next step, which must lead to this phase."""
        said = self.act("advance")
        if not said["ok"]:
            raise Failed(f"advance to {to}: {said}")
        self.wait(lambda: self.phase == to, f"the host to see {to}, not {self.phase}")

    def forward(self) -> str:
        """The next step, wherever it leads; the phase the host sees then."""
        was = self.phase, self.no
        said = self.act("advance")
        if not said["ok"]:
            raise Failed(f"advance from {was[0]}: {said}")
        self.wait(lambda: self.has_left(*was), f"what follows {was[0]}")
        return self.phase

    def wait(self, true: Any, about: str, patience_s: float = PATIENCE_S) -> None:
        """Let things happen until something is true."""
        if not self.loop.run(true, patience_s):
            raise Failed(f"waited {patience_s:.0f} s for {about}")

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        self.loop.run(lambda: False, seconds)
