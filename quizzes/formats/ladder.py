"""Bậc thang triệu phú: one climbs, question by question; lifelines help once each, the room plays along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quizzes.copies import replace
from quizzes.engine import CONTESTANT, Command, Event, Setting
from quizzes.grammar import Format, Preset
from quizzes.mechanics import asking, lifelines
from quizzes.mechanics.asking import next_question, opened
from quizzes.mechanics.climbing import Climb, Ladder, by_rung, climbing
from quizzes.mechanics.parts import parts, without_taken
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.turns import in_order, turn_of, turns
from quizzes.mechanics.voting import voting
from quizzes.refusals import N_
from quizzes.round_state.ask import LAST, Round
from quizzes.round_state.cast import Cast, contestants
from quizzes.round_state.roll import MOST_SEATS
from quizzes.round_state.setup import Setup
from quizzes.settings.values import half_points

PRIZES = (2, 4, 6, 10, 20, 30, 60, 100, 140, 220, 300, 400, 800, 1500, 2500)
"""A point for each hundred thousand of the present season."""

SETTINGS: Mapping[str, Setting] = {
    "prizes": Setting("point_list", PRIZES, N_("Điểm của từng bậc"), 1, 1_000_000),
    "milestones": Setting("numbers", (5, 10, 15), N_("Các mốc bảo đảm"), 1, 50),
    "seconds": Setting("whole", 0, N_("Thời gian trả lời (giây, 0 là không giới hạn)"), 0, 3600),
    **lifelines.SETTINGS,
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}


def the_ladder(state: Round) -> Ladder:
    """The prizes for which there is a question."""
    prizes = tuple(half_points(one) for one in state.settings["prizes"]) or (0,)
    return Ladder(prizes[: max(1, len(state.setup.questions))], frozenset(state.settings["milestones"]))


def what_the_rung_is_worth(state: Round, index: int) -> int:
    steps = the_ladder(state)
    return steps.prize(min(state.of(Climb).asked, len(steps.prizes)))


def climber(setup: Setup) -> Cast:
    """Casts one contestant: the first candidate who has not climbed before."""
    cast = contestants(setup, MOST_SEATS)
    fresh = [seat for seat in cast.order if seat not in setup.carried.contested]
    order = tuple(fresh or cast.order)[:1]
    return replace(cast, named=dict.fromkeys(order, CONTESTANT), order=order)


def next_rung(state: Round, command: Command) -> Iterator[Event]:
    """The contestant takes the seat; then question after question until the climb has ended."""
    if not state.cast.order or state.of(Climb).ended:
        yield Event("done")
        return
    yield from (turn_of(seat, command) for seat in in_order(state))
    yield from next_question(state, command)


def ask_the_contestant(state: Round, command: Command) -> Iterator[Event]:
    yield opened(state, command, "question", state.settings["seconds"], take=LAST, only=state.cast.order)


FORMAT = Format(
    key="ladder",
    ground="steps",
    title=N_("Bậc thang triệu phú"),
    settings=SETTINGS,
    cast=climber,
    mechanics=(
        asking.asking(ask_the_contestant, then=next_rung, judge=by_rung(the_ladder), options=without_taken, waits=True),
        turns(),
        climbing(the_ladder),
        parts(),
        lifelines.lifelines(),
        voting(),
        playing_along(worth=what_the_rung_is_worth, options=without_taken),
    ),
    worth=what_the_rung_is_worth,
    presets={
        "to_2021": Preset(
            N_("Kiểu đến năm 2021"), {"prizes": [2, 4, 6, 10, 20, 30, 60, 100, 140, 220, 300, 400, 600, 850, 1500]}
        ),
        "to_2020": Preset(
            N_("Kiểu đến năm 2020: hỏi khán giả, tổ tư vấn"),
            {
                "prizes": [2, 4, 6, 10, 20, 30, 60, 100, 140, 220, 300, 400, 600, 850, 1500],
                "lifelines": ["fifty", "phone", "room", "panel"],
            },
        ),
        "short": Preset(
            N_("Kiểu mười câu cho buổi sinh hoạt"),
            {
                "prizes": [10, 20, 30, 50, 80, 120, 180, 260, 360, 500],
                "milestones": [5, 10],
                "lifelines": ["fifty", "room", "companion"],
            },
        ),
    },
    problems=asking.problems,
)
