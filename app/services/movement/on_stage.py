"""1+2 for the big screen of a show: the campaign of its chapter in numbers, never in names of people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.movement import COUNTED, Teaching
from app.models.people import Chapter
from app.services.commit import reading
from app.services.movement import campaigns, figures
from app.services.movement.campaigns import Held
from app.services.movement.clock import now
from quizzes.movement import milestones, steps
from quizzes.movement.growth import Curve, curve
from quizzes.movement.odd import VIETNAM
from quizzes.movement.spread import LEAST

CHAPTERS = 3
"""How many chapters are listed beside the map."""


@dataclass(frozen=True)
class OnStage:
    """The content of the stage. `chapters`: (name, number of people taught, of them seen by a witness), only those
    with five and more; `visits`, `used_visits`, `children`: parts of the whole that are told apart; `celebrated`: the
    milestone passed lately, or 0, and its own `passed_visits`; `curve` is None while too few were taught."""

    public_id: str
    chapter: str
    taught: int
    still_using: int | None
    chapters: tuple[tuple[str, int, int], ...]
    curve: Curve | None
    days: tuple[int, int]
    """The moments of the curve's ends."""
    celebrated: int
    visits: int = 0
    used_visits: int = 0
    children: int = 0
    passed_visits: int = 0

    @property
    def enough(self) -> bool:
        return self.taught >= LEAST


def campaign_of(chapter_id: int | None) -> str:
    """The public id of the campaign that runs where a show belongs; "" where none does."""
    running = _running(chapter_id, now()) if chapter_id is not None else []
    return running[0].public_id if running else ""


@reading
def _running(db: Session, chapter_id: int, at: int) -> list[Held]:
    path = db.scalar(select(Chapter.path).where(Chapter.id == chapter_id))
    return campaigns.for_member(path, at) if path else []


def on_stage(public_id: str) -> OnStage | None:
    """Everything the stage shows of a campaign; None where it is gone."""
    campaign, at = campaigns.campaign(public_id), now()
    if campaign is None:
        return None
    told, passed = figures.figures(campaign, at), figures.milestone(campaign)
    by_day, end = _by_day(campaign.id), min(at, campaign.ends_at)
    lines = sorted(figures.by_chapter(campaign, at), key=lambda one: -one.taught)[:CHAPTERS]
    return OnStage(
        public_id,
        campaign.chapter,
        told.taught,
        told.still_using,
        tuple((one.name, one.taught, one.visits) for one in lines),
        curve(*by_day, _day(campaign.starts_at), _day(end)),
        (campaign.starts_at, end),
        passed.passed if milestones.fresh(passed.passed_at, at) else 0,
        told.visits,
        told.used_visits,
        told.children,
        passed.visits,
    )


@reading
def _by_day(db: Session, campaign_id: int) -> tuple[dict[int, int], dict[int, int]]:
    """(day -> taught, day -> done alone), days counted from 1970 in Viet Nam."""
    mine = (Teaching.campaign_id == campaign_id, COUNTED)
    found = []
    for moment in (Teaching.confirmed_at, Teaching.used_at):
        day = (moment + VIETNAM) // steps.DAY
        rows = db.execute(select(day, func.count()).where(*mine, moment.is_not(None)).group_by(day))
        found.append({int(one[0] or 0): int(one[1]) for one in rows})
    return found[0], found[1]


def _day(moment: int) -> int:
    return (moment + VIETNAM) // steps.DAY
