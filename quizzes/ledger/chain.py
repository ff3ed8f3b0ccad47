"""The hash chain over the entries: each head stands for everything before it.

Two versions of a link live in one chain: 1 for entries that were written when only members had points, 2 for
all that came after. An entry says which one it was written with; no old entry is ever written anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

GENESIS = "0" * 64
"""The digest that the first entry of a chain follows."""
OLDEST, NEWEST = 1, 2
"""Versions of a link."""


@dataclass(frozen=True)
class Entry:
    """One appended row, in the order of `no`. `note_digest` is `sealed(...)` of a reason, or "".

    `campaign` 0 is no campaign; `rules` is the version of the point rules that gave the points.
    """

    no: int
    source_kind: str
    source_id: int
    owner_kind: str
    owner: int
    revision: int
    points: int
    chapter: int | None
    at: int
    note_digest: str = ""
    campaign: int = 0
    rules: int = 0
    link_version: int = NEWEST


@dataclass(frozen=True)
class Break:
    """One place where a chain is broken: code "changed", "missing" or "head"."""

    no: int
    code: str


def sealed(salt: str, text: str) -> str:
    """The digest of what may be erased. Without the salt nobody can try likely texts."""
    return hashed([salt, text])


def link(before: str, entry: Entry) -> str:
    """The chain's head after `entry`: SHA-256 over the head before it and every field."""
    return hashed(_first(before, entry) if entry.link_version == OLDEST else _second(before, entry))


def _first(before: str, entry: Entry) -> object:
    """Version 1: the fields of the time when every owner was a member."""
    return [
        before,
        {
            "no": entry.no,
            "source_kind": entry.source_kind,
            "source_id": entry.source_id,
            "member": entry.owner,
            "revision": entry.revision,
            "points": entry.points,
            "chapter": entry.chapter,
            "at": entry.at,
            "note_digest": entry.note_digest,
        },
    ]


def _second(before: str, entry: Entry) -> object:
    return [
        "entry-2",
        before,
        {
            "no": entry.no,
            "source_kind": entry.source_kind,
            "source_id": entry.source_id,
            "owner_kind": entry.owner_kind,
            "owner": entry.owner,
            "revision": entry.revision,
            "points": entry.points,
            "chapter": entry.chapter,
            "at": entry.at,
            "note_digest": entry.note_digest,
            "campaign": entry.campaign,
            "rules": entry.rules,
        },
    ]


def fits(entry: Entry) -> bool:
    """True when the link version of an entry covers all its fields: version 1 knows only members outside campaigns."""
    if entry.link_version == OLDEST:
        return (entry.owner_kind, entry.campaign, entry.rules) == ("member", 0, 0)
    return entry.link_version == NEWEST


def walk(chain: Iterable[tuple[Entry, str]], start: str = GENESIS, after: int = 0) -> Iterator[Break]:
    """The breaks of a chain: places where stored (entry, head) pairs do not follow from each other. They are found one
    after another, in bounded memory. `start` is the head after entry number `after`. The check goes on from the
    stored head after a break, so that one change is reported once. An entry of version 1 behind one of version 2 is
    a break: nobody writes it any more."""
    last, number, newest = start, after, OLDEST
    for entry, stored in chain:
        if entry.no != number + 1:
            yield Break(number + 1, "missing")
        elif entry.link_version < newest or not fits(entry) or link(last, entry) != stored:
            yield Break(entry.no, "changed")
        last, number, newest = stored, entry.no, max(newest, entry.link_version)


def breaks(chain: Iterable[tuple[Entry, str]], head: str | None = None) -> list[Break]:
    """All breaks of a whole chain; `head` is the published one."""
    last, number = GENESIS, 0

    def seen() -> Iterator[tuple[Entry, str]]:
        nonlocal last, number
        for entry, stored in chain:
            last, number = stored, entry.no
            yield entry, stored

    found = list(walk(seen()))
    return found + ([Break(number, "head")] if head is not None and head != last else [])


WRITTEN = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def hashed(value: object) -> str:
    """SHA-256 of a value as JSON with sorted keys."""
    return sha256(WRITTEN.encode(value).encode("ascii")).hexdigest()
