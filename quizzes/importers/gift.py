"""GIFT, Moodle's text format: a question, its answers in braces. What we keep besides stands in comments as tags.

Choices, truths, numbers with tolerance, short answers and three or more pairs are read; essays, several gaps and
answers worth a part are said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from quizzes.importers.building import (
    chosen,
    no_key,
    paired,
    part_counted,
    plain,
    pointed,
    several_right,
    uneven,
    unknown_kind,
    unread_file,
    unseen_picture,
)
from quizzes.importers.contract import Given, Imported, Importer, Read
from quizzes.importers.finishing import finished
from quizzes.importers.gift_writing import KEPT, write
from quizzes.problems import Problem
from quizzes.refusals import N_

ESCAPED = re.compile(r"\\([~=#{}:n\\])")
HELD = {sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:n\\")}
FREED = {held: "\n" if sign == "n" else sign for sign, held in HELD.items()}
ANSWER = re.compile(r"([=~])(?:%(-?\d{1,3}(?:\.\d+)?)%)?([^=~]*)")
ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][\da-fA-F]{1,5}|[A-Za-z]{2,8});")
BRACED = re.compile(r"(?<!\\)\{[^{}]*\}")
TAG = re.compile(r"\[(id|tag):([^\]]*)\]")
RIGHT = N_("Đáp án theo dấu = trong tệp.")


def knows(text: str) -> bool:
    return bool(re.search(r"(?<!\\)\{\s*([=~#%]|T\b|F\b|TRUE|FALSE)[^{}]*\}", text))


def read(text: str, given: Given | None = None) -> Imported:
    found = finished(_questions(text), given or {})
    if not found.seen:
        found.problems.append(unread_file(N_("Không thấy câu hỏi nào viết theo kiểu GIFT.")))
    return found


def _questions(text: str) -> list[Read]:
    found: list[Read] = []
    topic, tags, lines, start = "", dict[str, str](), list[str](), 0
    given = [*text.splitlines(), ""]
    for number, line in enumerate(given, 1):
        if lines and (_ended(lines, line) if line.strip() else not _goes_on(lines, given[number:])):
            read = _question("\n".join(lines), start)
            read.draft = {**({"topic": topic} if topic else {}), **read.draft, **_kept(tags)}
            found.append(read)
            tags, lines, start = {}, [], 0
        if line.lstrip().startswith("//"):
            tags |= _tags(line)
        elif line.strip().startswith("$CATEGORY:"):
            topic = line.partition(":")[2].strip().rsplit("/", 1)[-1]
        elif line.strip():
            start = start or number
            lines.append(line)
    return found


def _ended(lines: Sequence[str], line: str) -> bool:
    """True when this line begins another question although no empty line stands before it."""
    if line.lstrip().startswith("}") or _braces(lines) != 0 or not BRACED.search("\n".join(lines)):
        return False
    return line.lstrip().startswith(("::", "$CATEGORY:")) or _braces([line]) != 0 or bool(BRACED.search(line))


def _goes_on(lines: Sequence[str], after: Sequence[str]) -> bool:
    """True when an empty line lies between the answers of one question: its brace is open, and an answer follows."""
    following = next((line.lstrip() for line in after if line.strip()), "")
    return _braces(lines) > 0 and following.startswith(("=", "~", "}", "#"))


def _braces(lines: Sequence[str]) -> int:
    text = ESCAPED.sub("", "\n".join(lines))
    return text.count("{") - text.count("}")


def _tags(line: str) -> dict[str, str]:
    found = {}
    for kind, value in TAG.findall(line):
        name, _, rest = value.partition("=")
        found["id" if kind == "id" else name] = (value if kind == "id" else rest).replace("&#93;", "]")
    return found


def _kept(tags: Mapping[str, str]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: tags[name] for name in ("id", *KEPT) if tags.get(name)}
    if "difficulty" in kept:
        kept["difficulty"] = int(kept["difficulty"]) if kept["difficulty"].isdigit() else None
    return kept


def _question(text: str, line: int) -> Read:
    text = ESCAPED.sub(lambda one: HELD[one[1]], text)
    text = re.sub(r"^\s*::.*?::", "", text, count=1, flags=re.DOTALL)
    form = re.match(r"\s*\[(html|markdown|plain|moodle)\]", text)
    text = text[form.end() :] if form else text
    html = bool(form and form[1] == "html")
    if not form or form[1] == "moodle":
        text = ENTITY.sub(lambda one: HELD.get(sign := unescape(one[0]), sign), text)
    before, opened, rest = text.partition("{")
    inside, closed, after = rest.partition("}")
    if not (opened and closed) or "{" in inside:
        return Read({"type": "text", "text": {"vi": _words(text, html)}}, line, [no_key()])
    if "{" in after:
        return Read({"type": "text", "text": {"vi": _words(before, html)}}, line, [unknown_kind("cloze"), no_key()])
    stem = _words(before, html) + (f" _____ {_words(after, html)}" if after.strip() else "")
    body, _, general = inside.partition("####")
    draft, problems, why = _answers(body.strip(), html)
    draft["text"] = {"vi": stem.strip()}
    explanation = _words(general, html) or why
    if explanation:
        draft["explanation"] = {"vi": explanation}
    problems += [unseen_picture() for _ in (plain(text)[1] if html else ())]
    return Read(draft, line, problems, RIGHT)


def _answers(body: str, html: bool) -> tuple[dict[str, Any], list[Problem], str]:
    """(type, options and answer, what is wrong, the feedback of what is right)."""
    truth, *feedback = body.split("#")
    if truth.strip().upper() in ("T", "TRUE", "F", "FALSE"):
        why = _words(feedback[1], html) if len(feedback) > 1 else ""
        return {"type": "true_false", "answer": truth.strip().upper().startswith("T")}, [], why
    if body.startswith("#"):
        return _number(body[1:].strip(), html)
    found = [(mark, float(weight) if weight else None, said) for mark, weight, said in ANSWER.findall(body)]
    if not found:
        return {"type": "text", "answer": None}, [unknown_kind("essay"), no_key()], ""
    if any("->" in said for _, _, said in found):
        pairs = [said.partition("#")[0].partition("->") for mark, _, said in found if mark == "="]
        matched = paired("", [(_words(one, html), _words(other, html)) for one, _, other in pairs])
        if matched and len(pairs) == len(found):
            return matched, [], ""
        return {"type": "text", "answer": None}, [unknown_kind("matching"), no_key()], ""
    options = [_words(said.partition("#")[0], html) for _, _, said in found]
    notes = [_words(said.partition("#")[2], html) for _, _, said in found]
    if all(mark == "=" for mark, _, _ in found):
        whole = [one for one, (_, weight, _) in zip(options, found, strict=True) if weight in (None, 100)]
        wrong = [part_counted() if whole else no_key()] if len(whole) < len(options) else []
        return {"type": "text", "answer": whole}, wrong, notes[0]
    right = [at for at, (mark, _, _) in enumerate(found) if mark == "="]
    worth = {at: weight for at, (_, weight, _) in enumerate(found) if weight and weight > 0 and at not in right}
    problems = [several_right()] if len(right) > 1 else [part_counted()] if right and worth else []
    many = not right and bool(worth)
    if many:
        right = list(worth)
        problems = [uneven()] if len(set(worth.values())) > 1 else []
    why = next((notes[at] for at in right if notes[at]), "")
    return chosen("", options, right, many), problems if right else [no_key()], why


def _number(body: str, html: bool) -> tuple[dict[str, Any], list[Problem], str]:
    """The first number that is worth all points; others are said."""
    found = [one for one in re.split(r"\s*(?<!^)[=~]\s*", body.lstrip("=")) if one.strip()] or [""]
    weights = [re.match(r"%(-?\d{1,3}(?:\.\d+)?)%", one) for one in found]
    whole = [at for at, weight in enumerate(weights) if weight is None or float(weight[1]) == 100]
    said, _, why = re.sub(r"^%[^%]*%", "", found[whole[0]] if whole else "").partition("#")
    low, between, high = said.partition("..")
    value, _, around = said.partition(":")
    number, tolerance = pointed(value), pointed(around) if around.strip() else 0
    if between:
        ends = pointed(low), pointed(high)
        if ends[0] is not None and ends[1] is not None:
            number, tolerance = (ends[0] + ends[1]) / 2, abs(ends[1] - ends[0]) / 2
    if number is None or tolerance is None:
        return {"type": "number", "answer": None}, [no_key()], ""
    settings = {"tolerance": _whole(tolerance)} if tolerance else {}
    problems = [part_counted()] if len(found) > 1 else []
    return {"type": "number", "answer": _whole(number), "settings": settings}, problems, _words(why, html)


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _words(text: str, html: bool) -> str:
    if html:
        text = plain(text)[0]
    freed = "".join(FREED.get(sign, sign) for sign in text)
    return "\n".join(" ".join(line.split()) for line in freed.splitlines()).strip()


IMPORTER = Importer(
    key="gift",
    title=N_("GIFT (văn bản của Moodle)"),
    container="text",
    suffixes=(".gift", ".txt"),
    read=read,
    write=write,
    knows=knows,
    asks=True,
)
