"""The two steps of a slot of 1+2: shown and confirmed; 7 to 30 days later, done alone. All times microseconds."""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.refusals import N_

FRIEND, RELATIVE, OTHER = "friend", "relative", "other"
SLOTS = (FRIEND, RELATIVE)
KINDS = (*SLOTS, OTHER)
CALLED = {FRIEND: N_("Một người bạn"), RELATIVE: N_("Một người thân"), OTHER: N_("Người khác")}
OWN, VISIT = "own", "visit"
SHOWN, BEGUN, CONFIRMED, WITHDRAWN = "shown", "begun", "confirmed", "withdrawn"
TAUGHT, USED = "taught", "used"

MINUTE = 60 * 1_000_000
DAY = 24 * 60 * MINUTE
CODE_LIVES = 15 * MINUTE
"""How long a code may be opened, microseconds."""
GOES_ON = 2 * 60 * MINUTE
"""How long a browser that has opened a code in time may take to finish, microseconds: people of 70 read slowly."""
USE_FROM, USE_UNTIL = 7 * DAY, 30 * DAY
"""The begin and end of the time in which the second step counts, microseconds after the first."""
CARD_LIVES = DAY
GUARDIAN_LIVES = DAY
"""How long a taught child's page may be shown to a guardian before it shows another code, microseconds."""


@dataclass(frozen=True)
class Teaching:
    """The facts about one teaching that the rules need."""

    number: int
    member: int
    chapter: int
    kind: str
    way: str
    confirmed_at: int | None = None
    used_at: int | None = None
    rejected: bool = False
    taught_ok_at: int | None = None
    used_ok_at: int | None = None
    withdrawn: bool = False
    child: bool = False


def use_window(confirmed_at: int) -> tuple[int, int]:
    """The moments from which and until which the second step counts."""
    return confirmed_at + USE_FROM, confirmed_at + USE_UNTIL


def may_use(confirmed_at: int | None, used_at: int | None, now: int) -> bool:
    """True when the second step can be taken now."""
    if confirmed_at is None or used_at is not None:
        return False
    begin, end = use_window(confirmed_at)
    return begin <= now < end


EMPTY, WAITING, OPEN, LATE, DONE = "empty", "waiting", "open", "late", "done"


def stage(one: Teaching | None, now: int) -> str:
    """The state of a slot: empty; waiting for the 7 days; open for the second step; its days are over; done alone."""
    if one is None or one.confirmed_at is None or one.withdrawn:
        return EMPTY
    if one.used_at is not None:
        return DONE
    begin, end = use_window(one.confirmed_at)
    return WAITING if now < begin else OPEN if now < end else LATE
