"""The record of a question in a show that is over: who answered, who was right, how long it took, what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.shows import Ballot, Seat
from app.services.commit import reading
from app.services.shows import ballots, listing, shows
from app.services.shows.asked import REHEARSAL
from quizzes import questions
from quizzes import show as rules
from quizzes.contest.desk.statistics import FEW, point_biserial
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class Shown:
    """`right`: thousandths of the answers; `time_us`: median, microseconds. `choices`: (words, how often, right)."""

    answers: int
    right: int
    time_us: int | None
    choices: list[tuple[str, int, bool]]
    discrimination: int | None = None
    """Point-biserial correlation with the rest of the show, thousandths; None where nothing varies."""
    chapters: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Chapter -> (who answered, share wholly right), of chapters where at least FEW did."""


def shown_in(public_id: str, key: str, lang: str) -> Shown | None:
    """The figures of the question with this key in a show; None where it was not asked, or only rehearsed."""
    try:
        show = listing.by_public_id(public_id)
    except Rejected:
        return None
    state = shows.catch_up(show.show_id).state
    if show.stakes == REHEARSAL or state.phase != "over":
        return None
    sheet = rules.sheet(state)
    asked = [one for one in sheet if _asks(one, key)]
    return _figures(show.show_id, asked[-1], sheet, lang) if asked else None


def _asks(part: Mapping[str, Any], key: str) -> bool:
    return bool(part["body"]) and part["body"].get("id") == key and part["void"] is None and part["kind"] != "buzz"


def _figures(show_id: int, part: Mapping[str, Any], sheet: Sequence[Mapping[str, Any]], lang: str) -> Shown | None:
    answers = ballots.how_many_answered(show_id, part["no"])
    if not answers:
        return None
    right = [result[2] for result in part["results"].values() if result[1] == FULL]
    times = [result[2] for result in part["results"].values() if result[2]]
    body, kind = part["body"], questions.of(part["body"])
    key = kind.solution(body, part["shown"], lang).get("choice") if "answer" in body else None
    marked = set(key) if isinstance(key, list) else {key} if isinstance(key, str) else set()
    choices = [
        (option["text"], part["counts"].get(option["id"], 0), option["id"] in marked)
        for option in kind.face(body, part["shown"], lang).get("options", [])
    ]
    told = choices if body["type"] in ("single", "multiple", "true_false") else []
    time_us = int(median(times)) if times else None
    who = _who_answered(show_id, part["no"])
    told_apart = _discrimination(part, sheet, who)
    return Shown(answers, min(len(right) * 1000 // answers, 1000), time_us, told, told_apart, _chapters(part, who))


@reading
def _who_answered(db: Session, show_id: int, no: int) -> dict[int, int | None]:
    """The seats that have answered an opening, with the chapter of each."""
    answered = select(Ballot.seat).where(Ballot.show_id == show_id, Ballot.no == no)
    query = select(Seat.number, Seat.chapter_id).where(Seat.show_id == show_id, Seat.number.in_(answered))
    return {row.number: row.chapter_id for row in db.execute(query)}


def _discrimination(part: Mapping[str, Any], sheet: Sequence[Mapping[str, Any]], who: Mapping[int, Any]) -> int | None:
    """Of those who answered: right here, beside the mean share right of all other questions that count."""
    others = [one for one in sheet if one["no"] != part["no"] and one["scored"] and one["void"] is None and one["body"]]
    if not others or not who:
        return None
    rest = [sum(one["results"].get(seat, (0, 0))[1] for one in others) / (FULL * len(others)) for seat in who]
    return point_biserial([(_is_right(part, seat), share) for seat, share in zip(who, rest, strict=True)])


def _chapters(part: Mapping[str, Any], who: Mapping[int, int | None]) -> dict[int, tuple[int, int]]:
    rights: dict[int, list[bool]] = {}
    for seat, chapter in who.items():
        if chapter is not None:
            rights.setdefault(chapter, []).append(_is_right(part, seat))
    return {one: (len(all_), sum(all_) * 1000 // len(all_)) for one, all_ in rights.items() if len(all_) >= FEW}


def _is_right(part: Mapping[str, Any], seat: int) -> bool:
    return bool(part["results"].get(seat, (0, 0))[1] == FULL)
