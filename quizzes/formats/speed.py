"""Nhanh tay nhanh mắt: all answer at once; right first, then fast. The formulas stand in quizzes.scoring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from quizzes.engine import HOST, Actor, Command, Event, Format, Graded, Setting, Setup, Viewer
from quizzes.mechanics import ask, flow
from quizzes.questions.contract import FULL
from quizzes.refusals import N_
from quizzes.scoring import ACCURACY, SPEED, Scoring, rounded_us

FASTEST = 3

SETTINGS: Mapping[str, Setting] = {
    "points": Setting("whole", 100, N_("Điểm cho một câu đúng"), 1, 10_000),
    "seconds": Setting("whole", 20, N_("Thời gian trả lời (giây, 0 là không giới hạn)"), 0, 3600),
    "scoring": Setting("choice", ACCURACY, N_("Cách tính điểm"), choices=(ACCURACY, SPEED)),
    "streak": Setting("flag", False, N_("Thưởng chuỗi câu đúng liên tiếp")),
    "double": Setting("numbers", (), N_("Các câu nhân đôi điểm"), 1, 500),
    "practice": Setting("numbers", (), N_("Các câu chơi thử, không tính điểm"), 1, 500),
    "change": flow.CHANGE,
    **flow.SETTINGS,
}


@dataclass(frozen=True)
class Speed(ask.Round):
    """A round of `speed`; everything it needs stands in the asks."""

    def multiplier(self, index: int) -> int:
        if index + 1 in self.settings["practice"]:
            return 0
        return 2 if index + 1 in self.settings["double"] else 1

    def worth(self, index: int) -> int:
        return super().worth(index) * self.multiplier(index)

    @property
    def scoring(self) -> Scoring:
        weights = sum(self.multiplier(index) for index in range(len(self.setup.questions)))
        settings = self.settings
        return Scoring(settings["scoring"], 2 * settings["points"], settings["seconds"], weights, settings["streak"])


def opening(setup: Setup) -> Speed:
    return Speed(setup, last_no=setup.last_no)


def open_question(state: Speed, command: Command) -> Iterator[Event]:
    yield flow.opened(state, command, "question", state.settings["seconds"], take=flow.take(state))


def judge(state: Speed, no: int, graded: Iterable[Graded], at: int) -> Iterator[Event]:
    opened, ballots = state.asks[no], tuple(graded)
    scoring, multiplier = state.scoring, state.multiplier(opened.question)
    runs = _runs(state, opened) if scoring.streaks else {}
    results = {}
    for one in ballots:
        if one.right:
            time_us = rounded_us(opened.elapsed_us(one.at))
            run = runs.get(one.seat, 0) + 1
            half = scoring.points(one.right, time_us, multiplier, run)
            results[one.seat] = (half, one.right, time_us)
    yield flow.judged(no, results, flow.counts(state, opened, ballots))


def _runs(state: Speed, until: ask.Ask) -> dict[int, int]:
    """Wholly right answers in a row, by seat, over the round's counted openings before `until`."""
    runs: dict[int, int] = {}
    for earlier in state.asks.values():
        if earlier.no < until.no and earlier.status == ask.REVEALED and state.multiplier(earlier.question):
            right = {seat for seat, (_, share, _) in earlier.results.items() if share == FULL}
            runs = {seat: runs.get(seat, 0) + 1 for seat in right}
    return runs


def view(state: Speed, viewer: Viewer) -> dict[str, Any]:
    """`fastest` names who was right first, after the reveal only."""
    shown: dict[str, Any] = {
        "scoring": state.settings["scoring"],
        "seconds": state.settings["seconds"],
        "multiplier": state.multiplier(max(state.question, 0)),
    }
    if state.phase == "revealed":
        results = [
            (us, seat) for one in state.of_question() for seat, (_, right, us) in one.results.items() if right == FULL
        ]
        shown["fastest"] = [{"seat": seat, "time_us": us} for us, seat in nsmallest(FASTEST, results)]
        shown["seats"] = [one["seat"] for one in shown["fastest"]]
    return shown


def possible(state: Speed) -> Iterator[Command]:
    yield Command("advance", Actor(HOST), 0)
    if state.open_asks():
        yield Command("close_now", Actor(HOST), 0)


FORMAT = Format(
    key="speed",
    title=N_("Nhanh tay nhanh mắt"),
    settings=SETTINGS,
    kinds={"question": flow.QUESTION},
    opening=opening,
    moves=flow.moves(open_question),
    evolve=ask.evolve,
    judge=judge,
    view=view,
    group=flow.group,
    problems=flow.problems,
    possible=possible,
    deadline=flow.deadline,
)
