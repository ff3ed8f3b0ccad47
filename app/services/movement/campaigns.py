"""Campaigns: seasons of 1+2 in a subtree, with the services they teach and point rules of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.movement import Campaign, Teaching
from app.models.people import Chapter
from app.models.points import RulesVersion
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.clock import now_us
from app.services.people.chapters import chapter_in as _chapter
from app.services.people.roles import ORGANISER, require_in
from app.services.tokens import CODE_LETTERS
from quizzes.ledger.rules import PointRules, checked, to_data
from quizzes.movement.services import LOCAL_APP, SERVICES, chosen
from quizzes.refusals import Rejected
from quizzes.text import visible

TITLE = (3, 120)  # characters of a title: least, most


@dataclass(frozen=True)
class Held:
    """A campaign as pages show it."""

    id: int
    public_id: str
    title: str
    chapter_id: int
    chapter: str
    path: str
    services: str
    app_name: str
    app_site: str
    starts_at: int
    ends_at: int
    invented: bool
    """To look at: nothing of it is verified, nothing is posted."""

    def running(self, now: int) -> bool:
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True)
class Draft:
    """The content of a campaign's form."""

    title: str
    services: tuple[str, ...]
    starts_at: int
    ends_at: int
    app_name: str = ""
    app_site: str = ""


def new_public_id(length: int = 10) -> str:
    """A public id of letters without look-alikes, not to be guessed."""
    import secrets

    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length)).lower()


@writing
def start(db: Session, actor_id: int | None, chapter_id: int, draft: Draft, rules: PointRules) -> int:
    """Begin a campaign in a chapter's subtree with version 1 of its point rules; its number."""
    return _start(db, actor_id, chapter_id, draft, rules)


def _start(db: Session, actor_id: int | None, chapter_id: int, draft: Draft, rules: PointRules) -> int:
    require_in(db, actor_id, ORGANISER, _chapter(db, chapter_id).path)
    title = visible(draft.title)
    if not TITLE[0] <= len(title) <= TITLE[1]:
        raise Rejected("campaign_title", field="title")
    if draft.ends_at <= draft.starts_at:
        raise Rejected("bad_dates", field="ends_on")
    keys = [key for key in SERVICES if key in draft.services]
    app_name, app_site = visible(draft.app_name)[:80], visible(draft.app_site)[:200]
    if not keys or (LOCAL_APP in keys and not app_name):
        raise Rejected("campaign_services", field="services")
    checked(rules)
    now = now_us(db)
    new = Campaign(
        public_id=new_public_id(),
        chapter_id=chapter_id,
        title=title,
        services=",".join(keys),
        app_name=app_name,
        app_site=app_site,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
    )
    db.add(new)
    db.flush()
    db.add(RulesVersion(campaign_id=new.id, no=1, since=min(draft.starts_at, now), rules=json.dumps(to_data(rules))))
    audit_in(db, actor_id, "campaign.started", chapter_id=chapter_id, campaign=new.id)
    return new.id


@reading
def campaign(db: Session, public_id: str) -> Held | None:
    """One campaign by what stands in addresses."""
    row = db.execute(_query().where(Campaign.public_id == public_id)).first()
    return held_of(*row) if row else None


@reading
def campaign_numbered(db: Session, number: int) -> Held:
    """One campaign by its number, which exists."""
    return numbered_in(db, number)


def numbered_in(db: Session, number: int) -> Held:
    return held_of(*db.execute(_query().where(Campaign.id == number)).one())


@reading
def for_member(db: Session, path: str, now: int) -> list[Held]:
    """The campaigns that run where a member belongs, the nearest chapter's first."""
    return _running(db, path, now)


@reading
def of_member(db: Session, member_id: int, path: str, now: int) -> list[Held]:
    """The same, and behind them those in which the member has taught somebody: they are over, or were left behind by
    a move, and what was done there still counts."""
    running = _running(db, path, now)
    taught = (Teaching.member_id == member_id, Teaching.confirmed_at.is_not(None))
    mine = set(db.scalars(select(Teaching.campaign_id).where(*taught).distinct())) - {one.id for one in running}
    return running + [one for one in reversed(_all(db)) if one.id in mine]


def _running(db: Session, path: str, now: int) -> list[Held]:
    found = [one for one in _all(db) if path.startswith(one.path) and one.running(now)]
    return sorted(found, key=lambda one: (-len(one.path), one.starts_at, one.id))


@reading
def in_subtrees(db: Session, paths: list[str]) -> list[Held]:
    """The campaigns of these subtrees, the newest first."""
    return [one for one in reversed(_all(db)) if any(one.path.startswith(path) for path in paths)]


@reading
def all_campaigns(db: Session) -> list[Held]:
    """Every campaign, the newest first."""
    return _all(db)[::-1]


def taught_in(held: Held) -> list[tuple[str, str, str, str]]:
    """(key, name, site's name, site) of the services of a campaign; the local application is the campaign's own."""
    rows = []
    for one in chosen(held.services):
        own = one.key == LOCAL_APP
        rows.append(
            (
                one.key,
                held.app_name if own else one.name,
                held.app_name if own else one.site_name,
                held.app_site if own else one.site,
            )
        )
    return rows


def _query() -> Select[Campaign, str, str]:
    return select(Campaign, Chapter.name, Chapter.path).join(Chapter, Chapter.id == Campaign.chapter_id)


def _all(db: Session) -> list[Held]:
    return [held_of(*row) for row in db.execute(_query().order_by(Campaign.id))]


def held_of(one: Campaign, chapter: str, path: str) -> Held:
    """A campaign with the name and the path of its chapter, as rows of a query give them."""
    return Held(
        one.id,
        one.public_id,
        one.title,
        one.chapter_id,
        chapter,
        path,
        one.services,
        one.app_name,
        one.app_site,
        one.starts_at,
        one.ends_at,
        one.invented,
    )
