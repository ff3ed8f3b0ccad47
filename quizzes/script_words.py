"""The words of a script: its title and what is said about it, those of its rounds, those of questions written in it.

A file may hold anything in their place; what is not words by language would break the page that shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from quizzes.bank import LENGTHS, check_media, check_text, localized_texts
from quizzes.problems import Path, Problem
from quizzes.refusals import N_


def check_title(title: Any, path: Path, required: bool) -> Iterator[Problem]:
    """Yields what is wrong with a title; one that is still empty is said by a code of its own."""
    if title is None and not required:
        return
    if title is None or (isinstance(title, Mapping) and _is_blank(title.get("vi"))):
        yield Problem(path, "title_empty", N_("Thiếu tên tiếng Việt (title.vi)."))
    yield from check_said(title, path)


def check_said(said: Any, path: Path, longest: int = LENGTHS["title"]) -> Iterator[Problem]:
    """Yields what keeps a value from being words by language, or nothing at all."""
    if said is None or said == {}:
        return
    if not isinstance(said, Mapping):
        yield Problem(path, "words_shape", N_("Chỗ này viết theo ngôn ngữ, như {vi: Sinh hoạt chi đoàn}."))
        return
    given = {lang: text for lang, text in said.items() if not _is_blank(text)}
    yield from check_text({"vi": ".", **given}, path, longest)


def check_written(question: Mapping[str, Any], types: Collection[str]) -> Iterator[Problem]:
    """Yields what is wrong with the type, words, pictures and name of a question that a script writes itself."""
    if question.get("type") not in list(types):
        sentence = N_("Không có loại câu hỏi này. Các loại: %(known)s.")
        yield Problem(("type",), "type_unknown", sentence, {"known": ", ".join(sorted(types))})
        return
    text = question.get("text")
    if not text or (isinstance(text, Mapping) and _is_blank(text.get("vi"))):
        yield Problem(("text",), "text_empty", N_("Câu hỏi chưa có chữ tiếng Việt."))
    for path, text in localized_texts(question):
        name = str(path[-1]) if path[0] != "options" else "option"
        if path != ("text",):
            yield from check_text(text, path, LENGTHS[name])
        elif text:
            yield from check_said(text, path, LENGTHS[name])
    options = question.get("options")
    for at, one in enumerate(options if isinstance(options, list) else ()):
        if isinstance(one, Mapping):
            yield from check_media(one.get("media"), ("options", at, "media"))
    yield from check_media(question.get("media"), ("media",))
    if not isinstance(question.get("id", ""), str):
        yield Problem(("id",), "id", N_("Mã câu hỏi gồm chữ thường không dấu, số, - và _, từ 2 đến 80 ký tự."))


def _is_blank(text: Any) -> bool:
    return text is None or (isinstance(text, str) and not text.strip())
