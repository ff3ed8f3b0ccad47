"""Counts what members declare of themselves, by chapter and by day: all of a province are read once, and the sums kept
for a moment, since every page of such a target asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import BigInteger, String, cast, func, null, select, union_all
from sqlalchemy.orm import Session

from app.models.people import Member, on_the_list, under
from app.models.targets import Declaration
from app.services.commit import reading_aside
from app.services.kept import Kept
from quizzes.movement.steps import DAY
from quizzes.rights import VIETNAM

EPOCH = date(1970, 1, 1).toordinal()
KEPT_S, MOST_KEPT = 3.0, 16
"""How long sums are kept, seconds, and how many of them."""


@dataclass(frozen=True)
class Declared:
    """How many there are: path -> members a chapter has itself, day -> members of all of them."""

    own: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[date, int] = field(default_factory=dict)


NOBODY = Declared()
kept = Kept[Declared](KEPT_S, MOST_KEPT)
lists = Kept[dict[str, int]](KEPT_S, MOST_KEPT)


def of(what: str, within: str) -> Declared:
    """Members of today who say it of themselves: they count where they are."""
    return kept.of((what, within), lambda: _read(what, within))


def people(within: str) -> dict[str, int]:
    """How many members each chapter has itself."""
    return lists.of(within, lambda: _people(within))


def forget() -> None:
    """Count everything anew."""
    kept.forget()
    lists.forget()


@reading_aside
def _people(db: Session, within: str) -> dict[str, int]:
    members = select(Member.path, func.count()).where(under(Member.path, within), on_the_list())
    return {path: count for path, count in db.execute(members.group_by(Member.path))}  # noqa: C416


@reading_aside
def _read(db: Session, what: str, within: str) -> Declared:
    """Both sums out of one walk."""
    day = ((Declaration.at + VIETNAM) // DAY).label("day")
    said = select(Member.path.label("path"), day).join(Declaration, Declaration.member_id == Member.id)
    mine = (Declaration.what == what, under(Member.path, within), on_the_list())
    those = said.where(*mine).cte("said")
    by_path = select(those.c.path, cast(null(), BigInteger), func.count()).group_by(those.c.path)
    by_day = select(cast(null(), String), those.c.day, func.count()).group_by(those.c.day)
    own, days = dict[str, int](), dict[date, int]()
    for path, number, count in db.execute(union_all(by_path, by_day)):
        if path is None:
            days[date.fromordinal(EPOCH + int(number))] = count
        else:
            own[path] = count
    return Declared(own, days)
