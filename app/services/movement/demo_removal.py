"""Taking the demo campaign away again, with everything that belongs to it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models.awards import Award, AwardBatch, AwardFile
from app.models.movement import Campaign, CheckItem, CheckList, Objection, Reminder, Taught, Teaching, WitnessCard
from app.models.people import Chapter, Member, under
from app.models.standings import Standing, StandingSnapshot
from app.models.tournaments import Tournament, TournamentEntrant, TournamentGoing, TournamentLine, TournamentMatch
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.movement.demo import CODE
from app.services.people.roles import ADMIN, require_in
from quizzes.refusals import Rejected


def _remove_season(db: Session, path: str) -> None:
    """Removes the standings, awards and the invented tournament of the season."""
    here = select(Chapter.id).where(under(Chapter.path, path))
    batches = select(AwardBatch.id).where(AwardBatch.chapter_id.in_(here))
    db.execute(delete(AwardFile).where(AwardFile.award_id.in_(select(Award.id).where(Award.batch_id.in_(batches)))))
    db.execute(delete(Award).where(Award.batch_id.in_(batches)))
    db.execute(delete(AwardBatch).where(AwardBatch.chapter_id.in_(here)))
    mine = select(Standing.id).where(Standing.chapter_id.in_(here))
    db.execute(delete(StandingSnapshot).where(StandingSnapshot.standing_id.in_(mine)))
    db.execute(delete(Standing).where(Standing.chapter_id.in_(here)))
    brackets = select(Tournament.id).where(Tournament.chapter_id.in_(here), Tournament.made_by.is_(None))
    matches = select(TournamentMatch.id).where(TournamentMatch.tournament_id.in_(brackets))
    db.execute(delete(TournamentLine).where(TournamentLine.match_id.in_(matches)))
    for table in (TournamentGoing, TournamentMatch, TournamentEntrant):
        db.execute(delete(table).where(table.tournament_id.in_(brackets)))
    db.execute(delete(Tournament).where(Tournament.id.in_(brackets)))


@writing
def remove(db: Session, actor_id: int) -> None:
    """Everything of it: campaign, teachings, people, chapters. Refuses where somebody has begun to use them."""
    top = db.execute(select(Chapter.id, Chapter.path).where(Chapter.code == CODE)).first()
    if top is None:
        return
    require_in(db, actor_id, ADMIN, top.path)
    campaigns = select(Campaign.id).where(Campaign.chapter_id == top.id)
    mine = select(Teaching.id).where(Teaching.campaign_id.in_(campaigns))
    try:
        _remove_season(db, top.path)
        of_teachings: list[Any] = [CheckItem, Objection, Taught]
        of_campaigns: list[Any] = [Teaching, CheckList, WitnessCard, Reminder]
        for table in of_teachings:
            db.execute(delete(table).where(table.teaching_id.in_(mine)))
        for table in of_campaigns:
            db.execute(delete(table).where(table.campaign_id.in_(campaigns)))
        db.execute(delete(Campaign).where(Campaign.chapter_id == top.id))
        db.execute(delete(Member).where(under(Member.path, top.path)))
        below = db.execute(select(Chapter.id).where(under(Chapter.path, top.path)).order_by(Chapter.path.desc()))
        for number in list(below.scalars()):
            db.execute(delete(Chapter).where(Chapter.id == number))
    except IntegrityError as problem:
        raise Rejected("demo_in_use") from problem
    audit_in(db, actor_id, "demo.removed")
