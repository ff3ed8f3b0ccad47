"""One row of a table as a question, whatever way it was filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.bank import KEY
from quizzes.importers import answers
from quizzes.importers.contract import Cell, Dated, Given, Read, as_text
from quizzes.importers.finishing import kind_of, type_titles
from quizzes.importers.options import Option, lines, split, unlettered
from quizzes.importers.table import LETTERS, TYPES, slug
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.questions.contract import problem
from quizzes.questions.number import parse
from quizzes.refusals import N_
from quizzes.text import fold

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")
GUESSED = {"trac nghiem", "trac nghiem khach quan", "tn", "nhieu lua chon", "mcq", "lua chon", "multiple choice"}
ALSO = {
    "mot lua chon": "single", "chon mot": "single", "chon 1": "single", "mot dap an": "single",
    "trac nghiem mot dap an": "single", "trac nghiem 1 dap an": "single", "1 dap an dung": "single",
    "chon nhieu": "multiple", "nhieu dap an": "multiple", "trac nghiem nhieu dap an": "multiple",
    "dung/sai": "true_false", "dung sai": "true_false", "dung - sai": "true_false", "tra loi ngan": "text",
    "dien khuyet": "text", "dien tu": "text", "dien vao cho trong": "text", "sap xep": "ordering",
    "ghep noi": "matching", "ghep cap": "matching", "noi cot": "matching",
}  # fmt: skip
LEVELS = {
    "rat de": 1, "de": 2, "trung binh": 3, "tb": 3, "kho": 4, "rat kho": 5, "nhan biet": 1, "nb": 1, "thong hieu": 2,
    "th": 2, "van dung": 3, "vd": 3, "van dung cao": 4, "vdc": 4, "biet": 1, "hieu": 2,
}  # fmt: skip
"""Words for difficulty: of the template's five steps, and the four levels of knowledge schools use."""


@dataclass(frozen=True)
class Row:
    values: Mapping[str, Cell]
    strong: Mapping[str, Sequence[str]] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)


def question(row: Row, given: Given) -> Read:
    """The row as a draft with its problems; its place is filled in by who knows it."""
    text = {key: _plain(as_text(value)) for key, value in row.values.items()}
    wanted, problems = _type(text.get("type") or given.get("type", ""))
    stem, options = _parts(text)
    draft: dict[str, Any] = {"text": _localized(text, "text") | {"vi": stem}}
    draft |= {key: text[key] for key in ("source", "siblings", "author", "topic") if text.get(key)}
    if text.get("id"):
        draft["id"] = code(text["id"])
    if tags := [one.strip() for one in text.get("tags", "").split(",") if one.strip()]:
        draft["tags"] = tags
    draft |= {key: day(row.values[key]) for key in ("valid_from", "valid_to") if text.get(key)}
    if text.get("explanation"):
        draft["explanation"] = _localized(text, "explanation")
    if text.get("media"):
        draft["media"] = {"name": text["media"], "alt": _localized(text, "media_alt")}
    draft["difficulty"] = difficulty(text.get("difficulty", ""))
    problems += _holes(text) + _doubted(row)
    kind, answer, rule, wrong = _answer(wanted, row, options, text)
    if kind == "true_false":
        options = []
    draft |= {"type": kind, "answer": answer, "settings": settings(text.get("settings", ""), kind)}
    if options:
        draft["options"] = [{"text": _option(text, place, one)} for place, one in enumerate(options)]
    return Read(draft, 0, problems + wrong, rule)


def _type(text: str) -> tuple[str, list[Problem]]:
    """The type a cell names; "" where it is to be seen from the answer."""
    words = fold(text).strip(" .")
    found = TYPES.get(words) or ALSO.get(words) or ""
    if found or not words or words in GUESSED:
        return found, []
    sentence = N_("Không có loại câu hỏi này. Các loại: %(known)s.")
    return text, [problem(("type",), "type_unknown", sentence, known=type_titles())]


def _parts(text: Mapping[str, str]) -> tuple[str, list[Option]]:
    """Stem and options: from columns of their own, from one cell, or from below the question."""
    filled = [place for place, one in enumerate(LETTERS) if text.get(f"option_{one}")]
    if filled:
        return text.get("text", ""), unlettered([text.get(f"option_{one}", "") for one in LETTERS[: filled[-1] + 1]])
    if text.get("options"):
        return text.get("text", ""), lines(text["options"])
    return split(text.get("text", ""))


def _holes(text: Mapping[str, str]) -> list[Problem]:
    filled = [place for place, one in enumerate(LETTERS) if text.get(f"option_{one}")]
    sentence = N_("Phương án này trống nhưng phía sau còn phương án khác.")
    holes = sorted(set(range(max(filled, default=0))) - set(filled)) if filled else []
    return [problem(("options", hole), "option_hole", sentence) for hole in holes]


def _doubted(row: Row) -> list[Problem]:
    """Cells that may show something else elsewhere; what only shows as 1.2E+11 cannot be meant."""
    found = []
    for key, why in row.doubts.items():
        path = _path(key)
        if why == "scientific":
            sentence = N_("Excel chỉ hiện số này ở dạng rút gọn. Hãy định dạng ô là Văn bản (Text) và gõ lại.")
            found.append(problem(path, "cell_scientific", sentence))
        elif why == "error":
            found.append(
                problem(path, "cell_error", N_("Công thức trong ô này bị lỗi. Hãy sửa trong Excel rồi nhập lại."))
            )
        elif key in ("text", "explanation", "answer") or key.startswith("option"):
            about = {"shown": as_text(row.values[key])[:40]}
            sentence = N_("Ô là số hoặc ngày, được đọc như đang hiện: “%(shown)s”. Hãy kiểm tra lại.")
            found.append(Problem(path, "cell_shown", sentence, about, warning=True))
    return found


def _path(key: str) -> tuple[str | int, ...]:
    if key.startswith("option_"):
        return ("options", LETTERS.index(key[7]))
    return (key,)


def _answer(
    wanted: str, row: Row, options: Sequence[Option], text: Mapping[str, str]
) -> tuple[str, Any, str, list[Problem]]:
    """(type, answer, the rule that found it, problems)."""
    cell: Cell = row.values.get("answer", "")
    cell = _plain(cell) if isinstance(cell, str) else cell
    if wanted and wanted not in QUESTION_TYPES:
        return wanted, None, "", []
    strong = [words for key in row.strong if key.startswith("option") or key == "text" for words in row.strong[key]]
    if not options and wanted in ("", "text", "number", "true_false"):
        return _bare(wanted, cell)
    if not wanted and len(options) == 4 and (found := answers.truths(cell)):
        return "true_false_set", found, "", []
    if wanted == "true_false" or (not wanted and answers.is_truths(options)):
        return _truth(cell, options, strong)
    if wanted in ("", *answers.CHOICES):
        return _chosen(wanted, cell, options, strong)
    form = QUESTION_TYPES[wanted].cell
    answer = answers.truths(cell) if wanted == "true_false_set" else None
    answer = answer or (form.read(cell) if form else None)
    return wanted, answer, "", [] if answer is not None else [_unwritten(wanted)]


def _bare(wanted: str, cell: Cell) -> tuple[str, Any, str, list[Problem]]:
    if not wanted:
        kind, answer = answers.bare(cell, [])
        return kind or "text", answer, "", [] if kind else [_unwritten("text")]
    form = QUESTION_TYPES[wanted].cell
    answer = form.read(as_text(cell) if wanted == "text" else cell) if form else None
    return wanted, answer, "", [] if answer is not None else [_unwritten(wanted)]


def _truth(cell: Cell, options: Sequence[Option], strong: Sequence[str]) -> tuple[str, Any, str, list[Problem]]:
    kind, answer = answers.bare(cell, [])
    if kind == "true_false" and answer is not None:
        return "true_false", answer, "", []
    form = QUESTION_TYPES["true_false"].cell
    if form and (said := form.read(cell)) is not None and not options:
        return "true_false", said, "", []
    try:
        places, rule = answers.of_options(cell, options, strong, False)
    except answers.Unclear:
        places, rule = [], ""
    if len(places) == 1 and answers.is_truths(options):
        return "true_false", fold(options[places[0]].text) in answers.TRUE_WORDS, rule, []
    return "true_false", None, "", [_unwritten("true_false")]


def _chosen(
    wanted: str, cell: Cell, options: Sequence[Option], strong: Sequence[str]
) -> tuple[str, Any, str, list[Problem]]:
    try:
        places, rule = answers.of_options(cell, options, strong, wanted in answers.ORDERED)
    except answers.Unclear as why:
        unclear = problem(("answer",), "answer_unclear", why.sentence, said=as_text(cell)[:40])
        return wanted or "single", None, "", [unclear]
    kind = wanted or kind_of(len(options), places)
    wrong = [] if places and (kind != "single" or len(places) == 1) else [_unwritten(kind)]
    wrong += _against_look(cell, places, options, strong)
    return kind, (places[0] if kind == "single" else places) if places else None, rule, wrong


def _against_look(cell: Cell, places: Sequence[int], options: Sequence[Option], strong: Sequence[str]) -> list[Problem]:
    """A warning where the cell names one option and the look of the letters another."""
    bright = answers.shining(options, strong)
    if not as_text(cell) or not places or not 0 < len(bright) < len(options) or set(bright) == {*places}:
        return []
    sentence = N_("Ô đáp án ghi “%(said)s” nhưng phương án %(shown)s lại in đậm hoặc tô màu. Hãy kiểm tra lại.")
    about = {"said": as_text(cell)[:40], "shown": ", ".join(LETTERS[place] for place in bright)}
    return [Problem(("answer",), "answer_look", sentence, about, warning=True)]


def _unwritten(kind: str) -> Problem:
    return problem(("answer",), "answer_written", answers.written_as(kind))


def _plain(text: str) -> str:
    """Without the apostrophe our writers put before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def _localized(text: Mapping[str, str], key: str) -> dict[str, str]:
    return {"vi": text.get(key, "")} | ({"en": text[f"{key}_en"]} if text.get(f"{key}_en") else {})


def _option(text: Mapping[str, str], place: int, one: Option) -> dict[str, str]:
    english = text.get(f"option_{LETTERS[place]}_en") if place < len(LETTERS) else ""
    return {"vi": one.text} | ({"en": english} if english else {})


def code(text: str) -> str:
    """The key for a code that people wrote: "ch-02" for "CH 02", "01" for "1"; another one as it is."""
    made = slug(text)
    return text if KEY.fullmatch(text) or not made else made.rjust(2, "0")


def difficulty(text: str) -> int | None:
    """1 to 5 from a number or a word for it."""
    text = answers.without_zeros(text)
    return int(text) if re.fullmatch("[1-9]", text) else LEVELS.get(fold(text))


def settings(text: str, kind: str) -> dict[str, Any]:
    """ "tolerance=5; unit=người; unit_en=people", each in the form its type wants."""
    known = QUESTION_TYPES[kind].settings if kind in QUESTION_TYPES else {}
    found: dict[str, Any] = {}
    for part in re.split(r"[;\n]", text):
        name, _, value = (one.strip() for one in part.partition("="))
        base, lang = (name.removesuffix("_en"), "en") if name.endswith("_en") else (name, "vi")
        if base in known and known[base].kind == "localized":
            found.setdefault(base, {})[lang] = value
        elif name:
            found[name] = parse(value) if name in known and known[name].kind == "number" else value
    return found


def day(cell: Cell) -> str:
    """2026-07-01 from a date of a spreadsheet or 1/7/2026, as people write; anything else is left to the check."""
    if isinstance(cell, Dated):
        return cell.day
    text = as_text(cell)
    written = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$", text)
    return f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}" if written else text[:10]
