"""Awards are proposed by one organiser with a reason and decided by a second one who is given none of them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from app.models.awards import Award, AwardBatch
from app.models.engines import lock, now_us
from app.models.people import Chapter
from app.services.audit import audit_in
from app.services.awards import recipients
from app.services.awards.typesetting import Giver
from app.services.commit import writing
from app.services.movement.campaigns import new_public_id
from app.services.people.notices import tell_in
from app.services.people.roles import ORGANISER, path_of_in, require_in, still_may_in
from app.services.points.balances import season_of
from app.services.tokens import CODE_LETTERS
from quizzes.awards import kinds
from quizzes.hours import local
from quizzes.refusals import Rejected
from quizzes.text import visible

WAITING, ACCEPTED, REFUSED = "waiting", "accepted", "refused"
SERIALS = 41
"""The kind of lock that numbering takes, by the chapter that gives."""
TITLE = (3, 120)  # characters of a title: least, most
ID_LETTERS = 16  # characters of a document's code
GUARDIANS = 300  # characters of the word on the guardians' consent


@dataclass(frozen=True)
class Draft:
    """The content of a batch's form. `lines`: (code of a member or chapter, prize)."""

    kind: str
    title: str
    design: str
    wording: str
    reason: str
    lines: Sequence[tuple[str, str]]
    decision_no: str = ""
    decided_on: date | None = None
    signer: str = ""
    signer_title: str = ""
    place: str = ""
    source: str = ""
    guardians: str = ""
    """How the guardians of children agreed to their names on paper; without it children have their nicknames."""


@writing
def propose(db: Session, actor_id: int, chapter_id: int, draft: Draft) -> str:
    """Propose a batch; nothing is printed until a second person agrees. Its public id.

    Rejected: forbidden, award_title, award_wording, reason_needed, award_nobody, award_too_many, award_unknown {line},
    award_twice {line}, award_letter {letter, text}, award_guardians, and what `kinds.check` and
    `kinds.check_words` refuse.
    """
    giver = db.get(Chapter, chapter_id)
    require_in(db, actor_id, ORGANISER, path := path_of_in(db, chapter_id))
    batch = _batch(chapter_id, actor_id, now_us(db), draft)
    kinds.check(
        batch.kind,
        giver.kind if giver else "",
        batch.decision_no,
        batch.decided_on,
        batch.signer,
        local(batch.made_at).date(),
    )
    people = recipients.people_in(db, path, draft.lines, named=bool(batch.guardians))
    kinds.check_words(batch.kind, batch.wording, *(str(one["prize"]) for one in people))
    signed = (batch.decision_no, batch.signer, batch.signer_title, batch.place)
    recipients.check_printed(batch.wording, *signed, *vars(giver_in(db, chapter_id)).values())
    _add(db, batch, people)
    audit_in(db, actor_id, "award.proposed", chapter_id=chapter_id, batch=batch.id, count=len(people))
    return batch.public_id


def _batch(chapter_id: int, actor_id: int, now: int, draft: Draft) -> AwardBatch:
    """A batch that waits, its words within their lengths."""
    title, wording, reason = _words(draft)
    return AwardBatch(
        public_id=new_public_id(),
        chapter_id=chapter_id,
        kind=draft.kind,
        title=title,
        design=draft.design,
        wording=wording,
        decision_no=visible(draft.decision_no)[:60],
        decided_on=draft.decided_on,
        signer=visible(draft.signer)[:120],
        leased_until=0,
        signer_title=visible(draft.signer_title)[:120],
        place=visible(draft.place)[:60],
        source=draft.source[:60],
        reason=reason,
        guardians=_guardians(draft),
        state=WAITING,
        made_by=actor_id,
        made_at=now,
    )


def _add(db: Session, batch: AwardBatch, people: list[dict[str, object]]) -> None:
    """Stores a batch and an award for each person, in the order they are named."""
    db.add(batch)
    db.flush()
    db.add_all(
        Award(public_id=code(), batch_id=batch.id, place=place, revoked_decision="", revoked_reason="", **one)
        for place, one in enumerate(people, 1)
    )


def _words(draft: Draft) -> tuple[str, str, str]:
    """Title, wording and reason, each within its length."""
    title, wording, reason = visible(draft.title), visible(draft.wording), visible(draft.reason)
    if not TITLE[0] <= len(title) <= TITLE[1]:
        raise Rejected("award_title", field="title")
    if not 3 <= len(wording) <= 300 or draft.design not in kinds.DESIGNS:
        raise Rejected("award_wording", field="wording")
    if not kinds.REASON[0] <= len(reason) <= kinds.REASON[1]:
        raise Rejected("reason_needed", field="reason")
    return title, wording, reason


def _guardians(draft: Draft) -> str:
    """The word on the guardians' consent: none, or one that says how it was given."""
    said = visible(draft.guardians)
    if said and not kinds.REASON[0] <= len(said) <= GUARDIANS:
        raise Rejected("award_guardians", field="guardians", most=GUARDIANS)
    return said


def code() -> str:
    """A new code for the address of a document's page, which nobody can guess."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(ID_LETTERS)).lower()


@writing
def decide(db: Session, actor_id: int, public_id: str, accept: bool) -> None:
    """A second organiser agrees, which numbers the awards and lets them be printed, or refuses.

    Both need the right at that moment: Rejected("proposal_gone") where the proposer has it no more."""
    batch = batch_in(db, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, batch.chapter_id))
    given = db.scalar(select(Award.id).where(Award.batch_id == batch.id, Award.member_id == actor_id).limit(1))
    if actor_id == batch.made_by or given is not None:
        raise Rejected("second_person")
    if batch.state != WAITING:
        raise Rejected("already_decided")
    if accept and not still_may_in(db, batch.made_by, ORGANISER, batch.chapter_id):
        raise Rejected("proposal_gone")
    now = now_us(db)
    batch.state, batch.decided_at = ACCEPTED if accept else REFUSED, now
    if accept:
        number_in(db, batch, season_of(now))
    audit_in(db, actor_id, "award.decided", chapter_id=batch.chapter_id, batch=batch.id, accepted=accept)


def number_in(db: Session, batch: AwardBatch, year: int) -> None:
    """Serial numbers of the giver's year, without a gap, and who gives as it is called now; everybody who is given
    something is told."""
    giver = giver_in(db, batch.chapter_id)
    batch.giver, batch.above = giver.name, giver.above
    lock(db, SERIALS, batch.chapter_id)
    last = db.scalar(select(func.max(Award.serial)).where(Award.giver_id == batch.chapter_id, Award.year == year)) or 0
    values = {"giver_id": batch.chapter_id, "year": year, "serial": last + Award.place}
    db.execute(update(Award).where(Award.batch_id == batch.id).values(**values))
    for member in set(db.scalars(select(Award.member_id).where(Award.batch_id == batch.id))) - {None}:
        tell_in(db, member or 0, "award_given", by=None)


def giver_in(db: Session, chapter_id: int) -> Giver:
    """A chapter as documents name it."""
    above = aliased(Chapter)
    query = select(Chapter.name, above.name).outerjoin(above, above.id == Chapter.parent_id)
    row = db.execute(query.where(Chapter.id == chapter_id)).one()
    return Giver(row[0], row[1] or "")


def batch_in(db: Session, public_id: str) -> AwardBatch:
    found = db.scalar(select(AwardBatch).where(AwardBatch.public_id == public_id).with_for_update())
    if found is None:
        raise Rejected("not_found")
    return found


@writing
def revoke(db: Session, actor_id: int, public_id: str, decision: str, reason: str) -> None:
    """Take an award back, by a decision everybody can read and for a reason only holder and organisers can."""
    row = db.scalar(select(Award).where(Award.public_id == public_id).with_for_update())
    if row is None or row.serial is None:
        raise Rejected("not_found")
    batch = db.get_one(AwardBatch, row.batch_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, batch.chapter_id))
    decision, reason = visible(decision)[:60], visible(reason)[:500]
    if len(decision) < 3:
        raise Rejected("award_decision", field="decision")
    if len(reason) < kinds.REASON[0]:
        raise Rejected("reason_needed", field="reason")
    if row.member_id == actor_id:
        raise Rejected("second_person")
    if row.revoked_at is not None:
        raise Rejected("already_decided")
    row.revoked_at, row.revoked_decision, row.revoked_reason = now_us(db), decision, reason
    if row.member_id is not None:
        tell_in(db, row.member_id, "award_revoked", by=actor_id)
    audit_in(db, actor_id, "award.revoked", member_id=row.member_id, chapter_id=batch.chapter_id, award=row.id)
