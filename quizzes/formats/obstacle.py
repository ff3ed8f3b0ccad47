"""Vượt chướng ngại vật: rows open corners of a picture; who says the keyword first wins, who says a wrong one is out.

The first question of the round is the keyword's own, with the picture; then the rows, and last the centre.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.engine import Command, Event, Setting, Slot, Viewer
from quizzes.grammar import Format, Mechanic, Move, Preset
from quizzes.mechanics import asking
from quizzes.mechanics.boards import boards
from quizzes.mechanics.guess import Guess, is_over, standing, still_in
from quizzes.mechanics.hidden_words import KEY
from quizzes.mechanics.keyword import keyword, last_seconds
from quizzes.mechanics.keyword_anew import keyword_stands
from quizzes.mechanics.parts import parts
from quizzes.mechanics.picking import pick, picking
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.rows import (
    CENTRE,
    LETTERS,
    MIDDLE,
    Rows,
    announced,
    centre,
    finale,
    has_centre,
    left,
    picker,
    rows,
)
from quizzes.mechanics.side_by_side import answers, judged_full, quoted
from quizzes.mechanics.turns import turn_of, turns
from quizzes.refusals import N_
from quizzes.round_state.ask import Round
from quizzes.round_state.cast import contestants
from quizzes.settings.values import half_points, in_points

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 4, N_("Số thí sinh"), 1, 10),
    "points": Setting("points", 10, N_("Điểm cho một hàng ngang đúng"), 1, 10_000),
    "seconds": Setting("whole", 15, N_("Thời gian trả lời một hàng ngang (giây)"), 1, 600),
    "keyword_points": Setting("point_list", (60, 50, 40, 30, 20),
                              N_("Điểm từ khóa theo số hàng ngang đã mở"), 1, 10_000),
    **CENTRE,
    "last_seconds": Setting("whole", 15, N_("Thời gian đoán từ khóa sau câu cuối (giây)"), 1, 600),
    "answer_seconds": Setting("whole", 15, N_("Thời gian nói từ khóa sau khi bấm chuông (giây)"), 0, 600),
    **LETTERS,
    "change": replace(asking.CHANGE, default=True),
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}  # fmt: skip
PICTURE = "picture"
MATERIAL = {PICTURE: Setting("picture", "", N_("Hình ẩn sau các hàng ngang (trống: hình của câu từ khóa)"))}
PRESETS = {
    "eighty": Preset(N_("Kiểu từ khóa 80, 60, 40, 20 điểm"), {"keyword_points": [80, 60, 40, 20], "centre": False})
}


def worth(state: Round) -> int:
    """Half-points of the keyword now: the fewer rows were asked, the more."""
    points, used = state.settings["keyword_points"] or [20], len(state.of(Rows).used)
    last = len(points) - 1
    at = last if has_centre(state) and used >= len(state.setup.questions) - 1 else max(0, used - 1)
    return half_points(points[min(at, last)])


def onward(state: Round, command: Command) -> Iterator[Event]:
    """A row is picked, the centre follows, the last seconds run; then the keyword is told."""
    kept, rest, middle = state.of(Rows), left(state), centre(state)
    if not state.cast.order or kept.ended or not state.setup.questions:
        yield Event("done")
    elif is_over(state) or (state.of(Guess).last and not rest):
        yield from finale(state)
    elif rest:
        yield turn_of(picker(state), command)
        yield Event("ready", {"question": KEY, "until": None})
    elif middle is not None and middle not in kept.used:
        yield announced(state, command, middle)
    elif standing(state) is None:
        yield from finale(state)
    else:
        yield from last_seconds(state, command, state.settings["last_seconds"])


def let_pick(state: Round, event: Event, command: Command) -> Iterator[Event]:
    if event.data["question"] == KEY and not state.of(Rows).ended and not is_over(state):
        yield pick(state, command, [str(row) for row in left(state)])


def keep_the_bell(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Opens the buzzer for the keyword with a row."""
    if event.data["kind"] == "question":
        yield from keyword_stands(state, command)


def picked(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Announces the row, unless the keyword was found while it was being picked."""
    yield from [] if is_over(state) else [announced(state, command, int(event.data["choice"]))]


def ask_the_rest(state: Round, command: Command) -> Iterator[Event]:
    if is_over(state):  # found while a row was announced or picked: that row is not asked
        yield from finale(state)
    elif state.question == KEY:  # a pick that was taken back
        yield from let_pick(state, Event("ready", {"question": KEY}), command)
    else:
        seconds = state.settings["seconds"]
        yield asking.opened(state, command, "question", seconds, take=asking.take(state), only=still_in(state))


def counts_in(state: Round) -> bool:
    """True before a row; once the keyword is found nothing opens any more."""
    return state.until is None and not is_over(state)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The worth of the keyword now, its buzzer, and the answers to the present row."""
    if not state.setup.questions:
        return {}
    return {
        "worth": in_points(worth(state)),
        "last": state.of(Guess).last,
        "bell": standing(state) is not None,
        "answers": answers(state, state.newest("question"), viewer),
    }


def course(state: Round) -> tuple[tuple[int, ...], int]:
    """The rows in the order they were picked; the keyword's own question has no number."""
    return tuple(one for one in state.of(Rows).used if one != KEY), len(state.setup.questions) - 1


FORMAT = Format(
    key="obstacle",
    ground="course",
    title=N_("Vượt chướng ngại vật"),
    settings=SETTINGS,
    presets=PRESETS,
    mechanics=(
        asking.asking(ask_the_rest, then=onward, judge=judged_full),
        turns(),
        picking(),
        parts(),
        playing_along(worth=lambda state, index: half_points(state.settings["points"])),
        keyword(worth, seconds=lambda state: state.settings["answer_seconds"]),
        boards(),
        rows(),
        Mechanic(
            moves={"ready": {"count_in": Move(asking.BY_HOST, asking.count_in, when=counts_in)}},
            after={"ready": let_pick, "opened": keep_the_bell, "picked": picked},
            view=view,
        ),
    ),
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    slots={
        "keyword": Slot(N_("Từ khóa"), 1, 1, ("text",)),
        "rows": Slot(N_("Hàng ngang"), 1, 12, ("text",)),
        MIDDLE: Slot(N_("Ô trung tâm"), 0, 1),
    },
    material=MATERIAL,
    hides_picture=PICTURE,
    keeps_contestants=True,
    problems=asking.problems,
    course=course,
    quotes=lambda state, viewer: quoted(state, state.newest("question"), viewer),
)
