"""Making accounts: sign-up, a member's first password, the guardian's yes, the first administrator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.models.engines import lock, now_us
from app.models.people import Account, Guardian
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.people.chapters import chapter_in as _chapter
from app.services.people.consent import NEEDED, Proof, Wording, decide_consents_in
from app.services.people.guardians import kept_words, open_account_in, tell_organisers_in, vouched_in
from app.services.people.links import FIRST_ADMIN, GUARDIAN, INVITATION, PASSWORD, SLIP, member_link_in, use_link_in
from app.services.people.logins import ACTIVE, WAITING, add_account_in, new_hash, note_use_in
from app.services.people.members import member_in
from app.services.people.membership import add_member_in
from app.services.people.pending import end_links_to_in
from app.services.people.person import Person, clean_birth_year, clean_name, clean_nickname
from app.services.people.public_names import is_child
from app.services.people.queue import is_listed_in
from app.services.people.roles import ADMIN, grant_role_in
from app.services.people.tree import Draft, add_chapter_in
from quizzes.refusals import Rejected

FIRST = 6
"""The kind of lock the first administrator takes, so that two links opened at once make one."""


@dataclass(frozen=True)
class Agreed:
    """The boxes as ticked, the words as shown and where from."""

    decisions: Mapping[str, bool]
    wordings: Mapping[str, Wording]
    proof: Proof

    def check(self) -> None:
        if not self.decisions.get(NEEDED):
            raise Rejected("consent_needed", field=f"consent_{NEEDED}")


@dataclass(frozen=True)
class SignUp:
    """The entries of a form that makes an account. A child gives a nickname; the guardian gives the name."""

    chapter_id: int
    birth_year: int
    username: str
    password: str = field(repr=False)
    name: str = ""
    nickname: str = ""
    email: str = ""


@dataclass(frozen=True)
class SignedUp:
    """The new member; for a child the token of the link the guardian has to open."""

    member_id: int
    guardian_token: str | None = None


def sign_up(new: SignUp, agreed: Agreed | None, *, invitation: str | None = None) -> SignedUp:
    """Make a member with an account. A child's waits for the guardian, and holds no name until then."""
    if not is_child(clean_birth_year(new.birth_year)):
        if agreed is None:
            raise Rejected("consent_needed", field=f"consent_{NEEDED}")
        agreed.check()
    return sign_up_in(new, agreed, invitation, new_hash(new.password, new.username))


@writing
def sign_up_in(db: Session, new: SignUp, agreed: Agreed | None, invitation: str | None, password_hash: str) -> SignedUp:
    invited = use_link_in(db, invitation, INVITATION) if invitation is not None else None
    chapter_id = invited.chapter_id if invited else new.chapter_id
    if _chapter(db, chapter_id).valid_to is not None:
        raise Rejected("no_such_chapter", field="chapter")
    child = is_child(new.birth_year)
    name = new.nickname if child else new.name
    person = Person(name, new.birth_year, nickname=new.nickname)
    vouched = invited is not None and (child or not is_listed_in(db, chapter_id, person))
    member_id = add_member_in(db, chapter_id, person, confirmed=vouched, nameless=child)
    if invited:
        audit_in(db, member_id, "invitation.used", member_id=member_id, chapter_id=chapter_id, made_by=invited.made_by)
    add_account_in(db, member_id, new.username, new.email, password_hash, WAITING if child else ACTIVE)
    if child:
        return SignedUp(member_id, member_link_in(db, GUARDIAN, member_id, None))
    if agreed is not None:
        decide_consents_in(db, member_id, agreed.decisions, agreed.wordings, agreed.proof)
    return SignedUp(member_id)


@writing
def guardian_agrees(
    db: Session,
    token: str,
    child_name: str,
    guardian: str,
    relation: str,
    agreed: Agreed,
    *,
    nickname: str = "",
    guardian_id: int | None = None,
) -> bool:
    """Stores a guardian's consent. True when the child's account is open now; else an organiser has to meet them first.
    `guardian_id`: the member who opened the link in their own session. `nickname`: one that does not tell the name."""
    agreed.check()
    member_id = use_link_in(db, token, GUARDIAN).member_id
    member, account = member_in(db, member_id), db.get(Account, member_id)
    if account is None or account.status != WAITING:
        raise Rejected("link_gone")
    if not is_child(member.birth_year):
        raise Rejected("not_now")
    name, relation = clean_name(child_name), " ".join(relation.split())[:40]
    said = {
        "name": clean_name(guardian),
        "relation": relation,
        "confirmed_at": now_us(db),
        "child_name": name,
        "nickname": clean_nickname(nickname or member.nickname, name),
        "guardian_id": guardian_id,
        "agreed": kept_words(agreed.decisions, agreed.wordings, agreed.proof),
    }
    found = db.merge(Guardian(member_id=member.id, **said))
    if not vouched_in(db, guardian_id, member.id):
        tell_organisers_in(db, member)
        return False
    open_account_in(db, member, found, guardian_id or 0)
    audit_in(db, guardian_id, "guardian.agreed", member_id=member.id, chapter_id=member.chapter_id)
    return True


def activate(
    token: str, username: str, password: str, birth_year: int | None, agreed: Agreed | None, purpose: str = PASSWORD
) -> SignedUp:
    """Use a password link or a slip for a member without an account: the same gates as at sign-up."""
    return _activate(token, purpose, username, new_hash(password, username), clean_birth_year(birth_year), agreed)


@writing
def _activate(
    db: Session,
    token: str,
    purpose: str,
    username: str,
    password_hash: str,
    birth_year: int | None,
    agreed: Agreed | None,
) -> SignedUp:
    used = use_link_in(db, token, purpose)
    member = member_in(db, used.member_id)
    member.birth_year = member.birth_year or birth_year
    if member.birth_year is None:
        raise Rejected("birth_year", field="birth_year")
    child = is_child(member.birth_year)
    add_account_in(db, member.id, username, "", password_hash, WAITING if child else ACTIVE)
    end_links_to_in(db, [member.id])
    note_use_in(db, used, "opened_by_link", "slip.used" if purpose == SLIP else "link.used")
    if child:
        return SignedUp(member.id, member_link_in(db, GUARDIAN, member.id, None))
    if agreed is None:
        raise Rejected("consent_needed", field=f"consent_{NEEDED}")
    agreed.check()
    decide_consents_in(db, member.id, agreed.decisions, agreed.wordings, agreed.proof)
    return SignedUp(member.id)


def first_administrator(token: str, organisation: Draft, new: SignUp, agreed: Agreed) -> int:
    """The person who opens the first link gets a chapter of their own and administers everything."""
    agreed.check()
    if is_child(clean_birth_year(new.birth_year)):
        raise Rejected("birth_year", field="birth_year")
    return _first_administrator(token, organisation, new, agreed, new_hash(new.password, new.username))


@writing
def _first_administrator(
    db: Session, token: str, organisation: Draft, new: SignUp, agreed: Agreed, password_hash: str
) -> int:
    lock(db, FIRST, 0)
    use_link_in(db, token, FIRST_ADMIN)
    chapter_id = add_chapter_in(db, None, None, organisation)
    member_id = add_member_in(db, chapter_id, Person(new.name, new.birth_year), confirmed=True)
    add_account_in(db, member_id, new.username, new.email, password_hash, ACTIVE)
    decide_consents_in(db, member_id, agreed.decisions, agreed.wordings, agreed.proof)
    grant_role_in(db, None, member_id, ADMIN, None)
    audit_in(db, member_id, "admin.first", member_id=member_id)
    return member_id
