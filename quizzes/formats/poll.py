"""Thăm dò: no key, no points. Votes become bars, words become a cloud.

A question of type `single` or `multiple` is a vote, its options in the author's order unless `shuffle`;
`word` asks for a short word or phrase. A word comes to the big screen when the host approves it or when at
least two people sent it and it is decent, in no list of blocked words and not hidden by the host.

The journal holds no typed text: a word is named by the seat whose ballot brought it first, and the shell
looks that ballot up (see `quotes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import HOST, STAFF, Actor, Command, Event, Format, Graded, Kind, Move, Setting, Setup, Viewer, whole
from quizzes.mechanics import ask, flow
from quizzes.questions.contract import bare_face
from quizzes.questions.options import drawn_ids
from quizzes.refusals import N_, Rejected  # fmt: skip
from quizzes.text import fold, spelling, visible
from quizzes.words import is_decent

VOTE, WORD = "vote", "word"
TYPES = ("single", "multiple", WORD)
MOST_LETTERS = 30
MOST_WORDS = 80
"""A cloud of more is unreadable; the rest stays in the ballots."""
ENOUGH = 2

SETTINGS: Mapping[str, Setting] = {
    "seconds": Setting("whole", 0, N_("Thời gian trả lời (giây, 0 là không giới hạn)"), 0, 3600),
    "shuffle": Setting("flag", False, N_("Xáo trộn các phương án")),
    "blocked": Setting("words", (), N_("Các từ không bao giờ tự hiện lên màn hình lớn")),
    "change": Setting("flag", True, flow.CHANGE.title),
    **flow.SETTINGS,
}


@dataclass(frozen=True)
class Poll(ask.Round):
    decided: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    """(no, word) -> whether the host wants it shown."""

    def words(self) -> Iterator[dict[str, Any]]:
        """The words of the current question, the most sent first."""
        for one in self.of_question():
            for seat, count, clean in one.more.get("words", ()):
                shown = self.decided.get((one.no, seat), bool(clean) and count >= ENOUGH)
                yield {"no": one.no, "seat": seat, "n": count, "shown": shown}


def opening(setup: Setup) -> Poll:
    return Poll(setup, last_no=setup.last_no)


def open_question(state: Poll, command: Command) -> Iterator[Event]:
    body = state.body()
    kind = WORD if body["type"] == WORD else VOTE
    shown = _arranged(state, len(body["options"])) if kind == VOTE else []
    seconds = state.settings["seconds"]
    yield flow.opened(state, command, kind, seconds, take=flow.take(state), shown=shown)


def _arranged(state: Poll, count: int) -> list[list[Any]]:
    draws = Draws(state.setup.seed, "ask", state.last_no + 1)
    ids = drawn_ids(count, draws)
    order = draws.shuffled(range(count)) if state.settings["shuffle"] else list(range(count))
    return [[option, index] for option, index in zip(ids, order, strict=True)]


def judge(state: Poll, no: int, graded: Iterable[Graded], at: int) -> Iterator[Event]:
    opened, ballots = state.asks[no], sorted(graded, key=lambda one: (one.at, one.seat))
    if opened.kind == VOTE:
        yield flow.judged(no, {}, flow.counts(state, opened, ballots))
    else:
        yield flow.judged(no, {}, {}, words=_words(ballots, state.settings["blocked"]))


def _words(ballots: Sequence[Graded], blocked: Sequence[str]) -> list[list[int]]:
    """[seat that sent it first, how many sent it, 1 if it may show by itself], the most sent first."""
    first: dict[str, Graded] = {}
    count: dict[str, int] = {}
    for one in ballots:
        word = spelling(one.choice)
        first.setdefault(word, one)
        count[word] = count.get(word, 0) + 1
    barred = {fold(one) for one in blocked}
    found = sorted(first, key=lambda word: (-count[word], first[word].at, first[word].seat))[:MOST_WORDS]
    return [[first[word].seat, count[word], int(_is_clean(first[word].choice, barred))] for word in found]


def _is_clean(word: str, barred: set[str]) -> bool:
    """Whole words and phrases are compared without marks, so that leaving marks out does not help."""
    folded = f" {fold(word)} "
    return is_decent(word) and not any(f" {one} " in folded for one in barred)


# the host's moderation


def _moderate(shown: bool) -> Any:
    def run(state: Poll, command: Command) -> Iterator[Event]:
        word = whole(command.args, "word", 1, ask.MOST_SEATS)
        found = next((one for one in state.words() if one["seat"] == word), None)
        if found is None:
            raise Rejected("not_found")
        yield Event("moderated", {"no": found["no"], "word": word, "shown": shown})

    return run


def evolve(state: Poll, event: Event) -> Poll:
    if event.name == "moderated":
        key = (event.data["no"], event.data["word"])
        return replace(state, decided={**state.decided, key: event.data["shown"]})
    return ask.evolve(state, event)


# what may be seen


def view(state: Poll, viewer: Viewer) -> dict[str, Any]:
    """`kind` vote or word. Bars are the reveal's counts, with `total` votes. `words` names each by the seat
    of its first ballot: staff see all once closed, everybody else those shown, after the reveal."""
    body = state.body() if state.question >= 0 else {}
    shown: dict[str, Any] = {"kind": WORD if body.get("type") == WORD else VOTE}
    if state.phase == "revealed":
        shown["total"] = sum(sum(one.counts.values()) for one in state.of_question())
    shown["words"] = [
        {"word": one["seat"], "no": one["no"], "n": one["n"]} | ({"shown": one["shown"]} if _sees_all(viewer) else {})
        for one in _visible(state, viewer)
    ]
    return shown


def _sees_all(viewer: Viewer) -> bool:
    return viewer.role in STAFF


def _visible(state: Poll, viewer: Viewer) -> list[dict[str, Any]]:
    if _sees_all(viewer):
        return list(state.words()) if state.phase in ("closed", "revealed") else []
    return [one for one in state.words() if one["shown"]] if state.phase == "revealed" else []


def quotes(state: Poll, viewer: Viewer) -> Iterator[tuple[int, int]]:
    return ((one["no"], one["seat"]) for one in _visible(state, viewer))


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


def possible(state: Poll) -> Iterator[Command]:
    yield Command("advance", Actor(HOST), 0)
    if state.open_asks():
        yield Command("close_now", Actor(HOST), 0)
    if state.phase in ("closed", "revealed"):
        for one in state.words():
            yield Command("hide" if one["shown"] else "approve", Actor(HOST), 0, {"word": one["seat"]})


def _face(state: Poll, opened: ask.Ask, lang: str) -> dict[str, Any]:
    if opened.kind == VOTE:
        return flow.QUESTION.face(state, opened, lang)
    return bare_face(state.body(opened.question), lang) | {"options": [], "longest": MOST_LETTERS}


def _read(state: Poll, opened: ask.Ask, raw: Any) -> Any:
    if opened.kind == VOTE:
        return flow.QUESTION.read(state, opened, raw)
    word = visible(raw) if isinstance(raw, str) and len(raw) <= 4 * MOST_LETTERS else ""
    if len(word) > MOST_LETTERS or not any(ch.isalnum() for ch in word):
        raise Rejected("bad_choice")
    return word


def _possible(state: Poll, opened: ask.Ask) -> list[Any]:
    if opened.kind == WORD:
        return ["số hóa", "an toàn", "Số  hóa", "cộng đồng"]
    if state.body(opened.question)["type"] == "multiple":
        return [[option] for option, _ in opened.shown]
    return [option for option, _ in opened.shown]


ANSWER = Kind(_face, _read, lambda state, opened, choice: 0, _possible)

WORD_ARGS = {"word": "whole"}
MODERATION = {
    "approve": Move(flow.BY_HOST, _moderate(True), WORD_ARGS),
    "hide": Move(flow.BY_HOST, _moderate(False), WORD_ARGS),
}
MOVES = flow.moves(open_question)
MOVES["closed"] |= MODERATION
MOVES["revealed"] |= MODERATION

FORMAT = Format(
    key="poll",
    title=N_("Thăm dò ý kiến"),
    settings=SETTINGS,
    kinds={VOTE: ANSWER, WORD: ANSWER},
    opening=opening,
    moves=MOVES,
    evolve=evolve,
    judge=judge,
    view=view,
    group=flow.group,
    problems=problems,
    quotes=quotes,
    possible=possible,
    deadline=flow.deadline,
    scored=False,
    needs_answer=False,
)
