"""The columns of the project's question table, and questions written into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.importers.contract import Cell, Sheet
from quizzes.problems import Path, Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.questions.contract import problem
from quizzes.refusals import N_
from quizzes.text import fold

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Column:
    key: str
    vi: str
    en: str
    width: int = 14

    @property
    def title(self) -> str:
        return f"{self.vi} · {self.en}"


COLUMNS = (
    Column("type", "Loại", "Type", 20),
    Column("topic", "Chủ đề", "Topic", 18),
    Column("difficulty", "Độ khó", "Difficulty", 12),
    Column("text", "Câu hỏi", "Question", 50),
    *(Column(f"option_{one}", f"Phương án {one}", f"Option {one}", 24) for one in LETTERS),
    Column("answer", "Đáp án", "Answer", 18),
    Column("explanation", "Giải thích", "Explanation", 40),
    Column("source", "Nguồn", "Source", 36),
    Column("valid_from", "Hiệu lực từ", "Valid from"),
    Column("valid_to", "Hiệu lực đến", "Valid to"),
    Column("settings", "Thiết lập", "Settings", 24),
    Column("text_en", "Câu hỏi (tiếng Anh)", "Question in English", 40),
    *(Column(f"option_{one}_en", f"Phương án {one} (tiếng Anh)", f"Option {one} in English", 24) for one in LETTERS),
    Column("explanation_en", "Giải thích (tiếng Anh)", "Explanation in English", 40),
    Column("media", "Hình", "Picture", 20),
    Column("media_alt", "Mô tả hình", "Picture description", 30),
    Column("media_alt_en", "Mô tả hình (tiếng Anh)", "Picture description in English", 30),
    Column("siblings", "Nhóm câu lộ nhau", "Siblings"),
    Column("tags", "Nhãn", "Tags"),
    Column("author", "Tác giả", "Author"),
    Column("id", "Mã", "Id"),
)
TITLES = {fold(name): one.key for one in COLUMNS for name in (one.key, one.vi, one.en, one.title)}
TYPES = {fold(name): key for key, one in QUESTION_TYPES.items() for name in (key, key.replace("_", " "), one.title)}


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "-", fold(text)).strip("-")[:80]


def column_of(path: Path) -> str:
    """("options", 2, "text", "en") -> "option_C_en"."""
    if not path:
        return ""
    if path[0] == "options" and len(path) > 1 and isinstance(path[1], int) and path[1] < len(LETTERS):
        name = f"option_{LETTERS[path[1]]}"
    elif path[0] == "media":
        name = "media_alt" if "alt" in path else "media"
    else:
        name = "option_A" if path[0] == "options" else str(path[0])
    return f"{name}_en" if path[-1] == "en" and name != "settings" else name


def column_letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    high, low = divmod(column, 26)
    return (column_letters(high - 1) if high else "") + chr(65 + low)


def write(
    questions: Sequence[Mapping[str, Any]], topics: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[Sheet, list[Problem]]:
    """The table of these questions, titles first; questions a table cannot carry are left out and said."""
    rows: list[list[Cell]] = [[one.title for one in COLUMNS]]
    problems = []
    for index, question in enumerate(questions):
        options = question.get("options") or []
        unfit = len(options) > len(LETTERS) or any(option.get("media") for option in options)
        if unfit or QUESTION_TYPES[question["type"]].cell is None:
            sentence = N_("Bảng không chứa được loại câu này, phương án có hình hay nhiều hơn %(most)s phương án.")
            problems.append(problem((index,), "not_in_table", sentence, most=len(LETTERS)))
        else:
            cells = _cells(question, topics or {})
            rows.append([cells.get(one.key, "") for one in COLUMNS])
    return Sheet("Câu hỏi", rows), problems


def _cells(question: Mapping[str, Any], topics: Mapping[str, Mapping[str, str]]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {key: question[key] for key in ("id", "difficulty", "source") if key in question}
    cells |= {key: str(question[key]) for key in ("valid_from", "valid_to", "siblings", "author") if question.get(key)}
    cells |= {"tags": ", ".join(question["tags"])} if question.get("tags") else {}
    cells["type"] = QUESTION_TYPES[question["type"]].title
    named = topics.get(question["topic"], {}).get("vi", "")
    cells["topic"] = named if slug(named) == question["topic"] else question["topic"]
    texts = {"text": question["text"], "explanation": question.get("explanation") or {}}
    for letter, option in zip(LETTERS, question.get("options") or [], strict=False):
        texts[f"option_{letter}"] = option["text"]
    if question.get("media"):
        cells["media"] = question["media"]["name"]
        texts["media_alt"] = question["media"]["alt"]
    for key, text in texts.items():
        cells |= {key: text.get("vi", ""), f"{key}_en": text.get("en", "")}
    form = QUESTION_TYPES[question["type"]].cell
    cells["answer"] = form.write(question["answer"]) if form else ""
    cells["settings"] = settings_cell(question.get("settings") or {})
    return cells


def settings_cell(settings: Mapping[str, Any]) -> str:
    parts = []
    for name, value in settings.items():
        if isinstance(value, Mapping):
            parts += [f"{name if lang == 'vi' else f'{name}_{lang}'}={text}" for lang, text in value.items()]
        else:
            parts.append(f"{name}={str(value).replace('.', ',')}")
    return "; ".join(parts)
