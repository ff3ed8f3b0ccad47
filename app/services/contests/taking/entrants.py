"""A person as a contest sees them on the day, the group they declare, and the extra time they are granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.models.bank import Bank
from app.models.contests import Attempt, Contest, Entrant
from app.models.engines import database, insert, lock, now_us
from app.models.people import Chapter, Member
from app.services.audit import audit_in
from app.services.banks.rights import WORKERS
from app.services.commit import reading, writing
from app.services.contests.contests import Frozen, frozen, rules_of, wrote_in
from app.services.people.roles import ORGANISER, held_in, may, path_of_in, power_in, require_in
from quizzes.contest.setup.eligibility import Person
from quizzes.contest.taking.attempts import MOST_EXTRA
from quizzes.refusals import Rejected

CONTEST_LOCK = 3
"""The kind of lock that one contest's attempts are begun under."""

_numbers: WeakKeyDictionary[Engine, dict[str, int]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Known:
    """A person, and what the contest keeps of them."""

    person: Person
    chapter_id: int
    extra_percent: int
    agreed: bool
    """Said that they read the rules and the notice."""


class Extra(NamedTuple):
    """Somebody's extra time. `stands` is false once its granter may not give it any more."""

    member_id: int
    name: str
    percent: int
    stands: bool


def known_in(db: Session, contest: Frozen, member_id: int) -> Known:
    """The same inside the caller's transaction, for a contest that is at hand."""
    member = db.execute(
        select(Member.chapter_id, Member.path, Member.birth_year, Member.erased_at).where(Member.id == member_id)
    ).one_or_none()
    if member is None or member.erased_at is not None:
        raise Rejected("not_eligible", part="member")
    chapters = tuple(int(part) for part in member.path.strip("/").split("/") if part)
    kinds = db.scalars(select(Chapter.kind).where(Chapter.id.in_(chapters)))
    said = db.get(Entrant, (contest.contest_id, member_id))
    person = Person(
        member=member_id,
        chapters=chapters,
        kinds=frozenset(kinds),
        birth_year=member.birth_year,
        groups=frozenset(name for name in (said.groups if said else "").split(",") if name),
        organises=_organises(db, contest, member_id),
        wrote=wrote_in(db, contest.contest_id, member_id),
    )
    extra = said.extra_percent if said and _still_gives(db, contest.contest_id, said.extra_by) else 0
    return Known(person, member.chapter_id, extra, bool(said and said.agreed_at))


def _still_gives(db: Session, contest_id: int, granter: int | None) -> bool:
    """True when the person who granted extra time may do so now: the grant counts when a try begins, not when it was
    promised."""
    query = select(Chapter.path).join(Contest, Contest.chapter_id == Chapter.id).where(Contest.id == contest_id)
    return granter is not None and may(power_in(db, granter), ORGANISER, db.scalars(query).one())


def _organises(db: Session, contest: Frozen, member_id: int) -> bool:
    """True for who made the contest, or may see its keys by a role over its chapter or over a bank of its own that is
    not public."""
    query = select(Contest.created_by, Chapter.path).join(Chapter, Chapter.id == Contest.chapter_id)
    made_by, path = db.execute(query.where(Contest.id == contest.contest_id)).one()
    held = held_in(db, member_id)
    if made_by == member_id or may(held, ORGANISER, path):
        return True
    if not held:
        return False
    banks = (Bank.id.in_(contest.rules.banks), Bank.public.is_(False))  # the keys of public ones are everybody's
    homes = db.scalars(select(Chapter.path).join(Bank, Bank.chapter_id == Chapter.id).where(*banks)).all()
    return any(may(held, role, home) for home in homes for role in WORKERS)


@reading
def known(db: Session, contest_id: int, member_id: int) -> Known:
    """The person as the contest sees them now; Rejected("no_such_contest") where it was never opened."""
    return known_in(db, frozen(contest_id), member_id)


def opened(public_id: str) -> Frozen:
    """The opened contest with this address, or Rejected("no_such_contest")."""
    known = _numbers.setdefault(database.engine, {})
    if public_id not in known:
        known[public_id] = _number(public_id)
    return frozen(known[public_id])


@reading
def _number(db: Session, public_id: str) -> int:
    found = db.scalar(select(Contest.id).where(Contest.public_id == public_id, Contest.opened_at.is_not(None)))
    if found is None:
        raise Rejected("no_such_contest")
    return found


def choosable(contest: Frozen) -> list[str]:
    """The groups the rules speak of, which a person may declare to belong to, in the order of the rules."""
    rules = contest.rules
    named = [*rules.who.groups, *(name for one in rules.divisions for name in one.who.groups)]
    return list(dict.fromkeys(named))


@writing
def enter(db: Session, contest_id: int, member_id: int, groups: Sequence[str] | None = None) -> None:
    """Note that the person read the rules, and the groups they declare (None: as they are). Groups stay once a
    try that counts was started: nobody moves to an easier division. Rejected: bad_request for unknown groups."""
    contest = frozen(contest_id)
    lock(db, CONTEST_LOCK, contest_id)
    enter_in(db, contest, member_id, groups)


def enter_in(db: Session, contest: Frozen, member_id: int, groups: Sequence[str] | None) -> None:
    """The same inside a transaction that holds the contest."""
    if groups is not None and not set(groups) <= set(choosable(contest)):
        raise Rejected("bad_request", field="groups")
    said: dict[str, Any] = {"agreed_at": now_us(db)}
    if groups is not None and not _began(db, contest.contest_id, member_id):
        said["groups"] = ",".join(sorted(set(groups)))
    query = insert(db, Entrant).values(contest_id=contest.contest_id, member_id=member_id, **said)
    db.execute(query.on_conflict_do_update(index_elements=["contest_id", "member_id"], set_=said))


def _began(db: Session, contest_id: int, member_id: int) -> bool:
    query = select(Attempt.id).where(
        Attempt.member_id == member_id, Attempt.contest_id == contest_id, Attempt.wave >= 0
    )
    return db.scalar(query.limit(1)) is not None


@writing
def grant_extra(db: Session, actor_id: int, contest_id: int, member_id: int, percent: int, reason: str = "") -> None:
    """Give somebody more time, in per cent (0 takes it back), for tries that start from now on and while the granter
    is an organiser of the contest's chapter.

    Rejected: no_such_contest, forbidden, no_such_member (nobody there, or nobody this contest is for), bad_request
    beyond 200.
    """
    contest = db.get(Contest, contest_id)
    if contest is None:
        raise Rejected("no_such_contest")
    require_in(db, actor_id, ORGANISER, path_of_in(db, contest.chapter_id))
    if not _concerns(db, contest, member_id):
        raise Rejected("no_such_member", field="code")
    if not 0 <= percent <= MOST_EXTRA:
        raise Rejected("bad_request", field="percent")
    given = {"extra_percent": percent, "extra_by": actor_id}
    query = insert(db, Entrant).values(contest_id=contest_id, member_id=member_id, **given)
    db.execute(query.on_conflict_do_update(index_elements=["contest_id", "member_id"], set_=given))
    audit_in(
        db,
        actor_id,
        "contest.extra_time",
        member_id=member_id,
        chapter_id=contest.chapter_id,
        reason=reason,
        percent=percent,
    )


def _concerns(db: Session, contest: Contest, member_id: int) -> bool:
    """True when the person belongs to the contest's chapter or one it is for: nobody learns other chapters' names."""
    path = db.scalar(select(Member.path).where(Member.id == member_id))
    if path is None:
        return False
    wanted = rules_of(contest.rules).who.chapters
    return (
        not wanted
        or path.startswith(path_of_in(db, contest.chapter_id))
        or bool({str(one) for one in wanted} & set(path.split("/")))
    )


@reading
def with_extra(db: Session, contest_id: int) -> list[Extra]:
    """Everybody who was granted extra time."""
    query = (
        select(Entrant.member_id, Member.name, Entrant.extra_percent, Entrant.extra_by)
        .join(Member, Member.id == Entrant.member_id)
        .where(Entrant.contest_id == contest_id, Entrant.extra_percent > 0)
        .order_by(Member.sort_key)
    )
    rows = db.execute(query).all()
    stands = {granter: _still_gives(db, contest_id, granter) for granter in {row[3] for row in rows}}
    return [Extra(member, name, percent, stands[granter]) for member, name, percent, granter in rows]
