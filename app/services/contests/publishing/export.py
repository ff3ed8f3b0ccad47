"""A publication as a file that anybody can check, and the checks: no database is needed for them.

for line in export_lines(contest_id, no): ...     quizzes.contest.proof.export, streamed
check_export(lines)                               recomputed: what differs
check_page(html)                                  the signature under a published page
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from html import unescape

from sqlalchemy.orm import Session

from app.services.commit import reading
from app.services.contests.contests import frozen
from app.services.contests.publishing.publications import OFFICIAL, Published, covered, headings, published, text_of
from app.services.contests.publishing.signing import Seal, holds, signer
from app.services.contests.results.stored_attempts import Attempts, _decisions
from quizzes.contest.proof.export import Record, read, write
from quizzes.contest.proof.verification import Difference, verify
from quizzes.contest.results.decisions import Decision
from quizzes.contest.results.showing import last_settled
from quizzes.refusals import Rejected

PAGE_DATA = re.compile(r'<script type="application/json" id="publication">(.*?)</script>', re.DOTALL)


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
    return write(Record(
        contest.public_id, contest.rules, contest.seed, contest.lots_seed, one.heading.computed_at, contest.units,
        contest.paper, attempts, _until(contest_id, one.heading.at), one.results,
    ))  # fmt: skip


@reading
def _until(db: Session, contest_id: int, at: int) -> tuple[Decision, ...]:
    return tuple(_decisions(db, contest_id, at))


def check_export(lines: Iterable[str]) -> tuple[Record, list[Difference]]:
    """The record of an export and where its table does not follow from the rest; Unreadable for other files."""
    record = read(lines)
    return record, verify(record)


def digest_of(results: object) -> str:
    """The digest that is signed: of the table in its one written form."""
    text = json.dumps(results, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class PageCheck:
    """What a published page says of itself, and whether its table and signature hold."""

    seal: Seal
    public_key: str
    digest_holds: bool
    signature_holds: bool


def page_data(contest_id: int, one: Published) -> str:
    """What a published page carries for machines: seal, signature, key, and the table exactly as signed."""
    seal = seal_of(frozen(contest_id).public_id, one)
    head = {"seal": asdict(seal), "signature": one.heading.signature, "public_key": signer.public_key()}
    return json.dumps(head, sort_keys=True)[:-1] + ', "results": ' + text_of(one.heading.id) + "}"


def seal_of(public_id: str, one: Published) -> Seal:
    """What the signature of a publication is about."""
    about = one.heading
    return Seal(public_id, about.no, about.state, about.computed_at, about.at, about.digest)


def check_page(html: str) -> PageCheck:
    """Rejected("bad_file") where the page is none of ours."""
    found = PAGE_DATA.search(html)
    try:
        data = json.loads(unescape(found.group(1))) if found else {}
        seal = Seal(**data["seal"])
        digest = digest_of(data["results"])
        return PageCheck(
            seal, data["public_key"], digest == seal.digest, holds(seal, data["signature"], data["public_key"])
        )
    except (KeyError, TypeError, ValueError):
        raise Rejected("bad_file") from None
