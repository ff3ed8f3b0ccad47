"""A whole contest as one JSON-lines file, and the check that anyone can make of it.

    {"kind": "contest", ...}     format version, rules, seeds, when it was computed
    {"kind": "unit", ...}        chapters with locked head-counts
    {"kind": "question", ...}    the frozen snapshot, with keys
    {"kind": "attempt", ...}     papers, answers, times; member numbers, no names
    {"kind": "decision", ...}    what the organiser decided, without reasons about persons
    {"kind": "results", ...}     the published table
    {"kind": "end", "lines": n, "sha256": ...}   of all lines before

verification.verify checks it. The file holds keys and seeds: it is published when nobody can enter any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from quizzes.contest.chapters import Unit
from quizzes.contest.decisions import Decision
from quizzes.contest.grading import Attempt
from quizzes.contest.paper import Snapshot, restored, written
from quizzes.contest.rules import Rules, plain, read_rules
from quizzes.engine import N_
from quizzes.problems import Problem

FORMAT = "scs-contest-1"


@dataclass(frozen=True)
class Record:
    """Everything a contest's results depend on, and the table that was published."""

    contest: str
    rules: Rules
    seed: str
    """Of the papers; secret until nobody can enter."""
    lots_seed: str
    computed_at: int
    units: tuple[Unit, ...]
    snapshot: Snapshot
    attempts: tuple[Attempt, ...]
    decisions: tuple[Decision, ...]
    results: Mapping[str, Any]


class Unreadable(Exception):
    """The file is not a whole export; `problem` says where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def write(record: Record) -> Iterator[str]:
    """The lines of the file, without line ends."""
    digest = sha256()
    count = 0
    for value in _values(record):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest.update(text.encode() + b"\n")
        count += 1
        yield text
    yield json.dumps({"kind": "end", "lines": count, "sha256": digest.hexdigest()})


def _values(record: Record) -> Iterator[dict[str, Any]]:
    yield {
        "kind": "contest",
        "format": FORMAT,
        "contest": record.contest,
        "rules": plain(record.rules),
        "seed": record.seed,
        "lots_seed": record.lots_seed,
        "computed_at": record.computed_at,
    }
    for unit in record.units:
        yield {"kind": "unit", **asdict(unit)}
    for name in sorted(record.snapshot):
        yield {"kind": "question", "question": record.snapshot[name]}
    for attempt in record.attempts:
        yield {"kind": "attempt", **vars(attempt), "paper": written(attempt.paper)}
    for decision in record.decisions:
        yield {"kind": "decision", **asdict(decision)}
    yield {"kind": "results", "results": record.results}


def read(source: Iterable[str]) -> Record:
    """The record of a file, or Unreadable. The file may come from anybody."""
    found: dict[str, list[dict[str, Any]]] = {}
    digest = sha256()
    count = 0
    for number, text in enumerate(source, 1):
        text = text.rstrip("\r\n")
        value = _object(text, number)
        if value["kind"] == "end":
            if value.get("lines") != count or value.get("sha256") != digest.hexdigest():
                raise unreadable("cut_or_changed", N_("Tệp bị thiếu dòng hoặc đã bị sửa."), number)
            return _record(found, number)
        digest.update(text.encode() + b"\n")
        count += 1
        found.setdefault(str(value.pop("kind")), []).append(value)
    raise unreadable("cut", N_("Tệp thiếu dòng kết thúc."), count)


def _object(text: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        raise unreadable("not_json", N_("Dòng này không phải là dữ liệu cuộc thi."), number)
    return value


def _record(found: Mapping[str, list[dict[str, Any]]], number: int) -> Record:
    try:
        head, results = found["contest"][0], found["results"][0]["results"]
        rules, problems = read_rules(head["rules"])
        if head["format"] != FORMAT or problems:
            raise ValueError
        return Record(
            contest=head["contest"],
            rules=rules,
            seed=head["seed"],
            lots_seed=head["lots_seed"],
            computed_at=head["computed_at"],
            units=tuple(Unit(**one) for one in found.get("unit", ())),
            snapshot={one["question"]["id"]: one["question"] for one in found.get("question", ())},
            attempts=tuple(Attempt(**{**one, "paper": restored(one["paper"])}) for one in found.get("attempt", ())),
            decisions=tuple(Decision(**{**one, "answers": tuple(one["answers"])}) for one in found.get("decision", ())),
            results=results,
        )
    except (KeyError, TypeError, ValueError, IndexError):
        raise unreadable("not_a_contest", N_("Tệp không phải là bản xuất của một cuộc thi."), number) from None


def unreadable(code: str, sentence: str, number: int) -> Unreadable:
    return Unreadable(Problem((), code, sentence, line=number))
