"""Exam papers as teachers type them: Azota's shape and that of công văn 7991/BGDĐT-GDTrH, 17/12/2024.

Câu 1. / Bài 1: / 1. begin a question, capital letters its options, a) to d) four statements; PHẦN I, II, III say which.
The key stands in a table (BẢNG ĐÁP ÁN), in a line (Đáp án: B), before a star, or in how an option looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzes.importers.contract import Paragraph, Read
from quizzes.importers.exam_keys import CHOICE, SHORT, TRUTHS, Piece, Question, read
from quizzes.importers.options import LABEL, parts
from quizzes.text import fold

SECTION = re.compile(r"^\s*(?:PHẦN|Phần|PHAN|Phan|NHÓM|Nhóm|PART|Part)\s+([IVX]+|\d+)\b[.:\s]*(.*)$")
QUESTION = re.compile(
    r"^\s*(?:Câu|CÂU|Cau|Bài|BÀI|Question|QUESTION)\s*(\d{1,4})"
    r"\s*(?:\(([^)]{1,20})\)|\[([^\]]{1,20})\])?\s*[.:)\-–]?\s*(.*)$"
)
NUMBERED = re.compile(r"^\s*(\d{1,4})\s*[.)/:]\s+(.*)$")
STATEMENT = re.compile(r"^\s*(\*)?\s*([a-d])\s*[.)]\s*(.*)$")
KEY_LINE = re.compile(
    r"^\s*(?:Đáp án|ĐÁP ÁN|Dap an|Đ/A|ĐA|Answer|ANSWER|Key|KEY|Trả lời|Chọn)(?:\s+(?:đúng|ĐÚNG))?(?:\s+là)?"
    r"\s*[:.]?\s*(?=\S)(.{1,200})$"
)
WHY = re.compile(
    r"^\s*(?:Lời giải|LỜI GIẢI|Hướng dẫn(?: giải| chi tiết)?|HƯỚNG DẪN(?: GIẢI| CHI TIẾT)?|Giải thích(?: chi tiết)?|"
    r"Giải chi tiết|Explanation)\s*[:.]?\s*(.*)$"
)
TABLE = re.compile(
    r"^\s*(?:BẢNG\s+ĐÁP\s+ÁN|ĐÁP\s+ÁN|Bảng đáp án|HƯỚNG DẪN CHẤM)\s*(?:ĐỀ|MÃ ĐỀ|CHI TIẾT|PHẦN)?[^.:]{0,40}[.:]?\s*$"
)
HEADS = {"cau", "", "stt", "cau hoi", "cau so", "question"}
"""The words that may stand before the numbers in a row of a table of keys."""
KEY_HEADS = {"dap an", "da", "dap an dung", "answer", "key"}
PAIR = re.compile(r"(?:Câu\s*)?(\d{1,4})\s*[-.:)–]?\s*([A-Ha-h])(?![A-Za-zÀ-ỹ])")
END = re.compile(r"^[\s\-–—_.*]*(?:HẾT|HET|Hết)[\s\-–—_.*]*$")
LEVELS = {"nb": 1, "nhan biet": 1, "th": 2, "thong hieu": 2, "vd": 3, "van dung": 3, "vdc": 4, "van dung cao": 4}


@dataclass
class Paper:
    """The state of the reading. `table`: (section, number) -> the key given after the questions."""

    questions: list[Question] = field(default_factory=list)
    table: dict[tuple[int, int], str] = field(default_factory=dict)
    section: int = 0
    kind: str = ""
    after: str = ""  # "": in the questions; "table", "why": in what follows them
    numbered: bool = False
    why_of: int = 0


def questions(paragraphs: Sequence[Paragraph]) -> list[Read]:
    """The questions of a paper, in order."""
    paper = Paper(numbered=not any(QUESTION.match(one.text) for one in paragraphs))
    for line, one in enumerate(paragraphs, 1):
        if one.cells and not paper.after and _begins_keys(paper, one.cells):
            paper.after = "table"
        if one.cells and (paper.after == "table" or _is_key_row(one)):
            _key_cells(paper, one.cells)
        elif one.text.strip():
            _line(paper, one, line)
        if one.pictures and paper.questions and not paper.after:
            paper.questions[-1].pictures += one.pictures
    return [read(one, paper.table) for one in paper.questions]


def _line(paper: Paper, one: Paragraph, line: int) -> None:
    text = one.text.strip()
    if section := SECTION.match(text):
        _section(paper, section[1], section[2])
    elif END.match(text):
        paper.after = "table"
    elif TABLE.match(text) and paper.questions:
        paper.after, paper.section = "table", 0
    elif paper.after and WHY.match(text):
        paper.after = "why"
    elif paper.after == "table":
        _key_text(paper, text)
    elif paper.after == "why":
        _solution(paper, text)
    else:
        _in_question(paper, one, text, line)


def _section(paper: Paper, number: str, title: str) -> None:
    paper.section = int(number) if number.isdigit() else _roman(number)
    words = fold(title)
    if "dung sai" in words or "dung hoac sai" in words or "dung/sai" in words:
        paper.kind = TRUTHS
    elif "tra loi ngan" in words:
        paper.kind = SHORT
    elif "lua chon" in words or "trac nghiem" in words:
        paper.kind = CHOICE


def _roman(text: str) -> int:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", text).index(text) + 1


def _start(paper: Paper, text: str) -> tuple[int, str, str] | None:
    """(number, level, rest) of a line that begins a question."""
    if found := QUESTION.match(text):
        return int(found[1]), found[2] or found[3] or "", found[4]
    if paper.numbered and (found := NUMBERED.match(text)):
        expected = paper.questions[-1].number + 1 if paper.questions else 1
        if int(found[1]) in (expected, 1):
            return int(found[1]), "", found[2]
    return None


def _in_question(paper: Paper, one: Paragraph, text: str, line: int) -> None:
    if start := _start(paper, text):
        number, level, rest = start
        made = Question(number, line, paper.section, paper.kind, level=LEVELS.get(fold(level)))
        paper.questions.append(made)
        if tag := re.match(r"^\s*[\[(](NB|TH|VDC|VD)[\])]\s*", rest):
            made.level, rest = LEVELS[tag[1].lower()], rest[tag.end() :]
        _content(made, rest, _looks(one, len(one.text) - len(one.text.lstrip()) + len(text) - len(rest)))
    elif paper.questions:
        question = paper.questions[-1]
        if found := WHY.match(text):
            question.why.append(found[1])
        elif found := KEY_LINE.match(text):
            question.key = found[1].strip()
        elif question.why:
            question.why.append(text)
        else:
            _content(question, one.text, _looks(one, 0))


def _looks(one: Paragraph, skipped: int) -> list[str]:
    """The look of each letter of a line, without the first ones."""
    return [run.look for run in one.runs for _ in run.text][skipped:]


def _content(question: Question, text: str, looks: Sequence[str]) -> None:
    """A line of the stem, a statement, or options, several of which may stand in one line."""
    at = 0
    for part in parts(text):
        here, at = looks[at : at + len(part)], at + len(part)
        option, statement = LABEL.match(part), STATEMENT.match(part)
        letter = (option[2] or option[3]) if option else ""
        if statement and question.kind != CHOICE and not question.options and _next(statement[2], question.statements):
            seen = _whole(part, here, statement.start(3)), _whole(part, here, 0, statement.start(3))
            question.statements.append(Piece(statement[3].strip(), seen[0], seen[1], bool(statement[1])))
        elif option and letter.isupper() and _next(letter, question.options):
            seen = _whole(part, here, option.start(5)), _whole(part, here, 0, option.start(5))
            starred = any(option[n] for n in (1, 4, 6))
            question.options.append(Piece(option[5].strip(), seen[0], seen[1], starred))
        elif part.strip():
            _more(question, part.strip())


def _next(letter: str, before: Sequence[Piece]) -> bool:
    return ord(letter.lower()) - 97 == len(before)


def _more(question: Question, text: str) -> None:
    """A line that goes on with what stood before it."""
    pieces = question.options or question.statements
    if pieces:
        pieces[-1].text = f"{pieces[-1].text} {text}".strip()
    else:
        question.stem.append(text)


def _whole(part: str, looks: Sequence[str], start: int, end: int | None = None) -> frozenset[str]:
    """Looks that most letters between two places have: one bold word in a sentence marks nothing."""
    pairs = list(zip(part, looks, strict=False))[start:end]
    letters = [look for sign, look in pairs if sign.isalnum()]
    return frozenset(look for look in set(letters) - {""} if 2 * letters.count(look) > len(letters))


def _begins_keys(paper: Paper, cells: Sequence[str]) -> bool:
    """True for the first row of a table of keys without a title: numbers of questions, or "Câu | Đáp án"."""
    words = [fold(cell).strip(" .:") for cell in cells]
    numbers = [re.sub(r"^cau\s*", "", word) for word in words if re.fullmatch(r"(cau\s*)?\d{1,4}", word)]
    known = {str(one.number) for one in paper.questions}
    across = (
        len(numbers) > 1
        and known.issuperset(numbers)
        and set(words) - set(numbers) <= HEADS | {f"cau {n}" for n in numbers}
    )
    down = set(words) <= HEADS | KEY_HEADS and bool(KEY_HEADS & set(words))
    return bool(known) and (across or down)


def _is_key_row(one: Paragraph) -> bool:
    cells = [cell.strip() for cell in one.cells]
    return len(PAIR.findall(" ".join(cells))) >= max(2, len(cells) // 2)


def _key_cells(paper: Paper, cells: Sequence[str]) -> None:
    """A row of the table of keys: numbers above letters, number beside letter, or both in one cell."""
    texts = [cell.strip() for cell in cells]
    found = [re.fullmatch(r"(?:Câu\s*)?(\d{1,4})\s*[.:]?", one) for one in texts]
    numbers = [int(one[1]) if one else None for one in found]
    known = {one.number for one in paper.questions if not paper.section or one.section in (0, paper.section)}
    rest = {fold(text) for text, number in zip(texts, numbers, strict=True) if number is None}
    if rest <= HEADS and any(numbers) and all(one in known for one in numbers if one):
        paper.table[-1, 0] = "|".join("" if one is None else str(one) for one in numbers)
        return
    above = paper.table.pop((-1, 0), "").split("|")
    if any(above) and len(above) == len(texts):
        for over, said in zip(above, texts, strict=True):
            if over and said:
                paper.table[paper.section, int(over)] = said
    elif len(texts) % 2 == 0 and numbers[0] is not None:
        for number, said in zip(numbers[::2], texts[1::2], strict=True):
            if number is not None and said:
                paper.table[paper.section, number] = said
    else:
        for text in texts:
            _key_text(paper, text)


def _key_text(paper: Paper, text: str) -> None:
    """Keys in words: 1-A, 1a, 1.A, also many in one line; "Câu 3: ĐSĐS"; "Câu 5: 25"."""
    pairs = PAIR.findall(text)
    one = re.match(r"^\s*(?:Câu\s*)?(\d{1,4})\s*[-.:)–]\s*(.+)$", text)
    if pairs and (len(pairs) > 1 or not one or re.fullmatch("[A-Ha-h]", one[2].strip(" ."))):
        for number, letter in pairs:
            paper.table[paper.section, int(number)] = letter.upper()
    elif one:
        paper.table[paper.section, int(one[1])] = one[2].strip()


def _solution(paper: Paper, text: str) -> None:
    """After the table: "Câu 3: ..." explains question 3."""
    found = QUESTION.match(text) or NUMBERED.match(text)
    if found:
        paper.why_of = int(found[1])
        text = found[found.lastindex or 1]
    for one in paper.questions:
        if one.number == paper.why_of and (not paper.section or one.section in (0, paper.section)):
            said = (one.section, one.number) in paper.table or (0, one.number) in paper.table
            if key := KEY_LINE.match(text):
                one.key = one.key or ("" if said else key[1].strip())
            elif text.strip():
                one.why.append(text.strip())
            break
