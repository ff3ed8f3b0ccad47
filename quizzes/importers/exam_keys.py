"""The key of a question of an exam paper: said in a line, in a table, by a star or by how an option looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.importers.building import chosen, no_key, picture_name, unknown_kind, unseen_picture
from quizzes.importers.contract import Read
from quizzes.importers.exam_said import LETTER, is_clean, key_of
from quizzes.importers.rows import difficulty
from quizzes.problems import Problem
from quizzes.questions.contract import problem
from quizzes.questions.number import parse
from quizzes.refusals import N_
from quizzes.text import fold

BY_LINE = N_("Đáp án theo dòng “Đáp án” trong câu.")
BY_TABLE = N_("Đáp án theo bảng đáp án cuối đề.")
BY_STAR = N_("Đáp án theo dấu sao.")
BY_MARK = N_("Đáp án theo chữ “Đúng” hoặc dấu x, ✓ ghi cạnh phương án.")
BY_LOOK = {
    "highlight": N_("Đáp án theo chữ được tô nền."),
    "colour": N_("Đáp án theo chữ màu."),
    "underline": N_("Đáp án theo chữ gạch chân."),
    "bold": N_("Đáp án theo chữ đậm."),
    "italic": N_("Đáp án theo chữ nghiêng."),
}
"""The rarest look first: titles and letters are often bold."""
ALT = N_("Hình của câu hỏi")
TRUTH = r"(?<![A-Za-zÀ-ỹ])(Đúng|Sai|[ĐSTF])(?![a-zà-ỹ])"
MARKED = re.compile(r"\s*[\[(]\s*(Đúng|ĐÚNG|đúng|Sai|SAI|sai|Đ|S|T|F)\s*[\])]\s*\.?\s*$")
TICKED = re.compile(r"\s+(?:[\[(]\s*(?:Đúng|ĐÚNG|(?:[đĐ]áp án )?đúng|x|X|✓|✔)\s*[\])]|[✓✔☑✅]\ufe0f?)\s*\.?\s*$")
MOST_OPTIONS = 8
"""The most options that a question has."""
CHOICE, TRUTHS, SHORT, ESSAY = "choice", "truths", "short", "essay"


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
    bullets: list[Piece] = field(default_factory=list)
    """The last lines of the stem, where they are entries of a list: options, if no others follow."""
    key: str = ""
    doubt: str = ""
    """The words about its key that name no option for sure."""
    why: list[str] = field(default_factory=list)
    level: int | None = None
    facts: dict[str, str] = field(default_factory=dict)
    """Its source, topic and difficulty, where lines say them."""
    pictures: list[str] = field(default_factory=list)


def read(one: Question, table: dict[tuple[int, int], str]) -> Read:
    said = table.get((one.section, one.number)) or table.get((0, one.number)) or ""
    if _has_bullets(one, said):
        one.options, one.stem = one.bullets, one.stem[: -len(one.bullets)]
    stem = "\n".join(one.stem).strip()
    if _small_letters(one, said):
        one.options, one.statements = one.statements, []
    if len(one.statements) == 4 and one.kind != CHOICE and not one.options:
        draft, rule, problems = _truths(one, stem, said)
    elif one.options:
        draft, rule, problems = _choice(one, stem, said)
    else:
        draft, rule, problems = _short(one, "\n".join([stem, *(piece.text for piece in one.statements)]).strip(), said)
    if why := "\n".join(line for line in one.why if line.strip()):
        draft["explanation"] = {"vi": why}
    draft |= {key: said for key, said in one.facts.items() if key != "difficulty"}
    if level := one.level or difficulty(one.facts.get("difficulty", "")):
        draft["difficulty"] = level
    if one.pictures and one.pictures[0]:
        draft["media"] = {"name": picture_name(one.pictures[0]), "alt": {"vi": ALT}}
    problems += [unseen_picture() for _ in one.pictures["media" in draft :]]
    return Read(draft, one.line, problems, rule)


def says_key(question: Question, text: str, found: re.Match[str]) -> bool:
    """Keeps the key that a line says; False for a line that only begins like one. A sentence about options after the
    key explains it."""
    said = found[1].strip().rstrip(")]" if text[0] in "([" else "")
    asked = question.options or question.statements or question.bullets
    marked = text[: found.start(1)].rstrip()[-1:] in ":.–->"
    if not (asked or marked or is_clean(said) or question.kind == SHORT or said[:1].isdecimal()):
        return False
    key = said if question.statements else key_of(said)
    if question.key and not is_clean(said):
        question.why.append(text)
    elif key is None or (question.key and fold(question.key).strip(" .") != fold(key).strip(" .")):
        question.doubt, question.key = f"{question.key} {said}".strip(), ""
    else:
        question.key = key
    return True


def _small_letters(one: Question, said: str) -> bool:
    """True when a) b) c) are options: a key names one of them, or they are not the four that statements are."""
    if one.options or not one.statements or one.kind == TRUTHS:
        return False
    key = re.sub(r"^(?:(?:Chọn|Đáp án|đáp án|phương án|là)\s*)+", "", one.key or said).strip(" .:")
    return bool(re.fullmatch(r"[A-Ha-h](?:\s*[,;và]+\s*[A-Ha-h])*|[A-Ha-h]\s*[.):].*", key)) or (
        len(one.statements) != 4 and not key
    )


def _has_bullets(one: Question, said: str) -> bool:
    """True when the list that ends a question without letters is its options. A number as its key counts them."""
    if one.options or one.statements or not 1 < len(one.bullets) < len(one.stem) or len(one.bullets) > MOST_OPTIONS:
        return False
    key = one.key or said
    return (
        one.kind == CHOICE or not key or (parse(key.strip(" .")) is None and bool(list(_ways(one, one.bullets, said))))
    )


def _ways(one: Question, pieces: Sequence[Piece], said: str) -> Iterator[tuple[str, list[int]]]:
    """Every way the key is shown, the surest first: (rule, places)."""
    for rule, text in ((BY_LINE, one.key), (BY_TABLE, said)):
        sure = key_of(text)
        letters = re.findall(LETTER, re.sub(r"^(?:Chọn|Đáp án)\s*", "", sure or ""))
        if re.fullmatch(r"\s*[A-H]{2,6}\s*", text):
            letters = list(text.strip())
        places = sorted({ord(letter.upper()) - 65 for letter in letters[:6]})
        if places and places[-1] < len(pieces) and (len(text) < 30 or re.match(r"\s*[A-H]\b", text)):
            yield rule, places[:1] if len(text) >= 30 else places
        elif named := [at for at, piece in enumerate(pieces) if text and fold(piece.text) == fold(text).rstrip(" .")]:
            yield rule, named
    starred = [at for at, piece in enumerate(pieces) if piece.starred]
    if starred:
        yield BY_STAR, starred
    ticked = [] if one.key or said else [at for at, piece in enumerate(pieces) if TICKED.search(piece.text)]
    if 0 < len(ticked) < len(pieces):
        for at in ticked:
            pieces[at].text = TICKED.sub("", pieces[at].text)
        yield BY_MARK, ticked
    rarer: set[int] = set()
    for look, rule in BY_LOOK.items():
        places = _marked(pieces, look)
        if look == "italic" and (one.key or said or starred or rarer):
            break  # also the names of books are
        if places and rarer | set(places) != set(range(len(pieces))):  # letters are bold, that of the key underlined
            yield rule, places
        rarer |= set(places)


def _choice(one: Question, stem: str, said: str) -> tuple[dict[str, Any], str, list[Problem]]:
    ways = list(_ways(one, one.options, said))
    options = [piece.text for piece in one.options]
    if not ways:
        return chosen(stem, options, []), "", [_unclear(one.doubt) if one.doubt else no_key()]
    rule, right = ways[0]
    other = next((places for _, places in ways[1:] if places != right), None)
    problems = []
    if other is not None:
        sentence = N_("Đáp án được ghi hai cách khác nhau: %(first)s và %(second)s. Lấy theo %(first)s.")
        letters = ["".join(chr(65 + at) for at in places) for places in (right, other)]
        about = {"first": letters[0], "second": letters[1]}
        problems.append(Problem(("answer",), "keys_differ", sentence, about, warning=True))
    if rule in (BY_LINE, BY_TABLE) and len(right) == len(options) > 2:  # all of them: their order is asked
        text = (one.key if rule == BY_LINE else said).upper()
        order = [ord(letter) - 65 for letter in dict.fromkeys(re.findall("[A-H]", text))]
        draft = {"type": "ordering", "text": {"vi": stem}, "answer": order}
        return draft | {"options": [{"text": {"vi": option}} for option in options]}, rule, problems
    return chosen(stem, options, right), rule, problems


def _unclear(said: str) -> Problem:
    sentence = N_("Dòng đáp án “%(said)s” không nói rõ phương án nào đúng. Hãy ghi chữ cái, ví dụ: Đáp án: B.")
    return problem(("answer",), "key_unclear", sentence, said=said[:60])


def _truths(one: Question, stem: str, said: str) -> tuple[dict[str, Any], str, list[Problem]]:
    texts, marks = [], []
    for piece in one.statements:
        found = MARKED.search(piece.text)
        marks.append(found[1][0].upper() in "ĐT" if found else None)
        texts.append(piece.text[: found.start()].strip() if found else piece.text)
    draft: dict[str, Any] = {
        "type": "true_false_set",
        "text": {"vi": stem},
        "options": [{"text": {"vi": text}} for text in texts],
        "answer": None,
    }
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
    if one.kind == ESSAY:
        return {"type": "text", "text": {"vi": stem}, "answer": None}, "", [unknown_kind("tự luận"), no_key()]
    if not text:
        return {"type": "text", "text": {"vi": stem}, "answer": None}, "", [no_key()]
    if fold(text).strip(" .") in ("dung", "sai", "d", "s"):
        return {"type": "true_false", "text": {"vi": stem}, "answer": fold(text).startswith("d")}, rule, []
    number = parse(text.strip(" ."))
    if number is not None and not re.match(r"0\d", text):
        whole = int(number) if number == int(number) else number
        return {"type": "number", "text": {"vi": stem}, "answer": whole}, rule, []
    spellings = [spelled for each in text.split(" | ") if (spelled := each.strip())]
    return {"type": "text", "text": {"vi": stem}, "answer": spellings}, rule, []


def _marked(pieces: Sequence[Piece], look: str) -> list[int]:
    """The options that have this look and others have not: in their words, else in their letters."""
    for places in (
        [at for at, piece in enumerate(pieces) if look in piece.looks],
        [at for at, piece in enumerate(pieces) if look in piece.label],
    ):
        if 0 < len(places) < len(pieces):
            return places
    return []
