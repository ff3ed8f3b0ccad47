"""What a posting of points is, and the chain that shows when somebody changed one.

Posting means "make the sum of this source for this member equal x": the difference is appended with the
next revision, and nothing is appended where nothing changes. So posting twice is posting once, and a
correction (a voided question, a show taken back) is one more entry, never an edit.

Entries hold opaque numbers and half-points. What a person may ask us to erase (a reason, a name) stands
elsewhere; the chain holds its salted digest, so that erasing text and salt leaves the chain whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

GENESIS = "0" * 64
"""What the first entry of a chain follows."""


@dataclass(frozen=True)
class Due:
    """What a source's result gives a member: `points` half-points, for the chapter of that day."""

    points: int
    chapter: int | None


@dataclass(frozen=True)
class Posted:
    """What the ledger holds of one source for one member: the sum of its entries and the last revision."""

    points: int
    revision: int
    chapter: int | None


@dataclass(frozen=True)
class Posting:
    """One entry to append. Its key (source kind, source, member, revision) is unique in the ledger."""

    member: int
    revision: int
    points: int
    """The difference; may be negative."""
    chapter: int | None


@dataclass(frozen=True)
class Entry:
    """One appended row, in the order of `no`. `note_digest` is `sealed(...)` of the reason, or ""."""

    no: int
    source_kind: str
    source_id: int
    member: int
    revision: int
    points: int
    chapter: int | None
    at: int
    note_digest: str = ""


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold: code "changed", "missing" or "head"."""

    no: int
    code: str


def differences(due: Mapping[int, Due], posted: Mapping[int, Posted]) -> list[Posting]:
    """The entries that make the ledger say what the result says, by member number.

    A member the result no longer names is brought to zero. A correction goes to the chapter that had
    the first entry: else a member who moved in between would leave a debt in one chapter.
    """
    found = []
    for member in sorted({*due, *posted}):
        before = posted.get(member)
        wanted = due.get(member)
        gap = (wanted.points if wanted else 0) - (before.points if before else 0)
        if gap:
            chapter = before.chapter if before else wanted.chapter if wanted else None
            found.append(Posting(member, before.revision + 1 if before else 1, gap, chapter))
    return found


def summed(entries: Iterable[Entry]) -> dict[tuple[str, int], dict[int, Posted]]:
    """{(source kind, source): {member: Posted}}: what `differences` is compared with."""
    sums: dict[tuple[str, int], dict[int, Posted]] = {}
    for entry in sorted(entries, key=lambda one: one.no):
        source = sums.setdefault((entry.source_kind, entry.source_id), {})
        before = source.get(entry.member)
        if before:
            source[entry.member] = Posted(before.points + entry.points, entry.revision, before.chapter)
        else:
            source[entry.member] = Posted(entry.points, entry.revision, entry.chapter)
    return sums


def digest(due: Mapping[int, Due]) -> str:
    """Kept with a source when it is posted: a finished source with another digest is to be posted."""
    return _sha([[member, due[member].points] for member in sorted(due) if due[member].points])


def sealed(salt: str, text: str) -> str:
    """The digest of what may be erased. Without the salt nobody can try likely texts."""
    return _sha([salt, text])


def link(before: str, entry: Entry) -> str:
    """The chain's head after `entry`: SHA-256 over the head before it and every field."""
    return _sha([before, vars(entry)])


def breaks(chain: Iterable[tuple[Entry, str]], head: str | None = None, start: str = GENESIS) -> list[Break]:
    """Where stored (entry, head) pairs do not follow from each other; `head` is the published one.

    After a break the stored head is taken on, so that one change is reported once.
    """
    found = []
    last, number = start, 0
    for entry, stored in chain:
        if number and entry.no != number + 1:
            found.append(Break(number + 1, "missing"))
        elif link(last, entry) != stored:
            found.append(Break(entry.no, "changed"))
        last, number = stored, entry.no
    if head is not None and head != last:
        found.append(Break(number, "head"))
    return found


WRITTEN = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _sha(value: object) -> str:
    return sha256(WRITTEN.encode(value).encode("ascii")).hexdigest()
