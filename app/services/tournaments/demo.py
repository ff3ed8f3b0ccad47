"""A tournament to look at, in an invented province: played up to its final, with one correction."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Chapter, under
from app.models.tournaments import Tournament, TournamentEntrant
from app.services.commit import writing
from app.services.tokens import new_address_id
from app.services.tournaments.going import correct_in, matches_in, names_in, post_in, results_in
from app.services.tournaments.playing import write_in
from app.services.tournaments.tournaments import begin_stage_in, enter_in
from quizzes.draws import Draws
from quizzes.tournament.going_on import by_points
from quizzes.tournament.stages import PLANS, as_data

TITLE, SEED = "Giải đấu Hạ Mây (mẫu)", "demo tournament"
PLAYED = 2  # stages that have been played
REASON = "Đội thắng xin rút vì trùng lịch thi, đội nhì trận này vào thay."
MOST_HALVES = 400  # half-points of an entrant in a match, at most


@writing
def plant(db: Session, code: str) -> str:
    """Make it for the chapter of this code; eighteen of the branches below take part. Return its public number."""
    top = db.execute(select(Chapter.id, Chapter.path).where(Chapter.code == code)).one()
    stages = PLANS["province"].stages
    one = Tournament(
        public_id=new_address_id(9),
        chapter_id=top.id,
        title=TITLE,
        stages=as_data(stages),
        script="province",
        seed=SEED,
        made_at=now_us(db),
    )
    db.add(one)
    db.flush()
    below = select(Chapter.name).where(under(Chapter.path, top.path), Chapter.kind == "chi_doan")
    enter_in(db, one, stages, list(db.scalars(below.order_by(Chapter.id).limit(stages[0].holds))))
    db.flush()
    entrants = select(TournamentEntrant.id).where(TournamentEntrant.tournament_id == one.id)
    begin_stage_in(db, one, list(db.scalars(entrants.order_by(TournamentEntrant.number))))
    for stage in range(PLAYED):
        _play(db, one, stage)
        if stage == 0:
            _step_back(db, one)
    return one.public_id


def _play(db: Session, one: Tournament, stage: int) -> None:
    db.flush()
    for match in matches_in(db, one.id, stage):
        draws = Draws(SEED, "points", match)
        write_in(db, match, by_points({entrant: draws.below(MOST_HALVES) for entrant in names_in(db, match)}))
    post_in(db, one)
    db.flush()


def _step_back(db: Session, one: Tournament) -> None:
    """The winner of the first match leaves its place to the second, which is told with the reason."""
    places = {
        result.place: entrant
        for entrant, result in results_in(db, matches_in(db, one.id, 0)[0]).items()
        if result is not None
    }
    correct_in(db, None, one, 0, places[2], places[1], REASON)
