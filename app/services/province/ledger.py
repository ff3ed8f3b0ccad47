"""The province's points: what its shows gave and deeds of its members over two seasons, and the balances of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy.orm import Session

from app.models.points import Balance, ChapterBalance, Entry
from app.models.pouring import pour
from app.services.commit import writing
from app.services.points import season_of
from quizzes import ledger
from quizzes.ledger.sources import DEED, SHOW

SPAN = 400 * 24 * 3600 * 1_000_000
"""The time over which the entries are spread, microseconds."""
Source = tuple[str, int, int, int, int]
"""(kind, number, member, half-points, at)"""


@writing
def plant(
    db: Session, count: int, homes: Sequence[int], shows: Iterable[tuple[int, int, int]], at: int
) -> dict[str, int]:
    """`count` entries from over a year ago until `at`, chained as the ledger chains them. `homes`: the chapter of each
    member from number 1; `shows`: (show, member, half-points)."""
    posted: list[Source] = [(SHOW, show, member, half, at) for show, member, half in shows]
    sums = _Sums()
    written = pour(db, _of(Entry), _entries(chain(_deeds(count - len(posted), len(homes), at), posted), homes, sums))
    pour(db, _of(Balance), sums.of_members())
    pour(db, _of(ChapterBalance), sums.of_chapters())
    return {"entries": written}


def _of(model: Any) -> Any:
    return model.__table__


def _deeds(count: int, members: int, at: int) -> Iterator[Source]:
    for number in range(1, count + 1):
        yield DEED, number, number * 7919 % members + 1, 2 + number % 39, at - SPAN + SPAN // count * number


def _entries(sources: Iterable[Source], homes: Sequence[int], sums: _Sums) -> Iterator[dict[str, Any]]:
    head = ledger.GENESIS
    for number, (kind, source, member, half, at) in enumerate(sources, 1):
        entry = ledger.Entry(number, kind, source, "member", member, 1, half, homes[member - 1], at)
        head = ledger.link(head, entry)
        sums.add(entry)
        yield {
            "id": number,
            "source_kind": kind,
            "source_id": source,
            "owner_kind": "member",
            "owner_id": member,
            "revision": 1,
            "chapter_id": entry.chapter,
            "half_points": half,
            "at": at,
            "campaign_id": 0,
            "rules_version": 0,
            "note_digest": "",
            "link_version": entry.link_version,
            "chain": head,
        }


class _Sums:
    """The sums that the balances hold when everything is written."""

    def __init__(self) -> None:
        self._members, self._chapters = Counter[tuple[int, int]](), Counter[tuple[int, int]]()

    def add(self, entry: ledger.Entry) -> None:
        season = season_of(entry.at)
        self._members[entry.owner, season] += entry.points
        self._chapters[entry.chapter or 0, season] += entry.points

    def of_members(self) -> Iterator[dict[str, int | str]]:
        for (member, season), half in self._members.items():
            yield {"owner_kind": "member", "owner_id": member, "campaign_id": 0, "season": season, "half_points": half}

    def of_chapters(self) -> Iterator[dict[str, int]]:
        for (chapter, season), half in self._chapters.items():
            yield {"chapter_id": chapter, "campaign_id": 0, "season": season, "half_points": half}
