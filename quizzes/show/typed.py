"""The typed answers of a hall: shown once the key is shown, alike answers together, never with a name.

The journal holds no typed text: the shell brings the ballots. What one person alone wrote in words stays among the
others, as its question type counts it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from quizzes import questions
from quizzes.questions.contract import REST
from quizzes.refusals import Rejected
from quizzes.show import state as s
from quizzes.show.ballots import main_ask
from quizzes.show.keys import was_revealed
from quizzes.show.replacing import body_of
from quizzes.show.state import ShowState

MOST_FORMS = 300
"""The most ways of writing that are compared with each other; a hall of thousands writes more."""


def typed_no(state: ShowState) -> int | None:
    """The opening whose typed answers may be told now; None where there are none."""
    if state.stage != s.ROUND or state.round is None or state.round.phase != "revealed" or not state.format.scored:
        return None
    newest = main_ask(state)
    if newest is None or newest.shown or newest.kind != "question" or not was_revealed(state, newest):
        return None
    return newest.no


def typed(state: ShowState, choices: Iterable[Any]) -> list[dict[str, Any]]:
    """[{"text", "n", "right": share}], the most given first; text "" stands for all others."""
    body = state.playing.body()
    kind = questions.of(body)
    given = Counter(choices)
    common = given.most_common(MOST_FORMS)
    counts = dict(kind.counts(body, (), [choice for choice, n in common for _ in range(n)]))
    others = counts.pop(REST, 0) + given.total() - sum(n for _, n in common)
    told = sorted(((text, n) for text, n in counts.items() if n), key=lambda one: -one[1])
    rows = [{"text": text, "n": n, "right": _share(kind, body, text)} for text, n in told]
    return rows + ([{"text": "", "n": others, "right": 0}] if others else [])


def _share(kind: Any, body: Any, text: str) -> int:
    try:
        return int(kind.grade(body, (), kind.read(body, (), text)))
    except Rejected:
        return 0


def in_words(state: ShowState, no: int, choice: Any, lang: str) -> str:
    """A stored choice as people read it: words as typed, options by their texts, an order as it was put."""
    found = state.opening(no)
    if found is None or found[1].question is None:
        return ""
    ask = found[1]
    body = body_of(state, found[0], ask.question, ask.no)
    texts = {one["id"]: one["text"] for one in questions.of(body).face(body, ask.shown, lang)["options"]}
    if isinstance(choice, Mapping):
        yes = [texts.get(option, "") for option, marked in choice.items() if marked is True]
        return " · ".join(yes) or "–"
    if isinstance(choice, list):
        return (" → " if body["type"] == "ordering" else " · ").join(texts.get(one, str(one)) for one in choice)
    return texts.get(choice, str(choice)) if isinstance(choice, str) else localized_number(choice, lang)


def localized_number(number: Any, lang: str) -> str:
    """Write a number as it is typed in this language."""
    return str(number).replace(".", ",") if lang == "vi" else str(number)
