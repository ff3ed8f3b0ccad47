"""Shared by importers of other programs' files: a question from its parts, text out of HTML, features that are not
carried over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from quizzes.importers.mathml import latex_in_html
from quizzes.importers.raised import RAISED, raised
from quizzes.problems import Problem
from quizzes.questions.contract import problem
from quizzes.questions.matching import LEAST
from quizzes.questions.number import parse
from quizzes.questions.options import TRUE_AND_FALSE
from quizzes.refusals import N_
from quizzes.text import fold

NAMED = re.compile(r"(?<!\w)(?:(?:answer|option|choice|dap an|phuong an|lua chon|cau|so|va|and)|\d)(?!\d)(?!\w)")
"""The words and numbers of a key such as "Answer 2 and 3"; another word beside a number is no key."""
YES, NO = {"dung", "true", "yes"}, {"sai", "false", "no"}


def chosen(stem: str, options: Sequence[str], right: Collection[int], many: bool = False) -> dict[str, Any]:
    """A question whose answer is chosen: one or several options, or Đúng and Sai alone."""
    words = [fold(one) for one in options]
    if len(words) == 2 and words[0] in YES | NO and words[1] in YES | NO and len(right) == 1:
        return {"type": "true_false", "text": {"vi": stem}, "answer": words[next(iter(right))] in YES}
    kind = "multiple" if len(right) > 1 or (many and len(options) > 2) else "single"
    places = sorted(right)
    answer: Any = places if kind == "multiple" else places[0] if places else None
    return {"type": kind, "text": {"vi": stem}, "options": [{"text": {"vi": one}} for one in options], "answer": answer}


def paired(stem: str, pairs: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """A question whose pairs are matched; None where they are too few, or two have one partner."""
    firsts, seconds = [one for one, _ in pairs], [other for _, other in pairs]
    if len(pairs) < LEAST or not all([*firsts, *seconds]) or len(set(map(fold, seconds))) < len(pairs):
        return None
    options = [{"text": {"vi": text}} for text in (*firsts, *seconds)]
    return {
        "type": "matching",
        "text": {"vi": stem},
        "options": options,
        "answer": list(range(len(pairs), len(options))),
    }


def numbered(text: Mapping[str, str], numbers: str) -> tuple[list[str], list[int], list[Problem]]:
    """(the options that are filled, the places of the right ones among them, what is wrong with the key) of a row
    whose options stand under `numbers` and whose key, under "right", names them by number."""
    filled = [n for n in numbers if text.get(n)]
    said = _numbers(text.get("right", ""), [text[n] for n in filled], filled)
    right = [filled.index(one) for one in dict.fromkeys(said) if one in filled]
    problems = [no_key()] if not right or len(right) < len(set(said)) else []
    return [text[n] for n in filled], right, problems


def _numbers(key: str, options: Sequence[str], filled: Sequence[str]) -> list[str]:
    """The numbers of the options that a key names: by number, by letter, or by the words of an option."""
    if (whole := re.fullmatch(r"(\d)[.,]0+", key)) and key not in options:
        return [whole[1]]
    if re.fullmatch(r"\d(?:[\s,;.&/+]+\d)*[\s.]*", key):
        return re.findall(r"\d", key)
    for pieces in ([key], re.split(r"\s*[;|\n]\s*", key), re.split(r"\s*,\s*", key)):
        places = [next((at for at, one in enumerate(options) if fold(one) == fold(piece)), -1) for piece in pieces]
        if -1 not in places:
            return [filled[at] for at in places]
    if re.fullmatch(r"[A-Fa-f](?:[\s,;.&/+]+[A-Fa-f])*[\s.]*", key):
        return [str(ord(letter) - 64) for letter in re.findall(r"[A-F]", key.upper())]
    return re.findall(r"\d", key) if not NAMED.sub("", fold(key)).strip(" .,;&/+-") else ["?"]


def numbers_of(question: Mapping[str, Any]) -> tuple[list[str], str]:
    """(the options of a question, the numbers of the right ones from 1), as such a row is written. Of typed text the
    options are what is accepted."""
    answer = question["answer"]
    if question["type"] == "text":
        return list(answer), ""
    if isinstance(answer, bool):
        return list(TRUE_AND_FALSE["vi"]), "1" if answer else "2"
    right = answer if isinstance(answer, list) else [answer]
    return [option["text"]["vi"] for option in question["options"]], ",".join(str(at + 1) for at in right)


def unseen_picture() -> Problem:
    sentence = N_("Một hình của câu này không lấy được; hãy thêm hình sau khi nhập.")
    return Problem(("media",), "picture_linked", sentence, warning=True)


def part_counted() -> Problem:
    """Warn that answers worth points are left out: only one that is worth all of them is kept."""
    sentence = N_("Đáp án khác cũng được điểm trong tệp không được tính là đúng ở đây; hãy kiểm tra đáp án.")
    return Problem(("answer",), "part_left", sentence, warning=True)


def several_right() -> Problem:
    """Several options are worth all points of a question of which one is chosen."""
    sentence = N_(
        "Câu này chọn một mà trong tệp nhiều phương án được tính đúng. "
        "Hãy để lại một đáp án, hoặc đổi thành câu chọn nhiều."
    )
    return problem(("answer",), "several_right", sentence)


def uneven() -> Problem:
    """Warn that right options are worth more or less than each other."""
    sentence = N_("Các phương án đúng được điểm khác nhau trong tệp; ở đây phải chọn đủ, mỗi phương án như nhau.")
    return Problem(("answer",), "part_uneven", sentence, warning=True)


def pointed(text: str) -> float | None:
    """A number with a point for its decimals, as programs write it; None where a comma may part thousands."""
    text = text.strip()
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+", text):
        return None
    return parse(text.replace(".", ","))


def sound_left() -> Problem:
    sentence = N_("Âm thanh hoặc phim của câu này không lấy được; hãy thêm sau khi nhập.")
    return Problem(("media",), "sound_left", sentence, warning=True)


def text_left(text: str, line: int | None = None) -> Problem:
    """Warn that a part of a file that asks nothing is not imported."""
    sentence = N_("Phần này không phải câu hỏi nên không được nhập: “%(text)s”.")
    return Problem((), "text_left", sentence, {"text": " ".join(text.split())[:60]}, line=line, warning=True)


def no_key() -> Problem:
    return problem(("answer",), "answer_missing", N_("Câu này không có đáp án trong tệp."))


def unknown_kind(name: str) -> Problem:
    sentence = N_("Chưa đọc được câu kiểu “%(name)s”.")
    return problem(("type",), "kind_unread", sentence, name=name[:40])


def unread_file(sentence: str, code: str = "file_shape") -> Problem:
    return Problem((), code, sentence, line=1)


def not_carried(questions: Sequence[Mapping[str, Any]], kinds: Collection[str], most: int = 99) -> list[Problem]:
    """One problem for each question that a format cannot hold."""
    return [
        not_held(place)
        for place, one in enumerate(questions)
        if one["type"] not in kinds
        or len(one.get("options") or []) > most
        or any(option.get("media") for option in one.get("options") or [])
    ]


def not_held(place: int) -> Problem:
    return problem((place,), "not_in_format", N_("Kiểu tệp này không chứa được câu thứ %(n)s."), n=place + 1)


def freed(address: str) -> str:
    """A name as it stands in an address, with %20 and its like written out."""
    held = re.sub(rb"%([0-9A-Fa-f]{2})", lambda one: bytes([int(one[1], 16)]), address.encode("utf-8", "replace"))
    return held.decode("utf-8", "replace")


def picture_name(data: str) -> str:
    """The name of a picture in a draft: made of its bytes, so that the same file twice is the same question."""
    return f"{hashlib.sha256(data.encode('ascii', 'replace')).hexdigest()[:32]}.webp"


class _Reader(HTMLParser):
    BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4"})
    SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self.silent = 0
        self.raised: list[int] = []
        """The places at which words in superscript or subscript begin."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "img":
            self.pictures.append((about.get("src") or "", about.get("alt") or ""))
        if tag in self.BREAKS:
            self.words.append("\n")
        if tag in ("td", "th"):
            self.words.append(" ")
        if tag in RAISED:
            self.raised.append(len(self.words))
        self.silent += tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BREAKS - {"br"}:
            self.words.append("\n")
        if tag in RAISED and self.raised:
            start = self.raised.pop()
            self.words[start:] = [raised("".join(self.words[start:]), tag)]
        self.silent = max(0, self.silent - (tag in self.SILENT))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def plain(html: str) -> tuple[str, list[tuple[str, str]]]:
    """(the words of a piece of HTML, its pictures as (source, description))."""
    reader = _Reader()
    reader.feed(latex_in_html(html))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line), reader.pictures
