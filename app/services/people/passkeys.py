"""Passkeys: a key in the phone or computer signs in its owner, without a password that could be given away.

Nothing of what is asked tells whether an account has one: the device itself finds the keys it holds for this site. The
library is loaded when the first key is used, so that a start does not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.people import Account, Member
from app.models.signing_in import Passkey
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.logins import ACTIVE
from app.services.people.notices import tell_in
from quizzes.refusals import Rejected

MOST = 10
"""Keys of one account."""


@dataclass(frozen=True)
class Address:
    """The address of the site: the host that keys are made for, and the origin that the browser reports."""

    host: str
    origin: str


@dataclass(frozen=True)
class KeyLine:
    """A key as its owner sees it."""

    id: int
    name: str
    made_at: int
    used_at: int | None


def to_add(member_id: int, address: Address) -> tuple[str, bytes]:
    """The options a browser needs to make a key (JSON), and the challenge to keep until it answers."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import structs

    name, login, had = _about(member_id)
    if len(had) >= MOST:
        raise Rejected("too_many_keys")
    options = generate_registration_options(
        rp_id=address.host,
        rp_name="Sân Chơi Số",
        user_id=str(member_id).encode(),
        user_name=login,
        user_display_name=name,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in had],
    )
    return options_to_json(options), options.challenge


def add(member_id: int, signed: dict[str, Any], challenge: bytes, address: Address, name: str) -> None:
    """Keep the key the browser made. Raises Rejected: key_refused."""
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = verify_registration_response(
            credential=signed,
            expected_challenge=challenge,
            expected_rp_id=address.host,
            expected_origin=address.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Rejected("key_refused") from None
    _add(member_id, made.credential_id, made.credential_public_key, made.sign_count, name)


def to_sign_in(address: Address) -> tuple[str, bytes]:
    """The options a browser needs to find a key, and the challenge; the same for everybody."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers import structs

    needed = structs.UserVerificationRequirement.REQUIRED
    options = generate_authentication_options(rp_id=address.host, user_verification=needed)
    return options_to_json(options), options.challenge


def owner(signed: dict[str, Any], challenge: bytes, address: Address) -> int:
    """The member whose key answered. Raises Rejected: key_refused, account_waiting, account_disabled."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        credential = base64url_to_bytes(str(signed["rawId"]))
        number, member_id, status, public_key, count = _key(credential)
        used = verify_authentication_response(
            credential=signed,
            expected_challenge=challenge,
            expected_rp_id=address.host,
            expected_origin=address.origin,
            credential_public_key=public_key,
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Rejected("key_refused") from None
    if status != ACTIVE:
        raise Rejected("account_waiting" if status == "waiting" else "account_disabled")
    _note(number, used.new_sign_count)
    return member_id


@reading
def keys(db: Session, member_id: int) -> list[KeyLine]:
    """The keys of a member, the oldest first."""
    rows = db.scalars(select(Passkey).where(Passkey.member_id == member_id).order_by(Passkey.id))
    return [KeyLine(one.id, one.name, one.made_at, one.used_at) for one in rows]


@writing
def remove(db: Session, member_id: int, number: int) -> None:
    """Remove a key: it opens the account no more."""
    gone = db.execute(delete(Passkey).where(Passkey.id == number, Passkey.member_id == member_id).returning(Passkey.id))
    if gone.first() is not None:
        audit_in(db, member_id, "passkey.removed", member_id=member_id)


@reading
def _about(db: Session, member_id: int) -> tuple[str, str, list[bytes]]:
    member, account = db.get_one(Member, member_id), db.get_one(Account, member_id)
    had = list(db.scalars(select(Passkey.credential_id).where(Passkey.member_id == member_id)))
    return member.name, account.username or member.code, had


@writing
def _add(db: Session, member_id: int, credential: bytes, public_key: bytes, count: int, name: str) -> None:
    account = db.scalar(select(Account).where(Account.member_id == member_id).with_for_update())
    if account is None or account.status != ACTIVE:
        raise Rejected("account_disabled")
    if len(db.scalars(select(Passkey.id).where(Passkey.member_id == member_id)).all()) >= MOST:
        raise Rejected("too_many_keys")
    row = {"member_id": member_id, "credential_id": credential, "public_key": public_key, "sign_count": count}
    query = insert(db, Passkey).values(**row, name=name[:80], made_at=now_us(db)).on_conflict_do_nothing()
    if db.execute(query.returning(Passkey.id)).first() is None:
        raise Rejected("key_refused")
    tell_in(db, member_id, "passkey_added", by=None)
    audit_in(db, member_id, "passkey.added", member_id=member_id)


@reading
def _key(db: Session, credential: bytes) -> tuple[int, int, str, bytes, int]:
    row = db.execute(
        select(Passkey, Account.status)
        .join(Account, Account.member_id == Passkey.member_id)
        .where(Passkey.credential_id == credential)
    ).first()
    if row is None:
        raise KeyError("nobody has this key")
    one, status = row
    return one.id, one.member_id, status, one.public_key, one.sign_count


@writing
def _note(db: Session, number: int, count: int) -> None:
    one = db.get(Passkey, number)
    if one is not None:
        one.sign_count, one.used_at = count, now_us(db)
