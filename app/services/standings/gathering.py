"""The figures of every chapter that a standing compares, read in pieces so that nobody waits for them.

Long sums over the ledger are asked by ranges of its numbers: one statement of a second would hold up the loop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt
from app.models.deeds import Deed
from app.models.movement import COUNTED, WITNESSED, Teaching
from app.models.people import Chapter, Member, on_the_list
from app.models.people import under as inside
from app.models.points import Balance, ChapterBalance, Entry
from app.services.commit import TURN, breathe, in_turns, reading, reading_aside
from app.services.deeds.sums import GOOD
from app.services.points.balances import season_bounds
from app.services.points.ranking import INVENTED
from app.services.standings.goals import reached
from app.services.standings.scopes import Compared, Scope
from quizzes.hours import local
from quizzes.ledger import sources
from quizzes.ledger.posting import MEMBER
from quizzes.movement import steps
from quizzes.ranking import fading_sum
from quizzes.standing.figures import Candidate, Figures, gathered, heirs_of, inherited

STEP = 20_000
"""Entries of the ledger that one statement adds up."""
COUNTED_MEMBERS = 700
"""How many entries of a member the fading sum takes: a later one would weigh nothing any more."""
Pairs = list[tuple[str, int]]


def gather(scope: Scope, now: int) -> tuple[list[Compared], list[Candidate]]:
    """The compared chapters, and the figures of all chapters; without groups."""
    compared, paths, heirs = _chapters(scope, now)
    own: dict[str, Pairs] = {"people": _people(scope), "points": _points(scope)}
    own |= _by_source(scope, paths) | _taught(scope, now, paths)
    own["deeds"] += _deeds(scope)
    own["entrants"] = _entrants(scope)
    breathe()
    found, fading = gathered(inherited(own, heirs)), _fading(scope, {one.number for one in compared})
    goals = reached(scope, compared)
    return compared, [
        Candidate(
            one.number,
            replace(found.get(one.number, Figures()), **goals.get(one.number, {})),
            fading.get(one.number, 0),
        )
        for one in compared
    ]


@reading
def _chapters(db: Session, scope: Scope, now: int) -> tuple[list[Compared], dict[int, str], dict[str, str]]:
    """The compared chapters; the path of every chapter; of those that were merged the path of who has their members."""
    day = local(now).date()
    rows = db.execute(
        select(
            *(Chapter.id, Chapter.name, Chapter.code, Chapter.parent_id, Chapter.path, Chapter.kind, Chapter.valid_to),
            Chapter.successor_id,
        )
        .where(inside(Chapter.path, scope.path), *_real(db, scope.path))
        .order_by(Chapter.sort_key, Chapter.id)
        .execution_options(yield_per=TURN)
    )
    every = list(in_turns(rows))
    names = {row.id: row.name for row in every}
    compared = [
        Compared(row.id, row.name, row.code, names.get(row.parent_id, ""), row.path)
        for row in every
        if row.kind == scope.kind and (row.valid_to is None or row.valid_to >= day)
    ]
    paths = {row.id: row.path for row in every}
    return compared, paths, heirs_of(paths, {row.id: row.successor_id for row in every if row.successor_id})


def _real(db: Session, path: str) -> list[ColumnElement[bool]]:
    """The condition that leaves the invented organisation out, which is never compared with real chapters."""
    invented = db.scalar(select(Chapter.path).where(Chapter.code == INVENTED))
    return [not_(inside(Chapter.path, invented))] if invented and not path.startswith(invented) else []


@reading
def _people(db: Session, scope: Scope) -> Pairs:
    query = select(Member.path, func.count()).where(on_the_list(), inside(Member.path, scope.path))
    return _pairs(db.execute(query.group_by(Member.path)))


@reading
def _points(db: Session, scope: Scope) -> Pairs:
    query = select(Chapter.path, ChapterBalance.half_points).join(Chapter, Chapter.id == ChapterBalance.chapter_id)
    here = (ChapterBalance.season == scope.season, ChapterBalance.campaign_id == scope.campaign)
    return _pairs(db.execute(query.where(*here, inside(Chapter.path, scope.path))))


def _by_source(scope: Scope, paths: dict[int, str]) -> dict[str, Pairs]:
    """Half-points of contests and of shows, by the chapter an entry was for."""
    names = {sources.CONTEST: "contests", sources.SHOW: "shows"}
    sums: Counter[tuple[str, int]] = Counter()
    for start in range(0, _entries(), STEP):
        for kind, chapter, half in _slice(scope, start, list(names)):
            sums[kind, chapter] += half
        breathe()
    found: dict[str, Pairs] = {name: [] for name in names.values()}
    for (kind, chapter), half in sums.items():
        if chapter in paths:
            found[names[kind]].append((paths[chapter], half))
    return found


@reading
def _entries(db: Session) -> int:
    return db.scalar(select(func.max(Entry.id))) or 0


@reading
def _slice(db: Session, scope: Scope, start: int, kinds: list[str]) -> list[tuple[str, int, int]]:
    here = [Entry.id > start, Entry.id <= start + STEP, Entry.source_kind.in_(kinds)]
    if scope.campaign:
        here.append(Entry.campaign_id == scope.campaign)
    else:
        begin, end = season_bounds(scope.season)
        here += [Entry.at >= begin, Entry.at < end]
    query = select(Entry.source_kind, Entry.chapter_id, func.sum(Entry.half_points)).where(*here)
    return [(row[0], row[1], int(row[2])) for row in db.execute(query.group_by(Entry.source_kind, Entry.chapter_id))]


@reading
def _taught(db: Session, scope: Scope, now: int, paths: dict[int, str]) -> dict[str, Pairs]:
    """1+2: who completed both places, who still uses it, who else was helped. Only what was verified, and of use
    everything that nobody has to look at first: as the campaign's own page counts it."""
    counted = [COUNTED, *_when(scope)]
    verified = [*counted, Teaching.taught_ok_at.is_not(None)]
    members = (
        select(func.min(Teaching.chapter_id), func.max(case((WITNESSED, 1), else_=0)))
        .where(*verified, Teaching.kind.in_(steps.SLOTS))
        .group_by(Teaching.member_id)
        .having(func.count(Teaching.kind.distinct()) == len(steps.SLOTS))
        .execution_options(yield_per=TURN)
    )
    done = [(row[0], row[1]) for row in in_turns(db.execute(members))]
    used = Teaching.used_at.is_not(None)
    over = or_(used, Teaching.confirmed_at <= now - steps.USE_UNTIL)
    grown = [*counted, Teaching.child.is_(False)]
    counts = {
        "both": dict(Counter(one for one, _ in done)),
        "both_visits": dict(Counter(one for one, seen in done if seen)),
    }
    of = {"used": [*grown, used], "asked": [*grown, over], "deeds": [*verified, Teaching.kind == steps.OTHER]}
    for name, where in of.items():
        counts[name] = _count(db, *where)
        counts[f"{name}_visits"] = _count(db, *where, WITNESSED)
    return {name: [(paths[one], n) for one, n in by.items() if one in paths] for name, by in counts.items()}


def _when(scope: Scope) -> list[ColumnElement[bool]]:
    if scope.campaign:
        return [Teaching.campaign_id == scope.campaign]
    begin, end = season_bounds(scope.season)
    return [and_(Teaching.confirmed_at >= begin, Teaching.confirmed_at < end)]


def _count(db: Session, *where: ColumnElement[bool]) -> dict[int, int]:
    query = select(Teaching.chapter_id, func.count()).where(*where).group_by(Teaching.chapter_id)
    return {row[0]: row[1] for row in in_turns(db.execute(query))}


@reading_aside
def _deeds(db: Session, scope: Scope) -> Pairs:
    """Verified help of a season outside 1+2; a campaign of 1+2 has none."""
    if scope.campaign:
        return []
    begin, end = season_bounds(scope.season)
    query = select(Chapter.path, func.sum(Deed.count)).join(Chapter, Chapter.id == Deed.chapter_id)
    here = (Deed.state == GOOD, Deed.at >= begin, Deed.at < end, inside(Chapter.path, scope.path))
    return [(path, int(count)) for path, count in db.execute(query.where(*here).group_by(Chapter.path))]


@reading_aside
def _entrants(db: Session, scope: Scope) -> Pairs:
    """Members with a try of a season's contest that counts, each once, where they belong now. A campaign of 1+2 has
    none."""
    if scope.campaign:
        return []
    begin, end = season_bounds(scope.season)
    query = select(Member.path, func.count(Attempt.member_id.distinct())).join(Member, Member.id == Attempt.member_id)
    here = (Attempt.counted.is_(True), Attempt.ended_at >= begin, Attempt.ended_at < end)
    return _pairs(db.execute(query.where(*here, on_the_list(), inside(Member.path, scope.path)).group_by(Member.path)))


@reading
def _fading(db: Session, scope: Scope, wanted: set[int]) -> dict[int, int]:
    """The fading sum of every compared chapter: its members' points, where they belong now."""
    rows = db.execute(
        select(Member.path, Balance.half_points)
        .join(Member, Member.id == Balance.owner_id)
        .where(
            Balance.owner_kind == MEMBER,
            Balance.campaign_id == scope.campaign,
            Balance.season == scope.season,
            Balance.half_points > 0,
            inside(Member.path, scope.path),
        )
        .order_by(Balance.half_points.desc())
        .execution_options(yield_per=TURN)
    )
    best: dict[int, list[int]] = {}
    for path, half in in_turns(rows):
        for number in map(int, path.strip("/").split("/")):
            if number in wanted and len(found := best.setdefault(number, [])) < COUNTED_MEMBERS:
                found.append(half)
    return {number: fading_sum(points) for number, points in in_turns(best.items(), 200)}


def _pairs(rows: Iterable[Any]) -> Pairs:
    found: Iterator[Any] = in_turns(rows)
    return [(row[0], row[1]) for row in found]
