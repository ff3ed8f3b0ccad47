"""The ledger as a file, and the proof that a file contains a checkpoint's history. Checking needs no database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from app.services.points import checkpoints as stored
from app.services.points.verifying import chained
from app.services.signing import holds
from quizzes.ledger import Entry
from quizzes.ledger.checkpoints import FORGED, UNKNOWN_KEY, Checkpoint, Finding, Handover, compared

FORMAT = "san-choi-so ledger 1"
NAMES = [one.name for one in fields(Entry)]


class Unreadable(ValueError):
    """The file is no export of a ledger; the text names the line."""


def lines() -> Iterator[str]:
    """The export: a line that says what it is, one for each key, one for each entry. Numbers and digests only."""
    yield json.dumps({"format": FORMAT, "fields": [*NAMES, "chain"]})
    for handover, endorsed in stored.all_keys():
        yield json.dumps(
            {"key": handover.no, "public_key": handover.key, "follows": handover.former, "endorsed": endorsed}
        )
    for entry, chain in chained():
        yield json.dumps([*(getattr(entry, name) for name in NAMES), chain], separators=(",", ":"))


def checked(export: Iterable[str], points: Sequence[Checkpoint], trusted: str = "") -> list[Finding]:
    """The mismatches between an export and checkpoints; an empty list is right. Reads the file once, line by line.

    `trusted` is a public key the checker already has; else the key of the first checkpoint is taken as known.
    """
    told = iter(export)
    heading = _line(next(told, ""), 1)
    if not isinstance(heading, dict) or heading.get("format") != FORMAT:
        raise Unreadable("line 1")
    keys: list[tuple[Handover, str]] = []
    found = compared(_entries(told, keys), points)
    known = _reachable(keys, trusted or (points[0].key if points else ""))
    for one in points:
        if not holds(one.key, one.signature, one.signed()):
            found.append(Finding(FORGED, {}))
        elif one.key not in known:
            found.append(Finding(UNKNOWN_KEY, {"no": one.key_no}))
    return found


def _entries(told: Iterable[str], keys: list[tuple[Handover, str]]) -> Iterator[tuple[Entry, str]]:
    for number, line in enumerate(told, 2):
        value = _line(line, number)
        try:
            if isinstance(value, dict):
                keys.append((Handover(value["key"], value["public_key"], value["follows"]), value["endorsed"]))
            else:
                *given, chain = value
                yield Entry(**dict(zip(NAMES, given, strict=True))), chain
        except (KeyError, TypeError, ValueError) as problem:
            raise Unreadable(f"line {number}") from problem


def _line(text: str, number: int) -> Any:
    try:
        return json.loads(text)
    except ValueError as problem:
        raise Unreadable(f"line {number}") from problem


def _reachable(keys: Iterable[tuple[Handover, str]], trusted: str) -> set[str]:
    """The keys that a chain of signed handovers leads to, forwards and backwards, from the trusted one."""
    known = {trusted}
    pairs = [one for one, endorsed in keys if one.former and holds(one.former, endorsed, one.signed())]
    for _ in pairs:
        for one in pairs:
            if one.former in known or one.key in known:
                known |= {one.former, one.key}
    return known
