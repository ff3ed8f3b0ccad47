"""Thăm dò: no key, no points. Votes become bars, words become a cloud.

A question of type `single` or `multiple` is a vote, its options in the author's order unless `shuffle`;
`word` asks for a short word or phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import Command, Event, Graded, Setting, Viewer
from quizzes.grammar import Format, Judged, Kind, Mechanic
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.cloud import SETTINGS as BLOCKED
from quizzes.mechanics.cloud import WORD, cloud, quotes
from quizzes.questions.options import drawn_ids
from quizzes.refusals import N_
from quizzes.round_state import ask
from quizzes.round_state.ask import Round

VOTE = "vote"
TYPES = ("single", "multiple", WORD)

SETTINGS: Mapping[str, Setting] = {
    "seconds": Setting("whole", 0, N_("Thời gian trả lời (giây, 0 là không giới hạn)"), 0, 3600),
    "shuffle": Setting("flag", False, N_("Xáo trộn các phương án")),
    **BLOCKED,
    "change": Setting("flag", True, asking.CHANGE.title),
    **asking.SETTINGS,
}


def open_question(state: Round, command: Command) -> Iterator[Event]:
    body = state.body()
    kind = WORD if body["type"] == WORD else VOTE
    shown = _arranged(state, len(body["options"])) if kind == VOTE else []
    seconds = state.settings["seconds"]
    yield asking.opened(state, command, kind, seconds, take=asking.take(state), shown=shown)


def _arranged(state: Round, count: int) -> list[list[Any]]:
    draws = Draws(state.setup.seed, "ask", state.last_no + 1)
    ids = drawn_ids(count, draws)
    order = draws.shuffled(range(count)) if state.settings["shuffle"] else list(range(count))
    return [[option, index] for option, index in zip(ids, order, strict=True)]


def judge(state: Round, opened: ask.Ask, graded: Sequence[Graded], command: Command) -> Judged:
    return Judged(counts=bank_question.counts(state, opened, sorted(graded, key=lambda one: (one.at, one.seat))))


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """`kind` vote or word. Bars are the reveal's counts, with `total` votes."""
    body = state.body() if state.question >= 0 else {}
    shown: dict[str, Any] = {"kind": WORD if body.get("type") == WORD else VOTE}
    if state.phase == "revealed":
        shown["total"] = sum(sum(one.counts.values()) for one in state.of_question())
    return shown


def problems(question: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if question.get("type") not in TYPES:
        yield "type", "type_unknown", N_("Thăm dò chỉ hỏi được các loại single, multiple và word.")
    elif question["type"] != WORD:
        options = question.get("options")
        if not isinstance(options, list) or not 2 <= len(options) <= 12 or not all(map(_has_text, options)):
            yield "options", "options_count", N_("Cần từ 2 đến 12 phương án, mỗi phương án có chữ tiếng Việt.")


def _has_text(option: Any) -> bool:
    text = option.get("text") if isinstance(option, Mapping) else None
    return isinstance(text, Mapping) and isinstance(text.get("vi"), str) and bool(text["vi"].strip())


def _possible(state: Round, opened: ask.Ask) -> list[Any]:
    one_of = [option for option, _ in opened.shown]
    return [[option] for option in one_of] if state.body(opened.question)["type"] == "multiple" else one_of


A_VOTE = Kind(bank_question.face, bank_question.read, lambda state, opened, choice: 0, _possible, judge, scored=False)

FORMAT = Format(
    key="poll",
    ground="leaf",
    title=N_("Thăm dò ý kiến"),
    settings=SETTINGS,
    mechanics=(asking.asking(open_question), cloud(), Mechanic(kinds={VOTE: A_VOTE}, view=view)),
    problems=problems,
    quotes=quotes,
    scored=False,
    needs_answer=False,
    own_types={WORD: N_("Một từ hoặc cụm từ")},
)
