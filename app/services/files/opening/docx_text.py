"""A DOCX as paragraphs in the order people read them, with numbers of lists written out and what stands out."""

from __future__ import annotations

import base64
import io
import re
import string
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.services.files.opening.archives import check_archive
from app.services.files.opening.docx_looks import Styles
from app.services.files.opening.docx_words import pictures, pieces
from app.services.files.opening.limits import ALL_LETTERS, DOCX_PARAGRAPHS, Unreadable
from quizzes.importers.contract import Document, Paragraph, Run
from quizzes.refusals import N_

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes) -> Document:
    """The paragraphs and table rows of a Word file. Raises Unreadable."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old_word", N_("Tệp Word kiểu cũ hoặc có mật khẩu. Hãy lưu lại dạng .docx không mật khẩu."))
    check_archive(data, "document")
    import docx

    try:
        found = list(_paragraphs(docx.Document(io.BytesIO(data))))
    except (Unreadable, MemoryError):
        raise
    except Exception:  # a broken file fails in many ways; to the person they are one
        raise Unreadable("docx_broken", N_("Tệp Word bị hỏng, không đọc được.")) from None
    return Document(found)


def _paragraphs(document: Any) -> Iterator[Paragraph]:
    styles = Styles(document)
    numbers = _Numbers(document, styles)
    letters = count = 0
    for block in document.iter_inner_content():
        rows = block._tbl.tr_lst if hasattr(block, "rows") else None
        made = (
            [_row(row, document, numbers) for row in rows] if rows is not None else _lines(block._p, document, numbers)
        )
        for one in made:
            count, letters = count + 1, letters + len(one.text)
            if count > DOCX_PARAGRAPHS or letters > ALL_LETTERS:
                raise Unreadable("document_size", N_("Tệp có quá nhiều mục."))
            yield one


def _row(row: Any, document: Any, numbers: _Numbers) -> Paragraph:
    """A row of a table: its cells' words, and all of it as one line with its looks."""
    runs: list[Run] = []
    texts: list[str] = []
    images: list[str] = []
    for cell in row.tc_lst:
        said = [_runs(one, numbers) for one in cell.iter(f"{W}p")]
        texts.append("\n".join("".join(run.text for run in line) for line in said))
        runs += [Run(" ")] if runs else []
        for place, line in enumerate(said):
            runs += [Run(" "), *line] if place else line
        images += _images(cell, document)
    return Paragraph(runs, texts, images)


def _runs(paragraph: Any, numbers: _Numbers) -> list[Run]:
    label = numbers.label(paragraph)
    found = [Run(f"{label} ")] if label else []
    for text, element in pieces(paragraph):
        found.append(Run(text, numbers.styles.look(element, paragraph) if element is not None else ""))
    return found


def _lines(paragraph: Any, document: Any, numbers: _Numbers) -> list[Paragraph]:
    """A paragraph with breaks in it is as many lines; its pictures stand in the last."""
    lines: list[list[Run]] = [[]]
    for run in _runs(paragraph, numbers):
        for place, piece in enumerate(run.text.split("\n")):
            if place:
                lines.append([])
            if piece:
                lines[-1].append(Run(piece, run.look))
    images = _images(paragraph, document)
    return [*(Paragraph(line) for line in lines[:-1]), Paragraph(lines[-1], (), images)]


def _images(element: Any, inside: Any) -> list[str]:
    """The pictures of a part of the document in Base64; one that lies elsewhere is ""."""
    related = inside.part.related_parts
    found = []
    for name in pictures(element):
        part = related.get(name)
        found.append(base64.b64encode(part.blob).decode() if part is not None else "")
    return found


class _Level(NamedTuple):
    """One level of an automatic list: "decimal", "%1.", its first number, and how far it stands in."""

    form: str
    text: str
    start: int
    indent: int


class _Numbers:
    """Labels of automatic lists ("Câu 1.", "A.", "a)", "•"), which stand nowhere in the text."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self.styles = styles
        self.counts: dict[tuple[str, int], int] = {}
        self.levels: dict[tuple[str, int], _Level] = {}
        self.outermost = (0, 0)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):  # python-docx raises it for a file without lists
            return
        kinds: dict[str, list[Any]] = {one.get(f"{W}abstractNumId"): list(one) for one in root.iter(f"{W}abstractNum")}
        for one in root.iter(f"{W}num"):
            link = one.find(f"{W}abstractNumId")
            for level in kinds.get(link.get(f"{W}val"), []) if link is not None else []:
                if level.tag == f"{W}lvl":
                    key = (one.get(f"{W}numId"), int(level.get(f"{W}ilvl") or 0))
                    form, text, start = (_value(level, name) for name in ("numFmt", "lvlText", "start"))
                    indent = next((one.get(f"{W}left") or one.get(f"{W}start") for one in level.iter(f"{W}ind")), None)
                    self.levels[key] = _Level(form, text, _whole(start, 1), _whole(indent, 0))
        used = {self.key_of(one) for one in document.element.body.iter(f"{W}p")} if self.levels else set()
        numbers = [self._place(key) for key in used if key and self.levels[key].form == "decimal"]
        self.outermost = min(numbers, default=(0, 0))

    def key_of(self, paragraph: Any) -> tuple[str, int] | None:
        """The list of a paragraph and its level in it, None for a plain paragraph."""
        own = paragraph.pPr.numPr if paragraph.pPr is not None else None
        own = own if own is not None else self.styles.of(paragraph).number
        if own is None or own.numId is None:
            return None
        key = (str(own.numId.val), own.ilvl.val if own.ilvl is not None else 0)
        return key if key in self.levels else None

    def _place(self, key: tuple[str, int]) -> tuple[int, int]:
        return key[1], self.levels[key].indent

    def label(self, paragraph: Any) -> str:
        """The label of the next entry of its list, "" for a plain paragraph. Numbers within numbers are written as
        letters: questions are numbered, and so are, one level in, their options."""
        key = self.key_of(paragraph)
        if key is None:
            return ""
        form, text, start, _ = self.levels[key]
        self.counts[key] = self.counts.get(key, start - 1) + 1
        for other in self.counts:
            inner = self._place(key) == self.outermost < self._place(other)  # a list of its own, which Word counts on
            if (other[0] == key[0] and other[1] > key[1]) or inner:
                self.counts[other] = self.levels[other].start - 1
        if form == "bullet":
            return "•"
        if form == "decimal" and self._place(key) > self.outermost:
            return f"{_written(self.counts[key], 'upperLetter')}."
        return re.sub(r"%\d", _written(self.counts[key], form), text) if "%" in text else ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


def _value(level: Any, name: str) -> str:
    found = level.find(f"{W}{name}")
    return str(found.get(f"{W}val") or "") if found is not None else ""


def _written(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        letter = string.ascii_uppercase[(number - 1) % 26]
        return letter if form == "upperLetter" else letter.lower()
    return str(number)
