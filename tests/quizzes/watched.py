"""Questions that know whether somebody has looked at their key.

Rules are functions of the journal and the questions alone. So two shows whose journals are equal, and in whose fold nobody
looked at the one key that differs, are in states that differ in nothing but that key; and a drawing of such a state that
does not look at the key either is the same drawing under both. Whoever looks at a key is found, whichever way: by its
name, by a copy, by walking over the question or by writing it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from quizzes import show
from quizzes.engine import Event
from tests.quizzes.people import Stage

KEY = "answer"
T = TypeVar("T")


class Watched(dict[str, Any]):
    """A question. `looked` is True once its key was read."""

    looked = False

    def __getitem__(self, name: str) -> Any:
        self.looked |= name == KEY
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.looked |= name == KEY
        return super().get(name, default)

    def __iter__(self) -> Iterator[str]:
        """A copy of a table with an iterator of its own asks for each value by name."""
        return super().__iter__()

    def items(self) -> Any:
        self.looked = True
        return super().items()

    def values(self) -> Any:
        self.looked = True
        return super().values()

    def copy(self) -> dict[str, Any]:
        self.looked = True
        return super().copy()

    def pop(self, *args: Any) -> Any:
        raise TypeError("a question is frozen")

    def __eq__(self, other: object) -> bool:
        self.looked = True
        return super().__eq__(other)

    def __repr__(self) -> str:
        self.looked = True
        return super().__repr__()

    __hash__ = None


class WatchedStage(Stage):
    """A stage whose fold remembers whose keys it looked at, and whose journal is compared line by line."""

    questions: list[Watched]
    folded: set[int]
    """The questions at whose keys the fold has looked."""
    compared: int = 0
    parted_at: int | None = None

    def append(self, events: Iterable[Event], step: bool) -> None:
        _, looked = looks(self, lambda: super(WatchedStage, self).append(events, step))
        self.folded |= looked


def watched(played: Stage) -> WatchedStage:
    """The same show with watched questions, before anything has happened in it."""
    rounds = [[Watched(one) for one in listed] for listed in played.created.data["questions"]]
    played.created = Event("created", {**played.created.data, "questions": rounds})
    played.state = show.start(played.created)
    played.__class__ = WatchedStage
    assert isinstance(played, WatchedStage)
    played.questions, played.folded = [one for listed in rounds for one in listed], set()
    return played


def looks(played: WatchedStage, work: Callable[[], T]) -> tuple[T, set[int]]:
    """Does some work on a state that has nothing worked out beforehand; its result, and the questions at whose keys it
    looked."""
    state = played.state
    played.state = replace(state, round=replace(state.round) if state.round else None)
    for one in played.questions:
        one.looked = False
    done = work()
    return done, {at for at, one in enumerate(played.questions) if one.looked}


def may_differ(first: WatchedStage, twin: WatchedStage, question: int) -> bool:
    """True where two shows may be in states that differ in more than the key of this question."""
    if twin.parted_at is None:
        news = slice(twin.compared, None)
        twin.compared = len(first.journal)
        if first.journal[news] != twin.journal[news]:
            twin.parted_at = twin.compared
    return twin.parted_at is not None or question in first.folded or question in twin.folded
