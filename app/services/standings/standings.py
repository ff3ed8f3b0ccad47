"""Standings as things: making one, finding it, changing its rules, removing it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.movement import Campaign
from app.models.people import Chapter, under
from app.models.standings import Standing
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.campaigns import new_public_id
from app.services.people.kinds import KINDS
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.rows import Numbered, OfChapter, row_in
from app.services.standings.scopes import Scope
from quizzes.refusals import Rejected
from quizzes.settings.fields import plain, read
from quizzes.standing.rules import OWN, Rules, weights
from quizzes.text import visible

TITLE = (3, 120)
"""Length of a title in characters: least, most."""
SEASONS = (2000, 2200)
"""The first and the last year a season may be."""
SHOWN = 100  # standings listed
ASKED_AT_ONCE = 500
"""Codes that one statement looks for."""


@dataclass(frozen=True)
class Held(OfChapter, Numbered):
    """A standing as pages show it."""

    title: str
    kind: str
    season: int
    campaign_id: int
    rules: Rules
    revision: int

    @property
    def scope(self) -> Scope:
        return Scope(self.path, self.kind, self.season, self.campaign_id)


@dataclass(frozen=True)
class Draft:
    """The content of a new standing's form. `campaign`: its public id, "" for the season."""

    title: str
    kind: str
    season: int
    campaign: str = ""


def rules_from(data: Mapping[str, Any]) -> Rules:
    """Rules as typed or stored, or Rejected("bad_setting") with the field that is wrong."""
    problems: list[Any] = []
    found = read(Rules, data, problems)
    if problems:
        raise Rejected("bad_setting", field=problems[0].path[0])
    if found.formula == OWN and not weights(found):
        raise Rejected("standing_weightless", field="contests")
    return found


@writing
def make(db: Session, actor_id: int | None, chapter_id: int, draft: Draft, rules: Rules) -> str:
    """Begin a standing over a chapter's subtree; its public id. It is computed at the next beat of the clock."""
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    title = visible(draft.title)
    if not TITLE[0] <= len(title) <= TITLE[1]:
        raise Rejected("standing_title", field="title")
    if draft.kind not in KINDS:
        raise Rejected("chapter_kind", field="kind")
    campaign = db.scalar(select(Campaign).where(Campaign.public_id == draft.campaign)) if draft.campaign else None
    if (draft.campaign and campaign is None) or not SEASONS[0] <= draft.season <= SEASONS[1]:
        raise Rejected("bad_request", field="campaign" if draft.campaign else "season")
    now = now_us(db)
    new = Standing(
        public_id=new_public_id(),
        chapter_id=chapter_id,
        title=title,
        kind=draft.kind,
        season=0 if campaign else draft.season,
        campaign_id=campaign.id if campaign else 0,
        rules=json.dumps(plain(rules), ensure_ascii=False),
        revision=1,
        due_at=now,
    )
    db.add(new)
    audit_in(db, actor_id, "standing.made", chapter_id=chapter_id)
    return new.public_id


@writing
def change(db: Session, actor_id: int, public_id: str, revision: int, rules: Rules) -> None:
    """Put other rules in force. Frozen snapshots keep those they were made with.

    Rejected: old_revision, standing_removed, standing_unknown, standing_twice."""
    row = changed_in(db, actor_id, public_id)
    _grouped_in(db, row, rules)
    if row.revision != revision:
        raise Rejected("old_revision")
    row.rules, row.revision = json.dumps(plain(rules), ensure_ascii=False), revision + 1
    row.due_at = now_us(db)
    audit_in(db, actor_id, "standing.rules", chapter_id=row.chapter_id, standing=row.id, revision=row.revision)


def changed_in(db: Session, actor_id: int, public_id: str) -> Standing:
    """A standing that still stands on the lists, of somebody who may change it."""
    row = row_in(db, Standing, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, row.chapter_id))
    if row.removed_at is not None:
        raise Rejected("standing_removed")
    return row


@reading
def check_groups(db: Session, public_id: str, rules: Rules) -> None:
    """Checks that every cụm and khối holds chapters of this standing. Rejected: standing_unknown, standing_twice."""
    row = db.scalar(select(Standing).where(Standing.public_id == public_id))
    if row is None:
        raise Rejected("not_found")
    _grouped_in(db, row, rules)


def _grouped_in(db: Session, row: Standing, rules: Rules) -> None:
    """Every code of a cụm or khối names a chapter that is compared, and none stands in two."""
    named: dict[str, str] = {}
    for cluster in rules.clusters:
        title = cluster.title.get("vi", "")
        for code in cluster.chapters:
            if code in named:
                raise Rejected("standing_twice", field="clusters", name=code, first=named[code], title=title)
            named[code] = title
    here = (under(Chapter.path, path_of_in(db, row.chapter_id)), Chapter.kind == row.kind)
    codes = list(named)
    known: set[str] = set()
    for at in range(0, len(codes), ASKED_AT_ONCE):
        some = codes[at : at + ASKED_AT_ONCE]
        known |= set(db.scalars(select(Chapter.code).where(*here, Chapter.code.in_(some))))
    for code, title in named.items():
        if code not in known:
            raise Rejected("standing_unknown", field="clusters", name=code, title=title)


@writing
def remove(db: Session, actor_id: int, public_id: str) -> None:
    """Take a standing off the lists; its frozen snapshots stay readable."""
    row = row_in(db, Standing, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, row.chapter_id))
    row.removed_at = now_us(db)
    audit_in(db, actor_id, "standing.removed", chapter_id=row.chapter_id, standing=row.id)


@reading
def standing(db: Session, public_id: str) -> Held:
    """One standing, or Rejected("not_found")."""
    row = db.execute(_query().where(Standing.public_id == public_id)).first()
    if row is None:
        raise Rejected("not_found")
    return _held(*row)


@reading
def listed(db: Session, paths: Sequence[str] = ("/",), chapter_id: int | None = None) -> list[Held]:
    """The standings of these subtrees, or of one chapter alone, the newest first."""
    query = _query().where(Standing.removed_at.is_(None)).order_by(Standing.id.desc()).limit(SHOWN)
    if chapter_id is not None:
        return [_held(*row) for row in db.execute(query.where(Standing.chapter_id == chapter_id))]
    found = [_held(*row) for path in paths for row in db.execute(query.where(under(Chapter.path, path)))]
    return list({one.id: one for one in found}.values())


@reading
def numbered(db: Session, number: int) -> Held:
    """One standing by its number, which exists."""
    return _held(*db.execute(_query().where(Standing.id == number)).one())


def _query() -> Select[Standing, str, str]:
    return select(Standing, Chapter.name, Chapter.path).join(Chapter, Chapter.id == Standing.chapter_id)


def _held(one: Standing, chapter: str, path: str) -> Held:
    rules = read(Rules, json.loads(one.rules), [])
    return Held(
        one.id,
        one.public_id,
        one.chapter_id,
        chapter,
        path,
        one.title,
        one.kind,
        one.season,
        one.campaign_id,
        rules,
        one.revision,
    )
