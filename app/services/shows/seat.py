"""What a seat is, who wants one, and when it counts."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from app.models.shows import Seat

MOST_SEATS = 5000
"""Seats that count at a time: a flood of joins fills no room, for what never connects or is kicked counts no more."""
LAPSE_US = 120_000_000
"""A seat that has not been here with a screen so long after it was taken counts no more. Its number is nobody else's,
its device may come back; its name may be taken."""
NAMELESS = "\x02"
"""Begins the key of a name that was given to somebody else."""
STAFF_FROM = 1_000_000
"""Staff seats are numbered above every player's, so that a roll is simply "up to N"."""


@dataclass(frozen=True)
class SeatLine:
    """A seat as the shell passes it on."""

    show_id: int
    number: int
    side: str
    role: str
    name: str
    code: str
    lang: str
    member_id: int | None = None
    chapter_id: int | None = None
    joined_at: int = 0
    connected_at: int | None = None
    source: str | None = None

    def counts(self, at: int) -> bool:
        """Whether it has been here, or may still come from where it was taken."""
        return self.connected_at is not None or at - self.joined_at < LAPSE_US


@dataclass(frozen=True)
class Newcomer:
    """Somebody who wants a seat. `name` is clean already; `device` is the browser's secret."""

    name: str
    device: str
    lang: str = "vi"
    code: str | None = None
    member_id: int | None = None
    chapter_id: int | None = None
    side: str = "public"
    role: str = "player"
    source: str = ""
    """A keyed digest of the address: those from one place are known to be, but not from which."""
    another: bool = False
    """A guest says: I am somebody else of this name."""


def digest(device: str) -> bytes:
    """Devices are stored hashed: who reads the table cannot take a seat."""
    return hashlib.sha256(device.encode()).digest()


def device_of(device: str, member_id: int | None) -> bytes:
    """What a seat knows its device by. A member's seat is known by device and member together: who has signed out
    there is somebody else."""
    return digest(device if member_id is None else f"{device} {member_id}")


COLUMNS = (Seat.show_id, Seat.number, Seat.side, Seat.role, Seat.name, Seat.code, Seat.lang, Seat.member_id,
           Seat.chapter_id, Seat.joined_at, Seat.connected_at, Seat.source)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish for a seat on its way in. `locked`: the host lets nobody new in."""

    show_id: int
    who: Newcomer
    locked: bool = False
    received_at: int = 0

    @property
    def about(self) -> dict[str, int]:
        """What the log may say of it."""
        return {"show": self.show_id}


def source_of(address: str, show_id: int, secret: str) -> str:
    """Where somebody joins from, as a mark that only tells one place from another, and only in this show."""
    return hmac.digest(secret.encode(), f"source {show_id} {address}".encode(), "sha256").hex()[:12]
