"""The answers to "is this the same person?" for the rows of a list, taken when the list is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.people import Member
from app.models.staging import ImportJob, ImportRow
from app.services.people.imports.looks import namesakes_in, twinned
from app.services.people.imports.namesakes import NAMED, Namesake, as_known
from app.services.people.names import NAMES, taken_in
from app.services.people.notices import tell_in
from app.services.people.power import is_over_in
from quizzes.refusals import Rejected


def decide_in(db: Session, job: ImportJob, scope: str, decisions: Mapping[int, str], hands: set[int]) -> None:
    """Take what was said about rows that may be somebody known."""
    counts, taken = dict(job.counts), set[int]()
    rows = db.scalars(select(ImportRow).where(ImportRow.job_id == job.id, twinned())).all()
    known = namesakes_in(db, scope, job.id, rows)
    for one in rows:
        said = decisions.get(one.id, "")
        member = _meant(said, known[one.id])
        if member is None and said not in ("other", "skip"):
            raise Rejected("twins_open")
        if member is not None and member.id in taken:
            raise Rejected("twins_twice")
        taken |= {member.id} if member else set()
        if one.chapter_id is None:
            one.chapter_id = member.chapter_id if member else job.chapter_id
        if said == "other":
            continue
        one.action = "change" if member else "same"
        counts["new"] -= 1
        counts[one.action] += 1
        if member is not None:
            _known(db, one, member, hands)
    job.counts = counts
    db.flush()


def _meant(said: str, known: Sequence[Namesake]) -> Namesake | None:
    """The member a row was said to be: the first of its name, or the one with this number."""
    if said == "same":
        return known[0] if known else None
    number = said.removeprefix("same-")
    return next((one for one in known if said.startswith("same-") and number == str(one.id)), None)


def _known(db: Session, one: ImportRow, member: Namesake, hands: set[int]) -> None:
    """The row is that member's: its code is theirs from now on; without one, theirs is the row's. Whoever waited for
    a word has it."""
    if member.waits:
        tell_in(db, member.id, "confirmed", by=min(hands))
    if one.kind == NAMED:
        for key, value in as_known(member).items():
            setattr(one, key, value)
    else:
        _take_code(db, member.id, one.code, hands)


def _take_code(db: Session, member_id: int, code: str, hands: Iterable[int]) -> None:
    """Give a member the code a list knows them by; whoever does it stands over them."""
    member = db.get_one(Member, member_id)
    if member.erased_at is not None or not all(is_over_in(db, hand, member_id) for hand in hands):
        raise Rejected("import_moved")
    lock(db, NAMES, 0)
    if taken_in(db, [code]):
        raise Rejected("import_moved")
    member.code = code
    tell_in(db, member_id, "code_changed", by=min(hands))
