"""Đấu trường: one against all the others. The crowd locks first; whoever of it is wrong leaves, and the bank grows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.engine import CONTESTANT, HOST, MC, STAGE, Setting, Viewer
from quizzes.grammar import Format, Mechanic, Preset
from quizzes.mechanics import asking
from quizzes.mechanics.elimination import Fallen, alive, elimination
from quizzes.mechanics.fighting import (
    CROWD,
    HELPS,
    POLL,
    TRUST,
    TWO,
    Fight,
    ask_the_crowd,
    crowd_of,
    falls,
    fighting,
    helps_left,
    judge_one,
    next_question,
    worth,
)
from quizzes.mechanics.parts import parts, parts_of
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.turns import turns
from quizzes.refusals import N_
from quizzes.round_state.ask import Round
from quizzes.round_state.cast import Cast, contestants
from quizzes.round_state.roll import MOST_SEATS
from quizzes.round_state.setup import Setup
from quizzes.settings.values import half_points

MOST_SHOWN = 300  # people in the room whose dots are drawn

SETTINGS: Mapping[str, Setting] = {
    "per_head": Setting("points", 10, N_("Điểm cho mỗi người của đám đông bị loại"), 1, 10_000),
    "hard_times": Setting("whole", 2, N_("Câu khó được nhân với"), 1, 10),
    "seconds": Setting("whole", 6, N_("Thời gian của đám đông (giây)"), 3, 120),
    "leave_after": Setting("whole", 3, N_("Được dừng và giữ điểm sau câu số"), 0, 50),
    "helps": Setting(
        "choices", HELPS, N_("Quyền trợ giúp"), choices=HELPS,
        said=(N_("Thăm dò đám đông"), N_("Hỏi hai người"), N_("Tin đám đông")),
    ),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}  # fmt: skip


def one_against_all(setup: Setup) -> Cast:
    """The contestant, as for the ladder; everybody else in the room is the crowd."""
    chosen = contestants(setup, MOST_SEATS)
    fresh = [seat for seat in chosen.order if seat not in setup.carried.contested]
    order = tuple(fresh or chosen.order)[:1]
    return replace(chosen, hall=setup.room.seats, named=dict.fromkeys(order, CONTESTANT), order=order)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The number of the crowd still standing, the bank, the lifelines, and what the lifelines have told."""
    fight, crowd, main, fallen = state.of(Fight), crowd_of(state), state.newest("question"), state.of(Fallen)
    may = helps_left(state)
    polled = crowd is not None and fight.used.get(POLL) == state.question
    seen: dict[str, Any] = {
        "alive": alive(state),
        "of": len(state.cast.hall) - len(state.cast.order),
        "bank": points(fight.bank),
        "hard": state.question in fight.hard,
        "head": points(worth(state, state.question)),
        "helps": [{"key": one, "used": one in fight.used, "may": one in may} for one in state.settings["helps"]],
        "poll": dict(crowd.counts) if polled and crowd else None,
        "two": parts_of(state).get(TWO),
        "trusted": fight.used.get(TRUST) == state.question,
        "locked": main is not None and main.live,
        "chosen": main.more.get("chosen") if main and not main.live else None,
        "ended": fight.ended,
    }
    seats = [seat for seat, _ in seen["two"] or ()]
    if viewer.role in (STAGE, HOST, MC) and len(state.cast.room) <= MOST_SHOWN:
        seen["yard"] = [[seat, fallen.at.get(seat, 0)] for seat in state.cast.hall if seat not in state.cast.order]
    if state.phase == "revealed" and crowd is not None:
        seen["fell"] = sum(1 for no in fallen.at.values() if no == crowd.no)
        seen["now"], seen["crowd"] = crowd.no, dict(crowd.counts)
    return {**seen, "seats": seats}


def points(half: int) -> int | float:
    return half // 2 if half % 2 == 0 else half / 2


def per_head(state: Round, index: int) -> int:
    return half_points(state.settings["per_head"])


FORMAT = Format(
    key="crowd",
    title=N_("Một đấu một trăm"),
    settings=SETTINGS,
    cast=one_against_all,
    mechanics=(
        asking.asking(ask_the_crowd, then=next_question, judge=judge_one, waits=True),
        turns(),
        parts(),
        elimination(falls, kind=CROWD),
        playing_along(worth=per_head, kinds=(CROWD,)),
        fighting(),
        Mechanic(view=view),
    ),
    worth=worth,
    presets={
        "to_2012": Preset(N_("Kiểu đến năm 2012: câu dễ hoặc khó, không trợ giúp"), {"helps": []}),
        "later": Preset(N_("Kiểu từ năm 2012: mười lăm giây, ba trợ giúp"), {"seconds": 15, "hard_times": 1}),
    },
    problems=asking.problems,
)
