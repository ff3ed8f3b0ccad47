"""A guardian's yes: what they said waits until somebody vouches for them, and only then the child's account opens.

A child could open the link alone and say to be the mother. So it takes effect from a guardian who is a grown-up member
themselves, vouched for by an organiser, or when an organiser says that they have met the guardian. Until then the
child's name stands beside, not in the list of members, and no consent is in force.

Law 91/2025/QH15 art. 24 and decree 356/2025: for a child under 16 the guardian agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Account, Chapter, Guardian, Member, RoleGrant
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import ids_of
from app.services.people.consent import Proof, Wording, decide_consents_in
from app.services.people.logins import ACTIVE, WAITING
from app.services.people.membership import rename_member
from app.services.people.notices import tell_in
from app.services.people.person import clean_nickname
from app.services.people.power import require_over_in
from app.services.people.public_names import this_year
from app.services.people.roles import ORGANISER
from quizzes.refusals import Rejected

GROWN_UP = 18  # years of age


@dataclass(frozen=True)
class Statement:
    """The guardian's statements, for the organiser who is to have met them."""

    guardian: str
    relation: str
    child_name: str
    at: int


def kept_words(decisions: Mapping[str, bool], wordings: Mapping[str, Wording], proof: Proof) -> dict[str, Any]:
    words = {purpose: [one.lang, one.words] for purpose, one in wordings.items()}
    return {"decisions": dict(decisions), "wordings": words, "proof": [proof.address, proof.device]}


def vouched_in(db: Session, guardian_id: int | None, child_id: int) -> bool:
    """True when this person's word is enough: another member, grown up, confirmed by an organiser, who may sign in."""
    if guardian_id is None or guardian_id == child_id:
        return False
    one, account = db.get(Member, guardian_id), db.get(Account, guardian_id)
    return (
        one is not None
        and account is not None
        and account.status == ACTIVE
        and one.erased_at is None
        and one.confirmed_at is not None
        and one.birth_year is not None
        and this_year() - one.birth_year >= GROWN_UP
    )


def open_account_in(db: Session, member: Member, said: Guardian, recorded_by: int) -> None:
    """The guardian's word takes effect: the name, the consents, the account."""
    rename_member(member, said.child_name or member.name)
    member.nickname = clean_nickname(said.nickname or member.nickname, member.name)
    db.get_one(Account, member.id).status = ACTIVE
    kept: Any = said.agreed
    wordings = {purpose: Wording(*words) for purpose, words in kept["wordings"].items()}
    said.agreed = said.child_name = said.nickname = None
    said.met_by, said.met_at = recorded_by, now_us(db)
    address, device = kept["proof"]
    decide_consents_in(db, member.id, kept["decisions"], wordings, Proof(address, device, "guardian"), recorded_by)


def tell_organisers_in(db: Session, child: Member) -> None:
    """Tell those nearest to the child's home: somebody has to meet the guardian."""
    rows = db.execute(
        select(RoleGrant.member_id, Chapter.path)
        .join(Chapter, Chapter.id == RoleGrant.chapter_id)
        .where(RoleGrant.role == ORGANISER, Chapter.id.in_(ids_of(child.path)))
    ).all()
    nearest = max((path for _, path in rows), key=len, default="")
    for member_id in {one for one, path in rows if path == nearest}:
        tell_in(db, member_id, "guardian_said", by=None, member=child.id)


@reading
def statement(db: Session, member_id: int) -> Statement | None:
    """The guardian's statements that wait for an organiser's word about this child, or None."""
    one = db.get(Guardian, member_id)
    if one is None or one.agreed is None:
        return None
    return Statement(one.name, one.relation, one.child_name or "", one.confirmed_at)


@writing
def confirm_guardian(db: Session, actor_id: int, member_id: int) -> None:
    """An organiser says that they have met the guardian: the child's account opens."""
    member, found = _waiting(db, actor_id, member_id)
    open_account_in(db, member, found, actor_id)
    audit_in(db, actor_id, "guardian.met", member_id=member_id, chapter_id=member.chapter_id)


@writing
def refuse_guardian(db: Session, actor_id: int, member_id: int) -> None:
    """Undo a consent that was not the guardian's: forget it, so that a new link can be made."""
    member, _ = _waiting(db, actor_id, member_id)
    db.execute(delete(Guardian).where(Guardian.member_id == member_id))
    audit_in(db, actor_id, "guardian.refused", member_id=member_id, chapter_id=member.chapter_id)


def _waiting(db: Session, actor_id: int, member_id: int) -> tuple[Member, Guardian]:
    member = require_over_in(db, actor_id, member_id)
    account, found = db.get(Account, member_id), db.get(Guardian, member_id)
    if actor_id == member_id or account is None or account.status != WAITING or found is None or found.agreed is None:
        raise Rejected("not_now")
    return member, found
