"""QTI 3.0 and 2.x: items in one XML file."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from quizzes.importers import qti_items
from quizzes.importers.building import unread_file
from quizzes.importers.contract import Given, Imported, Importer
from quizzes.importers.finishing import finished
from quizzes.importers.qti_items import OLD
from quizzes.importers.qti_names import bare, found_in
from quizzes.refusals import N_


def read(root: Element, given: Given | None = None) -> Imported:
    found = finished((qti_items.item(one, lambda _: "", {}) for one in found_in(root, qti_items.ITEM)), given or {})
    if not found.seen:
        old = bare(root) == "questestinterop"
        found.problems.append(unread_file(OLD if old else N_("Tệp XML này không phải Moodle và không có câu hỏi QTI.")))
    return found


IMPORTER = Importer(
    key="qti", title=N_("QTI 3.0 hoặc 2.x (XML)"), container="xml", suffixes=(".xml",), read=read, asks=True
)
