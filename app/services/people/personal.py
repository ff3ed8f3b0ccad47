"""A person's data in this area: name, account, guardian, roles, devices, consents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.notices import Notice
from app.models.people import Account, Chapter, Guardian, Member, RoleGrant
from app.models.records import Audit, AuditNote, Consent, ConsentText
from app.models.rights import DataRequest
from app.models.signing_in import OneTimeLink, OutsideIdentity, Passkey, SignIn
from app.services.people.roles import held_in
from app.services.personal import Part


def _copy_member(db: Session, member_id: int) -> dict[str, Any]:
    one = db.get_one(Member, member_id)
    chapter = db.get_one(Chapter, one.chapter_id)
    return {
        "number": one.id,
        "code": one.code,
        "name": one.name,
        "nickname": one.nickname,
        "public_name": one.public_name,
        "birth_year": one.birth_year,
        "chapter": chapter.name,
        "chapter_code": chapter.code,
        "confirmed_at": one.confirmed_at,
        "left_at": one.left_at,
        "created_at": one.created_at,
    }


def _erase_member(db: Session, member_id: int) -> None:
    one = db.get_one(Member, member_id)
    one.name = one.nickname = one.search = ""
    one.public_name, one.code, one.sort_key = f"#{one.id}", f"#{one.id}", "~"
    one.birth_year, one.left_at, one.erased_at = None, one.left_at or now_us(db), now_us(db)


def _copy_account(db: Session, member_id: int) -> dict[str, Any] | None:
    one = db.get(Account, member_id)
    return (
        None
        if one is None
        else {
            "username": one.username,
            "email": one.email,
            "email_confirmed_at": one.email_confirmed_at,
            "status": one.status,
            "created_at": one.created_at,
            "last_sign_in_at": one.last_sign_in_at,
        }
    )


def _copy_guardian(db: Session, member_id: int) -> dict[str, Any] | None:
    one = db.get(Guardian, member_id)
    return (
        None
        if one is None
        else {
            "name": one.name,
            "relation": one.relation,
            "confirmed_at": one.confirmed_at,
            "child_name": one.child_name,
            "nickname": one.nickname,
            "waits_for_an_organiser": one.agreed is not None,
            "met_by": one.met_by,
            "met_at": one.met_at,
        }
    )


def _copy_children(db: Session, member_id: int) -> list[dict[str, Any]]:
    """The children a guardian agreed for, by their numbers."""
    rows = db.scalars(select(Guardian).where(Guardian.guardian_id == member_id).order_by(Guardian.member_id))
    return [{"member": one.member_id, "relation": one.relation, "at": one.confirmed_at} for one in rows]


def _copy_granted(db: Session, member_id: int) -> list[dict[str, Any]]:
    """The roles this person gave to others that still stand."""
    rows = db.scalars(select(RoleGrant).where(RoleGrant.granted_by == member_id).order_by(RoleGrant.id))
    return [{"role": one.role, "chapter": one.chapter_id, "at": one.granted_at} for one in rows]


def _copy_sign_ins(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(SignIn).where(SignIn.member_id == member_id).order_by(SignIn.id))
    return [{"device": one.device, "began_at": one.began_at, "seen_at": one.seen_at} for one in rows]


def _erase_access(db: Session, member_id: int) -> None:
    for table in (OneTimeLink, RoleGrant, Passkey, OutsideIdentity, Account, Guardian):
        db.execute(delete(table).where(table.member_id == member_id))


def _copy_consents(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.execute(
        select(Consent, ConsentText.words)
        .join(ConsentText, ConsentText.digest == Consent.text_digest)
        .where(Consent.member_id == member_id)
        .order_by(Consent.id)
    )
    return [
        {
            "purpose": one.purpose,
            "given": one.given,
            "at": one.at,
            "channel": one.channel,
            "words": words,
            "text_digest": one.text_digest,
        }
        for one, words in rows
    ]


def _copy_roles(db: Session, member_id: int) -> list[dict[str, Any]]:
    return [{"role": role, "path": path} for role, path in held_in(db, member_id)]


def _erase_reasons(db: Session, member_id: int) -> None:
    about = select(Audit.id).where(Audit.member_id == member_id)
    db.execute(delete(AuditNote).where(AuditNote.audit_id.in_(about)))


def _clear_devices(db: Session, member_id: int) -> None:
    db.execute(update(SignIn).where(SignIn.member_id == member_id).values(device=""))


def _copy_notices(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Notice).where(Notice.member_id == member_id).order_by(Notice.id))
    return [{"at": one.at, "what": one.code, "about": one.data, "seen_at": one.seen_at} for one in rows]


def _copy_passkeys(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Passkey).where(Passkey.member_id == member_id).order_by(Passkey.id))
    return [{"device": one.name, "made_at": one.made_at, "used_at": one.used_at} for one in rows]


def _copy_identities(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(OutsideIdentity).where(OutsideIdentity.member_id == member_id))
    return [{"issuer": one.issuer, "subject": one.subject, "linked_at": one.linked_at} for one in rows]


def _erase_notices(db: Session, member_id: int) -> None:
    db.execute(delete(Notice).where(Notice.member_id == member_id))


def _copy_requests(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(DataRequest).where(DataRequest.member_id == member_id).order_by(DataRequest.id))
    return [
        {
            "kind": one.kind,
            "words": one.words,
            "state": one.state,
            "asked_at": one.asked_at,
            "reply": one.reply,
            "replied_at": one.replied_at,
            "extension": one.extension,
            "answer": one.answer,
            "closed_at": one.closed_at,
        }
        for one in rows
    ]


def _erase_requests(db: Session, member_id: int) -> None:
    """The words go; that something was asked and answered in time stays."""
    theirs = update(DataRequest).where(DataRequest.member_id == member_id)
    db.execute(theirs.values(words="", reply="", extension="", answer=""))
    db.execute(theirs.where(DataRequest.state == "open").values(state="granted", closed_at=now_us(db)))


PARTS = [
    Part("member", _copy_member, _erase_member),
    Part("account", _copy_account, _erase_access),
    Part("guardian", _copy_guardian),
    Part("children", _copy_children),
    Part("roles", _copy_roles),
    Part("roles_given", _copy_granted),
    Part("sign_ins", _copy_sign_ins, _clear_devices),
    Part("passkeys", _copy_passkeys, tables=("passkey",)),
    Part("outside_identities", _copy_identities, tables=("outside_identity",)),
    Part("consents", _copy_consents),
    Part("requests", _copy_requests, _erase_requests, tables=("data_request",)),
    Part("notices", _copy_notices, _erase_notices),
    Part("reasons", lambda db, member_id: None, _erase_reasons),
]
