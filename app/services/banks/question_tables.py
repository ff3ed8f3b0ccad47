"""The question table as an Excel file: the empty template for organisers, and questions written into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.services.files.containers import Page, write_xlsx
from quizzes.importers.table import COLUMNS, write
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES

GUIDE = (
    ("Cách dùng", "How to use"),
    (
        "Điền mỗi câu hỏi một dòng ở trang “Câu hỏi”. Không đổi tên cột; có thể bỏ trống hoặc xóa cột không dùng.",
        "One question per row on the sheet “Câu hỏi”. Keep column titles; unused columns may stay empty or be deleted.",
    ),
    (
        "Bắt buộc: Loại, Chủ đề, Độ khó (1 dễ – 5 khó), Câu hỏi, Đáp án, Nguồn. Câu không có nguồn không được dùng.",
        "Required: type, topic, difficulty (1 easy – 5 hard), question, answer, source. No source, no use.",
    ),
    (
        "Nên có: Giải thích; ngày hiệu lực, viết như 31/12/2026. Hết hiệu lực, câu hỏi tự ngừng được hỏi.",
        "Advised: explanation; validity dates, written as 31/12/2026. An expired question is no longer asked.",
    ),
    (
        "Thiết lập (không bắt buộc): tolerance=5; tolerance_kind=percent; unit=người; unit_en=people; scoring=each; "
        "shuffle=keep_last; marks=required.",
        "Settings (optional): the same words; scoring=each gives part of the points, shuffle=keep_last keeps the last "
        "option last.",
    ),
    (
        "Mã để trống với câu mới. Giữ nguyên mã khi sửa câu cũ để câu được cập nhật, không bị trùng.",
        "Leave the id of a new question empty. Keep the id of an old one, so that it is updated and not doubled.",
    ),
)
EXAMPLE: dict[str, Any] = {
    "topic": "chuyen-doi-so",
    "difficulty": 1,
    "source": "Văn bản, điều, ngày / Document, article, date",
    "explanation": {"vi": "Vì sao đáp án này đúng."},
}


def question_template() -> bytes:
    """The XLSX to fill: titles, lists to choose from, a guide in both languages, one example of each type."""
    examples, _ = write([EXAMPLE | {"type": one.key, **one.example} for one in QUESTION_TYPES.values() if one.example])
    return write_xlsx([_page("Câu hỏi", [[one.title for one in COLUMNS]]), _guide(), _page("Ví dụ", examples.rows)])


def questions_to_sheet(
    questions: Sequence[Mapping[str, Any]], topics: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[bytes, list[Problem]]:
    """These questions as a filled template, and which of them a table cannot carry."""
    sheet, problems = write(questions, topics)
    return write_xlsx([_page(sheet.name, sheet.rows), _guide()]), problems


def _page(name: str, rows: Sequence[Sequence[Any]]) -> Page:
    places = {one.key: place for place, one in enumerate(COLUMNS)}
    choices: dict[int, Sequence[str | int]] = {
        places["type"]: [one.title for one in QUESTION_TYPES.values() if one.cell],
        places["difficulty"]: [1, 2, 3, 4, 5],
    }
    notes = {places["answer"]: "Chữ cái (B · A, C), Đ/S, số, hoặc các cách viết ngăn bằng |"}
    return Page(name, rows, [one.width for one in COLUMNS], choices, notes, as_text=True)


def _guide() -> Page:
    """Both languages side by side, then how each type's answer is written."""
    rows: list[Sequence[Any]] = list(GUIDE)
    for key, one in QUESTION_TYPES.items():
        vi, en = one.guide
        rows.append((f"{one.title}: {vi}", f"{key}: {en}"))
    return Page("Hướng dẫn · Guide", rows, (80, 80))
