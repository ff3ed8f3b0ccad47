"""Teams in contests: a leader or deputy enters the team with its people who have not begun a try.

The people are stored when the team enters, so nobody whose result is known can be added later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest
from app.models.engines import insert, now_us
from app.models.people import Chapter, Member
from app.models.teams import ContestTeam, ContestTeamPerson, Team, TeamPerson
from app.services.commit import reading, writing
from app.services.contests.contests import frozen
from app.services.teams.leading import led_in
from quizzes.refusals import Rejected
from quizzes.teams.contesting import ranked

FEWEST = 2
"""The least number of people of a team in a contest."""


@dataclass(frozen=True)
class Entered:
    """A team of a contest. `score` in half-points and `rank` only where results may be seen, else 0."""

    public_id: str
    name: str
    chapter: str
    people: int
    finished: int = 0
    score: int = 0
    rank: int = 0


@writing
def enter(db: Session, member_id: int, contest_id: int, team: str) -> tuple[int, int]:
    """Enters a team, or adds its new people. Returns (people entered, people left out).

    People who contest for another team or have begun a try are left out. Raises Rejected: team_lead, no_teams (the
    rules have none, or the contest is over), team_alone (fewer than two people are entered).
    """
    one = led_in(db, member_id, team)
    contest, now = _open(db, contest_id), now_us(db)
    stands = (TeamPerson.team_id == one.id, Member.left_at.is_(None), Member.erased_at.is_(None))
    begun = (Attempt.contest_id == contest.id, Attempt.wave >= 0, Attempt.member_id == Member.id)
    people = list(db.scalars(select(Member.id).join(TeamPerson, TeamPerson.member_id == Member.id).where(*stands)))
    fresh = select(Member.id).where(Member.id.in_(people), ~select(Attempt.id).where(*begun).exists())
    rows = [{"contest_id": contest.id, "member_id": number, "team_id": one.id} for number in db.scalars(fresh)]
    entry = {"contest_id": contest.id, "team_id": one.id, "entered_by": member_id, "entered_at": now}
    db.execute(insert(db, ContestTeam).values(**entry).on_conflict_do_nothing())
    if rows:
        db.execute(insert(db, ContestTeamPerson).on_conflict_do_nothing(), rows)
    mine = (ContestTeamPerson.contest_id == contest.id, ContestTeamPerson.team_id == one.id)
    there = set(db.scalars(select(ContestTeamPerson.member_id).where(*mine)))
    if len(there) < FEWEST:
        raise Rejected("team_alone", field="team", least=FEWEST)
    return len(there), len(set(people) - there)


@writing
def leave(db: Session, member_id: int, contest_id: int, team: str) -> None:
    """Takes the team out of the contest. Raises Rejected("not_now") once one of its people has begun a try."""
    one = led_in(db, member_id, team)
    contest = _open(db, contest_id)
    mine = (ContestTeamPerson.contest_id == contest.id, ContestTeamPerson.team_id == one.id)
    people = select(ContestTeamPerson.member_id).where(*mine)
    begun = (Attempt.contest_id == contest.id, Attempt.wave >= 0, Attempt.member_id.in_(people))
    if db.scalar(select(Attempt.id).where(*begun).limit(1)) is not None:
        raise Rejected("not_now")
    db.execute(delete(ContestTeamPerson).where(*mine))
    db.execute(delete(ContestTeam).where(ContestTeam.contest_id == contest.id, ContestTeam.team_id == one.id))


def _open(db: Session, contest_id: int) -> Contest:
    contest = db.get(Contest, contest_id)
    if contest is None or contest.opened_at is None:
        raise Rejected("no_such_contest")
    over = contest.cancelled_at is not None or now_us(db) >= (contest.last_at or 0)
    if over or not frozen(contest_id).rules.ranking.teams:
        raise Rejected("no_teams", field="team")
    return contest


@reading
def entered(db: Session, contest_id: int) -> list[Entered]:
    """The teams of a contest by name, without results."""
    return list(_entered(db, contest_id).values())


def _entered(db: Session, contest_id: int) -> dict[int, Entered]:
    count = func.count(ContestTeamPerson.member_id)
    rows = db.execute(
        select(Team.id, Team.public_id, Team.name, Chapter.name, count)
        .join(ContestTeam, ContestTeam.team_id == Team.id)
        .join(Chapter, Chapter.id == Team.chapter_id)
        .outerjoin(
            ContestTeamPerson,
            (ContestTeamPerson.team_id == Team.id) & (ContestTeamPerson.contest_id == ContestTeam.contest_id),
        )
        .where(ContestTeam.contest_id == contest_id)
        .group_by(Team.id, Team.public_id, Team.name, Team.fold, Chapter.name)
        .order_by(Team.fold, Team.id)
    )
    return {row[0]: Entered(*row[1:]) for row in rows}


@reading
def board(db: Session, contest_id: int, waves: Sequence[int]) -> list[Entered]:
    """The teams, ranked by the points of their best people in these waves; a person without a result adds none."""
    known, best = _entered(db, contest_id), frozen(contest_id).rules.ranking.teams
    counted = (Attempt.contest_id == contest_id, Attempt.counted.is_(True), Attempt.wave.in_(waves))
    points = db.execute(
        select(ContestTeamPerson.team_id, Attempt.member_id, func.sum(Attempt.score))
        .join(
            ContestTeamPerson,
            (ContestTeamPerson.member_id == Attempt.member_id) & (ContestTeamPerson.contest_id == Attempt.contest_id),
        )
        .where(*counted)
        .group_by(ContestTeamPerson.team_id, Attempt.member_id)
    )
    results: dict[int, list[int]] = defaultdict(list, {team: [] for team in known})
    for team, _, score in points:
        results[team].append(int(score or 0))
    return [
        Entered(
            known[row.team].public_id,
            known[row.team].name,
            known[row.team].chapter,
            known[row.team].people,
            row.finished,
            row.score,
            row.rank,
        )
        for row in ranked(results, max(best, 1))
        if row.team in known
    ]
