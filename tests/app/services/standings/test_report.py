"""The season's report of a chapter: one page, whatever the names are, from what was frozen."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pyhanko.pdf_utils.reader import PdfFileReader

from app.services.standings import report
from app.services.standings.opened import Snapshot
from app.services.standings.standings import Held
from quizzes.standing.figures import NAMES, Candidate, Figures
from quizzes.standing.placing import placed
from quizzes.standing.rules import FORMULAS, PARTS, Rules

LONGEST = "Chi đoàn Khu phố 12, Phường Thới Sơn, xã hội hóa số và dịch vụ công trực tuyến toàn trình " * 2
CHECKPOINT = "san-choi-so ledger 1\nentries 1000000\n" + "head 0123456789abcdef0123456789abcdef0123456789abcdef\n" * 4
IN_2026 = 1_795_000_000_000_000


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_report_is_one_page_and_bears_the_year_it_was_frozen_in(formula: str) -> None:
    rules = Rules(formula=formula, least=1, **dict.fromkeys([name for name in PARTS if name != "points"], 17))
    candidate = Candidate(7, Figures(*[123_456_789] * len(NAMES)), 123_456, LONGEST[:80])
    rows = placed(rules, [candidate])
    names = {7: (LONGEST[:200], "CD-7", LONGEST[:200])}
    found = Snapshot(12, IN_2026, rules, names, {7: candidate}, rows, {}, 0, "a" * 64, "b" * 128, CHECKPOINT)
    held = Held(1, "abc", 1, LONGEST[:200], "/1/", LONGEST[:120], "chi_doan", 0, 5, rules, 1)
    paper = report.report(held, found, 7, date(2027, 1, 5), "20:00 20-11-2026")
    assert paper["season"] == 2026
    sheet = load_workbook(io.BytesIO(report.as_xlsx(paper))).active
    titles = [cell.value for cell in sheet[1]]
    assert len(set(titles)) == len(titles), "every column has a name of its own"
    shown = {row[0].value: (row[1].value, row[1].number_format) for row in sheet.iter_rows(min_row=2)}
    assert shown["Đoàn viên"] == (123_456_789, "#,##0") and shown["Bản chốt số"] == (12, "General")
    assert shown["Tổng điểm"] == (61_728_394.5, "#,##0.0##")
    pages = PdfFileReader(io.BytesIO(report.as_pdf(paper)), strict=False).root["/Pages"]
    assert pages["/Count"] == 1
