"""A table somebody made, read by the titles of its columns, whatever their order, case and marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.services.people.chapters import clean_code
from quizzes.importers import Sheet
from quizzes.refusals import N_, Rejected
from quizzes.text import fold, visible

MOST_ROWS = 20_000
LONGEST_CODE = 40
TITLE_ROWS = 15
"""How far down the titles may stand: lists often begin with the name of the office and a date."""

SENTENCES = {
    "no_code": N_("Mã đoàn viên không chứa @ và không bắt đầu bằng #."),
    "name_taken": N_("Mã này trùng với tên đăng nhập của người khác."),
    "stronger": N_("Người này giữ vai trò mà bạn không có quyền thay đổi."),
    "needed": N_("Ô này không được để trống."),
    "too_long": N_("Quá dài: nhiều nhất %(most)s ký tự."),
    "name": N_("Tên cần có chữ cái và từ 2 đến %(most)s ký tự."),
    "birth_year": N_("Năm sinh phải có bốn chữ số, ví dụ 2006."),
    "date": N_("Ngày phải viết như 1/7/2025 hoặc 2025-07-01."),
    "dates": N_("Ngày kết thúc ở trước ngày bắt đầu."),
    "kind": N_("Không có loại cơ sở này. Xem các loại ở trang hướng dẫn của tệp mẫu."),
    "no_chapter": N_("Không có cơ sở mang mã này trong phạm vi đang nhập."),
    "no_parent": N_("Không có cấp trên mang mã này trong phạm vi đang nhập hoặc trong tệp."),
    "ring": N_("Cơ sở này nằm dưới chính nó."),
    "twice": N_("Mã này đã có ở dòng %(first)s."),
    "headcount": N_("Số đoàn viên phải là số nguyên từ 0 đến %(most)s, ví dụ 125."),
    "elsewhere": N_("Mã này đang thuộc nơi ngoài phạm vi đang nhập."),
}


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in which row and column of the file, rows counted as the spreadsheet does."""

    row: int
    column: str
    code: str
    value: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column by its key, the title in the template, and other titles people use (folded)."""

    key: str
    title: str
    also: tuple[str, ...] = ()
    needed: bool = False


class Row:
    """One row while it is being read: asks for cells and collects what is wrong with them."""

    def __init__(self, number: int, cells: Mapping[str, str], problems: list[RowProblem]) -> None:
        self.number, self._cells, self._problems = number, cells, problems
        self.good = True

    def __getitem__(self, key: str) -> str:
        return self._cells.get(key, "")

    def wrong(self, column: str, code: str, **about: Any) -> None:
        """Note a problem; the row is left out of the import."""
        self.good = False
        self._problems.append(RowProblem(self.number, column, code, self[column][:80], about))

    def key(self, column: str, seen: Mapping[str, int]) -> str:
        """The code its row is known again by, tidied; a problem without one, and where an earlier row has it."""
        code = clean_code(self[column])
        if not code:
            self.wrong(column, "needed")
        elif len(code) > LONGEST_CODE:
            self.wrong(column, "too_long", most=LONGEST_CODE)
        elif code in seen:
            self.wrong(column, "twice", first=seen[code])
        return code


def read_rows(sheets: Sequence[Sheet], columns: Sequence[Column], problems: list[RowProblem]) -> Iterator[Row]:
    """The rows below the first line that holds the needed titles. Empty rows are passed over."""
    for sheet in sheets:
        for at, cells in enumerate(sheet.rows[:TITLE_ROWS]):
            places = _places(cells, columns)
            if all(column.key in places for column in columns if column.needed):
                rows = sheet.rows[at + 1 :]
                if len(rows) > MOST_ROWS:
                    raise Rejected("file_too_big")
                yield from _rows(rows, at + 2, places, problems)
                return
    raise Rejected("no_titles", titles=", ".join(column.title for column in columns if column.needed))


def _rows(
    rows: Sequence[Sequence[Any]], first: int, places: Mapping[str, int], problems: list[RowProblem]
) -> Iterator[Row]:
    for number, cells in enumerate(rows, first):
        texts = {key: visible(str(cells[at]))[:400] if at < len(cells) else "" for key, at in places.items()}
        if any(texts.values()):
            yield Row(number, texts, problems)


def _places(cells: Sequence[Any], columns: Sequence[Column]) -> dict[str, int]:
    titles = {fold(str(cell)).rstrip(" *:"): at for at, cell in reversed(list(enumerate(cells)))}
    found: dict[str, int] = {}
    for column in columns:
        for title in (fold(column.title), *column.also):
            if title in titles:
                found.setdefault(column.key, titles[title])
    return found
