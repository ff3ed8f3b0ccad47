"""Tăng tốc: all contestants type at once; among the right ones the quicker earns more, and equal times share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizzes.copies import replace
from quizzes.engine import HOST, JUDGE, Command, Event, Graded, Setting, Viewer
from quizzes.grammar import Format, Judged, Mechanic, Move, Preset
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.asking import opened
from quizzes.mechanics.boards import boards
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.side_by_side import answers, by_rank, given, hundredths, quoted
from quizzes.questions.contract import FULL
from quizzes.refusals import N_, Rejected
from quizzes.round_state.ask import JUDGED, Ask, Round
from quizzes.round_state.cast import contestants
from quizzes.settings.values import half_points

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 4, N_("Số thí sinh"), 1, 10),
    "by_rank": Setting("point_list", (40, 30, 20, 10), N_("Điểm theo thứ tự nhanh trong những người đúng"), 0, 10_000),
    "times": Setting("numbers", (20, 20, 30, 30), N_("Thời gian từng câu (giây; số cuối cho các câu sau)"), 1, 600),
    "change": replace(asking.CHANGE, default=True),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}  # fmt: skip
PRESETS = {"ten_to_forty": Preset(N_("Kiểu 10, 20, 30, 40 giây"), {"times": [10, 20, 30, 40]})}
MOST = 40
"""Points and seconds where a script names none."""


def seconds(state: Round) -> int:
    times = state.settings["times"] or [20]
    return int(times[min(state.question, len(times) - 1)])


def ask_all(state: Round, command: Command) -> Iterator[Event]:
    yield opened(state, command, "question", seconds(state), take=asking.take(state), only=state.cast.order)


def onward(state: Round, command: Command) -> Iterator[Event]:
    yield from asking.next_question(state, command) if state.cast.order else [Event("done")]


def ranked(state: Round, times: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int, int]]:
    """Results of these (time, seat): right, in this order."""
    points = state.settings["by_rank"] or [MOST]
    won, time_of = by_rank(times, [half_points(one) for one in points]), {seat: time for time, seat in times}
    return {seat: (half, FULL, time_of[seat]) for seat, half in won.items()}


def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    right = [(hundredths(ask.elapsed_us(one.at)), one.seat) for one in graded if one.right == FULL]
    return Judged(ranked(state, right), bank_question.counts(state, ask, graded), {"given": given(ask, graded)})


def mark(state: Round, command: Command) -> Iterator[Event]:
    """Takes marks from the host or a judge: these seats are right, in the order of the clicks; all others are wrong."""
    seats, ask = command.args.get("seats"), state.newest("question")
    if not isinstance(seats, list) or not all(type(one) is int and one in state.cast.order for one in seats):
        raise Rejected("bad_request", argument="seats")
    if len(set(seats)) != len(seats):
        raise Rejected("bad_request", argument="seats")
    assert ask is not None  # noqa: S101
    yield Event("marked", {"no": ask.no, "seats": seats})


def is_judged(state: Round) -> bool:
    ask = state.newest("question")
    return ask is not None and ask.status == JUDGED


def marked(state: Round, data: Mapping[str, Any]) -> Round:
    """Gives points by the clicks: each click is one place behind the last, whatever the clock measured."""
    ask = state.asks[data["no"]]
    results = ranked(state, list(enumerate(data["seats"])))
    times = dict(ask.more["given"])
    timed = {seat: (half, share, times.get(seat, 0)) for seat, (half, share, _) in results.items()}
    return state.with_ask(replace(ask, results=timed, more={**ask.more, "marked": list(data["seats"])}))


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    ask = state.newest("question")
    shown: dict[str, Any] = {"answers": answers(state, ask, viewer), "points": list(state.settings["by_rank"])}
    if viewer.role in (HOST, JUDGE) and is_judged(state) and ask is not None:
        shown["marked"] = ask.more.get("marked", [])
        shown["right"] = sorted(ask.results, key=lambda seat: -ask.results[seat][0])
    return shown


FORMAT = Format(
    key="acceleration",
    ground="ember",
    title=N_("Tăng tốc"),
    settings=SETTINGS,
    presets=PRESETS,
    mechanics=(
        asking.asking(ask_all, then=onward, judge=judge),
        playing_along(worth=lambda state, index: half_points(max([*state.settings["by_rank"], 0]))),
        boards(),
        Mechanic(
            moves={
                "closed": {
                    "mark": Move(
                        frozenset({HOST, JUDGE}),
                        mark,
                        {"seats": "seats"},
                        when=is_judged,
                        tries=lambda state: [{"seats": list(state.cast.order[:2])}, {"seats": []}],
                    )
                }
            },
            changes={"marked": marked},
            view=view,
        ),
    ),
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    worth=lambda state, index: half_points(max([*state.settings["by_rank"], 0])),
    keeps_contestants=True,
    problems=asking.problems,
    quotes=lambda state, viewer: quoted(state, state.newest("question"), viewer),
)
