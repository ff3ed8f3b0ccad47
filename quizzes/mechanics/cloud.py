"""The cloud: people send short words, those sent most stand largest, and the host decides which are shown.

A word comes to the big screen when the host approves it or when at least two people sent it and it is decent, in no
list of blocked words and not hidden by the host.

The journal holds no typed text: a word is named by the seat whose ballot brought it first, and the shell
looks that ballot up (see `quotes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.engine import STAFF, Command, Event, Graded, Setting, Viewer, whole
from quizzes.grammar import Judged, Kind, Mechanic, Move, Run
from quizzes.mechanics import asking
from quizzes.questions.contract import bare_face
from quizzes.refusals import N_, Rejected
from quizzes.round_state.ask import MOST_SEATS, Ask, Round
from quizzes.text import fold, spelling, visible
from quizzes.words import is_decent

WORD = "word"
MOST_LETTERS = 30
"""Characters of one word."""
MOST_WORDS = 80
"""The most words of a cloud: more are unreadable. The rest stays in the ballots."""
ENOUGH = 2
"""How many people must send a word before it is shown without the host."""

SETTINGS: Mapping[str, Setting] = {"blocked": Setting("words", (), N_("Các từ không bao giờ tự hiện lên màn hình lớn"))}


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


def cloud() -> Mechanic:
    """`blocked` in the settings: the words that never show by themselves."""
    moderating = _moderation("approve", True) | _moderation("hide", False)
    return Mechanic(
        keeps=Moderation(),
        moves={"closed": moderating, "revealed": moderating},
        changes={"moderated": _moderated},
        kinds={WORD: Kind(_face, _read, lambda state, ask, choice: 0, _possible, _judge, scored=False)},
        view=view,
    )


def _judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    ballots = sorted(graded, key=lambda one: (one.at, one.seat))
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
    """True for a decent word without a barred word or phrase, compared whole and without marks: leaving marks out does
    not help."""
    folded = f" {fold(word)} "
    return is_decent(word) and not any(f" {one} " in folded for one in barred)


def _moderate(shown: bool) -> Run:
    def run(state: Round, command: Command) -> Iterator[Event]:
        word = whole(command.args, "word", 1, MOST_SEATS)
        found = next((one for one in words(state) if one["seat"] == word), None)
        if found is None:
            raise Rejected("not_found")
        yield Event("moderated", {"no": found["no"], "word": word, "shown": shown})

    return run


def _moderated(state: Round, data: Mapping[str, Any]) -> Round:
    decided = state.of(Moderation).decided
    return state.keeping(Moderation({**decided, (data["no"], data["word"]): data["shown"]}))


def _moderation(name: str, shown: bool) -> dict[str, Move]:
    def tries(state: Round) -> Iterator[Mapping[str, Any]]:
        return ({"word": one["seat"]} for one in words(state) if one["shown"] is not shown)

    return {name: Move(asking.BY_HOST, _moderate(shown), {"word": "whole"}, tries=tries)}


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The cloud's part of a screen. `words` names each word by the seat of its first ballot: staff see all once the
    ask is closed, everybody else sees those shown, after the reveal."""
    return {
        "words": [
            {"word": one["seat"], "no": one["no"], "n": one["n"]}
            | ({"shown": one["shown"]} if _sees_all(viewer) else {})
            for one in _visible(state, viewer)
        ]
    }


def _sees_all(viewer: Viewer) -> bool:
    return viewer.role in STAFF


def _visible(state: Round, viewer: Viewer) -> list[dict[str, Any]]:
    if _sees_all(viewer):
        return list(words(state)) if state.phase in ("closed", "revealed") else []
    return [one for one in words(state) if one["shown"]] if state.phase == "revealed" else []


def quotes(state: Round, viewer: Viewer) -> Iterator[tuple[int, int]]:
    return ((one["no"], one["seat"]) for one in _visible(state, viewer))


def _face(state: Round, ask: Ask, lang: str) -> dict[str, Any]:
    return bare_face(state.body(ask.question), lang) | {"options": [], "longest": MOST_LETTERS}


def _read(state: Round, ask: Ask, raw: Any) -> str:
    word = visible(raw) if isinstance(raw, str) and len(raw) <= 4 * MOST_LETTERS else ""
    if len(word) > MOST_LETTERS or not any(ch.isalnum() for ch in word):
        raise Rejected("bad_choice")
    return word


def _possible(state: Round, ask: Ask) -> list[Any]:
    return ["số hóa", "an toàn", "Số  hóa", "cộng đồng"]
