"""Exam papers of a bank's questions to print: DOCX to change by hand, PDF to print, made on a thread of their own."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.services.apart import apart
from quizzes.exam_paper import CHOICE, SHORT, TRUTHS, Variant

TEMPLATE = Path(__file__).resolve().parents[3] / "templates" / "banks" / "paper.typ"
HEADINGS = {
    CHOICE: "Câu trắc nghiệm nhiều phương án lựa chọn.",
    TRUTHS: "Câu trắc nghiệm đúng sai.",
    SHORT: "Câu trắc nghiệm trả lời ngắn.",
}
ROMAN = ("I", "II", "III")
WHO = f"Họ và tên: {'.' * 52}  Đơn vị: {'.' * 30}"
KEYS = "BẢNG ĐÁP ÁN"


def as_pdf(title: str, papers: list[Variant]) -> bytes:
    """All codes, each with its sheet for answers, and the keys of all on pages of their own at the end."""
    data = {"title": title, "headings": HEADINGS, "papers": [asdict(one) for one in papers]}
    return apart(_typeset, json.dumps(data, ensure_ascii=False))


def as_docx(title: str, papers: list[Variant]) -> bytes:
    """The same as a Word file."""
    return apart(_written, title, papers)


def _typeset(data: str) -> bytes:
    import typst

    return bytes(typst.compile(TEMPLATE, sys_inputs={"data": data}, format="pdf"))


def _written(title: str, papers: list[Variant]) -> bytes:
    import docx

    made: Any = docx.Document()
    made.styles["Normal"].font.name = "Times New Roman"
    for place, one in enumerate(papers):
        if place:
            made.add_page_break()
        _paper(made, title, one)
        made.add_page_break()
        _sheet(made, title, one)
    for one in papers:
        made.add_page_break()
        _keys(made, one)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _paper(made: Any, title: str, one: Variant) -> None:
    made.add_heading(f"{title} – Mã đề {one.code}", 1)
    made.add_paragraph(WHO)
    for roman, (part, questions) in zip(ROMAN, one.parts, strict=False):
        made.add_paragraph().add_run(f"PHẦN {roman}. {HEADINGS[part]}").bold = True
        for asked in questions:
            line = made.add_paragraph()
            line.add_run(f"Câu {asked.number}. ").bold = True
            line.add_run(asked.text)
            for at, text in enumerate(asked.options):
                made.add_paragraph(f"{chr(97 + at)}) {text}" if part == TRUTHS else f"{chr(65 + at)}. {text}")
    made.add_paragraph("----- HẾT -----")


def _sheet(made: Any, title: str, one: Variant) -> None:
    """Where the answers are written: letters to tick, Đ or S, a line for words."""
    made.add_heading(f"Phiếu trả lời – Mã đề {one.code}", 2)
    made.add_paragraph(title)
    made.add_paragraph(WHO)
    for roman, (part, questions) in zip(ROMAN, one.parts, strict=False):
        made.add_paragraph().add_run(f"PHẦN {roman}").bold = True
        grid = made.add_table(rows=0, cols=2, style="Table Grid")
        for asked in questions:
            cells = grid.add_row().cells
            cells[0].text, cells[1].text = str(asked.number), _blanks(part, len(asked.options))


def _blanks(part: str, options: int) -> str:
    if part == CHOICE:
        return "   ".join(f"☐ {chr(65 + at)}" for at in range(options))
    if part == TRUTHS:
        return "   ".join(f"{chr(97 + at)}) ☐ Đ ☐ S" for at in range(options))
    return "." * 40


def _keys(made: Any, one: Variant) -> None:
    """Written so that the paper, uploaded again, gives the same questions with their keys."""
    made.add_paragraph().add_run(f"{KEYS} MÃ ĐỀ {one.code}").bold = True
    for roman, (_, questions) in zip(ROMAN, one.parts, strict=False):
        made.add_paragraph(f"PHẦN {roman}")
        for asked in questions:
            made.add_paragraph(f"Câu {asked.number}: {asked.key}")
