"""Khởi động: everybody answers some questions alone and aloud; then all buzz, while the question is still read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.engine import Command, Event, Setting, Slot, Viewer
from quizzes.grammar import Format, Mechanic, Preset
from quizzes.mechanics import asking
from quizzes.mechanics.asking import opened
from quizzes.mechanics.boards import boards
from quizzes.mechanics.buzzing import CLOSE, ORDER, REOPEN, buzzing
from quizzes.mechanics.buzzing import SETTINGS as BUZZING
from quizzes.mechanics.floor import BUZZ, Floor
from quizzes.mechanics.laps import COMMON, OWN, Lap, announced, finish_the_question, following, goes_on, laps
from quizzes.mechanics.lock_out import lock_out, may_buzz
from quizzes.mechanics.oral import LEAD_US, ORAL, aloud, ask_aloud, spoken
from quizzes.mechanics.penalties import bounded
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.secret import in_secret
from quizzes.mechanics.turns import in_order, turn_of, turns
from quizzes.questions.contract import FULL
from quizzes.refusals import N_
from quizzes.round_state.ask import Ask, Round
from quizzes.round_state.cast import contestants
from quizzes.settings.values import half_points

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 4, N_("Số thí sinh"), 1, 10),
    "each": Setting("whole", 6, N_("Số câu của mỗi lượt riêng (0: không có lượt riêng)"), 0, 40),
    "turn_seconds": Setting("whole", 0, N_("Thời gian của một lượt riêng (giây, 0: tính giờ từng câu)"), 0, 600),
    "seconds": Setting("whole", 3, N_("Thời gian trả lời sau khi đọc xong (giây)"), 1, 120),
    "common": Setting("whole", 12, N_("Số câu của lượt chung"), 0, 200),
    "common_turns": Setting("numbers", (), N_("Thời gian của các lượt chung (giây; trống: tính giờ từng câu)"), 1, 600),
    "buzz_seconds": Setting("whole", 3, N_("Thời gian bấm chuông sau khi đọc xong (giây)"), 1, 120),
    "answer_seconds": Setting("whole", 3, N_("Thời gian trả lời sau khi bấm chuông (giây)"), 0, 600),
    "points": Setting("points", 10, N_("Điểm cho một câu đúng"), 1, 10_000),
    "wrong_penalty": Setting("points", 5, N_("Điểm trừ khi bấm chuông mà sai hoặc im lặng"), 0, 10_000),
    "floor": Setting("flag", False, N_("Không trừ xuống dưới 0 điểm")),
    "lock_out": Setting("flag", False, N_("Sai thì không được bấm chuông ở câu tiếp theo")),
    "after_wrong": replace(BUZZING["after_wrong"], default=CLOSE, choices=(CLOSE, REOPEN, ORDER),
                           said=tuple(reversed(BUZZING["after_wrong"].said))),
    "tie": BUZZING["tie"],
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}  # fmt: skip

PRESETS = {
    "twelve_in_sixty": Preset(
        N_("Kiểu 12 câu trong 60 giây"), {"each": 12, "turn_seconds": 60, "common": 0, "wrong_penalty": 0}
    ),
    "sixty_seconds": Preset(
        N_("Kiểu 60 giây, không giới hạn số câu"), {"each": 40, "turn_seconds": 60, "common": 0, "wrong_penalty": 0}
    ),
    "three_common_turns": Preset(
        N_("Kiểu ba lượt chung 30, 60, 90 giây"),
        {"each": 0, "common": 40, "common_turns": [30, 60, 90], "wrong_penalty": 0, "lock_out": True},
    ),
    "thirty_six_buzzers": Preset(N_("Kiểu 36 câu bấm chuông, không âm điểm"), {"each": 0, "common": 36, "floor": True}),
    "five_seconds": Preset(N_("Kiểu lượt riêng 5 giây một câu"), {"seconds": 5}),
}


def is_common(state: Round) -> bool:
    return state.cast.turn is None


def questions_of_turn(state: Round) -> int:
    """The number of questions in one turn. Where a script leaves out both kinds of turn, all questions are common."""
    each, common = state.settings["each"], state.settings["common"]
    return int(common or (0 if each else len(state.setup.questions))) if state.of(Lap).common else int(each)


def has_common(state: Round) -> bool:
    return bool(state.settings["common"] or not state.settings["each"])


def time_of_turn(state: Round) -> int:
    """Seconds of the present turn as a whole; 0 where each question has its own."""
    if not is_common(state):
        return int(state.settings["turn_seconds"])
    times = state.settings["common_turns"]
    return int(times[state.of(Lap).common - 1]) if 0 < state.of(Lap).common <= len(times) else 0


def next_question_or_turn(state: Round, command: Command) -> Iterator[Event]:
    """Goes on in the turn; after it the next contestant's turn begins, after all of these the common one."""
    waiting = in_order(state) if state.settings["each"] and not state.of(Lap).common else []
    left = state.of(Lap).common < max(1, len(state.settings["common_turns"])) and has_common(state)
    if not state.cast.order:
        yield Event("done")
    elif goes_on(state, questions_of_turn(state)):
        yield announced(state, command)
    elif waiting and following(state, OWN) is not None:
        yield turn_of(waiting[0], command)
        yield announced(state, command, OWN)
    elif left and following(state, COMMON) is not None:
        yield turn_of(None, command)
        yield announced(state, command, COMMON)
    else:
        yield Event("done")


def read_to_all_or_one(state: Round, command: Command) -> Iterator[Event]:
    """Begins the reading. A question of one's own turn is answered aloud; for common questions the buzzers open a
    little later."""
    if not is_common(state):
        event = ask_aloud(state, command)
    else:
        event = opened(state, command, BUZZ, 0, only=may_buzz(state))
        event = Event(event.name, {**event.data, "opens_at": command.at + LEAD_US})
    yield event


def open_at_once(state: Round, event: Event, command: Command) -> Iterator[Event]:
    if event.data.get("at_once"):
        yield from read_to_all_or_one(state, command)


def right(state: Round) -> int:
    return half_points(state.settings["points"])


def penalty(state: Round) -> int:
    """The half-points that a wrong answer brings: none, or fewer than none. Where the script says so, no seat falls
    below nothing in all."""
    half = half_points(state.settings["wrong_penalty"])
    had = state.scores.get(state.of(Floor).answering or 0, 0)
    return -max(0, min(half, had)) if state.settings["floor"] else -half


def seconds_to_answer(state: Round, ask: Ask) -> int:
    return int(state.settings["buzz_seconds" if ask.kind == BUZZ else "seconds"])


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    return {
        "common": bool(state.of(Lap).common),
        "points": state.settings["points"],
        "wrong_penalty": state.settings["wrong_penalty"],
    }


FORMAT = Format(
    key="warm_up",
    ground="start",
    title=N_("Khởi động"),
    settings=SETTINGS,
    presets=PRESETS,
    slots={OWN: Slot(N_("Lượt riêng")), COMMON: Slot(N_("Lượt chung"))},
    mechanics=(
        asking.asking(read_to_all_or_one, then=next_question_or_turn, counted_in=False),
        turns(finish_the_question),
        buzzing(right=right, wrong=penalty),
        in_secret(right, penalty),
        playing_along(worth=lambda state, index: right(state), kinds=(ORAL, BUZZ)),
        aloud(seconds_to_answer, earns=lambda state, share: right(state) if share == FULL else 0),
        spoken(),
        bounded(penalty),
        lock_out(),
        boards(),
        laps(questions_of_turn, time_of_turn),
        Mechanic(after={"ready": open_at_once}, view=view),
    ),
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    fixed={"attempts": 10},
    keeps_contestants=True,
    problems=asking.problems,
)
