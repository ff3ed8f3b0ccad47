"""Matches: the show of one, its results taken by themselves or typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.shows import Seat, Show
from app.models.tournaments import Tournament, TournamentMatch
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.shows import results, scripts, shows, team_names
from app.services.tournaments.going import lines_in, locked_in, match_in, names_in, post_in
from app.services.tournaments.tournaments import held_in
from quizzes import show as rules
from quizzes.refusals import Rejected
from quizzes.script import check_script
from quizzes.text import fold
from quizzes.tournament.going_on import Result, by_points
from quizzes.tournament.stages import from_data


@dataclass(frozen=True)
class Wanted:
    """The content from which the show of a match is made."""

    match_id: int
    script: str
    title: str
    names: tuple[str, ...]


def make_show(actor_id: int, public_id: str, match_id: int, chapter_id: int) -> str:
    """Makes a show for a match and returns its public number; a match that has a show keeps it.

    Where the script is played in teams, the entrants are its teams.
    """
    wanted = _wanted(actor_id, public_id, match_id)
    if isinstance(wanted, str):
        return wanted
    made = scripts.create(wanted.script, script=script_for(wanted), host_member_id=actor_id, chapter_id=chapter_id)
    return _keep(actor_id, public_id, match_id, made.show_id)


@writing
def _wanted(db: Session, actor_id: int, public_id: str, match_id: int) -> Wanted | str:
    one = held_in(db, actor_id, public_id)
    match = match_in(db, one, match_id)
    if match.show_id is not None:
        return str(db.scalar(select(Show.public_id).where(Show.id == match.show_id)))
    if match.stage < one.drawn - 1 or any(line.place for line in lines_in(db, match_id)):
        raise Rejected("tournament_played")
    title = f"{one.title} · {from_data(one.stages)[match.stage].name} {match.number}"
    return Wanted(match_id, one.script, title, tuple(names_in(db, match_id).values()))


def script_for(wanted: Wanted) -> dict[str, Any]:
    """The shipped script under the match's own name."""
    shipped = scripts.available().get(wanted.script)
    if shipped is None:
        raise Rejected("no_such_script")
    script = {**shipped, "title": {"vi": wanted.title}}
    if script.get("teams") is None:
        return script
    named = {**script, "teams": {**script["teams"], "count": len(wanted.names), "names": list(wanted.names)}}
    return script if check_script(named) else named


@writing
def _keep(db: Session, actor_id: int, public_id: str, match_id: int, show_id: int) -> str:
    """Gives the match this show, unless another organiser gave it one first. Returns the public number of its show."""
    match = match_in(db, held_in(db, actor_id, public_id), match_id)
    match.show_id = match.show_id or show_id
    return str(db.scalar(select(Show.public_id).where(Show.id == match.show_id)))


# results


def over(show_id: int) -> None:
    """Called when a show is over: posts its points, and takes its result into the match it was made for."""
    results.post(show_id)
    take_due()


def take_due() -> int:
    """Takes the result of every show that is over into its match. Returns how many were taken."""
    return sum(_take(match_id, results_of(show_id), taken) for match_id, show_id, taken in _due())


@reading
def _due(db: Session) -> list[tuple[int, int, str]]:
    """Returns (match, show, digest taken last) for matches of the current stage whose show result changed since."""
    query = (
        select(TournamentMatch.id, Show.id, Show.posted_digest)
        .join(Show, Show.id == TournamentMatch.show_id)
        .join(Tournament, Tournament.id == TournamentMatch.tournament_id)
        .where(Tournament.over_at.is_(None), TournamentMatch.stage == Tournament.drawn - 1)
        .where(Show.posted_digest.is_not(None), TournamentMatch.taken != Show.posted_digest)
    )
    return [(match, show, taken or "") for match, show, taken in db.execute(query)]


def results_of(show_id: int) -> dict[str, Result]:
    """Folded name of a team, or of a seat where there are no teams -> its result; of equal names the better one."""
    state = shows.catch_up(show_id).state
    named = team_names.of_teams(state, lambda team: f"Đội {team}")
    if state.team_rows and named:
        return {
            fold(named[row.team]): Result(row.rank, round(row.score)) for row in state.team_rows if named.get(row.team)
        }
    names = _seat_names(show_id)
    found: dict[str, Result] = {}
    for line in rules.results(state):
        found.setdefault(fold(names.get(line["seat"], "")), Result(line["rank"], line["points"]))
    return found


@reading
def _seat_names(db: Session, show_id: int) -> dict[int, str]:
    rows = db.execute(select(Seat.number, Seat.name).where(Seat.show_id == show_id, Seat.side == "public"))
    return {row.number: row.name for row in rows}


@writing
def _take(db: Session, match_id: int, results: Mapping[str, Result], taken: str) -> bool:
    """Writes a show's results into its match. Returns whether a name fitted.

    An entrant without a result is last, with no points. Where no name fits, an organiser types the results.
    """
    match = db.get_one(TournamentMatch, match_id)
    one = locked_in(db, match.tournament_id)
    if one.over_at is not None or match.stage != one.drawn - 1:
        return False
    match.taken = taken
    found = {entrant: results.get(fold(name)) for entrant, name in names_in(db, match_id).items()}
    if not any(found.values()):
        return False
    known = sorted({result.place for result in found.values() if result})
    write_in(
        db,
        match_id,
        {
            entrant: Result(known.index(result.place) + 1, result.half) if result else Result(len(known) + 1, 0)
            for entrant, result in found.items()
        },
    )
    post_in(db, one)
    return True


@writing
def type_results(db: Session, actor_id: int, public_id: str, match_id: int, halves: Mapping[int, int]) -> None:
    """Writes typed points: for a match without a show, or whose show named none of the entrants.

    Raises Rejected: tournament_played, tournament_points (not one number for each entrant).
    """
    one = held_in(db, actor_id, public_id)
    match = match_in(db, one, match_id)
    if match.stage != one.drawn - 1 or one.over_at is not None:
        raise Rejected("tournament_played")
    if set(halves) != set(names_in(db, match_id)):
        raise Rejected("tournament_points")
    write_in(db, match_id, by_points(halves))
    audit_in(db, actor_id, "tournament.typed", chapter_id=one.chapter_id)
    post_in(db, one)


def write_in(db: Session, match_id: int, results: Mapping[int, Result]) -> None:
    for line in lines_in(db, match_id):
        line.place, line.half = results[line.entrant_id].place, results[line.entrant_id].half
    db.flush()
