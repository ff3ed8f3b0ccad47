"""Faults of a single question that a person would have to explain to whoever was asked it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.bank import localized_texts
from quizzes.lint.sources import undated
from quizzes.lint.whole_answers import refused
from quizzes.questions.contract import Question
from quizzes.text import fold

LONGEST = {"text": 240, "option": 110, "explanation": 320}
"""Most characters that a hall reads in the time it is given."""
SHORTEST_WHY = 25  # characters of an explanation, at least
FINDABLE = re.compile(r"\b(19|20)\d\d\b|\d+(/\d{4})?[/-][A-ZĐ]{2,}|\b[a-z0-9-]+(\.[a-z0-9-]+)*\.(vn|org|com|info)\b")
"""A year, the number of a document, or an address."""
NUMBERED = re.compile(r"\d+/\d{4}/[A-ZĐ]{2}|\d+[-/][A-ZĐ]{2,}")
"""The number of a law, decree, circular, decision or letter."""
PLACED = re.compile(
    r"\d{1,2}/\d{1,2}/(19|20)\d\d|tháng \d+/(19|20)\d\d|\bĐiều \d|\b(mục|phần|chủ đề|miền năng lực|khoản)\b"
    r"|[a-z]\.(vn|org|com|gov)\b"
)
"""The day of a document, a part of it, or an address: with one of them an organiser finds the sentence."""
DATED = re.compile(
    r"hiện nay|hiện hành|theo (luật|nghị định|thông tư)|(luật|nghị định) (\w+ ){1,6}(quy định|cấm|yêu cầu|cho phép)"
)
DISTRICT = re.compile(r"(huyện|quận|thị xã) [A-ZĐÂ]|(Huyện|Thành|Thị|Quận) [đĐ]oàn")
YEAR = re.compile(r"\b(19|20)\d\d\b")
POINTING = re.compile(
    r"tat ca (cac )?(dap an|phuong an|y)\b|ca (hai|ba|bon) (dap|phuong) an\b|(dap|phuong) an [a-d]\b|deu (dung|sai)\b"
)


def faults(question: Question) -> Iterator[str]:
    """Sentences for authors, in the words of the linter; none for a question in order."""
    yield from _source(question)
    yield from _dates(question)
    yield from _lengths(question)
    if any(POINTING.search(fold(text)) for text in [*_options(question), _text(question, "explanation")]):
        yield "it points at options by their place, and they are shuffled"
    if natural := refused(question):
        yield f"it refuses natural answers: {', '.join(natural)}"
    texts = [text for _, text in localized_texts(question)]
    if {bool(text.get("en")) for text in texts} == {True, False}:
        yield "English is there for a part only"


def _source(question: Question) -> Iterator[str]:
    source = str(question.get("source") or "")
    if not FINDABLE.search(source):
        yield "the source names no year, number or address, so nobody finds it"
    for document in undated(source):
        yield f"the source names no day, number or address of {document}, and lint/sources.py does not say why"
    for document in source.split(";"):
        if NUMBERED.search(document) and not PLACED.search(document):
            yield f"the source names neither the day nor an article of {document.strip()}"
    if re.match(r"[a-z]+(\s|$)", source):
        yield "the source is a nickname"


def _dates(question: Question) -> Iterator[str]:
    text = _text(question, "text")
    if DATED.search(text.lower()) and not question.get("valid_from"):
        yield "what the law says is asked without valid_from"
    if DISTRICT.search(text) and not YEAR.search(text):
        yield "a unit of a district stands without its year (districts ended on 1 July 2025)"


def _lengths(question: Question) -> Iterator[str]:
    for path, text in localized_texts(question):
        name = str(path[-1]) if path[0] != "options" else "option"
        if name in LONGEST and len(text["vi"]) > LONGEST[name]:
            yield f"{name} has {len(text['vi'])} characters, most are {LONGEST[name]}"
    why = _text(question, "explanation")
    if len(why) < SHORTEST_WHY:
        yield "the explanation teaches nothing"


def _text(question: Question, name: str) -> str:
    text: Any = question.get(name)
    return str(text.get("vi", "")) if isinstance(text, Mapping) else ""


def _options(question: Question) -> list[str]:
    return [str(one["text"]["vi"]) for one in question.get("options") or [] if one.get("text")]
