"""Recipients of one name, whom a hall could not tell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.services.awards.reading import Shown

Alike = frozenset[tuple[str, str]]
"""(name, chapter) of several recipients; (name, "") where several chapters have one of that name."""


def among(shown: Iterable[Shown]) -> Alike:
    """The names that several of these recipients have, as a hall reads them. One person with two prizes is one."""
    holders: dict[str, dict[str, set[int | str]]] = defaultdict(lambda: defaultdict(set))
    for one in shown:
        holder = one.member_id or (-one.chapter_id if one.chapter_id else one.public_id)
        holders[one.name][one.chapter].add(holder)
    found = set()
    for name, chapters in holders.items():
        found |= {(name, chapter) for chapter, those in chapters.items() if len(those) > 1}
        found |= {(name, "")} if len(chapters) > 1 else set()
    return frozenset(found)
