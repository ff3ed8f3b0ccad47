"""What each seat of a buzzer round may see, send and do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizzes.engine import HOST, STAFF, Actor, Command, Kind, Viewer
from quizzes.formats.buzzer.play import Buzzer
from quizzes.mechanics import ask, flow
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected


def view(state: Buzzer, viewer: Viewer) -> dict[str, Any]:
    """`order` and who is answering are public; right or wrong is only what the host says, until the reveal."""
    shown: dict[str, Any] = {"points": state.settings["points"], "wrong_penalty": state.settings["wrong_penalty"]}
    shown |= {"answering": state.answering, "answer_by": state.answer_by, "tied": list(state.tied)}
    shown["order"] = [
        {"seat": seat, "after_us": us, "tied": tied} | ({"lag_us": lag} if viewer.role in STAFF else {})
        for seat, us, lag, tied in state.order
    ]
    shown["tried"] = sorted(state.tried)
    results = [item for one in state.of_question() for item in one.results.items()]
    if results and state.phase in ("open", "answering"):
        shown["missed"] = results[-1][0]  # the host has said so aloud
    shown["seats"] = [*(seat for seat, *_ in state.order), *sorted(state.tried)]
    if state.phase == "revealed":
        shown["verdicts"] = [{"seat": seat, "right": share == FULL} for seat, (_, share, _) in results]
    return shown


def group(state: Buzzer, seat: int) -> str:
    """ "answering", "tried" (no buzzing again for this question), "late" or everybody else."""
    if seat == state.answering:
        return "answering"
    if state.phase in ("open", "answering") and seat in state.tried:
        return "tried"
    return flow.group(state, seat)


def deadline(state: Buzzer) -> int | None:
    if state.phase == "answering":
        return state.answer_by if state.settings["strict_time"] else None
    return flow.deadline(state)


def possible(state: Buzzer) -> Iterator[Command]:
    host = Actor(HOST)
    yield Command("advance", host, 0)
    if state.open_asks():
        yield Command("close_now", host, 0)
    if state.phase == "answering":
        yield Command("close_now", host, 0)
        yield from (Command("name", host, 0, {"seat": seat}) for seat in state.tied)
    if state.answering is not None:
        yield Command("right", host, 0)
        yield Command("wrong", host, 0)


def _face(state: Buzzer, opened: ask.Ask, lang: str) -> dict[str, Any]:
    face = flow.QUESTION.face(state, opened, lang)
    return face if state.settings["show_options"] else {**face, "options": []}


def _read(state: Buzzer, opened: ask.Ask, raw: Any) -> bool:
    if raw is not True:
        raise Rejected("bad_choice")
    return True


BUZZ = Kind(_face, _read, lambda state, opened, choice: 0, lambda state, opened: [True])
