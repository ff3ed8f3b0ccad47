"""The state in which an exam paper is read, and the table of keys that follows its questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizzes.importers.contract import Paragraph
from quizzes.importers.exam_keys import Question
from quizzes.importers.exam_lines import CODE, HEADS, KEY_HEADS, PAIR, PAPER_CODE, QUESTION, TABLE
from quizzes.text import fold

LETTERS = set("abcdefgh")


@dataclass
class Paper:
    """The state of the reading. `table`: (section, number) -> the key given after the questions."""

    questions: list[Question] = field(default_factory=list)
    table: dict[tuple[int, int], str] = field(default_factory=dict)
    section: int = 0
    kind: str = ""
    after: str = ""  # "": in the questions; "table", "why", "other": in what follows them
    numbered: bool = False
    why_of: int = 0
    between: bool = False
    """After the title of a part and before its first question."""
    code: str = ""
    """Of several papers with the same questions, which this one is."""
    key_code: str = ""
    """The paper that the table of keys which is being read is for, where its title says it."""
    left: str = ""
    """The title of another paper that follows this one, which is not read."""
    codes: list[str] = field(default_factory=list)
    """The papers that the columns of a table of keys are for, the first column being that of the numbers."""
    unclear: set[tuple[int, int]] = field(default_factory=set)
    """(section, number) of the questions to which the tables give different keys."""

    def put(self, number: int, said: str) -> None:
        """The key of a question in the section that is being read."""
        if "☐" in said or not re.search(r"\w", said) or (self.code and self.key_code not in ("", self.code)):
            return  # a sheet for answers, or the table of another paper
        place = self.section, number
        if fold(self.table.setdefault(place, said)).strip(" .") != fold(said).strip(" ."):
            self.unclear.add(place)


def code_of(paragraphs: Sequence[Paragraph]) -> str:
    """The number of this paper among several, which stands above its questions."""
    for one in paragraphs:
        if QUESTION.match(one.text):
            break
        if found := PAPER_CODE.search(" ".join([one.text, *one.cells])):
            return found[1]
    return ""


def is_another(paper: Paper, text: str) -> bool:
    """True for the title of another paper with the same questions, which follows this one."""
    found = PAPER_CODE.search(text)
    return bool(paper.code and found and found[1] != paper.code and not TABLE.match(text))


def begins_keys(paper: Paper, cells: Sequence[str]) -> bool:
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
    beside = len(words) == 2 and words[0] == min(known, default="", key=int) and words[1] in LETTERS
    return bool(known) and (across or down or (beside and not any(one.key for one in paper.questions)))


def is_every_key(paper: Paper, text: str) -> bool:
    """True for a line after the last question that says the keys of all of them: 1A; 2B; 3C."""
    pairs = PAIR.findall(text)
    numbers = [one.number for one in paper.questions]
    return (
        len(pairs) > 1
        and not re.sub(r"[\s,;.|]+", "", PAIR.sub("", text))
        and all(letter.isupper() for _, letter in pairs)
        and sorted(int(number) for number, _ in pairs) == sorted(numbers)
        and not any(one.key for one in paper.questions)
    )


def is_key_row(one: Paragraph) -> bool:
    cells = [cell.strip() for cell in one.cells]
    return len(PAIR.findall(" ".join(cells))) >= max(2, len(cells) // 2)


def key_cells(paper: Paper, cells: Sequence[str]) -> None:
    """A row of the table of keys: numbers above letters, number beside letter, or both in one cell."""
    texts = [cell.strip() for cell in cells]
    if _of_papers(paper, texts):
        return
    found = [re.fullmatch(r"(?:(?:Câu|Question)\s*)?(\d{1,4})\s*[.:]?", one) for one in texts]
    numbers = [int(one[1]) if one else None for one in found]
    known = {one.number for one in paper.questions if not paper.section or one.section in (0, paper.section)}
    rest = {fold(text).replace("ma de", "") for text, number in zip(texts, numbers, strict=True) if number is None}
    if rest <= HEADS and any(numbers) and all(one in known for one in numbers if one):
        paper.table[-1, 0] = "|".join("" if one is None else str(one) for one in numbers)
        return
    above = paper.table.pop((-1, 0), "").split("|")
    if any(above) and len(above) == len(texts):
        for over, said in zip(above, texts, strict=True):
            if over and said:
                paper.put(int(over), said)
    elif len(texts) % 2 == 0 and numbers[0] is not None:
        for number, said in zip(numbers[::2], texts[1::2], strict=True):
            if number is not None and said:
                paper.put(number, said)
    else:
        for text in texts:
            key_text(paper, text)


def _of_papers(paper: Paper, texts: Sequence[str]) -> bool:
    """Read a row of a table with the keys of several papers, by column or row: "Câu | 101 | 102"; False for another."""
    known = {str(one.number) for one in paper.questions}
    codes = [found[1] if (found := CODE.match(text)) and found[1] not in known else "" for text in texts]
    if fold(texts[0]) in HEADS | {"ma de"} and len(texts) > 1 and all(codes[1:]):
        paper.codes = ["", *codes[1:]]
        return True
    if codes[0] and (-1, 0) in paper.table:  # the key of one paper, below the numbers
        above = paper.table[-1, 0].split("|")
        wanted = codes[0] == paper.code or not paper.code
        for over, said in zip(above, texts, strict=False) if wanted else ():
            if over and said:
                paper.put(int(over), said)
        return True
    if len(paper.codes) != len(texts) or not texts[0].isdecimal():
        return False
    for code, said in zip(paper.codes, texts, strict=True):
        if code and said and code in (paper.code, code if not paper.code else ""):
            paper.put(int(texts[0]), said)
    return True


def key_text(paper: Paper, text: str) -> None:
    """Keys in words: 1-A, 1a, 1.A, also many in one line; "Câu 3: ĐSĐS"; "Câu 5: 25"."""
    pairs = PAIR.findall(text)
    one = re.match(r"^\s*(?:(?:Câu|Question)\s*)?(\d{1,4})\s*[-.:)–]\s*(.+)$", text)
    if pairs and (len(pairs) > 1 or not one or re.fullmatch("[A-Ha-h]", one[2].strip(" ."))):
        for number, letter in pairs:
            paper.put(int(number), letter.upper())
    elif one:
        paper.put(int(one[1]), one[2].strip())
