"""Questions of a bank that may be one, in three classes, by text and key together.

By text alone different questions look equal: "5 members" and "at least 2 members", a law of 2018 and one of 2025, three
targets of one decision. So the same words with another key, other numbers or other options are a class of their own: to
be kept apart as siblings, not to be thrown away.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.bank import Question
from app.services.apart import apart
from app.services.banks.own_banks import RETIRED
from app.services.banks.question_words import folded_words
from app.services.commit import reading
from quizzes.refusals import N_

SAME, OTHER_KEY, PARAPHRASE = "same", "other_key", "paraphrase"
CLASSES = {
    SAME: N_("Trùng nhau"),
    PARAPHRASE: N_("Cùng đáp án, khác cách hỏi"),
    OTHER_KEY: N_("Cùng lời, khác đáp án hoặc con số"),
}
ALIKE = 90
"""Of 100: so alike two stems are the same words with something changed."""
LIKE = 72
"""The likeness from which two stems with one key are reported, per cent. True or false needs ALIKE, as half of them
share a key."""
SHARED = 0.4
"""Share of the rarer words of the shorter stem that two have in common before they are compared at all."""
MOST = 300  # pairs listed


@dataclass(frozen=True)
class Pair:
    """Two questions, by their places in the list; `score` 0..100."""

    kind: str
    one: int
    other: int
    score: int


@dataclass(frozen=True)
class _Known:
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    key: frozenset[str]
    options: frozenset[str]
    truth: bool


def in_bank(bank_id: int) -> list[tuple[str, int, int, int]]:
    """(class, question, question, score) of a bank's questions that are in use; what is most alike first."""
    rows = _bodies(bank_id)
    found = apart(pairs, [body for _, body in rows])
    return [(one.kind, rows[one.one][0], rows[one.other][0], one.score) for one in found]


@reading
def _bodies(db: Session, bank_id: int) -> list[tuple[int, dict[str, Any]]]:
    query = select(Question.id, Question.body).where(Question.bank_id == bank_id, Question.state != RETIRED)
    return [(number, json.loads(body)) for number, body in db.execute(query.order_by(Question.id))]


def pairs(questions: Sequence[Mapping[str, Any]], most: int = MOST) -> list[Pair]:
    """All pairs of a class, the same ones first, then what is most alike."""
    known = [_known(one) for one in questions]
    found = [pair for one, other in _likely(known) if (pair := _compared(known, one, other))]
    order = list(CLASSES)
    return sorted(found, key=lambda pair: (order.index(pair.kind), -pair.score, pair.one, pair.other))[:most]


def _likely(known: Sequence[_Known]) -> Iterator[tuple[int, int]]:
    """Pairs worth a look: those with one stem, and those that share enough of their rarer words."""
    often = Counter(word for one in known for word in set(one.words))
    rare = [{word for word in one.words if often[word] <= max(25, len(known) // 25)} for one in known]
    holders: dict[str, list[int]] = defaultdict(list)
    stems: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        stems[one.words].append(place)
        for word in rare[place]:
            holders[word].append(place)
    seen = {pair for places in stems.values() for pair in combinations(places[:MOST], 2)}
    yield from sorted(seen)
    for place, mine in enumerate(rare):
        shared = Counter(other for word in mine for other in holders[word] if other > place)
        for other, count in shared.items():
            if (place, other) not in seen and count >= max(1, SHARED * min(len(mine), len(rare[other]))):
                yield place, other


def _compared(known: Sequence[_Known], one: int, other: int) -> Pair | None:
    from rapidfuzz import fuzz

    mine, yours = known[one], known[other]
    said, heard = " ".join(mine.words), " ".join(yours.words)
    in_order, as_sets = fuzz.ratio(said, heard), fuzz.token_set_ratio(said, heard)
    score = int(max(in_order, fuzz.token_sort_ratio(said, heard), as_sets if in_order >= LIKE - 20 else 0))
    one_key = mine.key == yours.key and mine.numbers == yours.numbers
    if one_key and mine.words == yours.words and mine.options == yours.options:
        return Pair(SAME, one, other, 100)
    if one_key and score >= (ALIKE if mine.truth or yours.truth else LIKE):
        return Pair(PARAPHRASE, one, other, score)
    return Pair(OTHER_KEY, one, other, score) if not one_key and score >= ALIKE else None


def _known(question: Mapping[str, Any]) -> _Known:
    words = tuple(folded_words(question["text"].get("vi", "")))
    options = [" ".join(folded_words((one.get("text") or {}).get("vi", ""))) for one in question.get("options") or []]
    numbers = tuple(sorted(word for word in words if re.search(r"\d", word)))
    return _Known(words, numbers, _key(question, options), frozenset(options), question["type"] == "true_false")


def _key(question: Mapping[str, Any], options: Sequence[str]) -> frozenset[str]:
    """The right answer in words, wherever it stands among the options."""
    answer, kind = question["answer"], question["type"]
    if kind in ("ordering", "matching"):
        return frozenset(f"{place} {options[one]}" for place, one in enumerate(answer))
    if kind in ("single", "multiple"):
        return frozenset(options[one] for one in (answer if isinstance(answer, list) else [answer]))
    if isinstance(answer, list) and all(isinstance(one, bool) for one in answer):
        return frozenset(f"{one} {text}" for one, text in zip(answer, options, strict=True))
    if kind == "number":
        unit = (question.get("settings") or {}).get("unit", {}).get("vi", "")
        return frozenset([" ".join(folded_words(f"{answer} {unit}"))])
    said = answer if isinstance(answer, list) else [answer]
    return frozenset(" ".join(folded_words(str(one))) for one in said)
