"""From what a file says to drafts: what is said once for the file goes in, every question is checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quizzes import bank
from quizzes.formulas import one_form
from quizzes.importers.building import not_carried, numbers_of
from quizzes.importers.contract import Cell, Given, Imported, Read, Sheet
from quizzes.importers.mixing import kept_in_place
from quizzes.importers.table import slug
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.questions.contract import problem
from quizzes.refusals import N_

ASKED = ("topic", "difficulty", "source")
Placed = Callable[[Problem, Read], Problem]


def at_line(one: Problem, read: Read) -> Problem:
    return replace(one, line=one.line or read.place)


def finished(reads: Iterable[Read], given: Given, placed: Placed = at_line, lacks: Iterable[str] = ASKED) -> Imported:
    """The right ones as drafts. `lacks`: what no question of the file can say, so that it is asked once for all."""
    found = Imported()
    topics: dict[str, Mapping[str, str]] = {}
    keys: dict[str, int] = {}
    asked = [name for name in lacks if not given.get(name)]
    for read in reads:
        found.seen += 1
        if found.seen > bank.MOST_QUESTIONS:
            found.problems.append(placed(too_many(), read))
            break
        draft = _filled(read.draft, given, topics)
        leaning = kept_in_place(draft)
        problems = (
            read.problems
            + leaning
            + [one for one in bank.check_question(draft) if not _is_reported(one, read.problems)]
        )
        if draft["id"] in keys:
            sentence = N_("Câu này đã có ở dòng %(other)s.")
            problems.append(problem(("id",), "id_twice", sentence, other=keys[draft["id"]]))
        keys.setdefault(draft["id"], read.place)
        missing = {str(one.path[0]) for one in problems if one.path and one.path[0] in asked and not one.warning}
        missing = {name for name in missing if draft.get(name) in (None, "")}
        found.asked += [name for name in asked if name in missing and name not in found.asked]
        problems = [one for one in problems if not (one.path and one.path[0] in missing)]
        found.problems += [placed(one, read) for one in problems]
        if not bank.errors(problems) and not missing:
            found.drafts.append(bank.normal(draft))
            found.places.append(read.place)
            found.rules.append(read.rule)
    found.topics = topics
    return found


Titles = tuple[int, dict[str, int]]
"""In which row they stand, and which column each names."""


def read_table(
    sheets: Iterable[Sheet],
    given: Given | None,
    titles: Callable[[Sheet], Titles | None],
    rows: Callable[[Sheet, int, Mapping[str, int]], Iterable[Read]],
    otherwise: str,
) -> Imported:
    """The questions of the first sheet that has the titles; `otherwise` says that none has."""
    for sheet in sheets:
        if found := titles(sheet):
            return finished(rows(sheet, *found), given or {}, lambda one, read: replace(one, row=read.place))
    return Imported(problems=[Problem((), "header_missing", otherwise, row=1)])


def too_many() -> Problem:
    return problem((), "too_many", N_("Một tệp có nhiều nhất %(most)s câu hỏi."), most=bank.MOST_QUESTIONS)


def _filled(draft: Mapping[str, Any], given: Given, topics: dict[str, Mapping[str, str]]) -> dict[str, Any]:
    """The draft with what was said once, its topic as a key, and an id made of its content where it has none."""
    made = _with_formulas(dict(draft))
    named = str(made.get("topic") or given.get("topic") or "")
    made["topic"] = _topic_key(named)
    if made["topic"]:
        topics.setdefault(made["topic"], {"vi": named[:200]})
    if not made.get("source") and given.get("source"):
        made["source"] = given["source"]
    if not made.get("difficulty") and given.get("difficulty", "").isdigit():
        made["difficulty"] = int(given["difficulty"])
    made.setdefault("settings", {})
    made["id"] = str(made.get("id") or "") or f"x-{bank.content_hash(made)[:16]}"
    return made


def _topic_key(named: str) -> str:
    """A key for a topic as a file names it; one letter alone ("A") is too short for a key."""
    key = slug(named)
    return key if len(key) != 1 else f"topic-{key}"


def _with_formulas(draft: dict[str, Any]) -> dict[str, Any]:
    """The draft with the formulas of its texts in the one form that is shown."""
    for name in ("text", "explanation"):
        if isinstance(draft.get(name), dict):
            draft[name] = _in_one_form(draft[name])
    if isinstance(draft.get("options"), list):
        draft["options"] = [
            one | {"text": _in_one_form(one["text"])} if isinstance(one.get("text"), dict) else one
            for one in draft["options"]
        ]
    return draft


def _in_one_form(said: Mapping[str, Any]) -> dict[str, Any]:
    return {lang: one_form(text) if isinstance(text, str) else text for lang, text in said.items()}


def _is_reported(one: Problem, already: list[Problem]) -> bool:
    """True when the reader has reported the same thing better: an unreadable key is not also a key of the wrong
    shape."""
    return any(other.path[:1] == one.path[:1] for other in already if one.path and not other.warning)


def kind_of(options: int, answer: object) -> str:
    """The type that options and an answer make: letters, truths, a number, or words."""
    if options:
        truths = isinstance(answer, list) and answer and all(isinstance(one, bool) for one in answer)
        if truths:
            return "true_false_set"
        return "multiple" if isinstance(answer, list) and len(answer) > 1 else "single"
    if isinstance(answer, bool):
        return "true_false"
    return "number" if isinstance(answer, int | float) else "text"


def type_titles() -> str:
    """The types as people write them in a file."""
    return ", ".join(one.title for one in QUESTION_TYPES.values())


Row = Callable[[int, Mapping[str, Any], list[Cell], str], "list[Cell] | Problem"]
"""(number of the row, question, its options filled up with "", numbers of the right ones) -> its cells, or why not."""


def write_table(
    questions: Sequence[Mapping[str, Any]], kinds: Collection[str], most: int, head: list[list[Cell]], row: Row
) -> tuple[Sheet, list[Problem]]:
    """The table below `head` of the questions that a form can hold, of these types and with at most so many options;
    which it cannot hold, and why."""
    problems = not_carried(questions, kinds, most)
    left = {one.path[0] for one in problems}
    rows: list[list[Cell]] = []
    for place, one in enumerate(questions):
        if place in left:
            continue
        options, numbers = numbers_of(one)
        cells = row(len(rows) + 1, one, [*options[:most], *[""] * (most - len(options))], numbers)
        if isinstance(cells, Problem):
            problems.append(replace(cells, path=(place,), about={**cells.about, "n": place + 1}))
        else:
            rows.append(cells)
    return Sheet("Sheet1", [*head, *rows]), problems
