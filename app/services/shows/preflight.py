"""Before the show: whether its questions are enough, in force and unseen, and whether their media are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.models.bank import Picture, Question, ShowQuestion
from app.models.clips import Clip
from app.models.shows import Opening, Show
from app.services.banks.banks import today
from app.services.commit import reading
from app.services.shows import shows
from app.services.shows.asked import REHEARSAL
from quizzes.brand import PICTURES
from quizzes.show.state import ShowState


@dataclass(frozen=True)
class Questions:
    """The facts about the questions that a host should know before the first one."""

    asked: int
    empty_rounds: int
    """Rounds without a question: they are passed over."""
    expired: int
    """Past their last day, or retired since the show was made."""
    seen: int
    """In another show that has asked something, also one that never came to its end."""
    media: int
    """Pictures, sounds and films."""
    missing: int
    """Those of them that are not there."""


def of_show(show_id: int) -> Questions:
    """The questions of a show as it stands."""
    state = shows.replica(show_id).state
    return _checked(show_id, state)


@reading
def _checked(db: Session, show_id: int, state: ShowState) -> Questions:
    asked: Sequence[Sequence[Mapping[str, Any]]] = state.created["questions"]
    names = media_of(state)
    mine = select(ShowQuestion.question_id).where(ShowQuestion.show_id == show_id)
    old = or_(Question.valid_to < today(), Question.state == "retired")
    expired = db.scalars(select(Question.id).where(Question.id.in_(mine), old)).all()
    elsewhere = select(ShowQuestion.question_id).join(Show, Show.id == ShowQuestion.show_id)
    begun = or_(Show.over_at.is_not(None), exists().where(Opening.show_id == Show.id))
    elsewhere = elsewhere.where(Show.id != show_id, begun, Show.stakes != REHEARSAL)
    seen = db.scalars(elsewhere.where(ShowQuestion.question_id.in_(mine)).distinct()).all()
    there = set(db.scalars(select(Picture.name).where(Picture.name.in_(names)))) if names else set()
    there |= set(db.scalars(select(Clip.name).where(Clip.name.in_(names), Clip.size > 0))) if names else set()
    return Questions(
        sum(map(len, asked)),
        sum(not one for one in asked),
        len(expired),
        len(seen),
        len(names),
        len(set(names) - there),
    )


def media_of(state: ShowState) -> list[str]:
    """Every picture, sound and film of a show, once, by its random name."""
    brand = state.created["script"].get("brand") or {}
    found: dict[str, None] = dict.fromkeys(brand[name] for name in PICTURES if brand.get(name))
    for body in (body for part in state.created["questions"] for body in part):
        for one in (body, *(body.get("options") or [])):
            if one.get("media"):
                found[one["media"]["name"]] = None
        found |= dict.fromkeys(body.get("pieces") or [])
    return sorted(found)
