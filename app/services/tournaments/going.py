"""Decides who goes on from a stage: posted when every match has its results, corrected with a reason."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.tournaments import Tournament, TournamentEntrant, TournamentGoing, TournamentLine, TournamentMatch
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.tournaments.tournaments import begin_stage_in, held_in
from quizzes.refusals import Rejected
from quizzes.text import visible
from quizzes.tournament.going_on import HAND, Going, Result, going_on
from quizzes.tournament.stages import from_data

LEAST_REASON = 5  # characters of a reason, at least


def post_in(db: Session, one: Tournament) -> None:
    """When every match of the stage has its results, who goes on is posted, and the next stage is drawn."""
    number, stages = one.drawn - 1, from_data(one.stages)
    matches = [results_in(db, match) for match in matches_in(db, one.id, number)]
    if not all(result for match in matches for result in match.values()):
        return
    known = [{entrant: result for entrant, result in match.items() if result} for match in matches]
    last = number + 1 == len(stages)
    stage = stages[number] if not last else from_data([{**one.stages[number], "winners": 1, "best": 0}])[0]
    found, now = going_on(stage, known, one.seed, number), now_us(db)
    db.add_all(_going(one.id, number, position, going, now) for position, going in enumerate(found, 1))
    if last:
        one.over_at = now
    else:
        begin_stage_in(db, one, [going.entrant for going in found])


def _going(tournament_id: int, number: int, position: int, going: Going, now: int) -> TournamentGoing:
    return TournamentGoing(
        tournament_id=tournament_id,
        stage=number,
        position=position,
        entrant_id=going.entrant,
        way=going.way,
        lot=going.lot,
        at=now,
    )


@writing
def correct(
    db: Session, actor_id: int, public_id: str, stage: int, entrant_id: int, instead_of: int, reason: str
) -> None:
    """`entrant_id` goes on from `stage` in the place of `instead_of`, while that one has not played since."""
    one, reason = held_in(db, actor_id, public_id), visible(reason)[:300]
    if len(reason) < LEAST_REASON:
        raise Rejected("tournament_reason", field="reason")
    correct_in(db, actor_id, one, stage, entrant_id, instead_of, reason)
    audit_in(db, actor_id, "tournament.corrected", chapter_id=one.chapter_id, reason=reason)


def correct_in(
    db: Session, actor_id: int | None, one: Tournament, stage: int, entrant_id: int, instead_of: int, reason: str
) -> None:
    """The correction itself; `actor_id` None where nobody in particular made it."""
    there = {entrant for match in matches_in(db, one.id, stage) for entrant in results_in(db, match)}
    going = {
        row.entrant_id: row
        for row in db.scalars(select(TournamentGoing).where(TournamentGoing.tournament_id == one.id))
        if row.stage == stage
    }
    if instead_of not in going or entrant_id not in there or entrant_id in going:
        raise Rejected("tournament_entrant", field="entrant")
    _swap_in(db, one.id, stage + 1, instead_of, entrant_id)
    row = going[instead_of]
    row.entrant_id, row.instead_of, row.way, row.lot = entrant_id, instead_of, HAND, False
    row.reason, row.by, row.at = reason, actor_id, now_us(db)


def _swap_in(db: Session, tournament_id: int, stage: int, before: int, after: int) -> None:
    """In the draw of the next stage one stands where the other stood."""
    for match in matches_in(db, tournament_id, stage):
        lines = lines_in(db, match)
        if before in {line.entrant_id for line in lines}:
            if any(line.place for line in lines):
                raise Rejected("tournament_played")
            old = next(line for line in lines if line.entrant_id == before)
            db.delete(old)
            db.flush()
            db.add(TournamentLine(match_id=match, entrant_id=after))


# rows


def locked_in(db: Session, tournament_id: int) -> Tournament:
    return db.scalars(select(Tournament).where(Tournament.id == tournament_id).with_for_update()).one()


def match_in(db: Session, one: Tournament, match_id: int) -> TournamentMatch:
    match = db.get(TournamentMatch, match_id)
    if match is None or match.tournament_id != one.id:
        raise Rejected("not_found")
    return match


def matches_in(db: Session, tournament_id: int, stage: int) -> list[int]:
    query = select(TournamentMatch.id).where(TournamentMatch.tournament_id == tournament_id)
    return list(db.scalars(query.where(TournamentMatch.stage == stage).order_by(TournamentMatch.number)))


def lines_in(db: Session, match_id: int) -> list[TournamentLine]:
    return list(db.scalars(select(TournamentLine).where(TournamentLine.match_id == match_id)))


def results_in(db: Session, match_id: int) -> dict[int, Result | None]:
    return {
        line.entrant_id: Result(line.place, line.half or 0) if line.place else None for line in lines_in(db, match_id)
    }


def names_in(db: Session, match_id: int) -> dict[int, str]:
    query = select(TournamentEntrant.id, TournamentEntrant.name)
    query = query.join(TournamentLine, TournamentLine.entrant_id == TournamentEntrant.id)
    rows = db.execute(query.where(TournamentLine.match_id == match_id).order_by(TournamentEntrant.number))
    return {row.id: row.name for row in rows}
