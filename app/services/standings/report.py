"""The season's report of a chapter for its superior: one page, from frozen figures, as PDF and as a spreadsheet.

An official paper in Vietnamese, so its words are not translated.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.services.apart import apart
from app.services.files import archive
from app.services.files.containers import Page, write_xlsx
from app.services.standings.opened import Snapshot
from app.services.standings.standings import Held
from quizzes.hours import local
from quizzes.standing import placing
from quizzes.standing.figures import Figures
from quizzes.standing.rules import FORMULAS, PARTS, weights

TEMPLATE = Path(__file__).resolve().parents[3] / "templates" / "standings" / "report.typ"


def report(held: Held, found: Snapshot, chapter_id: int, day: date, when: str) -> dict[str, Any]:
    """The content of a chapter's report. `when`: the moment of the freezing, as printed."""
    row = found.row(chapter_id)
    if row is None:
        raise LookupError(f"chapter {chapter_id} is not compared")
    name, code, parent = found.names[chapter_id]
    group = [one for one in found.rows if one.group == row.group and one.rank]
    weighing = weights(found.rules)
    parts = [
        [PARTS[part], _comma(points / 100), str(weight)]
        for (part, weight), points in zip(weighing.items(), row.parts, strict=True)
    ]
    return {
        "organ": name,
        "code": code,
        "above": parent or held.chapter,
        "title": held.title,
        "when": when,
        "day": [day.year, day.month, day.day],
        "season": held.season or local(found.at).year,
        "rank": str(row.rank or "–"),
        "of": str(len(group)),
        "group": row.group,
        "score": _comma(placing.shown(found.rules, row.score)),
        "formula": FORMULAS[found.rules.formula],
        "parts": parts,
        "figures": _figures(found.candidates[chapter_id].figures),
        "no": found.no,
        "digest": found.digest,
        "checkpoint": found.checkpoint,
    }


def _figures(of: Figures) -> list[list[str]]:
    lines: Sequence[tuple[str, float | str]] = [
        ("Đoàn viên", of.people),
        ("Tổng điểm", of.points / 2),
        ("Đoàn viên dự thi", _share(of.entrants, of.people)),
        ("Điểm cuộc thi", of.contests / 2),
        ("Điểm chương trình", of.shows / 2),
        ("Đoàn viên hoàn thành 1+2", _share(of.both, of.people) + _seen(of.both_visits)),
        ("Người được chỉ vẫn tự dùng", _share(of.used, of.asked) + _seen(of.used_visits, of.asked_visits)),
        ("Người được giúp ngoài 1+2", _comma(of.deeds) + _seen(of.deeds_visits)),
        ("Chỉ tiêu đạt được", f"{_comma(of.reached * 100 / of.wanted)} %" if of.wanted else "không có"),
    ]
    return [[name, value if isinstance(value, str) else _comma(value)] for name, value in lines]


def _seen(count: int, of: int | None = None) -> str:
    """Those of them that a witness saw, where some could be; `of`: how many of such there are in all."""
    if not (count or of):
        return ""
    return f", có người chứng kiến {_comma(count) if of is None else _share(count, of)}"


def _share(part: int, whole: int) -> str:
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
        ("Hạng", f"{paper['rank']} / {paper['of']}"),
        ("Cụm, khối", paper["group"]),
        ("Điểm", paper["score"]),
        ("Công thức", paper["formula"]),
    ]
    tail = [("Bản chốt số", paper["no"]), ("Mã băm", paper["digest"]), ("Mốc niêm phong", paper["checkpoint"])]
    pages = [
        Page("Báo cáo", [("Mục", "Giá trị"), *head, *paper["figures"], *tail], widths=(34, 60)),
        Page("Điểm gồm", [("Phần", "Đạt, trên 100", "Trọng số"), *paper["parts"]], widths=(34, 16, 12)),
    ]
    return apart(write_xlsx, pages)
