"""The key of a question: for those who may see it before, and for everybody at its reveal."""

from __future__ import annotations

from typing import Any

from quizzes import questions
from quizzes.draws import Draws
from quizzes.questions.contract import localized
from quizzes.round_state.ask import REVEALED, VOID, Ask, Round
from quizzes.show import state as s
from quizzes.show.ballots import main_ask
from quizzes.show.state import ShowState


def solution(played: Round, index: int, lang: str) -> dict[str, Any]:
    """The key of a question with the ids as shown last; before any opening with ids that nobody will see."""
    body = played.body(index)
    asked = (ask for ask in played.asks.values() if ask.question == index and ask.shown)
    newest = max(asked, key=lambda ask: ask.no, default=None)
    kind = questions.of(body)
    shown = newest.shown if newest and newest.shown else kind.arrange(body, Draws(played.setup.seed, "key"))
    return kind.solution(body, shown, lang)


def _told(state: ShowState, played: Round, lang: str) -> dict[str, Any]:
    body = played.body()
    return {
        "answer": solution(played, played.question, lang) if state.format.needs_answer else None,
        "explanation": localized(body.get("explanation"), lang),
        "source": body.get("source"),
    }


def key(state: ShowState, lang: str) -> dict[str, Any] | None:
    if state.stage != s.ROUND or state.round is None or state.round.question < 0 or not state.format.needs_answer:
        return None
    return _told(state, state.round, lang)


def reveal(state: ShowState, lang: str) -> dict[str, Any] | None:
    played = state.round
    if played is None or state.stage not in (s.ROUND, s.STANDINGS) or played.phase != "revealed":
        return None
    newest = main_ask(state)
    if newest is None or newest.question is None or not was_revealed(state, newest):
        return None
    return {**_told(state, played, lang), "counts": dict(newest.counts)}


def was_revealed(state: ShowState, ask: Ask) -> bool:
    return ask.status == REVEALED or (ask.status == VOID and ask.no in state.key_shown)
