"""The record of a question in a show that is over: who answered, who was right, how long it took, what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from app.services.shows import ballots, listing, shows
from app.services.shows.asked import REHEARSAL
from quizzes import questions
from quizzes import show as rules
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class Shown:
    """`right`: thousandths of the answers; `time_us`: median, microseconds. `choices`: (words, how often, right)."""

    answers: int
    right: int
    time_us: int | None
    choices: list[tuple[str, int, bool]]


def shown_in(public_id: str, key: str, lang: str) -> Shown | None:
    """The figures of the question with this key in a show; None where it was not asked, or only rehearsed."""
    try:
        show = listing.by_public_id(public_id)
    except Rejected:
        return None
    state = shows.catch_up(show.show_id).state
    if show.stakes == REHEARSAL or state.phase != "over":
        return None
    asked = [one for one in rules.sheet(state) if _asks(one, key)]
    return _figures(show.show_id, asked[-1], lang) if asked else None


def _asks(part: Mapping[str, Any], key: str) -> bool:
    return bool(part["body"]) and part["body"].get("id") == key and part["void"] is None and part["kind"] != "buzz"


def _figures(show_id: int, part: Mapping[str, Any], lang: str) -> Shown | None:
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
    return Shown(answers, min(len(right) * 1000 // answers, 1000), int(median(times)) if times else None, told)
