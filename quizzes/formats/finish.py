"""Về đích: each contestant picks what its questions are worth; what it cannot answer, the others may steal.

A question marked `practical: true` is shown by doing: the host or the judges say whether it was right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic, Preset
from quizzes.mechanics import asking
from quizzes.mechanics.asking import asking as questions
from quizzes.mechanics.asking import opened, ready
from quizzes.mechanics.boards import boards
from quizzes.mechanics.buzzing import CLOSE, buzzing
from quizzes.mechanics.buzzing import SETTINGS as BUZZING
from quizzes.mechanics.oral import aloud, ask_aloud
from quizzes.mechanics.packages import (
    EACH,
    SLOTS,
    WHOLE,
    Packages,
    after_this,
    course,
    is_planned,
    left,
    let_pick,
    packages,
    still_to_pick,
)
from quizzes.mechanics.parts import parts
from quizzes.mechanics.picking import picking
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.practical import SETTINGS as PRACTICAL
from quizzes.mechanics.practical import is_practical, practical, seconds
from quizzes.mechanics.secret import in_secret
from quizzes.mechanics.stakes import Stakes, has_star, judge, paid_aloud, stakes, value
from quizzes.mechanics.steal import stealing
from quizzes.mechanics.turns import best_first, turn_of, turns
from quizzes.refusals import N_
from quizzes.round_state.ask import LAST, Round
from quizzes.round_state.cast import contestants

TRANSFER, ADD = "transfer", "add"

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 4, N_("Số thí sinh"), 1, 10),
    "each": Setting("whole", 3, N_("Số câu của mỗi thí sinh"), 1, 10),
    "values": Setting("numbers", (20, 30), N_("Các mức điểm để chọn"), 1, 1000),
    "pick": Setting(
        "choice",
        WHOLE,
        N_("Chọn điểm"),
        choices=(WHOLE, EACH),
        said=(N_("Cả gói trước lượt thi"), N_("Trước từng câu")),
    ),
    "times": Setting("numbers", (15, 20), N_("Thời gian trả lời của từng mức điểm (giây; trống: như nhau)"), 1, 600),
    "seconds": Setting("whole", 20, N_("Thời gian trả lời (giây), khi không đặt theo mức điểm"), 1, 600),
    **PRACTICAL,
    "steal_seconds": Setting("whole", 5, N_("Thời gian giành quyền trả lời (giây)"), 1, 60),
    "steal": Setting(
        "choice",
        TRANSFER,
        N_("Điểm của bạn giành quyền đúng"),
        choices=(TRANSFER, ADD),
        said=(N_("Lấy từ thí sinh đang thi"), N_("Được cộng thêm")),
    ),
    "answer_seconds": BUZZING["answer_seconds"],
    "tie": BUZZING["tie"],
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}
PRESETS = {
    "free_packages": Preset(
        N_("Kiểu gói tự chọn 10, 20, 30 điểm"), {"values": [10, 20, 30], "times": [10, 15, 20], "practical_times": [30]}
    ),
    "fixed_packages": Preset(
        N_("Kiểu gói 40, 60, 80 điểm"),
        {"values": [10, 20, 30], "times": [10, 15, 20], "practical_times": [30]},
        {"packages": [{"values": [10, 10, 20]}, {"values": [10, 20, 30]}, {"values": [20, 30, 30]}]},
    ),
    "one_by_one": Preset(N_("Kiểu chọn điểm trước từng câu"), {"pick": EACH}),
}
MATERIAL = {
    "packages": Setting(
        "parts",
        (),
        N_("Gói câu hỏi (trống: tự ghép từ các mức điểm)"),
        0,
        12,
        parts={"values": Setting("numbers", (), N_("Điểm của từng câu"), 1, 1000)},
    )
}


def next_question_or_turn(state: Round, command: Command) -> Iterator[Event]:
    """The contestant's next question; after the last one the turn of the waiting contestant with the most points."""
    waiting, planned = best_first(state), after_this(state)
    if planned is not None:
        yield announced(state, command, planned)
    elif not left(state) or (not waiting and (state.cast.turn is None or still_to_pick(state) <= 0)):
        yield Event("done")
    else:
        if state.cast.turn is None or still_to_pick(state) <= 0:
            yield turn_of(waiting[0], command)
        yield announced(state, command, left(state)[0])


def announced(state: Round, command: Command, question: int) -> Event:
    return Event("ready", {**ready(state, command).data, "question": question})


def pick_first(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Before a question is announced its contestant says what it shall be worth."""
    if not is_planned(state):
        yield from let_pick(state, command)


def unpacked(state: Round, event: Event, command: Command) -> Iterator[Event]:
    yield announced(state, command, event.data["questions"][0])


def ask_the_turn(state: Round, command: Command) -> Iterator[Event]:
    if not is_planned(state):  # a pick that was taken back
        yield from let_pick(state, command)
    elif is_practical(state):
        yield ask_aloud(state, command)
    else:
        assert state.cast.turn is not None  # noqa: S101
        yield opened(state, command, "question", seconds(state), take=LAST, only=[state.cast.turn])


def worth(state: Round) -> int:
    return value(state, state.question)


def half_of_it(state: Round) -> int:
    return -worth(state) // 2


def stolen(state: Round) -> int:
    """The half-points that a right steal takes from the contestant who failed: the value, or none where a steal only
    adds, or where the star has cost the contestant the value already."""
    adds = state.settings.get("steal", TRANSFER) == ADD
    return 0 if adds or has_star(state, state.question) else value(state, state.question)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The progress of the turn, and the worth of its questions."""
    turn, values = state.of(Packages).turn, state.of(Stakes).values
    nth = turn.index(state.question) + 1 if state.question in turn else len(turn) + 1
    return {"nth": nth, "each": state.settings["each"], "package": [values.get(question) for question in turn]}


FORMAT = Format(
    key="finish",
    ground="dusk",
    title=N_("Về đích"),
    settings=SETTINGS,
    mechanics=(
        questions(ask_the_turn, then=next_question_or_turn, judge=judge),
        turns(),
        picking(),
        stakes(),
        packages(),
        aloud(lambda state, ask: seconds(state), earns=paid_aloud),
        parts(),
        buzzing(right=worth, wrong=half_of_it),
        in_secret(worth, half_of_it, may=lambda state: not is_practical(state)),
        stealing(takes=stolen),
        playing_along(worth=value),
        boards(lambda state, seat: {"star": state.of(Stakes).stars.get(seat) == state.question}),
        practical(),
        Mechanic(after={"ready": pick_first, "planned": unpacked}, view=view),
    ),
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    fixed={"attempts": 1, "after_wrong": CLOSE},
    worth=value,
    course=course,
    presets=PRESETS,
    slots=SLOTS,
    material=MATERIAL,
    keeps_contestants=True,
    problems=asking.problems,
)
