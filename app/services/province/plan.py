"""The size of the province, and planting it. Only into an empty database; the same plan gives the same rows.

plant(Plan(), at)       5,000 chapters, 100,000 members, 1,000,000 entries, 500 shows, 100,000 tries
plant(Plan(part=50), at)    a fiftieth of each
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.engines import database
from app.models.people import Member
from app.models.points import Entry
from app.models.shows import Show
from app.services.banks import banks
from app.services.commit import reading
from app.services.province import contests, ledger, people, shows
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class Plan:
    """Sizes, each divided by `part`."""

    chapters: int = 5_000
    members: int = 100_000
    entries: int = 1_000_000
    shows: int = 500
    tries: int = 100_000
    part: int = 1

    def __getitem__(self, name: str) -> int:
        return max(1, int(getattr(self, name)) // self.part)


def plant(plan: Plan, at: int, told: Callable[[str, int], object] = lambda *_: None) -> dict[str, int]:
    """Plant it, its past before `at` (µs). `told(what, rows)` hears of each kind. Rejected("not_empty").

    Returns how many rows of each kind there are.
    """
    if not _empty():
        raise Rejected("not_empty")
    banks.load_shipped()
    done: dict[str, int] = {}

    def note(counts: dict[str, int]) -> None:
        done.update(counts)
        for what, rows in counts.items():
            told(what, rows)

    note(people.plant(plan["chapters"], plan["members"], at))
    note(shows.plant(plan["shows"], plan["members"], at))
    homes = [people.home_of(member, plan["chapters"]) for member in range(1, plan["members"] + 1)]
    note(contests.plant(plan["tries"], homes, at))
    note(ledger.plant(plan["entries"], homes, shows.earned(plan["shows"], plan["members"], at), at))
    _look_at_the_tables()
    return done


@reading
def _empty(db: Session) -> bool:
    return not any(db.scalar(select(func.count()).select_from(table)) for table in (Member, Entry, Show))


def _look_at_the_tables() -> None:
    """Let the planner know what is there, as it would by itself within a day."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")
