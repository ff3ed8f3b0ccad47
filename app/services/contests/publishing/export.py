"""A publication as a file that anybody can check, and the checks: no database is needed for them.

for line in export_lines(contest_id, no): ...     quizzes.contest.proof.export, streamed
check_export(lines)                               recomputed: what differs
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256

from sqlalchemy.orm import Session

from app.services.commit import reading
from app.services.contests.contests import frozen
from app.services.contests.publishing.publications import OFFICIAL, Published, covered, headings, published, text_of
from app.services.contests.publishing.rows import Signed
from app.services.contests.publishing.signing import Seal, signer
from app.services.contests.results.stored_attempts import Attempts, decisions_in
from quizzes.contest.proof.export import Record, read, write
from quizzes.contest.proof.verification import Difference, verify
from quizzes.contest.results.decisions import Decision
from quizzes.contest.results.showing import last_settled
from quizzes.refusals import Rejected


def newest_official(contest_id: int, now: int) -> int:
    """The publication that may be exported; Rejected("not_found") while somebody can still enter."""
    official = [one.no for one in headings(contest_id) if one.state == OFFICIAL]
    if not official or now < last_settled(frozen(contest_id).rules):
        raise Rejected("not_found")
    return official[-1]


def export_lines(contest_id: int, no: int) -> Iterator[str]:
    """The file of a publication, line by line."""
    contest, one = frozen(contest_id), published(contest_id, no)
    years = bool({"younger", "older"} & set(contest.rules.ranking.keys))
    attempts = Attempts(contest_id, covered(contest.rules, one.heading.computed_at), years=years)
    return write(
        Record(
            contest.public_id,
            contest.rules,
            contest.seed,
            contest.lots_seed,
            one.heading.computed_at,
            contest.units,
            contest.paper,
            attempts,
            _until(contest_id, one.heading.at),
            one.results,
        )
    )


@reading
def _until(db: Session, contest_id: int, at: int) -> tuple[Decision, ...]:
    return tuple(decisions_in(db, contest_id, at))


def check_export(lines: Iterable[str]) -> tuple[Record, list[Difference]]:
    """The record of an export and where its table does not follow from the rest; Unreadable for other files."""
    record = read(lines)
    return record, verify(record)


def digest_of(results: object) -> str:
    """The digest that is signed: of the table in its one written form."""
    text = json.dumps(results, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def page_data(contest_id: int, one: Published, rows: Iterable[Signed]) -> str:
    """The data in a published page for machines: seal, signature, key, and the table exactly as signed."""
    seal = seal_of(frozen(contest_id).public_id, one)
    head = {
        "seal": asdict(seal),
        "signature": one.heading.signature,
        "public_key": signer.public(),
        "top": frozen(contest_id).rules.showing.top,
        "rows": [_as_data(row) for row in rows],
    }
    text = json.dumps(head, sort_keys=True)[:-1] + ', "results": ' + text_of(one.heading.id) + "}"
    return text.replace("<", "\\u003c")


def _as_data(row: Signed) -> list[str | int | None]:
    chapter = row.chapter if row.name is not None else ""
    return [row.name, chapter, row.salt, row.digest, row.erased_at or 0]


def seal_of(public_id: str, one: Published) -> Seal:
    """The seal of a publication: the text that its signature covers."""
    about = one.heading
    return Seal(public_id, about.no, about.state, about.computed_at, about.at, about.digest, about.rows)
