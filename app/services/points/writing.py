"""The ledger's only writer. Posting means: make this source's sum for this owner equal x.

What to append and how entries are chained is said by `quizzes.ledger`; here it is gathered, decided, appended and
added to the balances. Entries are numbered without gaps under one lock, so the chain is one order of all of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy import insert as bulk
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.people import Member
from app.models.points import Entry
from app.services.commit import breathe, reading, writing
from app.services.points.balances import add_up_in
from quizzes import ledger
from quizzes.ledger import Due, Owner, Posted, Posting, Source
from quizzes.ledger.posting import CHAPTER, MEMBER
from quizzes.ledger.sources import SENTENCES

CHAIN_LOCK = 8
"""The kind of lock that the ledger is appended to under."""
SLICE = 500
"""Rows written with one statement."""

Batch = Mapping[Source, Mapping[Owner, Due]]
"""The points that each source gives its owners."""
New = list[tuple[Source, Posting]]


def slices(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers in slices, so that no statement or transaction gets long."""
    return (numbers[start : start + SLICE] for start in range(0, len(numbers), SLICE))


@writing
def post(db: Session, kind: str, source_id: int, due: Mapping[int, Due]) -> int:
    """Make the ledger say what this source's result says of members; those left out become 0.

    A `Due` without a chapter goes to the owner's chapter of today. Returns how many entries were
    appended: 0 when everything was posted before.
    """
    return post_in(db, kind, source_id, due)


def post_in_slices(kind: str, source_id: int, due: Mapping[int, Due]) -> int:
    """The same for big results: a transaction for each 500 members. Stopped in between, it goes on next time."""
    due = _as_people(due)
    members = sorted({*due, *_members_posted(kind, source_id)})
    return sum(_post_some(kind, source_id, due, part) for part in slices(members))


def post_many(batch: Batch) -> int:
    """The same for many sources at once: a transaction for each 500 of them, others write in between."""
    sources, appended = sorted(batch), 0
    for start in range(0, len(sources), SLICE):
        appended += _post_sources({source: batch[source] for source in sources[start : start + SLICE]})
        breathe()
    return appended


@reading
def sums(db: Session, kind: str, source_id: int) -> dict[int, int]:
    """Member -> half-points the ledger holds of a source, corrections added up."""
    mine = (Entry.source_kind == kind, Entry.source_id == source_id, Entry.owner_kind == MEMBER)
    rows = db.execute(select(Entry.owner_id, func.sum(Entry.half_points)).where(*mine).group_by(Entry.owner_id))
    return {row[0]: int(row[1]) for row in rows}


@reading
def _members_posted(db: Session, kind: str, source_id: int) -> list[int]:
    mine = (Entry.source_kind == kind, Entry.source_id == source_id, Entry.owner_kind == MEMBER)
    return list(db.scalars(select(Entry.owner_id).where(*mine).distinct()))


@writing
def _post_some(db: Session, kind: str, source_id: int, due: Mapping[int, Due], members: Sequence[int]) -> int:
    return post_in(db, kind, source_id, {one: due[one] for one in members if one in due}, members)


@writing
def _post_sources(db: Session, batch: Batch) -> int:
    return post_batch_in(db, batch)


def post_in(
    db: Session,
    kind: str,
    source_id: int,
    due: Mapping[int, Due],
    among: Sequence[int] | None = None,
    *,
    as_written: bool = False,
) -> int:
    """Members of one source, inside the caller's transaction; with `among`, these members only. `as_written`: also for
    members who are kept as somebody else."""
    batch = {(kind, source_id): {ledger.member(one): due[one] for one in due}}
    return post_batch_in(db, batch, among, as_written=as_written)


def post_batch_in(db: Session, batch: Batch, among: Sequence[int] | None = None, *, as_written: bool = False) -> int:
    """Gather, decide, append. Decided again under the chain's lock: another may have posted meanwhile."""
    if not as_written:
        batch = _of_people(db, batch)
    unknown = {kind for kind, _ in batch} - set(SENTENCES)
    if unknown:
        raise LookupError(f"kinds of sources without a sentence: {sorted(unknown)}")
    if not _decided(db, batch, among):
        return 0
    lock(db, CHAIN_LOCK, 0)  # the chain is one order of all entries
    new = _decided(db, batch, among)
    if new:
        homes = _homes(db, new)
        at = time.time_ns() // 1000
        _append(db, new, homes, at)
        add_up_in(db, [posting for _, posting in new], homes, at)
    return len(new)


@reading
def _as_people(db: Session, due: Mapping[int, Due]) -> dict[int, Due]:
    (found,) = _of_people(db, {("", 0): {ledger.member(one): due[one] for one in due}}).values()
    return {number: one for (_, number), one in found.items()}


def _of_people(db: Session, batch: Batch) -> Batch:
    """The same for people: what is due to a member who is kept as another one (`merged_into`) is due to that one."""
    kept = {ledger.member(gone): ledger.member(into) for gone, into in db.execute(_MERGED) if into is not None}
    if not kept:
        return batch
    found: dict[Source, dict[Owner, Due]] = {}
    for source, due in batch.items():
        found[source] = {owner: one for owner, one in due.items() if owner not in kept}
        for owner in sorted(due.keys() & kept.keys()):
            had = found[source].get(kept[owner])
            more = due[owner]
            found[source][kept[owner]] = replace(had, points=had.points + more.points) if had else more
    return found


_MERGED = select(Member.id, Member.merged_into).where(Member.merged_into.is_not(None))


def _decided(db: Session, batch: Batch, among: Sequence[int] | None) -> New:
    posted = _gathered(db, list(batch), among)
    return [
        (source, one) for source in sorted(batch) for one in ledger.differences(batch[source], posted.get(source, {}))
    ]


def _gathered(db: Session, sources: Sequence[Source], among: Sequence[int] | None) -> dict[Source, dict[Owner, Posted]]:
    """The ledger's sums for these sources."""
    found: dict[Source, dict[Owner, Posted]] = {}
    columns = (
        Entry.source_kind,
        Entry.source_id,
        Entry.owner_kind,
        Entry.owner_id,
        Entry.half_points,
        Entry.revision,
        Entry.chapter_id,
        Entry.campaign_id,
    )
    for kind in {kind for kind, _ in sources}:
        for part in slices([number for of, number in sources if of == kind]):
            query = select(*columns).where(Entry.source_kind == kind, Entry.source_id.in_(part))
            if among is not None:
                query = query.where(Entry.owner_kind == MEMBER, Entry.owner_id.in_(among))
            for row in db.execute(query.order_by(Entry.id)):
                held = found.setdefault((row[0], row[1]), {})
                first = held.get((row[2], row[3]), Posted(0, 0, row[6], row[7]))
                held[row[2], row[3]] = Posted(first.points + row[4], row[5], first.chapter, first.campaign)
    return found


def _homes(db: Session, new: New) -> dict[Owner, int]:
    """Owner -> the chapter each entry goes to; a chapter's own points go to itself."""
    missing = [one.owner for _, one in new if one.chapter is None]
    found: dict[Owner, int] = {owner: owner[1] for owner in missing if owner[0] == CHAPTER}
    for part in slices([number for kind, number in missing if kind == MEMBER]):
        query = select(Member.id, Member.chapter_id).where(Member.id.in_(part))
        found |= {ledger.member(row.id): row.chapter_id for row in db.execute(query)}
    return found


def _append(db: Session, new: New, homes: Mapping[Owner, int], at: int) -> None:
    """Appends entries to the chain, each linked to the one before it. The caller holds the chain's lock."""
    last = db.execute(select(Entry.id, Entry.chain).order_by(Entry.id.desc()).limit(1)).first()
    number, chain = (last.id, last.chain) if last else (0, ledger.GENESIS)
    rows = []
    for (kind, source_id), one in new:
        number += 1
        chapter = homes[one.owner] if one.chapter is None else one.chapter
        entry = ledger.Entry(
            number,
            kind,
            source_id,
            *one.owner,
            one.revision,
            one.points,
            chapter,
            at,
            one.note_digest,
            one.campaign,
            one.rules,
        )
        chain = ledger.link(chain, entry)
        rows.append(_row(entry, chain))
    db.execute(bulk(Entry), rows)


def _row(entry: ledger.Entry, chain: str) -> dict[str, object]:
    """An entry as its table keeps it, with the chain's head after it."""
    return {
        "id": entry.no,
        "source_kind": entry.source_kind,
        "source_id": entry.source_id,
        "owner_kind": entry.owner_kind,
        "owner_id": entry.owner,
        "revision": entry.revision,
        "chapter_id": entry.chapter,
        "half_points": entry.points,
        "at": entry.at,
        "campaign_id": entry.campaign,
        "rules_version": entry.rules,
        "note_digest": entry.note_digest,
        "link_version": entry.link_version,
        "chain": chain,
    }
