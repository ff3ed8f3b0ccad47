"""Fastest finger: who puts it right first is sent on to the next round as its contestant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import Command, Event, Graded, Setting, Viewer
from quizzes.grammar import Format, Judged, Mechanic, Preset
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.questions.contract import FULL
from quizzes.refusals import N_
from quizzes.round_state.ask import REVEALED, Ask, Round
from quizzes.round_state.cast import Cast
from quizzes.round_state.roll import Roll
from quizzes.round_state.room import EVERYBODY
from quizzes.round_state.setup import Setup
from quizzes.scoring import rounded_us
from quizzes.settings.values import half_points

MOST_SHOWN = 6  # names shown

SETTINGS: Mapping[str, Setting] = {
    "candidates": Setting("whole", 0, N_("Số người dự tuyển (0 là cả phòng)"), 0, 200),
    "points": Setting("points", 0, N_("Điểm cho câu trả lời đúng"), 0, 10_000),
    "seconds": Setting("whole", 20, N_("Thời gian trả lời (giây)"), 5, 300),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}


def candidates(setup: Setup) -> Cast:
    """The contestants: those the shell named, the best so far, or the room; without those who have had their turn."""
    room, most, scores = setup.room, setup.settings["candidates"], setup.carried.scores
    seats = room.contestants or (() if room.seats == EVERYBODY else tuple(room.seats))
    fresh = [seat for seat in seats if seat not in setup.carried.contested] or list(seats)
    best = room.best_of(fresh, scores)[: most or None]
    hall = Roll.only(best) if best else room.seats
    return Cast(hall, room=room.seats, teams=room.teams, units=room.units)


def ask_the_candidates(state: Round, command: Command) -> Iterator[Event]:
    yield asking.opened(state, command, "question", state.settings["seconds"], roll=state.cast.hall)


def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    half = half_points(state.settings["points"])
    right = [one for one in graded if one.right == FULL]
    results = {one.seat: (half, FULL, rounded_us(ask.elapsed_us(one.at))) for one in right}
    drawn = Draws(state.setup.seed, "finger", ask.no).shuffled(sorted(one.seat for one in right))
    fastest = sorted(drawn, key=lambda seat: results[seat][2])
    return Judged(results, bank_question.counts(state, ask, graded), {"fastest": fastest})


def found(state: Round) -> tuple[int, ...]:
    """The seats that were right, the fastest first; the seed decides between equal times."""
    ask = state.newest("question")
    return tuple(ask.more.get("fastest", ())) if ask is not None and ask.status == REVEALED else ()


def until_somebody_is_right(state: Round, command: Command) -> Iterator[Event]:
    yield from [Event("done")] if found(state) else asking.next_question(state, command)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The number of people who compete and, after the key, those who were right, in order."""
    told: dict[str, Any] = {"of": len(state.cast.hall)}
    if state.phase != "revealed":
        return told
    ask, fastest = state.newest("question"), found(state)[:MOST_SHOWN]
    rows = [{"seat": seat, "time_us": ask.results[seat][2]} for seat in fastest] if ask else []
    return {**told, "fastest": rows, "seats": list(fastest)}


FORMAT = Format(
    key="finger",
    title=N_("Nhanh tay nhất"),
    settings=SETTINGS,
    cast=candidates,
    mechanics=(
        asking.asking(ask_the_candidates, then=until_somebody_is_right, judge=judge),
        playing_along(worth=lambda state, index: half_points(state.settings["points"])),
        Mechanic(view=view),
    ),
    sends=found,
    presets={
        "ten": Preset(N_("Kiểu mười người dự tuyển"), {"candidates": 10}),
        "six": Preset(N_("Kiểu sáu người dự tuyển"), {"candidates": 6}),
    },
    problems=asking.problems,
)
