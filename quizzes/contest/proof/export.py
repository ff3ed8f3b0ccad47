"""A whole contest as one JSON-lines file, and the check that anyone can make of it.

    {"kind": "contest", "contest": {...}}     format version, rules, seeds, when it was computed
    {"kind": "unit", "unit": {...}}           chapters with locked head-counts
    {"kind": "question", "question": {...}}   the frozen snapshot, with keys
    {"kind": "attempt", "attempt": {...}}     papers, answers, times; member numbers, no names
    {"kind": "decision", "decision": {...}}   what the organiser decided, without reasons about persons
    {"kind": "results", "results": {...}}     the published table
    {"kind": "end", "lines": n, "sha256": ...}   of all lines before

verification.verify checks it. The file holds keys and seeds: it is published when nobody can enter any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from quizzes.contest.results.chapters import Unit
from quizzes.contest.results.decisions import Decision
from quizzes.contest.results.grading import Attempt
from quizzes.contest.setup.rules import Rules, plain, read_rules
from quizzes.contest.taking.paper import Snapshot, restored, written
from quizzes.problems import Problem
from quizzes.refusals import N_

FORMAT = "scs-contest-1"


@dataclass(frozen=True)
class Record:
    """Everything a contest's results depend on, and the table that was published."""

    contest: str
    rules: Rules
    seed: str
    """The seed of the papers; secret until nobody can enter."""
    lots_seed: str
    computed_at: int
    units: tuple[Unit, ...]
    snapshot: Snapshot
    attempts: Iterable[Attempt]
    """In order of their numbers; gone through more than once, so a big contest need not be in memory."""
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
    head = {
        "format": FORMAT,
        "contest": record.contest,
        "rules": plain(record.rules),
        "seed": record.seed,
        "lots_seed": record.lots_seed,
        "computed_at": record.computed_at,
    }
    yield {"kind": "contest", "contest": head}
    for unit in record.units:
        yield {"kind": "unit", "unit": asdict(unit)}
    for name in sorted(record.snapshot):
        yield {"kind": "question", "question": record.snapshot[name]}
    for attempt in record.attempts:
        yield {"kind": "attempt", "attempt": {**vars(attempt), "paper": written(attempt.paper)}}
    for decision in record.decisions:
        yield {"kind": "decision", "decision": asdict(decision)}
    yield {"kind": "results", "results": record.results}


def read(source: Iterable[str]) -> Record:
    """The record of a file, or Unreadable. The file may come from anybody."""
    found: dict[str, list[dict[str, Any]]] = {}
    digest = sha256()
    count = 0
    for number, text in enumerate(source, 1):
        text = text.rstrip("\r\n")
        value = _object(text, number)
        kind = value["kind"]
        if kind == "end":
            if value.get("lines") != count or value.get("sha256") != digest.hexdigest():
                raise unreadable("cut_or_changed", N_("Tệp bị thiếu dòng hoặc đã bị sửa."), number)
            return _record(found, number)
        digest.update(text.encode("utf-8", "surrogatepass") + b"\n")
        count += 1
        found.setdefault(kind, []).append(value.get(kind, {}))
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
        head, results = found["contest"][0], found["results"][0]
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
            snapshot={one["id"]: one for one in found.get("question", ())},
            attempts=tuple(_attempt(one) for one in found.get("attempt", ())),
            decisions=tuple(_decision(one) for one in found.get("decision", ())),
            results=results,
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise unreadable("not_a_contest", N_("Tệp không phải là bản xuất của một cuộc thi."), number) from None


def _attempt(one: Mapping[str, Any]) -> Attempt:
    return Attempt(**{**one, "paper": restored(one["paper"])})


def _decision(one: Mapping[str, Any]) -> Decision:
    return Decision(**{**one, "answers": tuple(one["answers"])})


def unreadable(code: str, sentence: str, number: int) -> Unreadable:
    return Unreadable(Problem((), code, sentence, line=number))
