"""Finds the question of a bank that a question of a file is: the one with its code, else the one with the same words.

The same stem with other options is another question. One that keeps at least half of its options, or whose key alone
differs, is the old one with a change: it is shown old beside new, and may still be taken as another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes import bank
from quizzes.text import fold

GUESSED = "x-"
"""Ids that were made of the content, as nobody gave one."""


@dataclass(frozen=True)
class Match:
    """`action`: new, change or same. `key`: the id to store it under. `old`: what it changes. `guessed`: by stem."""

    action: str
    key: str
    old: Mapping[str, Any] | None = None
    guessed: bool = False


def matches(known: Mapping[str, Mapping[str, Any]], drafts: Sequence[Mapping[str, Any]]) -> list[Match]:
    """Beside each draft of a file: what it is to the bank."""
    same = {fingerprint(one): key for key, one in known.items()}
    exact = [_exact(draft, known, same) for draft in drafts]
    taken = {one.key for one in exact if one is not None}
    stems: dict[str, list[str]] = {}
    for key in known.keys() - taken:
        stems.setdefault(stem_of(known[key]), []).append(key)
    return [
        one or _by_stem(draft, known, stems.get(stem_of(draft), [])) for draft, one in zip(drafts, exact, strict=True)
    ]


def _by_stem(draft: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], left: list[str]) -> Match:
    """The one question with this stem that the draft may be a change of; it is taken off what is left."""
    likely = [key for key in left if _alike(known[key], draft)]
    if len(likely) != 1:
        return Match("new", str(draft["id"]))
    left.remove(likely[0])
    return Match("change", likely[0], known[likely[0]], guessed=True)


def fingerprint(question: Mapping[str, Any]) -> str:
    """A text that is equal for questions that ask the same with the same options and key, whatever their id, topic and
    source."""
    kept = ("type", "text", "options", "answer", "media", "settings")
    return bank.content_hash({name: question[name] for name in kept if name in question})


def _exact(draft: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], same: Mapping[str, str]) -> Match | None:
    key = str(draft["id"])
    if key not in known:
        key = same.get(fingerprint(draft), "") if key.startswith(GUESSED) else ""
    if not key:
        return None if str(draft["id"]).startswith(GUESSED) else Match("new", str(draft["id"]))
    old = known[key]
    equal = bank.normal(old) == bank.normal({**draft, "id": key})
    return Match("same", key) if equal else Match("change", key, old)


def stem_of(question: Mapping[str, Any]) -> str:
    return fold(str(question["text"].get("vi", "")))


def _alike(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """True when one may be a corrected version of the other: at least half of the options stayed."""
    before, after = ({_option(one) for one in each.get("options") or []} for each in (old, new))
    if not before and not after:
        return bool(old["type"] == new["type"])
    return 2 * len(before & after) >= max(len(before), len(after))


def _option(one: Mapping[str, Any]) -> str:
    """An option to be compared: its words, or its picture, whose name follows from the picture."""
    return fold((one.get("text") or {}).get("vi", "")) or str((one.get("media") or {}).get("name", ""))
