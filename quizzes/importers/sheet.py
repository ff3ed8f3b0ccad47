"""The project's question table: XLSX (from the template) and CSV, made to be filled by people.

One row a question. Answers as people write them: letters A to H for options, Đ and S for true and false,
spellings divided by |. Columns are found by their titles, Vietnamese or English, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from quizzes import bank
from quizzes.importers.contract import Cell, Imported, Importer, Sheet, as_text
from quizzes.importers.table import LETTERS, TITLES, TYPES, column_letters, column_of, slug, write
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.questions.contract import problem
from quizzes.questions.number import parse
from quizzes.refusals import N_
from quizzes.text import fold

HEADER_WITHIN = 10
"""The title row stands in the first ten rows; a heading may stand above it."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")


def read(sheets: Sequence[Sheet]) -> Imported:
    """The first sheet with the title row is read, the others are not."""
    found = Imported()
    for sheet in sheets:
        header = _header(sheet)
        if header:
            start, places = header
            _read_rows(sheet, start, places, found)
            return found
    sentence = N_("Không thấy dòng tiêu đề có cột “Câu hỏi” và “Đáp án”.")
    found.problems.append(replace(problem((), "header_missing", sentence), row=1))
    return found


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """(index of the title row, column key -> index of its column)."""
    for row, cells in enumerate(sheet.rows[:HEADER_WITHIN]):
        places: dict[str, int] = {}
        for column, cell in enumerate(cells):
            key = TITLES.get(fold(as_text(cell)))
            if key:
                places.setdefault(key, column)
        if "text" in places and "answer" in places:
            return row, places
    return None


def _read_rows(sheet: Sheet, start: int, places: dict[str, int], found: Imported) -> None:
    topics: dict[str, Mapping[str, str]] = {}
    keys: dict[str, int] = {}
    for index, cells in enumerate(sheet.rows[start + 1 :], start + 2):
        values = {key: cells[at] for key, at in places.items() if at < len(cells)}
        if all(as_text(value) == "" for value in values.values()):
            continue
        found.seen += 1
        if found.seen > bank.MOST_QUESTIONS:
            sentence = N_("Một tệp có nhiều nhất %(most)s câu hỏi.")
            found.problems.append(replace(problem((), "too_many", sentence, most=bank.MOST_QUESTIONS), row=index))
            break
        draft, problems = _draft(values, topics)
        if draft["id"] in keys:
            sentence = N_("Câu này đã có ở dòng %(other)s.")
            problems.append(problem(("id",), "id_twice", sentence, other=keys[draft["id"]]))
        keys.setdefault(draft["id"], index)
        found.problems += [_placed(one, index, places) for one in problems]
        if not bank.errors(problems):
            found.drafts.append(bank.normal(draft))
            found.places.append(index)
    found.topics = topics


def _draft(values: Mapping[str, Cell], topics: dict[str, Mapping[str, str]]) -> tuple[dict[str, Any], list[Problem]]:
    """A row as a draft, with its problems. A row without an id is known by its content."""
    text = {key: _plain(as_text(value)) for key, value in values.items()}
    kind = TYPES.get(fold(text.get("type", "")), text.get("type", ""))
    draft: dict[str, Any] = {"type": kind, "text": _localized(text, "text"), "settings": _settings(text, kind)}
    draft |= {key: text[key] for key in ("source", "siblings", "author") if text.get(key)}
    draft |= {key: _day(text[key]) for key in ("valid_from", "valid_to") if text.get(key)}
    if text.get("explanation"):
        draft["explanation"] = _localized(text, "explanation")
    if text.get("media"):
        draft["media"] = {"name": text["media"], "alt": _localized(text, "media_alt")}
    difficulty = text.get("difficulty", "")
    draft["difficulty"] = int(difficulty) if re.fullmatch("[1-9]", difficulty) else None
    draft["topic"] = _topic(text.get("topic", ""), topics)
    draft["options"], problems = _options(text)
    draft["answer"], wrong = _answer(kind, values.get("answer", ""))
    problems += wrong
    draft["id"] = text.get("id") or "x-" + bank.content_hash(draft)[:16]
    checked = bank.check_question(draft)
    if not wrong and any(one.path[:1] == ("answer",) for one in checked):
        problems += _not_written(kind)  # what the check says is meant for files that count from 0
    return draft, problems + [one for one in checked if one.path[:1] != ("answer",) or kind not in QUESTION_TYPES]


def _answer(kind: str, cell: Cell) -> tuple[Any, list[Problem]]:
    """The answer in the type's own form; a problem says how it is written."""
    form = QUESTION_TYPES[kind].cell if kind in QUESTION_TYPES else None
    if form is None:
        return None, []
    answer = form.read(_plain(cell) if isinstance(cell, str) else cell)
    return answer, _not_written(kind) if answer is None else []


def _not_written(kind: str) -> list[Problem]:
    form = QUESTION_TYPES[kind].cell
    return [problem(("answer",), "answer_written", form.how)] if form else []


def _plain(text: str) -> str:
    """Without the apostrophe our writers put before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def _localized(text: Mapping[str, str], key: str) -> dict[str, str]:
    return {"vi": text.get(key, "")} | ({"en": text[f"{key}_en"]} if text.get(f"{key}_en") else {})


def _options(text: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Options up to the last filled one; a hole would shift the letters of the answer."""
    filled = [place for place, one in enumerate(LETTERS) if text.get(f"option_{one}")]
    count = max(filled, default=-1) + 1
    options = [{"text": _localized(text, f"option_{one}")} for one in LETTERS[:count]]
    holes = sorted(set(range(count)) - set(filled))
    sentence = N_("Phương án này trống nhưng phía sau còn phương án khác.")
    return options, [problem(("options", hole), "option_hole", sentence) for hole in holes]


def _settings(text: Mapping[str, str], kind: str) -> dict[str, Any]:
    """ "tolerance=5; unit=người; unit_en=people", each in the form its type wants."""
    known = QUESTION_TYPES[kind].settings if kind in QUESTION_TYPES else {}
    settings: dict[str, Any] = {}
    for part in re.split(r"[;\n]", text.get("settings", "")):
        name, _, value = (one.strip() for one in part.partition("="))
        base, lang = (name.removesuffix("_en"), "en") if name.endswith("_en") else (name, "vi")
        if base in known and known[base].kind == "localized":
            settings.setdefault(base, {})[lang] = value
        elif name:
            settings[name] = parse(value) if name in known and known[name].kind == "number" else value
    return settings


def _day(text: str) -> str:
    """2026-07-01, as Excel's dates come, or 1/7/2026, as people write; anything else is left to the check."""
    written = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    return f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}" if written else text[:10]


def _topic(text: str, topics: dict[str, Mapping[str, str]]) -> str:
    """The key of a topic, made of its title: "Dịch vụ công" -> "dich-vu-cong"."""
    key = slug(text)
    if key:
        topics.setdefault(key, {"vi": text})
    return key


def _placed(one: Problem, row: int, places: Mapping[str, int]) -> Problem:
    column = places.get(column_of(one.path))
    return replace(one, row=row, cell=f"{column_letters(column)}{row}" if column is not None else None)


IMPORTER = Importer(
    key="sheet",
    title=N_("Bảng câu hỏi của Sân Chơi Số (XLSX, CSV)"),
    container="rows",
    suffixes=(".xlsx", ".csv", ".tsv"),
    read=read,
    write=write,
)
