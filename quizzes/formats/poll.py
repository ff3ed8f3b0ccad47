"""Thăm dò: no key, no points. Votes become bars, words become a cloud.

A question of type `single` or `multiple` is a vote, its options in the author's order unless `shuffle`;
`word` asks for a short word or phrase. A word comes to the big screen when the host approves it or when at
least two people sent it and it is decent, in no list of blocked words and not hidden by the host.

The journal holds no typed text: a word is named by the seat whose ballot brought it first, and the shell
looks that ballot up (see `quotes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import STAFF, Command, Event, Graded, Setting, Viewer, whole
from quizzes.grammar import Format, Judged, Kind, Mechanic, Move
from quizzes.mechanics import ask, asking
from quizzes.mechanics.ask import Round
from quizzes.questions.contract import bare_face
from quizzes.questions.options import drawn_ids
from quizzes.refusals import N_, Rejected
from quizzes.text import fold, spelling, visible
from quizzes.words import is_decent

VOTE, WORD = "vote", "word"
TYPES = ("single", "multiple", WORD)
MOST_LETTERS = 30
"""Characters of one word."""
MOST_WORDS = 80
"""A cloud of more is unreadable; the rest stays in the ballots."""
ENOUGH = 2
"""People who must send a word before it is shown unasked."""

SETTINGS: Mapping[str, Setting] = {
    "seconds": Setting("whole", 0, N_("Thời gian trả lời (giây, 0 là không giới hạn)"), 0, 3600),
    "shuffle": Setting("flag", False, N_("Xáo trộn các phương án")),
    "blocked": Setting("words", (), N_("Các từ không bao giờ tự hiện lên màn hình lớn")),
    "change": Setting("flag", True, asking.CHANGE.title),
    **asking.SETTINGS,
}


@dataclass(frozen=True)
class Moderation:
    decided: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    """(no, word) -> whether the host wants it shown."""


def words(state: Round) -> Iterator[dict[str, Any]]:
    """The words of the current question, the most sent first."""
    decided = state.of(Moderation).decided
    for one in state.of_question():
        for seat, count, clean in one.more.get("words", ()):
            shown = decided.get((one.no, seat), bool(clean) and count >= ENOUGH)
            yield {"no": one.no, "seat": seat, "n": count, "shown": shown}


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
    ballots = sorted(graded, key=lambda one: (one.at, one.seat))
    if opened.kind == VOTE:
        return Judged(counts=asking.counts(state, opened, ballots))
    return Judged(more={"words": _words(ballots, state.settings["blocked"])})


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
    def run(state: Round, command: Command) -> Iterator[Event]:
        word = whole(command.args, "word", 1, ask.MOST_SEATS)
        found = next((one for one in words(state) if one["seat"] == word), None)
        if found is None:
            raise Rejected("not_found")
        yield Event("moderated", {"no": found["no"], "word": word, "shown": shown})

    return run


def moderated(state: Round, data: Mapping[str, Any]) -> Round:
    decided = state.of(Moderation).decided
    return state.keeping(Moderation({**decided, (data["no"], data["word"]): data["shown"]}))


# the views


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
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


def _visible(state: Round, viewer: Viewer) -> list[dict[str, Any]]:
    if _sees_all(viewer):
        return list(words(state)) if state.phase in ("closed", "revealed") else []
    return [one for one in words(state) if one["shown"]] if state.phase == "revealed" else []


def quotes(state: Round, viewer: Viewer) -> Iterator[tuple[int, int]]:
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


def _face(state: Round, opened: ask.Ask, lang: str) -> dict[str, Any]:
    if opened.kind == VOTE:
        return asking.face(state, opened, lang)
    return bare_face(state.body(opened.question), lang) | {"options": [], "longest": MOST_LETTERS}


def _read(state: Round, opened: ask.Ask, raw: Any) -> Any:
    if opened.kind == VOTE:
        return asking.read(state, opened, raw)
    word = visible(raw) if isinstance(raw, str) and len(raw) <= 4 * MOST_LETTERS else ""
    if len(word) > MOST_LETTERS or not any(ch.isalnum() for ch in word):
        raise Rejected("bad_choice")
    return word


def _possible(state: Round, opened: ask.Ask) -> list[Any]:
    if opened.kind == WORD:
        return ["số hóa", "an toàn", "Số  hóa", "cộng đồng"]
    if state.body(opened.question)["type"] == "multiple":
        return [[option] for option, _ in opened.shown]
    return [option for option, _ in opened.shown]


ANSWER = Kind(_face, _read, lambda state, opened, choice: 0, _possible, judge, scored=False)


def _moderation(name: str, shown: bool) -> dict[str, Move]:
    def tries(state: Round) -> Iterator[Mapping[str, Any]]:
        return ({"word": one["seat"]} for one in words(state) if one["shown"] is not shown)

    return {name: Move(asking.BY_HOST, _moderate(shown), {"word": "whole"}, tries=tries)}


MODERATING = _moderation("approve", True) | _moderation("hide", False)

FORMAT = Format(
    key="poll",
    title=N_("Thăm dò ý kiến"),
    settings=SETTINGS,
    mechanics=(
        asking.asking(open_question),
        Mechanic(
            keeps=Moderation(),
            moves={"closed": MODERATING, "revealed": MODERATING},
            changes={"moderated": moderated},
            kinds={VOTE: ANSWER, WORD: ANSWER},
            view=view,
        ),
    ),
    problems=problems,
    quotes=quotes,
    scored=False,
    needs_answer=False,
    own_types={WORD: N_("Một từ hoặc cụm từ")},
)
