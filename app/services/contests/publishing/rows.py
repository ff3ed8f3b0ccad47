"""The rows people see in a publication: each has a salted digest, and the signature covers all of them.

So a name that was changed on the page afterwards does not verify. When a person is erased, name, chapter and salt go:
the digest stays in its place, and the row verifies as erased. Salts are random, so a digest tells nothing of a name.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt
from app.models.engines import insert
from app.models.people import Member
from app.models.publications import PublishedRow
from app.services.commit import reading
from app.services.points import slices


@dataclass(frozen=True)
class Signed:
    """A visible row. `name` is None where the person was erased on `erased_at`, or is called otherwise by now."""

    place: int
    member: int
    name: str | None
    chapter: str
    salt: str
    digest: str
    erased_at: int | None


def digest_of_row(salt: str, place: int, wave: int, division: str, rank: int, name: str, chapter: str) -> str:
    """The digest of one row; `place` from 0 over all boards, so that rows cannot change places."""
    parts = (salt, place, wave, division, rank, name, chapter)
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()


def digest_of_rows(digests: Sequence[str]) -> str:
    """The digest of all rows, which the signature covers; "" where there are none (publications before rows were
    signed)."""
    return sha256("\n".join(digests).encode()).hexdigest() if digests else ""


def visible_rows(results: Mapping[str, Any], top: int) -> list[tuple[int, str, Sequence[Any]]]:
    """(wave, division, row) of what a page shows: the first `top` of every board, in order."""
    return [(one["wave"], one["division"], row) for one in results["boards"] for row in one["rows"][: max(top, 1)]]


def sign_rows_in(
    db: Session, contest_id: int, results: Mapping[str, Any], top: int, names: Mapping[int, str]
) -> tuple[list[dict[str, Any]], str]:
    """The rows to store with a publication, and the digest of them all. `names`: chapter -> name in the contest."""
    shown = visible_rows(results, top)
    people = _names(db, [row[1] for _, _, row in shown])
    homes = _homes(db, contest_id, [row[2] for _, _, row in shown])
    found = []
    for place, (wave, division, row) in enumerate(shown):
        name, chapter = people.get(row[1], f"#{row[1]}"), names.get(homes.get(row[2], 0), "")
        salt = secrets.token_hex(16)
        digest = digest_of_row(salt, place, wave, division, row[0], name, chapter)
        about = {"place": place, "member_id": row[1], "name": name, "chapter": chapter}
        found.append({**about, "salt": salt, "digest": digest})
    return found, digest_of_rows([str(one["digest"]) for one in found])


def store_rows_in(db: Session, publication_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        db.execute(insert(db, PublishedRow), [{**one, "publication_id": publication_id} for one in rows])


def _names(db: Session, members: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in slices(members):
        rows = db.execute(select(Member.id, Member.public_name).where(Member.id.in_(part)))
        found |= {row.id: row.public_name for row in rows}
    return found


def _homes(db: Session, contest_id: int, numbers: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in slices(numbers):
        here = (Attempt.contest_id == contest_id, Attempt.no.in_(part))
        found |= {
            row.no or 0: row.chapter_id or 0 for row in db.execute(select(Attempt.no, Attempt.chapter_id).where(*here))
        }
    return found


@reading
def signed_rows(db: Session, publication_id: int) -> list[Signed]:
    """The visible rows of a publication, in order. A person whose name has changed is not shown under the old one."""
    query = select(PublishedRow, Member.public_name, Member.erased_at).outerjoin(
        Member, Member.id == PublishedRow.member_id
    )
    rows = db.execute(query.where(PublishedRow.publication_id == publication_id).order_by(PublishedRow.place))
    return [
        Signed(
            one.place,
            one.member_id,
            one.name if one.salt and one.name == name else None,
            one.chapter,
            one.salt if one.name == name else "",
            one.digest,
            erased_at,
        )
        for one, name, erased_at in rows
    ]


def erase_rows_in(db: Session, member_id: int) -> None:
    """Take name, chapter and salt out of every publication; the digests stay."""
    mine = PublishedRow.member_id == member_id
    db.execute(update(PublishedRow).where(mine).values(name="", chapter="", salt=""))
