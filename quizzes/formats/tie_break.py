"""Câu hỏi phụ: who stands equal buzzes; the first right answer decides, then lots. Scores do not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.copies import replace
from quizzes.draws import Draws
from quizzes.engine import CONTESTANT, Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic
from quizzes.mechanics import asking
from quizzes.mechanics.asking import opened, ready
from quizzes.mechanics.boards import boards
from quizzes.mechanics.buzzing import CLOSE, buzzing
from quizzes.mechanics.buzzing import SETTINGS as BUZZING
from quizzes.mechanics.deciding import deciding
from quizzes.mechanics.early import EARLY, forfeiting, who_waited
from quizzes.mechanics.early import SETTING as FORFEITS
from quizzes.mechanics.floor import BUZZ, UNSEEN
from quizzes.mechanics.oral import LEAD_US, spoken
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.secret import in_secret
from quizzes.questions.contract import FULL
from quizzes.refusals import N_
from quizzes.round_state.ask import REVEALED, Round
from quizzes.round_state.cast import Cast, contestants
from quizzes.round_state.setup import Setup

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 4, N_("Số thí sinh"), 2, 10),
    "place": Setting("whole", 1, N_("Phân định từ hạng"), 1, 10),
    "seconds": Setting("whole", 15, N_("Thời gian bấm chuông và trả lời (giây)"), 1, 600),
    "answer_seconds": BUZZING["answer_seconds"],
    "tie": BUZZING["tie"],
    EARLY: FORFEITS,
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}
LOTS = "lots"


@dataclass(frozen=True)
class Decided:
    lots: tuple[int, ...] = ()
    """The order that lots gave, where no question decided."""


def equal_ones(setup: Setup) -> Cast:
    """The contestants who share the place that is asked for; nobody when all places differ."""
    cast, scores = contestants(setup, setup.settings["contestants"]), setup.carried.scores
    best = sorted(cast.order, key=lambda seat: -scores.get(seat, 0))
    if len(best) < 2:
        return replace(cast, order=(), named={})
    score = scores.get(best[min(setup.settings["place"], len(best)) - 1], 0)
    equal = tuple(seat for seat in cast.order if scores.get(seat, 0) == score)
    equal = equal if len(equal) > 1 else ()
    return replace(cast, order=equal, named=dict.fromkeys(equal, CONTESTANT))


def winner(state: Round) -> int | None:
    """The first who was right. Where several answered in secret, only one who was right alone."""
    for ask in state.asks.values():
        if ask.kind in (BUZZ, UNSEEN) and ask.status == REVEALED:
            right = [seat for seat, (_, share, _) in ask.results.items() if share == FULL]
            if len(right) == 1:
                return right[0]
    return None


def next_or_lots(state: Round, command: Command) -> Iterator[Event]:
    """Asks one more question while nobody was right; after the last question lots decide."""
    if not state.cast.order or winner(state) is not None or state.of(Decided).lots:
        yield Event("done")
    elif state.question + 1 < len(state.setup.questions):
        yield ready(state, command)
    elif state.question < 0:
        yield Event("done")
    else:
        order = Draws(state.setup.seed, LOTS, state.setup.index).shuffled(sorted(state.cast.order))
        yield Event("lots", {"seats": order})


def ask_the_equal(state: Round, command: Command) -> Iterator[Event]:
    """Opens the buzzers at the signal to those who waited for it; where nobody did, the next question comes. The moment
    is announced ahead, so that a slow line hears of it in time."""
    later = replace(command, at=command.at + LEAD_US)
    if waited := who_waited(state):
        yield opened(state, later, BUZZ, state.settings["seconds"], only=waited)
    else:
        yield from next_or_lots(state, command)


def decided(state: Round) -> Mapping[int, int]:
    """Leaves the points as they are and only orders the equal ones: the winner first, else all of them by lots."""
    lots, first = state.of(Decided).lots, winner(state)
    won = [] if first is None else [first]
    by_lots = [*won, *(seat for seat in lots if seat != first)]
    last = len(by_lots)
    return {seat: by_lots.index(seat) if seat in by_lots else last for seat in state.cast.order} if by_lots else {}


def drawn(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Decided(tuple(data["seats"])), phase="revealed", until=None)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    lots, first = list(state.of(Decided).lots), winner(state)
    return {"lots": lots, "winner": lots[0] if lots and first is None else first}


FORMAT = Format(
    key="tie_break",
    title=N_("Câu hỏi phụ"),
    settings=SETTINGS,
    mechanics=(
        asking.asking(ask_the_equal, then=next_or_lots, counted_in=False),
        buzzing(right=lambda state: 0, wrong=lambda state: 0),
        in_secret(right=lambda state: 0, wrong=lambda state: 0),
        deciding(),
        forfeiting(),
        playing_along(worth=lambda state, index: 2, kinds=(BUZZ,)),
        spoken(),
        boards(),
        Mechanic(keeps=Decided(), changes={"lots": drawn}, view=view),
    ),
    cast=equal_ones,
    fixed={"attempts": 1, "after_wrong": CLOSE},
    worth=lambda state, index: 0,
    keeps_contestants=True,
    problems=asking.problems,
    ranks_by=N_("Bằng điểm: ai thắng câu hỏi phụ, hoặc được bốc thăm trước, đứng trên."),
    orders=decided,
)
