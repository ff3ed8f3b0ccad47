"""The season's report of a chapter for its superior: one page, from frozen figures, as PDF and as a spreadsheet.

An official paper in Vietnamese, so its words are not translated.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from app.services.apart import apart
from app.services.files import archive
from app.services.files.containers import Page, write_xlsx
from app.services.standings.opened import Snapshot
from app.services.standings.standings import Held
from quizzes.hours import local
from quizzes.standing import placing
from quizzes.standing.figures import Figures
from quizzes.standing.rules import FORMULAS, PARTS, printed_group, weights

TEMPLATE = Path(__file__).resolve().parents[3] / "templates" / "standings" / "report.typ"


def report(held: Held, found: Snapshot, chapter_id: int, day: date, when: str) -> dict[str, Any]:
    """The content of a chapter's report. `when`: the moment of the freezing, as printed."""
    row = found.row(chapter_id)
    if row is None:
        raise LookupError(f"chapter {chapter_id} is not compared")
    name, code, parent = found.names[chapter_id]
    group = [one for one in found.rows if one.group == row.group and one.earned]
    weighing = weights(found.rules)
    parts = [
        (PARTS[part], points / 100, weight) for (part, weight), points in zip(weighing.items(), row.parts, strict=True)
    ]
    lines = _lines(found.candidates[chapter_id].figures)
    return {
        "organ": name,
        "code": code,
        "above": parent or held.chapter,
        "title": held.title,
        "when": when,
        "day": [day.year, day.month, day.day],
        "season": held.season or local(found.at).year,
        "rank": str(row.earned or "–"),
        "of": str(len(group)),
        "group": printed_group(row.group),
        "score": _comma(placing.shown(found.rules, row.score)),
        "formula": FORMULAS[found.rules.formula],
        "parts": [[name, _comma(points), str(weight)] for name, points, weight in parts],
        "figures": [[line.name, _said(line)] for line in lines],
        "counts": lines,
        "points": placing.shown(found.rules, row.score),
        "reached": parts,
        "no": found.no,
        "digest": found.digest,
        "checkpoint": found.checkpoint,
    }


class Line(NamedTuple):
    """A figure: its count, of how many, those of them that a witness saw, of how many such."""

    name: str
    amount: float
    of: float | None = None
    seen: int | None = None
    seen_of: int | None = None


def _lines(of: Figures) -> list[Line]:
    return [
        Line("Đoàn viên", of.people),
        Line("Tổng điểm", of.points / 2),
        Line("Đoàn viên dự thi", of.entrants, of.people),
        Line("Điểm cuộc thi", of.contests / 2),
        Line("Điểm chương trình", of.shows / 2),
        Line("Đoàn viên hoàn thành 1+2", of.both, of.people, of.both_visits),
        Line("Người được chỉ vẫn tự dùng", of.used, of.asked, of.used_visits, of.asked_visits),
        Line("Người được giúp ngoài 1+2", of.deeds, None, of.deeds_visits),
        Line("Chỉ tiêu đạt được", of.reached / 100, of.wanted / 100),
    ]


def _said(line: Line) -> str:
    """A figure as the paper says it."""
    counts = _comma(line.amount) if line.of is None else _share(line.amount, line.of)
    if not (line.seen or line.seen_of):
        return counts
    seen = _comma(line.seen or 0) if line.seen_of is None else _share(line.seen or 0, line.seen_of)
    return f"{counts}, có người chứng kiến {seen}"


def _share(part: float, whole: float) -> str:
    counts = f"{_comma(part)} / {_comma(whole)}"
    return f"{counts} ({_comma(part * 100 / whole)} %)" if whole else counts


def _comma(value: float) -> str:
    """1.012,5 as papers here write it."""
    return f"{value:,.1f}".removesuffix(".0").translate(str.maketrans(",.", ".,"))


def as_pdf(paper: dict[str, Any]) -> bytes:
    """One page (PDF/A-2b, for the archive)."""
    return apart(archive.paper, TEMPLATE, json.dumps(paper, ensure_ascii=False))


def as_xlsx(paper: dict[str, Any]) -> bytes:
    """The same as a spreadsheet."""
    head = [
        ("Báo cáo", paper["title"]),
        ("Cơ sở", paper["organ"]),
        ("Mã", paper["code"]),
        ("Cấp trên", paper["above"]),
        ("Chốt lúc", paper["when"]),
        ("Hạng", int(paper["rank"]) if paper["rank"].isdecimal() else paper["rank"], int(paper["of"])),
        ("Cụm, khối", paper["group"]),
        ("Điểm", round(paper["points"], 3)),
        ("Công thức", paper["formula"]),
    ]
    tail = [("Bản chốt số", paper["no"]), ("Mã băm", paper["digest"]), ("Mốc niêm phong", paper["checkpoint"])]
    parts = [(f"Phần của điểm: {name}", points, 100, None, None, weight) for name, points, weight in paper["reached"]]
    titles = ("Mục", "Giá trị", "Trên tổng", "Có người chứng kiến", "Trên số có chứng kiến", "Trọng số")
    rows = [titles, *head, *parts, *paper["counts"], *tail]
    return apart(write_xlsx, [Page("Báo cáo", rows, widths=(38, 56, 12, 14, 14, 10), one_page=True, grouped=True)])
