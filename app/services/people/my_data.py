"""What one person's data are: all of it to take away, and all of it gone when they ask.

Each part of the program that keeps something about a person adds itself to `PARTS`, so nothing is
forgotten. Erasing overwrites what names or describes the person; the bare number stays in ledger,
journal and proofs, where it says nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.notices import Notice
from app.models.people import Account, Chapter, Guardian, Member, RoleGrant
from app.models.points import Entry
from app.models.records import Audit, AuditNote, Consent, ConsentText
from app.models.shows import Ballot, Seat
from app.models.signing_in import OneTimeLink, SignIn
from app.services.audit import _audit
from app.services.commit import reading, writing
from app.services.contests import complaints, personal
from app.services.people.endings import MEMBER, _end
from app.services.people.erased import kept
from app.services.people.members import _member
from app.services.people.pending import _end_made_by
from app.services.people.power import _require_over
from app.services.people.roles import ADMIN, _administrators, _held
from app.services.people.sign_ins import _end_sign_ins, tell_ended
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class Part:
    """One kind of personal data: how it is copied out and how it is erased (None: numbers only, it stays)."""

    name: str
    copy: Callable[[Session, int], Any]
    erase: Callable[[Session, int], None] | None = None


@reading
def copy_of(db: Session, member_id: int) -> dict[str, Any]:
    """Everything stored about a member, as JSON-able values by part."""
    return {part.name: part.copy(db, member_id) for part in PARTS}


def erase(actor_id: int, member_id: int, reason: str = "") -> None:
    """Erase a person, at their own wish or an organiser's; cannot be undone. Their sessions end at once."""
    tell_ended(_erase(actor_id, member_id, reason))
    kept.note(member_id)


@writing
def _erase(db: Session, actor_id: int, member_id: int, reason: str) -> list[tuple[int, int]]:
    member = _member(db, member_id) if actor_id == member_id else _require_over(db, actor_id, member_id)
    if (ADMIN, "/") in _held(db, member_id) and _administrators(db) == 1:
        raise Rejected("last_admin")
    ended = _end_sign_ins(db, member_id)
    _erase_parts(db, member_id)
    _audit(db, actor_id, "member.erased", member_id=member_id, chapter_id=member.chapter_id, reason=reason)
    return ended


def _erase_again(db: Session, member_id: int) -> bool:
    """Erase somebody who came back with a backup; whether there was anything to erase."""
    member = db.get(Member, member_id)
    if member is None or member.erased_at is not None:
        return False
    _end_sign_ins(db, member_id)
    _erase_parts(db, member_id)
    _audit(db, None, "member.erased", member_id=member_id, chapter_id=member.chapter_id)
    return True


def _erase_parts(db: Session, member_id: int) -> None:
    _end_made_by(db, member_id)
    _end(db, MEMBER, [member_id])
    for part in PARTS:
        if part.erase is not None:
            part.erase(db, member_id)


def _copy_member(db: Session, member_id: int) -> dict[str, Any]:
    one = db.get_one(Member, member_id)
    chapter = db.get_one(Chapter, one.chapter_id)
    return {
        "number": one.id, "code": one.code, "name": one.name, "nickname": one.nickname,
        "public_name": one.public_name, "birth_year": one.birth_year, "chapter": chapter.name,
        "chapter_code": chapter.code, "confirmed_at": one.confirmed_at, "left_at": one.left_at,
        "created_at": one.created_at,
    }  # fmt: skip


def _erase_member(db: Session, member_id: int) -> None:
    one = db.get_one(Member, member_id)
    one.name = one.nickname = one.search = ""
    one.public_name, one.code, one.sort_key = f"#{one.id}", f"#{one.id}", "~"
    one.birth_year, one.left_at, one.erased_at = None, one.left_at or now_us(db), now_us(db)


def _copy_account(db: Session, member_id: int) -> dict[str, Any] | None:
    one = db.get(Account, member_id)
    return None if one is None else {
        "username": one.username, "email": one.email, "status": one.status, "created_at": one.created_at,
        "last_sign_in_at": one.last_sign_in_at,
    }  # fmt: skip


def _copy_guardian(db: Session, member_id: int) -> dict[str, Any] | None:
    one = db.get(Guardian, member_id)
    return None if one is None else {
        "name": one.name, "relation": one.relation, "confirmed_at": one.confirmed_at, "child_name": one.child_name,
        "nickname": one.nickname, "waits_for_an_organiser": one.agreed is not None, "met_by": one.met_by,
        "met_at": one.met_at,
    }  # fmt: skip


def _copy_sign_ins(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(SignIn).where(SignIn.member_id == member_id).order_by(SignIn.id))
    return [{"device": one.device, "began_at": one.began_at, "seen_at": one.seen_at} for one in rows]


def _erase_access(db: Session, member_id: int) -> None:
    for table in (OneTimeLink, RoleGrant, Account, Guardian):
        db.execute(delete(table).where(table.member_id == member_id))


def _copy_consents(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.execute(
        select(Consent, ConsentText.words)
        .join(ConsentText, ConsentText.digest == Consent.text_digest)
        .where(Consent.member_id == member_id)
        .order_by(Consent.id)
    )
    return [
        {"purpose": one.purpose, "given": one.given, "at": one.at, "channel": one.channel, "words": words,
         "text_digest": one.text_digest}
        for one, words in rows
    ]  # fmt: skip


def _copy_roles(db: Session, member_id: int) -> list[dict[str, Any]]:
    return [{"role": role, "path": path} for role, path in _held(db, member_id)]


def _erase_reasons(db: Session, member_id: int) -> None:
    about = select(Audit.id).where(Audit.member_id == member_id)
    db.execute(delete(AuditNote).where(AuditNote.audit_id.in_(about)))


def _copy_seats(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Seat).where(Seat.member_id == member_id).order_by(Seat.id))
    return [
        {"show": one.show_id, "name": one.name, "role": one.role, "joined_at": one.joined_at} for one in rows
    ]


def _erase_seats(db: Session, member_id: int) -> None:
    for seat in db.scalars(select(Seat).where(Seat.member_id == member_id)):
        seat.name, seat.name_key = f"#{member_id}", f"#{member_id}/{seat.id}"


def _copy_ballots(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(
        select(Ballot)
        .join(Seat, (Seat.show_id == Ballot.show_id) & (Seat.number == Ballot.seat))
        .where(Seat.member_id == member_id)
        .order_by(Ballot.show_id, Ballot.no)
    )
    return [{"show": b.show_id, "no": b.no, "choice": b.choice, "received_at": b.received_at} for b in rows]


def _copy_points(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Entry).where(Entry.owner_kind == "member", Entry.owner_id == member_id).order_by(Entry.id))
    return [
        {"source": one.source_kind, "number": one.source_id, "half_points": one.half_points, "at": one.at}
        for one in rows
    ]


def _copy_notices(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Notice).where(Notice.member_id == member_id).order_by(Notice.id))
    return [{"at": one.at, "what": one.code, "about": one.data, "seen_at": one.seen_at} for one in rows]


def _erase_notices(db: Session, member_id: int) -> None:
    db.execute(delete(Notice).where(Notice.member_id == member_id))


def _clear_devices(db: Session, member_id: int) -> None:
    db.execute(update(SignIn).where(SignIn.member_id == member_id).values(device=""))


PARTS = [
    Part("member", _copy_member, _erase_member),
    Part("account", _copy_account, _erase_access),
    Part("guardian", _copy_guardian),
    Part("roles", _copy_roles),
    Part("sign_ins", _copy_sign_ins, _clear_devices),
    Part("consents", _copy_consents),
    Part("notices", _copy_notices, _erase_notices),
    Part("reasons", lambda db, member_id: None, _erase_reasons),
    Part("seats", _copy_seats, _erase_seats),
    Part("ballots", _copy_ballots),
    Part("points", _copy_points),
    Part("attempts", personal.copy, personal.erase),
    Part("contests", personal.copy_entrant),
    Part("complaints", complaints.copy, complaints.erase),
]
"""Append yours: `PARTS.append(Part("name", copy, erase))`."""
