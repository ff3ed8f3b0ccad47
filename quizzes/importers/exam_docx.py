"""An exam paper as a Word file, in the shapes of `quizzes.importers.exam`: its key may be bold.

Questions may also stand in a table with titles (STT, Câu hỏi, A, B, C, D, Đáp án), read as a sheet.
"""

from __future__ import annotations

from quizzes.importers import titled
from quizzes.importers.building import picture_name, unread_file
from quizzes.importers.contract import Document, Given, Imported, Importer, Sheet
from quizzes.importers.exam import questions
from quizzes.importers.finishing import finished
from quizzes.refusals import N_


def read(document: Document, given: Given | None = None) -> Imported:
    found = finished(questions(document.paragraphs), given or {})
    if not found.drafts and any(one.cells for one in document.paragraphs):
        tables = _of_tables(document, given)
        found = tables if tables.seen > found.seen else found
    pictures = {picture_name(data): data for one in document.paragraphs for data in one.pictures if data}
    used = {draft["media"]["name"] for draft in found.drafts if "media" in draft}
    found.pictures = {name: data for name, data in pictures.items() if name in used}
    if not found.seen:
        found.problems.append(unread_file(N_("Không thấy câu hỏi nào bắt đầu bằng “Câu 1”, “Bài 1” hay “1.”.")))
    return found


def _of_tables(document: Document, given: Given | None) -> Imported:
    """The rows of tables that have titles; each is a sheet of its own."""
    sheets: list[Sheet] = []
    before = False
    for one in document.paragraphs:
        if one.cells:
            if not before:
                sheets.append(Sheet(N_("Bảng"), []))
            rows = sheets[-1].rows
            sheets[-1] = Sheet(sheets[-1].name, [*rows, one.cells])
        before = bool(one.cells)
    return titled.read(sheets, given)


IMPORTER = Importer(
    key="exam_docx",
    title=N_("Đề thi Word (Azota, công văn 7991)"),
    container="document",
    suffixes=(".docx",),
    read=read,
    asks=True,
)
