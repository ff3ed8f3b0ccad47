"""Exam papers as teachers type them: Azota's shape and that of công văn 7991/BGDĐT-GDTrH, 17/12/2024.

Câu 1. / Bài 1: / 1. begin a question, capital letters its options, a) to d) four statements; PHẦN I, II, III say which.
The key stands in a table (BẢNG ĐÁP ÁN), in a line (Đáp án: B), before a star, or in how an option looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.importers.building import chosen, no_key
from quizzes.importers.contract import Paragraph, Read
from quizzes.importers.options import LABEL, parts
from quizzes.problems import Problem
from quizzes.questions.number import parse
from quizzes.refusals import N_
from quizzes.text import fold

BY_LINE = N_("Đáp án theo dòng “Đáp án” trong câu.")
BY_TABLE = N_("Đáp án theo bảng đáp án cuối đề.")
BY_STAR = N_("Đáp án theo dấu sao.")
BY_LOOK = {
    "highlight": N_("Đáp án theo chữ được tô nền."), "colour": N_("Đáp án theo chữ màu."),
    "underline": N_("Đáp án theo chữ gạch chân."), "bold": N_("Đáp án theo chữ đậm."),
}  # fmt: skip
"""The rarest look first: titles and letters are often bold."""
SECTION = re.compile(r"^\s*(?:PHẦN|Phần|PHAN|Phan|NHÓM|Nhóm|PART|Part)\s+([IVX]+|\d+)\b[.:\s]*(.*)$")
QUESTION = re.compile(
    r"^\s*(?:Câu|CÂU|Cau|Bài|BÀI|Question|QUESTION)\s*(\d{1,4})"
    r"\s*(?:\(([^)]{1,20})\)|\[([^\]]{1,20})\])?\s*[.:)\-–]?\s*(.*)$"
)
NUMBERED = re.compile(r"^\s*(\d{1,4})\s*[.)/:]\s+(.*)$")
STATEMENT = re.compile(r"^\s*(\*)?\s*([a-d])\s*[.)]\s*(.*)$")
KEY_LINE = re.compile(
    r"^\s*(?:Đáp án|ĐÁP ÁN|Dap an|Đ/A|ĐA|Answer|ANSWER|Key|KEY|Trả lời|Chọn)(?:\s+đúng)?\s*[:.]?\s*(?=\S)(.{1,200})$"
)
WHY = re.compile(
    r"^\s*(?:Lời giải|LỜI GIẢI|Hướng dẫn(?: giải| chi tiết)?|HƯỚNG DẪN(?: GIẢI| CHI TIẾT)?|Giải thích(?: chi tiết)?|"
    r"Giải chi tiết|Explanation)\s*[:.]?\s*(.*)$"
)
TABLE = re.compile(
    r"^\s*(?:BẢNG\s+ĐÁP\s+ÁN|ĐÁP\s+ÁN|Bảng đáp án|HƯỚNG DẪN CHẤM)\s*(?:ĐỀ|MÃ ĐỀ|CHI TIẾT|PHẦN)?[^.:]{0,40}[.:]?\s*$"
)
HEADS = {"cau", "", "stt", "cau hoi", "cau so", "question"}
"""What may stand before the numbers in a row of a table of keys."""
LETTER = r"(?<![A-Za-zÀ-ỹ])([A-Ha-h])(?![A-Za-zÀ-ỹ])"
TRUTH = r"(?<![A-Za-zÀ-ỹ])(Đúng|Sai|[ĐSTF])(?![a-zà-ỹ])"
PAIR = re.compile(r"(?:Câu\s*)?(\d{1,4})\s*[-.:)–]?\s*([A-Ha-h])(?![A-Za-zÀ-ỹ])")
END = re.compile(r"^[\s\-–—_.*]*(?:HẾT|HET|Hết)[\s\-–—_.*]*$")
MARKED = re.compile(r"\s*[\[(]\s*(Đúng|ĐÚNG|đúng|Sai|SAI|sai|Đ|S|T|F)\s*[\])]\s*\.?\s*$")
LEVELS = {"nb": 1, "nhan biet": 1, "th": 2, "thong hieu": 2, "vd": 3, "van dung": 3, "vdc": 4, "van dung cao": 4}
CHOICE, TRUTHS, SHORT = "choice", "truths", "short"


@dataclass
class Piece:
    """A line of a question, or an option of it, with the looks of its letters."""

    text: str
    looks: frozenset[str] = frozenset()
    label: frozenset[str] = frozenset()
    """The look of its letter."""
    starred: bool = False


@dataclass
class Question:
    number: int
    line: int
    section: int
    kind: str
    stem: list[str] = field(default_factory=list)
    options: list[Piece] = field(default_factory=list)
    statements: list[Piece] = field(default_factory=list)
    key: str = ""
    why: list[str] = field(default_factory=list)
    level: int | None = None


@dataclass
class Paper:
    """What was read so far. `table`: (section, number) -> the key said after the questions."""

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
        if one.cells and (paper.after == "table" or _is_key_row(one)):
            _key_cells(paper, one.cells)
        elif one.text.strip():
            _line(paper, one, line)
    return [_read(one, paper.table) for one in paper.questions]


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


def _marked(pieces: Sequence[Piece], look: str) -> list[int]:
    """The options that have this look and others have not: in their words, else in their letters."""
    for places in (
        [at for at, piece in enumerate(pieces) if look in piece.looks],
        [at for at, piece in enumerate(pieces) if look in piece.label],
    ):
        if 0 < len(places) < len(pieces):
            return places
    return []


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


def _read(one: Question, table: dict[tuple[int, int], str]) -> Read:
    said = table.get((one.section, one.number)) or table.get((0, one.number)) or ""
    stem = "\n".join(one.stem).strip()
    if len(one.statements) == 4 and one.kind != CHOICE and not one.options:
        draft, rule, problems = _truths(one, stem, said)
    elif one.options:
        draft, rule, problems = _choice(one, stem, said)
    else:
        draft, rule, problems = _short(one, "\n".join([stem, *(piece.text for piece in one.statements)]).strip(), said)
    if why := "\n".join(line for line in one.why if line.strip()):
        draft["explanation"] = {"vi": why}
    if one.level:
        draft["difficulty"] = one.level
    return Read(draft, one.line, problems, rule)


def _ways(one: Question, pieces: Sequence[Piece], said: str) -> Iterator[tuple[str, list[int]]]:
    """Every way the key is shown, the surest first: (rule, places)."""
    for rule, text in ((BY_LINE, one.key), (BY_TABLE, said)):
        letters = re.findall(LETTER, re.sub(r"^(?:Chọn|Đáp án)\s*", "", text))
        if re.fullmatch(r"\s*[A-H]{2,6}\s*", text):
            letters = list(text.strip())
        places = sorted({ord(letter.upper()) - 65 for letter in letters[:6]})
        if places and places[-1] < len(pieces) and (len(text) < 30 or re.match(r"\s*[A-H]\b", text)):
            yield rule, places[:1] if len(text) >= 30 else places
    starred = [at for at, piece in enumerate(pieces) if piece.starred]
    if starred:
        yield BY_STAR, starred
    for look, rule in BY_LOOK.items():
        if places := _marked(pieces, look):
            yield rule, places


def _choice(one: Question, stem: str, said: str) -> tuple[dict[str, Any], str, list[Problem]]:
    options = [piece.text for piece in one.options]
    ways = list(_ways(one, one.options, said))
    if not ways:
        return chosen(stem, options, []), "", [no_key()]
    rule, right = ways[0]
    other = next((places for _, places in ways[1:] if places != right), None)
    problems = []
    if other is not None:
        sentence = N_("Đáp án được ghi hai cách khác nhau: %(first)s và %(second)s. Lấy theo %(first)s.")
        letters = ["".join(chr(65 + at) for at in places) for places in (right, other)]
        about = {"first": letters[0], "second": letters[1]}
        problems.append(Problem(("answer",), "keys_differ", sentence, about, warning=True))
    return chosen(stem, options, right), rule, problems


def _truths(one: Question, stem: str, said: str) -> tuple[dict[str, Any], str, list[Problem]]:
    texts, marks = [], []
    for piece in one.statements:
        found = MARKED.search(piece.text)
        marks.append(found[1][0].upper() in "ĐT" if found else None)
        texts.append(piece.text[: found.start()].strip() if found else piece.text)
    draft: dict[str, Any] = {
        "type": "true_false_set", "text": {"vi": stem}, "options": [{"text": {"vi": text}} for text in texts],
        "answer": None,
    }  # fmt: skip
    for rule, text in ((BY_LINE, one.key), (BY_TABLE, said)):
        truths = re.findall(TRUTH, re.sub(r"(?<!\w)[a-dA-D]\s*[).:-]", " ", text))
        if re.fullmatch(r"\s*[ĐSTF]{4}\s*", text):
            truths = list(text.strip())
        if len(truths) == 4:
            return draft | {"answer": [word[0] in "ĐT" for word in truths]}, rule, []
    if all(mark is not None for mark in marks):
        return draft | {"answer": marks}, BY_LINE, []
    if any(piece.starred for piece in one.statements):
        return draft | {"answer": [piece.starred for piece in one.statements]}, BY_STAR, []
    for look, rule in BY_LOOK.items():
        if places := _marked(one.statements, look):
            return draft | {"answer": [at in places for at in range(len(one.statements))]}, rule, []
    return draft, "", [no_key()]


def _short(one: Question, stem: str, said: str) -> tuple[dict[str, Any], str, list[Problem]]:
    text, rule = (one.key, BY_LINE) if one.key else (said, BY_TABLE)
    if not text:
        return {"type": "text", "text": {"vi": stem}, "answer": None}, "", [no_key()]
    if fold(text).strip(" .") in ("dung", "sai", "d", "s"):
        return {"type": "true_false", "text": {"vi": stem}, "answer": fold(text).startswith("d")}, rule, []
    number = parse(text.strip(" ."))
    if number is not None and not re.match(r"0\d", text):
        whole = int(number) if number == int(number) else number
        return {"type": "number", "text": {"vi": stem}, "answer": whole}, rule, []
    return {"type": "text", "text": {"vi": stem}, "answer": [text.strip()]}, rule, []
