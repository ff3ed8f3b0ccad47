"""The answer to a question in a table as people give it: a letter, a number, the words of an option, a look, a star."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from quizzes.importers.contract import Cell, as_text
from quizzes.importers.options import Option, label_of
from quizzes.questions import QUESTION_TYPES, cells
from quizzes.questions.number import parse
from quizzes.refusals import N_
from quizzes.text import fold

BY_LETTER = N_("Đáp án theo chữ cái trong tệp.")
BY_NUMBER = N_("Đáp án theo số thứ tự của phương án.")
BY_WORDS = N_("Đáp án theo nội dung của phương án.")
BY_LOOK = N_("Đáp án theo chữ đậm, gạch chân hoặc tô màu.")
BY_STAR = N_("Đáp án theo dấu sao.")
BOTH = N_("Đáp án “%(said)s” vừa là thứ tự vừa là nội dung của phương án khác. Hãy ghi chữ cái A, B, C…")
RANGE = N_(
    "Đáp án “%(said)s” có thể là hai phương án hoặc cả dãy từ đầu đến cuối. Hãy ghi rõ từng chữ cái, ví dụ A, C."
)
CHOICES = ("single", "multiple", "ordering", "matching")
ORDERED = ("ordering", "matching")
SAID = re.compile(r"^(?:dap an|phuong an|cau|chon|y|answer|option)\s*(?:dung)?\s*[:.]?\s*(?=[a-h1-8]\b)")
ZEROS = re.compile(r"(?<![\d.,])(\d{1,2})[.,]0+(?![.,]?\d)")
TRUE_WORDS, FALSE_WORDS = {"dung", "true", "d"}, {"sai", "false", "s"}


class Unclear(Exception):
    """The cell can be read in two ways."""

    def __init__(self, sentence: str = BOTH) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def of_options(cell: Cell, options: Sequence[Option], strong: Sequence[str], ordered: bool) -> tuple[list[int], str]:
    """(indexes of the right options, the rule that found them); ([], "") where nothing says it. Raises Unclear."""
    text = as_text(cell)
    if not text:
        starred = [place for place, one in enumerate(options) if one.starred]
        if starred:
            return starred, BY_STAR
        bright = shining(options, strong)
        return (bright, BY_LOOK) if 0 < len(bright) < len(options) else ([], "")
    found = _readings(text, options)
    if not ordered:
        _require_no_range(text)
        found = {rule: sorted(places) for rule, places in found.items()}
    if len({tuple(places) for places in found.values()}) > 1:
        raise Unclear
    return next(((places, rule) for rule, places in found.items()), ([], ""))


def without_zeros(text: str) -> str:
    """2 for "2.0" and "2,0", as spreadsheets write a number of an option or a level."""
    return ZEROS.sub(r"\1", text)


def _require_no_range(text: str) -> None:
    """Raises Unclear for "A - C" and "1-3", which may mean what stands between as well."""
    ends = re.fullmatch(r"([a-h1-8])\s*[-–—]\s*([a-h1-8])", fold(text).strip(" ."))
    if ends and abs(ord(ends[2]) - ord(ends[1])) > 1:
        raise Unclear(RANGE)


def _readings(text: str, options: Sequence[Option]) -> dict[str, list[int]]:
    """Every way the cell can be read: by letters, by numbers, by the words of options."""
    found: dict[str, list[int]] = {}
    count, said = len(options), SAID.sub("", fold(text))
    letters = cells.LETTERS.read(re.sub(r"\s+(?:va|and)\s+|&", ",", said).rstrip(".)"))
    if letters and _fits(letters, count):
        found[BY_LETTER] = letters
    whole = without_zeros(said)
    numbers = [int(one) - 1 for one in re.findall(r"\d+", whole)]
    if numbers and re.fullmatch(r"[\d\s,;/.+-]+", whole) and _fits(numbers, count):
        found[BY_NUMBER] = numbers
    words = [fold(one.text) for one in options]
    exact = [" ".join(one.text.casefold().split()) for one in options]
    for parts in ([text], re.split(r"[;\n|]", text), re.split(r"[;\n|,]", text), [without_zeros(text)]):
        places = [_place(part, exact, words) for part in parts if part.strip()]
        if places and None not in places and len(set(places)) == len(places):
            found[BY_WORDS] = [place for place in places if place is not None]
            break
    labelled = label_of(text)
    if not found and labelled and ord(labelled[0]) - 65 < count:
        found[BY_LETTER] = [ord(labelled[0]) - 65]
    return found


def _place(part: str, exact: Sequence[str], words: Sequence[str]) -> int | None:
    """The index of the option that these words name. Words that only lack their marks count where no other option is
    alike."""
    labelled = label_of(part)
    for one in (part, labelled[1].text if labelled else part):
        for said in (one, one.rstrip(" .")):
            plain = " ".join(said.casefold().split())
            if exact.count(plain) == 1:
                return exact.index(plain)
            if words.count(fold(said)) == 1:
                return words.index(fold(said))
    return None


def _fits(places: Sequence[int], count: int) -> bool:
    return all(0 <= place < count for place in places) and len(set(places)) == len(places)


def shining(options: Sequence[Option], strong: Sequence[str]) -> list[int]:
    """Options whose words stand out in the cell."""
    bright = [fold(one).strip(" .:)*") for one in strong if len(fold(one).strip(" .:)*abcdefgh")) > 0]
    letters = {label[0] for one in strong if (label := label_of(one.strip() + " ")) and not label[1].text}
    found = []
    for place, one in enumerate(options):
        words = fold(one.text).strip(" .:)*")
        if (
            words
            and any(words == other or words in other.splitlines() or other.endswith(f" {words}") for other in bright)
        ) or chr(65 + place) in letters:
            found.append(place)
    return found


def bare(cell: Cell, strong: Sequence[str]) -> tuple[str, Any]:
    """(type, answer) of a question without options: a truth, a number, or spellings; ("", None) for an empty cell."""
    text = as_text(cell)
    if not text:
        return "", None
    truth = cells.TRUTH.read(text) if fold(text) in TRUE_WORDS | FALSE_WORDS else None
    if truth is not None:
        return "true_false", truth
    number = parse(text) if not isinstance(cell, bool) else None
    if number is not None and not re.match(r"0\d", text):
        return "number", int(number) if number == int(number) else number
    return "text", cells.SPELLINGS.read(text)


def truths(cell: Cell) -> list[bool] | None:
    """Four truths in one cell: Đ S Đ Đ, also as "a) Đúng; b) Sai; c) Đúng; d) Đúng"."""
    text = re.sub(r"(?:^|(?<=[\s;,]))[a-dA-D1-4]\s*[.):-]\s*", " ", as_text(cell))
    found = cells.TRUTHS.read(text.replace("Đúng", "Đ").replace("Sai", "S"))
    return found if isinstance(found, list) and len(found) == 4 else None


def is_truths(options: Sequence[Option]) -> bool:
    """True when the options are only Đúng and Sai."""
    return len(options) == 2 and {fold(one.text) for one in options} in ({"dung", "sai"}, {"true", "false"})


def written_as(kind: str) -> str:
    """A sentence that tells how the answer to this type is written."""
    form = QUESTION_TYPES[kind].cell
    return form.how if form else ""
