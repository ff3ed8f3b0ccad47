"""Titles of columns as people write them, and where the titles of a table stand, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.importers.contract import Sheet, as_text
from quizzes.importers.table import LETTERS, TITLES
from quizzes.text import fold

WITHIN = 15
"""The titles stand in the first fifteen rows; headings may stand above them."""
ALSO = {
    "number": ("stt", "tt", "so tt", "so thu tu", "cau", "cau so", "no", "no."),
    "content": ("noi dung", "noi dung cau", "de bai"),
    "text": (
        "noi dung cau hoi", "noi dung cau hoi trac nghiem", "cau hoi trac nghiem", "question text", "cau dan",
        "loi dan", "cau hoi va phuong an", "cau hoi va dap an",
    ),
    "right": (
        "dap an dung", "phuong an dung", "dap an chinh xac", "ket qua", "key", "correct answer", "correct answer(s)",
        "correct", "dung", "d/a", "da", "dap an dung nhat", "cau tra loi dung", "tra loi dung", "right answer",
    ),
    "options": (
        "phuong an", "cac phuong an", "phuong an tra loi", "cac phuong an tra loi", "lua chon", "cac lua chon",
        "cac dap an", "dap an lua chon", "options", "cau tra loi", "phuong an lua chon",
    ),
    "topic": (
        "chuyen de", "linh vuc", "phan", "chuong", "bai", "mon", "mang", "nhom", "nhom cau hoi", "noi dung kien thuc",
        "category", "subject",
    ),
    "difficulty": ("muc do", "muc", "do kho (1-5)", "muc do nhan thuc", "muc do kho", "level"),
    "source": (
        "can cu", "can cu phap ly", "trich dan", "tai lieu", "tai lieu tham khao", "nguon tham khao", "van ban",
        "nguon trich dan", "nguon tai lieu", "reference", "can cu/nguon", "co so phap ly",
    ),
    "explanation": (
        "loi giai", "huong dan giai", "giai thich dap an", "giai thich chi tiet", "dien giai", "answer explanation",
        "loi giai chi tiet", "vi sao",
    ),
    "type": ("loai cau hoi", "dang", "dang cau hoi", "kieu cau hoi", "question type", "hinh thuc", "loai cau"),
    "id": ("ma cau hoi", "ma cau", "ma so", "code"),
    "author": ("nguoi soan", "nguoi ra de", "don vi soan", "tac gia / don vi"),
    "valid_from": ("ngay hieu luc", "tu ngay"),
    "valid_to": ("den ngay", "het hieu luc"),
}  # fmt: skip
WORDS = {title: key for key, titles in ALSO.items() for title in titles}
OPTION = re.compile(
    r"(?:phuong an|dap an|lua chon|pa|da|option|answer|tra loi|cau tra loi|p\.?a\.?|choice|y)?\s*[.:]?\s*"
    r"\(?(?:([a-h])|([1-8]))\)?[.:]?"
)
BARE_NUMBER = re.compile(r"[1-8][.:]?")


@dataclass(frozen=True)
class Titles:
    """`start`: index of the first row below the titles; `places`: key -> column; `unknown`: not understood."""

    start: int
    places: Mapping[str, int]
    unknown: Mapping[int, str]


def key_of(title: str) -> str:
    """The field that a column of this title holds, or "" for a title that is not understood."""
    words = re.sub(r"\s*\*+$|:$", "", fold(title)).strip()
    for one in (words, re.sub(r"\s*\([^)]*\)$", "", words)):
        if one in TITLES or one in WORDS:
            return TITLES.get(one) or WORDS[one]
    found = OPTION.fullmatch(words)
    if found and not BARE_NUMBER.fullmatch(words):
        return f"option_{LETTERS[int(found[2]) - 1] if found[2] else found[1].upper()}"
    return ""


def titles_of(sheet: Sheet) -> Titles | None:
    """The titles of a sheet of questions: of one row, or of two where the second says more."""
    best: Titles | None = None
    for row in range(min(WITHIN, len(sheet.rows))):
        for depth in (1, 2):
            found = _read(sheet, row, depth)
            if (
                is_enough(found.places)
                and not (depth == 2 and _asks(sheet, row + 1, found))
                and (best is None or len(found.places) > len(best.places))
            ):
                best = found
    return best


def _asks(sheet: Sheet, row: int, found: Titles) -> bool:
    """True when a row has the words of a question where these titles have "Câu hỏi": it is no second row of titles."""
    columns = [found.places[key] for key in ("text", "content") if key in found.places]
    cells = [as_text(sheet.rows[row][at]) for at in columns if row < len(sheet.rows) and at < len(sheet.rows[row])]
    return any(cell and not key_of(cell) for cell in cells)


def is_enough(places: Mapping[str, int]) -> bool:
    """True when these titles name a question and how it is answered."""
    asked = "text" in places or "content" in places
    options = sum(key.startswith("option") for key in places)
    return asked and ("answer" in places or "right" in places or "options" in places or options > 1)


def _read(sheet: Sheet, row: int, depth: int) -> Titles:
    places: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for column, names in enumerate(_named(sheet, row, depth)):
        key = next((key for name in names if (key := key_of(name))), "")
        if key:
            places.setdefault(key, column)
        elif names:
            unknown[column] = names[0]
    return Titles(row + depth, _counted(places, unknown), unknown)


def _counted(places: dict[str, int], unknown: dict[int, str]) -> dict[str, int]:
    """The places with options whose titles are only 1, 2, 3 ... side by side; these are then understood."""
    if any(key.startswith("option") for key in places) or not {"answer", "right"} & places.keys():
        return places
    first = next((column for column, name in unknown.items() if re.fullmatch(r"\(?1[.)]?", name)), None)
    count = 0
    while first is not None and re.fullmatch(rf"\(?{count + 1}[.)]?", unknown.get(first + count, "")):
        count += 1
    if first is None or count < 2:
        return places
    for at in range(count):
        del unknown[first + at]
    return places | {f"option_{LETTERS[at]}": first + at for at in range(min(count, len(LETTERS)))}


def _named(sheet: Sheet, row: int, depth: int) -> Iterable[Sequence[str]]:
    """For each column what its title may be: the lower row, both rows together, the upper row."""
    upper = [as_text(cell) for cell in sheet.rows[row]]
    if depth == 1 or row + 1 >= len(sheet.rows):
        return [[one] if one else [] for one in upper]
    lower = [as_text(cell) for cell in sheet.rows[row + 1]]
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    for top, left, _, right in sheet.spans:
        if top == row + 1:
            upper[left : right + 1] = [upper[left]] * (min(right + 1, width) - left)
    pairs = zip(upper, lower, strict=True)
    return [[one for one in (low, f"{high} {low}", high) if one.strip()] for high, low in pairs]
