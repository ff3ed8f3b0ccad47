"""Exam papers of a bank's questions to print: DOCX to change by hand, PDF to print, made on a thread of their own."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from app.formulas.tree import tree
from app.formulas.typeset import in_pieces
from app.formulas.word import equation
from app.services.apart import apart
from app.services.banks import media
from quizzes.exam_paper import CHOICE, SHORT, TRUTHS, Asked, Variant
from quizzes.formulas import pieces

TEMPLATE = Path(__file__).resolve().parents[3] / "templates" / "banks" / "paper.typ"
WORDS = {
    "vi": {
        CHOICE: "Câu trắc nghiệm nhiều phương án lựa chọn.", TRUTHS: "Câu trắc nghiệm đúng sai.",
        SHORT: "Câu trắc nghiệm trả lời ngắn.", "part": "PHẦN", "one": "Câu", "code": "Mã đề", "end": "HẾT",
        "sheet": "Phiếu trả lời", "name": "Họ và tên", "unit": "Đơn vị", "keys": "Đáp án", "table": "BẢNG ĐÁP ÁN",
        "page": "trang", "yes": "Đ", "no": "S", "changed": "Sửa sau khi duyệt",
        "unsettled": "Chưa duyệt hoặc không còn hiệu lực",
    },
    "en": {
        CHOICE: "Multiple choice.", TRUTHS: "True or false.", SHORT: "Short answers.", "part": "PART",
        "one": "Question", "code": "Code", "end": "END", "sheet": "Answer sheet", "name": "Full name", "unit": "Unit",
        "keys": "Answers", "table": "ANSWERS", "page": "page", "yes": "T", "no": "F",
        "changed": "Changed since approval", "unsettled": "Not approved, or not in force",
    },
}  # fmt: skip
ROMAN = ("I", "II", "III")
TALLEST_CM = 6
"""Of a picture on paper."""


def as_pdf(title: str, papers: list[Variant], lang: str = "vi") -> bytes:
    """All codes, each with its sheet for answers, and the keys of all on pages of their own at the end."""
    data = {"title": title, "words": WORDS[lang], "lang": lang, "papers": [_in_pieces(one) for one in papers]}
    return apart(_typeset, json.dumps(data, ensure_ascii=False), _pictures(papers))


def _in_pieces(paper: Variant) -> dict[str, Any]:
    """The paper with its texts in pieces, formulas apart from words."""
    made = asdict(paper)
    for _, questions in made["parts"]:
        for one in questions:
            one["text"], one["key"] = in_pieces(one["text"]), in_pieces(one["key"])
            one["options"] = [in_pieces(said) for said in one["options"]]
    return made


def as_docx(title: str, papers: list[Variant], lang: str = "vi") -> bytes:
    """The same as a Word file."""
    return apart(_written, title, papers, WORDS[lang], _pictures(papers))


def _pictures(papers: list[Variant]) -> dict[str, bytes]:
    """The pictures of all its questions by name; one that is gone is left out."""
    asked = [one for paper in papers[:1] for _, questions in paper.parts for one in questions]
    names = {name for one in asked for name in (one.picture, *one.pictures) if name}
    return {name: data for name in sorted(names) if (data := media.picture(name)) is not None}


def _typeset(data: str, pictures: dict[str, bytes]) -> bytes:
    return bytes(typst_pages(data, pictures, "pdf"))


def typst_pages(data: str, pictures: Mapping[str, bytes], form: str, **more: Any) -> Any:
    """The paper as PDF, or as a picture of each page."""
    import typst

    with TemporaryDirectory() as place:
        folder = Path(place)
        for name, picture in pictures.items():
            (folder / name).write_bytes(picture)
        (folder / "have.json").write_text(json.dumps(sorted(pictures)))
        (folder / TEMPLATE.name).write_bytes(TEMPLATE.read_bytes())
        return typst.compile(folder / TEMPLATE.name, sys_inputs={"data": data}, format=form, **more)  # type: ignore[call-overload]


def _written(title: str, papers: list[Variant], words: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
    import docx

    made: Any = docx.Document()
    made.styles["Normal"].font.name = "Times New Roman"
    for name in ("Heading 1", "Heading 2"):
        made.styles[name].font.name, made.styles[name].font.color.rgb = "Times New Roman", docx.shared.RGBColor(0, 0, 0)
    write = _Word(made, title, words, pictures)
    for place, one in enumerate(papers):
        if place:
            made.add_page_break()
        write.paper(one)
        made.add_page_break()
        write.sheet(one)
    for one in papers:
        made.add_page_break()
        write.keys(one)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class _Word:
    """Writes papers into a Word file."""

    def __init__(self, made: Any, title: str, words: Mapping[str, str], pictures: Mapping[str, bytes]) -> None:
        self.made, self.title, self.words, self.pictures = made, title, words, pictures
        self.who = f"{words['name']}: {'.' * 52}  {words['unit']}: {'.' * 30}"

    def paper(self, one: Variant) -> None:
        self.made.add_heading(f"{self.title} – {self.words['code']} {one.code}", 1)
        self.made.add_paragraph(self.who)
        for roman, (part, questions) in zip(ROMAN, one.parts, strict=False):
            self.made.add_paragraph().add_run(f"{self.words['part']} {roman}. {self.words[part]}").bold = True
            for asked in questions:
                self.question(part, asked)
        self.made.add_paragraph(f"----- {self.words['end']} -----")

    def question(self, part: str, asked: Asked) -> None:
        line = self.made.add_paragraph()
        line.paragraph_format.keep_with_next = bool(asked.options)
        line.add_run(f"{self.words['one']} {asked.number}. ").bold = True
        self.words_of(line, asked.text)
        self.picture(line, asked.picture)
        for at, text in enumerate(asked.options):
            option = self.made.add_paragraph(f"{chr(97 + at)}) " if part == TRUTHS else f"{chr(65 + at)}. ")
            self.words_of(option, text)
            option.paragraph_format.keep_with_next = at < len(asked.options) - 1
            self.picture(option, asked.pictures[at] if asked.pictures else "")

    def words_of(self, line: Any, text: str) -> None:
        """Writes a text, its formulas as equations that Word can change."""
        for is_formula, said in pieces(text):
            found = tree(said) if is_formula else None
            if found is None:
                line.add_run(rf"\({said}\)" if is_formula else said)
            else:
                line._p.append(equation(found))

    def picture(self, line: Any, name: str) -> None:
        """Word knows no WebP, which ours are."""
        from docx.shared import Cm

        if data := self.pictures.get(name):
            out = io.BytesIO()
            with Image.open(io.BytesIO(data)) as seen:
                seen.save(out, "PNG")
            line.add_run().add_break()
            line.add_run().add_picture(out, height=Cm(TALLEST_CM))

    def sheet(self, one: Variant) -> None:
        """Set where the answers are written: letters to tick, Đ or S, a line for words."""
        self.made.add_heading(f"{self.words['sheet']} – {self.words['code']} {one.code}", 2)
        self.made.add_paragraph(self.title)
        self.made.add_paragraph(self.who)
        for roman, (part, questions) in zip(ROMAN, one.parts, strict=False):
            self.made.add_paragraph().add_run(f"{self.words['part']} {roman}").bold = True
            grid = self.made.add_table(rows=0, cols=2, style="Table Grid")
            for asked in questions:
                cells = grid.add_row().cells
                cells[0].text, cells[1].text = str(asked.number), self.blanks(part, len(asked.options))

    def blanks(self, part: str, options: int) -> str:
        if part == CHOICE:
            return "   ".join(f"☐ {chr(65 + at)}" for at in range(options))
        if part == TRUTHS:
            yes, no = self.words["yes"], self.words["no"]
            return "   ".join(f"{chr(97 + at)}) ☐ {yes} ☐ {no}" for at in range(options))
        return "." * 40

    def keys(self, one: Variant) -> None:
        """Written so that the paper, uploaded again, gives the same questions with their keys."""
        self.made.add_paragraph().add_run(f"{self.words['table']} {self.words['code'].upper()} {one.code}").bold = True
        for roman, (_, questions) in zip(ROMAN, one.parts, strict=False):
            self.made.add_paragraph(f"{self.words['part']} {roman}")
            for asked in questions:
                self.words_of(self.made.add_paragraph(f"{self.words['one']} {asked.number}: "), asked.key)
        self.changed(one)

    def changed(self, one: Variant) -> None:
        """Writes the numbers of changed and of unsettled questions in amber, for the person who prints. The lines stand
        with the keys, because those who are asked need not know."""
        from docx.shared import RGBColor

        for roman, (_, questions), name in (
            (*part, name) for part in zip(ROMAN, one.parts, strict=False) for name in ("changed", "unsettled")
        ):
            if numbers := [str(asked.number) for asked in questions if getattr(asked, name)]:
                said = f"{self.words[name]} ({self.words['part']} {roman}): {', '.join(numbers)}"
                line = self.made.add_paragraph().add_run(said)
                line.bold, line.font.color.rgb = True, RGBColor(0x9A, 0x5B, 0x00)
