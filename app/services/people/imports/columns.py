"""A table somebody made, read by the titles of its columns, whatever their order, case and marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.services.people.chapters import clean_code
from app.services.people.imports.titles import Column, Layout, layouts_of
from quizzes.importers import Sheet
from quizzes.importers.contract import Dated
from quizzes.refusals import N_, Rejected
from quizzes.text import visible

__all__ = ["SENTENCES", "Column", "Note", "Row", "RowProblem", "named", "notes_on", "read_rows", "rows_of_layouts"]

MOST_ROWS = 20_000
"""Rows of one file."""
LONGEST_CODE = 40
"""Characters of a code."""
MOST_NAMED = 20
"""Rows or columns named in one note; the others are counted."""
DOUBTS = {"scientific": "scientific", "error": "formula"}
"""The reason that a cell cannot be read as it shows -> the sentence about it."""
APOSTROPHE = re.compile(r"^'(?=[=+\-@\d])")
"""Before what a spreadsheet would take for a formula or a number: it is no part of the text."""
Note = tuple[str, dict[str, str]]
NOTES = {
    "sheet": N_("Trang tính ẩn “%(name)s” không được đọc."),
    "untitled": N_("Trang tính “%(name)s” không có dòng tiêu đề nên không được đọc."),
    "rows": N_("Các dòng đang ẩn không được đọc: %(rows)s. Muốn đọc, hãy bỏ lọc hoặc bỏ ẩn rồi tải lại."),
    "struck": N_("Các dòng có chữ bị gạch ngang không được đọc: %(rows)s. Muốn đọc, hãy bỏ gạch ngang rồi tải lại."),
    "shut": N_("Các cột đang ẩn không được đọc: %(names)s. Muốn đọc, hãy bỏ ẩn rồi tải lại."),
    "columns": N_("Các cột không được dùng: %(names)s."),
    "heads": N_("Các dòng này được đọc là tên cơ sở của những người ở dưới: %(rows)s."),
    "again": N_("Dòng tiêu đề lặp lại không được đọc: %(rows)s."),
    "aside": N_("Các dòng chỉ có chữ ngoài những cột được dùng nên không được đọc: %(rows)s."),
}

SENTENCES = {
    "no_code": N_("Mã đoàn viên không chứa @ và không bắt đầu bằng #."),
    "name_taken": N_("Mã này trùng với tên đăng nhập của người khác."),
    "stronger": N_("Người này giữ vai trò mà bạn không có quyền thay đổi."),
    "needed": N_("Ô này không được để trống."),
    "too_long": N_("Quá dài: nhiều nhất %(most)s ký tự."),
    "name": N_("Tên cần có chữ cái và từ 2 đến %(most)s ký tự."),
    "not_person": N_(
        "Dòng này có thể không phải một đoàn viên: không có mã, số thứ tự hay năm sinh. Nếu phải, hãy ghi năm sinh."
    ),
    "formula": N_("Công thức trong ô này bị lỗi. Hãy sửa trong Excel rồi nhập lại."),
    "old_font": N_("Chữ của ô này viết bằng phông cũ (.VnTime, VNI). Hãy chuyển sang Unicode rồi nhập lại."),
    "birth_year": N_("Năm sinh phải có bốn chữ số, ví dụ 2006."),
    "date": N_("Ngày phải viết như 1/7/2025 hoặc 2025-07-01."),
    "dates": N_("Ngày kết thúc ở trước ngày bắt đầu."),
    "kind": N_("Không có loại cơ sở này. Xem các loại ở trang hướng dẫn của tệp mẫu."),
    "no_chapter": N_("Không có cơ sở mang mã này trong phạm vi đang nhập."),
    "no_parent": N_("Không có cấp trên mang mã hoặc tên này trong phạm vi đang nhập hoặc trong tệp."),
    "same_name": N_("Cơ sở cùng tên, cùng cấp trên đã có ở dòng %(first)s."),
    "ring": N_("Cơ sở này nằm dưới chính nó."),
    "twice": N_("Mã này đã có ở dòng %(first)s."),
    "headcount": N_("Số đoàn viên phải là số nguyên từ 0 đến %(most)s, ví dụ 125."),
    "figure": N_("Số lượng phải là số nguyên từ 0 đến %(most)s, ví dụ 125."),
    "same_figure": N_("Số này đã có ở dòng %(first)s: cùng cơ sở, cùng việc, cùng ngày, cùng nguồn."),
    "deed_kind": N_("Không có loại việc này. Xem các loại ở trang hướng dẫn của tệp mẫu."),
    "two_chapters": N_("Có nhiều cơ sở cùng tên này: %(paths)s. Hãy ghi mã hoặc đường dẫn đầy đủ."),
    "scientific": N_("Excel chỉ hiện số này ở dạng rút gọn. Hãy định dạng ô là Văn bản (Text) và gõ lại."),
    "team_part": N_("Vai trò ghi là tổ trưởng, tổ phó hoặc thành viên."),
    "no_member": N_("Không có đoàn viên mang mã này trong phạm vi đang nhập."),
    "operation": N_("Không nhận ra nghiệp vụ này. Hãy ghi tên như trong danh sách mười hai nghiệp vụ."),
    "other_name": N_("Mã này là của %(name)s. Hãy sửa mã, hoặc để trống tên."),
    "in_team": N_("Người này đã có trong tổ ở dòng %(first)s. Hai người trùng tên thì ghi mã hoặc tên thường gọi."),
    "closed": N_("Cơ sở này đã ngừng hoạt động."),
    "yes_no": N_("Ghi x hoặc có; để trống là không."),
    "record_back": N_("Ghi chép này đã bị thu hồi: %(why)s. Nếu vẫn đúng, hãy ghi lại bằng tay."),
    "elsewhere": N_("Mã này đang thuộc nơi ngoài phạm vi đang nhập."),
}


@dataclass(frozen=True)
class RowProblem:
    """One fault, with its row and column in the file; rows are counted as the spreadsheet does."""

    row: int
    column: str
    code: str
    value: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    sheet: str = ""
    """Named where the file has several."""


class Row:
    """One row while it is being read: asks for cells and collects what is wrong with them."""

    def __init__(
        self,
        number: int,
        cells: Mapping[str, str],
        problems: list[RowProblem],
        sheet: str = "",
        lost: Sequence[tuple[str, str]] = (),
        counted: bool | None = None,
    ) -> None:
        self.number, self.sheet, self._cells, self._problems = number, sheet, cells, problems
        self.counted = counted  # has its ordinal number; None where no row has one
        self.good = True
        for key, why in lost:
            self.wrong(key, why)

    def __contains__(self, key: str) -> bool:
        """True when the file has this column."""
        return key in self._cells

    def __getitem__(self, key: str) -> str:
        return self._cells.get(key, "")

    def wrong(self, column: str, code: str, **about: Any) -> None:
        """Note a problem; the row is left out of the import."""
        self.good = False
        self._problems.append(RowProblem(self.number, column, code, self[column][:80], about, self.sheet))

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
    """The rows of every sheet with the needed titles. Rejected("no_titles") where none has them."""
    layouts, _ = layouts_of(sheets, columns, {})
    if not layouts:
        raise Rejected("no_titles", titles=", ".join(column.title for column in columns if column.needed))
    return rows_of_layouts(layouts, columns, problems)


def rows_of_layouts(layouts: Sequence[Layout], columns: Sequence[Column], problems: list[RowProblem]) -> Iterator[Row]:
    """The rows below the titles. Empty and hidden ones are passed over, and titles said again; people below a heading
    that names a chapter belong to it where their own row names none."""
    if sum(len(one.sheet.rows) - one.start for one in layouts) > MOST_ROWS:
        raise Rejected("file_too_big")
    days = {column.key for column in columns if column.is_day}
    for layout in layouts:
        name = layout.sheet.name if len(layouts) > 1 else ""
        head, passed = "", {*layout.sheet.hidden, *layout.groups.again, *layout.struck}
        for number, cells in enumerate(layout.sheet.rows[layout.start :], layout.start + 1):
            if number in passed:
                continue
            if number in layout.groups.heads:
                head = layout.groups.heads[number]
                continue
            texts = {key: _text(cells, places, key, days) for key, places in layout.places.items()}
            if any(texts.values()):
                if head and not texts.get("chapter") and not texts.get("chapter_name"):
                    texts["chapter_name"] = head
                yield Row(number, texts, problems, name, _hidden_numbers(layout, number), layout.counted(cells))


def _text(cells: Sequence[Any], places: Sequence[int], key: str, days: Collection[str]) -> str:
    """The text of the columns of one key: that of the first column which is not empty, and the parts of a name
    together."""
    said = []
    for at in places:
        cell = cells[at] if at < len(cells) else ""
        text = cell.day if key in days and isinstance(cell, Dated) else APOSTROPHE.sub("", visible(str(cell)))
        said += [text] if text and text not in said else []
    return (" ".join(said) if key == "name" else "".join(said[:1]))[:400]


def _hidden_numbers(layout: Layout, number: int) -> list[tuple[str, str]]:
    """Keys whose cell does not show what it means: a number as a power of ten, an error of a formula."""
    doubts = layout.sheet.doubts
    whys = ((key, DOUBTS.get(doubts.get((number, at), ""))) for key, places in layout.places.items() for at in places)
    return [(key, why) for key, why in whys if why]


def named(rows: Sequence[int]) -> str:
    """The numbers of the first rows, and how many more there are."""
    return ", ".join(map(str, rows[:MOST_NAMED])) + _more(rows)


def _more(them: Sequence[Any]) -> str:
    return f" … (+{len(them) - MOST_NAMED})" if len(them) > MOST_NAMED else ""


def notes_on(sheets: Sequence[Sheet], layouts: Sequence[Layout]) -> list[Note]:
    """Notes the parts of a file that are not read: hidden sheets and rows, sheets without titles, columns nobody asks
    for."""
    read = {id(one.sheet) for one in layouts}
    found: list[Note] = []
    for sheet in sheets:
        if sheet.unread:
            found.append((NOTES["sheet"], {"name": sheet.name}))
        elif id(sheet) not in read and sheet.rows and layouts:
            found.append((NOTES["untitled"], {"name": sheet.name}))
    for one in layouts:
        hidden = [row for row in sorted(one.sheet.hidden) if one.start < row <= len(one.sheet.rows)]
        shown = one.groups.heads.keys() - set(hidden)
        for key, rows in (
            ("rows", hidden),
            ("struck", sorted(one.struck)),
            ("heads", sorted(shown)),
            ("again", one.groups.again),
            ("aside", one.groups.aside),
        ):
            if rows:
                found.append((NOTES[key], {"rows": named(rows)}))
        for key, names in (("shut", one.shut), ("columns", one.unknown)):
            if names:
                said = ", ".join(f"“{name[:40]}”" for name in names[:MOST_NAMED])
                found.append((NOTES[key], {"names": said + _more(names)}))
    return found
