"""An exam paper as a Word file, in the shapes of `quizzes.importers.exam`: its key may be bold."""

from __future__ import annotations

from quizzes.importers.building import unread_file
from quizzes.importers.contract import Document, Given, Imported, Importer
from quizzes.importers.exam import questions
from quizzes.importers.finishing import finished
from quizzes.refusals import N_


def read(document: Document, given: Given | None = None) -> Imported:
    found = finished(questions(document.paragraphs), given or {})
    if not found.seen:
        found.problems.append(unread_file(N_("Không thấy câu hỏi nào bắt đầu bằng “Câu 1”, “Bài 1” hay “1.”.")))
    return found


IMPORTER = Importer(
    key="exam_docx",
    title=N_("Đề thi Word (Azota, công văn 7991)"),
    container="document",
    suffixes=(".docx",),
    read=read,
    asks=True,
)
