"""Point rules in the database: which version judges what, and publishing a new one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models.contests import Contest
from app.models.engines import lock, now_us
from app.models.movement import Campaign
from app.models.people import Chapter
from app.models.points import Entry, RulesVersion
from app.models.shows import Show
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.roles import ADMIN, ORGANISER, require_in
from app.services.points.balances import YEAR
from app.services.points.verifying import MOVED
from quizzes.ledger import Due, sources
from quizzes.ledger.rules import ALWAYS, PointRules, Version, checked, from_data, in_force, result_worth, to_data
from quizzes.refusals import Rejected

RULES = 12
"""The kind of lock that publishing rules takes, by campaign."""
ZERO = Version(0, 0, ALWAYS)
PAID_BY = {sources.SHOW: "show_percent", sources.CONTEST: "contest_percent", sources.HELP: "deed_percent"}
"""kind of source -> the rule by which a campaign pays for it, or leaves it to the year."""


@reading
def versions(db: Session, campaign_id: int = YEAR) -> list[Version]:
    """All versions of the year or of a campaign, the first one first; the year begins with version 0."""
    return _versions(db, campaign_id)


def _versions(db: Session, campaign_id: int) -> list[Version]:
    rows = db.execute(
        select(RulesVersion.no, RulesVersion.since, RulesVersion.rules)
        .where(RulesVersion.campaign_id == campaign_id)
        .order_by(RulesVersion.no)
    )
    found = [Version(no, since, from_data(json.loads(rules))) for no, since, rules in rows]
    return found if campaign_id else [ZERO, *found]


def rules_at_in(db: Session, campaign_id: int) -> Callable[[int], Version]:
    """The version of a campaign in force at a moment; before its first date the first one."""
    known = _versions(db, campaign_id)
    return lambda at: in_force(known, at) or known[0]


@writing
def publish(db: Session, actor_id: int, campaign_id: int, rules: PointRules, since: int) -> int:
    """A new version, in force for results dated `since` and later; its number.

    With a date that is past, results from then on are judged again: the clock posts the differences.
    """
    path = "/" if campaign_id == YEAR else _path(db, campaign_id)
    require_in(db, actor_id, ADMIN if campaign_id == YEAR else ORGANISER, path)
    checked(rules)
    lock(db, RULES, campaign_id)
    known, now = _versions(db, campaign_id), now_us(db)
    if known and known[-1].rules == rules:
        raise Rejected("same_rules")
    no = known[-1].no + 1 if known else 1
    db.add(RulesVersion(campaign_id=campaign_id, no=no, since=since, rules=json.dumps(to_data(rules))))
    if since <= now:
        db.execute(update(Show).where(Show.over_at >= since).values(posted_digest=None))
        db.execute(update(Contest).where(Contest.last_at >= since).values(points_digest=None))
    audit_in(db, actor_id, "points.rules", campaign=campaign_id, version=no)
    return no


def dues_in(db: Session, kind: str, halves: dict[int, Due], chapter_id: int | None, at: int) -> dict[int, Due]:
    """The worth of a show's or contest's own points: by the rules of the campaign it falls into, else by the year's."""
    campaign, version = book_in(db, kind, chapter_id, at)
    return {
        member: Due(result_worth(version.rules, kind, one.points), one.chapter, campaign, version.no)
        for member, one in halves.items()
    }


def book_in(db: Session, kind: str, chapter_id: int | None, at: int) -> tuple[int, Version]:
    """The nearest campaign above the chapter that ran then and gives something for such results; else the year."""
    field = PAID_BY[kind]
    path = db.scalar(select(Chapter.path).where(Chapter.id == chapter_id)) if chapter_id else None
    if path is not None:
        above = select(Campaign.id, Chapter.path).join(Chapter, Chapter.id == Campaign.chapter_id)
        rows = db.execute(above.where(Campaign.starts_at <= at, at < Campaign.ends_at)).all()
        covering = [(-len(row[1]), row[0]) for row in rows if path.startswith(row[1])]
        for _, campaign in sorted(covering):
            version = rules_at_in(db, campaign)(at)
            if getattr(version.rules, field):
                return campaign, version
    return YEAR, rules_at_in(db, YEAR)(at)


@reading
def corrections(db: Session, limit: int = 200) -> list[tuple[int, str, int, str, int, int, int, int, int]]:
    """Entries that changed an earlier one, and points by hand, the newest first: (number, source kind, source, owner
    kind, owner, revision, half-points, campaign, version of the rules)."""
    columns = (*MOVED, Entry.campaign_id, Entry.rules_version)
    changed = select(*columns).where(Entry.revision > 1).order_by(Entry.id.desc())
    by_hand = (
        select(*columns)
        .where(Entry.source_kind == sources.ADJUSTMENT, Entry.revision == 1)
        .order_by(Entry.source_id.desc())
    )
    rows: list[Any] = [tuple(row) for query in (changed, by_hand) for row in db.execute(query.limit(limit))]
    return sorted(rows, reverse=True)[:limit]


@reading
def judged_again(db: Session, campaign_id: int, no: int) -> int:
    """The number of entries that a version appended as differences."""
    mine = (Entry.campaign_id == campaign_id, Entry.rules_version == no, Entry.revision > 1)
    return db.scalar(select(func.count()).select_from(Entry).where(*mine)) or 0


def _path(db: Session, campaign_id: int) -> str:
    query = select(Chapter.path).join(Campaign, Campaign.chapter_id == Chapter.id).where(Campaign.id == campaign_id)
    found = db.scalar(query)
    if found is None:
        raise Rejected("not_found")
    return found
