"""A seat: its kinds, the people who want one, and when it counts."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from app.models.shows import Seat

MOST_SEATS = 5000
"""Seats that count at a time. A seat that never connects or is kicked counts no more, so a flood fills no room."""
LAPSE_US = 120_000_000
"""How long a new seat counts before its phone has shown a screen, microseconds. Later its number
stays its own and its device may come back, but others may take its name."""
NAMELESS = "\x02"
"""Begins the key of a name that was given to somebody else."""
BOTS = "bots"
"""The source of a seat that nobody sits in: it plays in rehearsals only. No digest of an address reads so."""
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
        """True when somebody has been on it, or may still come from where it was taken."""
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
    """The digest by which a seat knows its device. A member's seat is known by device and member together: after a
    sign-out there it is somebody else."""
    return digest(device if member_id is None else f"{device} {member_id}")


COLUMNS = (
    Seat.show_id,
    Seat.number,
    Seat.side,
    Seat.role,
    Seat.name,
    Seat.code,
    Seat.lang,
    Seat.member_id,
    Seat.chapter_id,
    Seat.joined_at,
    Seat.connected_at,
    Seat.source,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish for a seat on its way in. `locked`: the host lets nobody new in."""

    show_id: int
    who: Newcomer
    locked: bool = False
    received_at: int = 0

    @property
    def about(self) -> dict[str, int]:
        """The facts for the log."""
        return {"show": self.show_id}


def source_of(address: str, show_id: int, secret: str) -> str:
    """A mark of the place somebody joins from. It tells two places of this show apart and nothing else."""
    return hmac.digest(secret.encode(), f"source {show_id} {address}".encode(), "sha256").hex()[:12]
