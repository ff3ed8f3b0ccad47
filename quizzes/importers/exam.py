"""Exam papers as teachers type them: Azota's shape and that of công văn 7991/BGDĐT-GDTrH, 17/12/2024.

Câu 1. / Bài 1: / 1. begin a question, capital letters its options, a) to d) four statements; PHẦN I, II, III say which.
The key stands in a table (BẢNG ĐÁP ÁN), in a line (Đáp án: B), before a star, or in how an option looks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

from quizzes.importers.building import text_left
from quizzes.importers.contract import Paragraph, Read
from quizzes.importers.exam_keys import CHOICE, ESSAY, SHORT, TRUTHS, Piece, Question, read, says_key
from quizzes.importers.exam_lines import (
    ARROW,
    BULLET,
    END,
    FACT,
    FACTS,
    HEADING,
    KEY_LINE,
    LEVELS,
    NUMBERED,
    PAPER_CODE,
    QUESTION,
    SECTION,
    STATEMENT,
    TABLE,
    TICK,
    WHY,
)
from quizzes.importers.exam_table import (
    Paper,
    begins_keys,
    code_of,
    is_another,
    is_every_key,
    is_key_row,
    key_cells,
    key_text,
)
from quizzes.importers.options import LABEL, parts
from quizzes.problems import Problem
from quizzes.refusals import N_
from quizzes.text import fold

TWICE = N_("Số câu %(n)s có hai lần trong đề, nên không rõ đáp án trong bảng là của câu nào.")
SEVERAL = N_(
    "Bảng đáp án ghi các đáp án khác nhau cho câu %(n)s (nhiều mã đề?). Hãy để lại bảng của đề này, "
    "hoặc ghi “Mã đề” ở đầu đề."
)


def questions(paragraphs: Sequence[Paragraph]) -> list[Read]:
    """The questions of a paper, in order."""
    paragraphs = list(map(_composed, paragraphs))
    numbered = not any(QUESTION.match(one.text) for one in paragraphs)
    paper = Paper(numbered=numbered, code=code_of(paragraphs))
    for line, one in enumerate(paragraphs, 1):
        if one.cells and not paper.after and begins_keys(paper, one.cells):
            paper.after = "table"
        if one.cells and (paper.after == "table" or is_key_row(one)):
            key_cells(paper, one.cells)
        elif one.text.strip():
            _line(paper, one, line)
        if one.pictures and paper.questions and not paper.after:
            paper.questions[-1].pictures += one.pictures
    places = Counter((one.section, one.number) for one in paper.questions)
    found = [_read(one, paper, places[one.section, one.number] > 1) for one in paper.questions]
    for last in found[-1:] if paper.left else ():
        last.problems.append(text_left(paper.left))
    return found


def _read(one: Question, paper: Paper, twice: bool) -> Read:
    """Two questions of one number take no key of a table, as nothing says which of them it means; nor does a question
    to which tables give several."""
    places = (one.section, one.number), (0, one.number)
    said = next((paper.table[place] for place in places if paper.table.get(place)), "")
    if not paper.unclear.isdisjoint(places):
        return _without(read(one, {}), "keys_several", SEVERAL, one.number)
    return _without(read(one, {}), "number_twice", TWICE, one.number) if twice and said else read(one, paper.table)


def _without(found: Read, code: str, sentence: str, number: int) -> Read:
    """A question that takes no key of a table, and why, where it has no other key."""
    if any(problem.code == "answer_missing" for problem in found.problems):
        other = [problem for problem in found.problems if problem.code != "answer_missing"]
        found.problems = [*other, Problem(("answer",), code, sentence, {"n": number})]
    return found


def _composed(one: Paragraph) -> Paragraph:
    """Letters with their marks as one sign: other systems write them as several."""
    runs = [replace(run, text=normalize("NFC", run.text)) for run in one.runs]
    return replace(one, runs=runs, cells=[normalize("NFC", cell) for cell in one.cells])


def _line(paper: Paper, one: Paragraph, line: int) -> None:
    text = one.text.strip()
    if section := SECTION.match(text):
        _section(paper, section[1], section[2])
    elif (heading := HEADING.match(text)) and not QUESTION.match(text):
        paper.kind, paper.between = (ESSAY if fold(heading[1]) == "tu luan" else ""), True
    elif END.match(text):
        paper.after = "table"
    elif paper.after and is_another(paper, text):
        paper.after, paper.left = "other", paper.left or text
    elif TABLE.match(text) and paper.questions:
        found = PAPER_CODE.search(text)
        paper.after, paper.section, paper.key_code = "table", 0, found[1] if found else ""
    elif paper.after and paper.after != "other" and WHY.match(text):
        paper.after = "why"
    elif paper.after == "table":
        key_text(paper, text)
    elif paper.after == "why":
        _solution(paper, text)
    elif not paper.after:
        _in_question(paper, one, text, line)


def _section(paper: Paper, number: str, title: str) -> None:
    paper.section = int(number) if number.isdigit() else _roman(number)
    words = fold(title)
    if re.search(r"dung(?: hoac |/| )sai|true or false", words):
        paper.kind = TRUTHS
    elif "tra loi ngan" in words or "short answer" in words:
        paper.kind = SHORT
    elif "lua chon" in words or "trac nghiem" in words or "multiple choice" in words:
        paper.kind = CHOICE
    elif "tu luan" in words:
        paper.kind = ESSAY


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
        paper.between = False
        if tag := re.match(r"^\s*[\[(](NB|TH|VDC|VD)[\])]\s*", rest):
            made.level, rest = LEVELS[tag[1].lower()], rest[tag.end() :]
        _content(made, rest, _looks(one, len(one.text) - len(one.text.lstrip()) + len(text) - len(rest)))
    elif paper.questions and not paper.between:
        question = paper.questions[-1]
        begun = question.options or question.statements or question.bullets or question.key
        if begun and (found := FACT.match(text)):
            question.facts[FACTS.get(fold(found[1]), "source")] = found[2]
        elif found := WHY.match(text):
            question.why.append(found[1])
        elif (found := KEY_LINE.match(text)) and is_every_key(paper, found[1]):
            key_text(paper, found[1])
            paper.after = "table"
        elif (found := found or ARROW.match(text)) and says_key(question, text, found):
            pass
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
            _more(question, part.strip(), *_bullet(part, here))


def _next(letter: str, before: Sequence[Piece]) -> bool:
    return ord(letter.lower()) - 97 == len(before)


def _bullet(part: str, looks: Sequence[str]) -> list[Piece]:
    """The words after a dash, a dot or a number, which are an option where a question has no letters."""
    found = BULLET.match(part)
    if not found:
        return []
    words, starred = found[1].strip(), part.lstrip().startswith("*")
    if box := TICK.match(words):
        words, starred = words[box.end() :], bool(box[1] or box[2])
    return [Piece(words.rstrip("*").strip(), _whole(part, looks, found.start(1)), starred=starred or words[-1:] == "*")]


def _more(question: Question, text: str, *bullets: Piece) -> None:
    """A line that goes on with what stood before it, or a bullet, which may turn out to be an option."""
    pieces = question.options or question.statements
    if pieces:
        pieces[-1].text = f"{pieces[-1].text} {text}".strip()
    else:
        question.stem.append(text)
        question.bullets = [*question.bullets, *bullets] if bullets else []


def _whole(part: str, looks: Sequence[str], start: int, end: int | None = None) -> frozenset[str]:
    """Looks that most letters between two places have: one bold word in a sentence marks nothing."""
    pairs = list(zip(part, looks, strict=False))[start:end]
    letters = [look for sign, look in pairs if sign.isalnum()]
    return frozenset(look for look in set(letters) - {""} if 2 * letters.count(look) > len(letters))


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
