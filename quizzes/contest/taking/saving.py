"""Decides which save of an answer is stored and when a try is handed in, without touching any storage.

Every save names its device, that device's own counter, and the revision it saw. So a save sent twice is
stored once, a device's newer choice follows its older one even when no acknowledgement arrived, and an
old device that was away cannot overwrite a newer choice unnoticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from quizzes.refusals import Rejected

OK = "ok"
MOST_PREDICTED = 10**9
"""The largest number of entrants that may be predicted."""


@dataclass(frozen=True)
class Stored:
    """The answer as it stands: its revision (from 1) and the save that made it."""

    revision: int
    device: str
    count: int


@dataclass(frozen=True)
class Save:
    """One save as it arrived: `count` grows with every save of the device in this try, `seen` is the revision its
    screen showed (0: none), `at` is the time the server received it."""

    device: str
    count: int
    seen: int
    at: int


@dataclass(frozen=True)
class Verdict:
    """`code` ok, changed_elsewhere, too_late, not_open or submitted. `store`: write this choice with
    `revision`. Otherwise `revision` is what stands; the shell sends its choice along."""

    code: str
    store: bool
    revision: int


@dataclass(frozen=True)
class Limits:
    """True while saves of a question are taken: opens_at <= at <= closes_at + grace, and not after submission."""

    opens_at: int
    closes_at: int
    grace_us: int
    submitted_at: int | None = None


def decide_save(stored: Stored | None, save: Save, limits: Limits) -> Verdict:
    """Acknowledges a repeated save whatever the time: it is already kept."""
    revision = stored.revision if stored else 0
    if stored and stored.device == save.device and save.count <= stored.count:
        return Verdict(OK, False, revision)
    if limits.submitted_at is not None:
        return Verdict("submitted", False, revision)
    if save.at < limits.opens_at:
        return Verdict("not_open", False, revision)
    if save.at > limits.closes_at + limits.grace_us:
        return Verdict("too_late", False, revision)
    if stored and stored.device != save.device and save.seen != revision:
        return Verdict("changed_elsewhere", False, revision)
    return Verdict(OK, True, revision + 1)


@dataclass(frozen=True)
class Ending:
    """The end of a try. `counts` is False where the rules discard a try that was not handed in."""

    submitted_at: int
    overdue: bool
    counts: bool


def decide_submit(limits: Limits, overdue: str, at: int) -> Ending | None:
    """Handing in at `at`; None: it was handed in before, nothing changes."""
    if limits.submitted_at is not None:
        return None
    if at <= limits.closes_at + limits.grace_us:
        return Ending(min(at, limits.closes_at), False, True)
    return Ending(limits.closes_at, True, overdue == "submit")


def ending(limits: Limits, overdue: str, now: int) -> Ending | None:
    """The end that a stored try has reached at `now`; None while it may still be written. `submitted_at` is set only by
    the member's own act: a try that was left has none."""
    if limits.submitted_at is not None:
        return Ending(min(limits.submitted_at, limits.closes_at), False, True)
    if now <= limits.closes_at + limits.grace_us:
        return None
    return Ending(limits.closes_at, True, overdue == "submit")


def read_prediction(raw: Any) -> int:
    """The predicted number as typed, "1.250" too; or Rejected("bad_choice")."""
    if isinstance(raw, str) and re.fullmatch(r"[0-9]{1,10}|[0-9]{1,3}([. ][0-9]{3}){1,3}", raw.strip()):
        raw = int(re.sub(r"[. ]", "", raw))
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= MOST_PREDICTED:
        raise Rejected("bad_choice")
    return raw
