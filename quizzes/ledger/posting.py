"""From what a source says an owner is due, to the entries that make the ledger say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quizzes.ledger.chain import Entry, hashed

MEMBER, CHAPTER, TEAM = "member", "chapter", "team"
OWNERS = (MEMBER, CHAPTER, TEAM)

Owner = tuple[str, int]
"""The owner of points: (kind, number)."""
Source = tuple[str, int]
"""The source that points were earned with: (kind, number)."""


def member(number: int) -> Owner:
    """A member as an owner of points."""
    return MEMBER, number


@dataclass(frozen=True)
class Due:
    """The result of one source for one owner: `points` half-points, for the chapter of that day. `campaign` 0: none.
    `rules`: the version of the point rules that gave them."""

    points: int
    chapter: int | None
    campaign: int = 0
    rules: int = 0
    note_digest: str = ""


@dataclass(frozen=True)
class Posted:
    """The state of the ledger for one source and one owner: the sum of its entries and the last revision."""

    points: int
    revision: int
    chapter: int | None
    campaign: int = 0


@dataclass(frozen=True)
class Posting:
    """One entry to append. Its key (source kind, source, owner kind, owner, revision) is unique in the ledger."""

    owner: Owner
    revision: int
    points: int
    """The difference; may be negative."""
    chapter: int | None
    campaign: int = 0
    rules: int = 0
    note_digest: str = ""


NOTHING = Due(0, None)


def differences(due: Mapping[Owner, Due], posted: Mapping[Owner, Posted]) -> list[Posting]:
    """The entries that make the ledger say what the result says, by owner.

    An owner the result no longer names is brought to zero. A correction goes to the chapter and the campaign that
    had the first entry: else a member who moved in between would leave a debt in one chapter.
    """
    found = []
    for owner in sorted({*due, *posted}):
        before, wanted = posted.get(owner), due.get(owner, NOTHING)
        gap = wanted.points - (before.points if before else 0)
        if gap:
            chapter, campaign = (before.chapter, before.campaign) if before else (wanted.chapter, wanted.campaign)
            revision = before.revision + 1 if before else 1
            found.append(Posting(owner, revision, gap, chapter, campaign, wanted.rules, wanted.note_digest))
    return found


def summed(entries: Iterable[Entry]) -> dict[Source, dict[Owner, Posted]]:
    """{source: {owner: Posted}}: what `differences` is compared with."""
    sums: dict[Source, dict[Owner, Posted]] = {}
    for entry in sorted(entries, key=lambda one: one.no):
        source = sums.setdefault((entry.source_kind, entry.source_id), {})
        owner = (entry.owner_kind, entry.owner)
        first = source.get(owner, Posted(0, 0, entry.chapter, entry.campaign))
        source[owner] = Posted(first.points + entry.points, entry.revision, first.chapter, first.campaign)
    return sums


def digest(due: Mapping[int, Due]) -> str:
    """Kept with a source when it is posted to members: a finished source with another digest is to be posted."""
    return hashed([[number, due[number].points] for number in sorted(due) if due[number].points])
