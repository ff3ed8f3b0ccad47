"""Options as people write them: "A. ...", four lines in one cell, all in one line, a star before the right one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LABEL = re.compile(
    r"^\s*(\*)?\s*(?:[(\[]?([A-Ha-h])\s*[.):/\]]|([A-H])\s*[-–]\s)\s*(\*)?\s*(.*?)\s*(\*)?\s*$", re.DOTALL
)
INLINE = re.compile(r"(?:^|(?<=\s))(\*?\s*[(\[]?[A-H]\s*[.):\]]\s)")
TIGHT = re.compile(r"(?:^|(?<=\s))(\*?[A-H]\s?[.):](?=\S))")
SMALL = re.compile(r"(?:^|(?<=\s))(\*?\s*[(\[]?[a-h]\s*[.):\]]\s)")
FEWEST = {INLINE: 2, TIGHT: 2}
"""The fewest letters in a row that are options: "theo điểm a) và b) của Luật" names none."""
BULLET = re.compile(r"([-–•+])\s+(?=\S)")
NUMBER = re.compile(r"(\d)\s*[.)/]\s+(?=\S)")


@dataclass(frozen=True)
class Option:
    text: str
    starred: bool = False


def label_of(line: str) -> tuple[str, Option] | None:
    """("B", the option) of a line that begins with a letter and a mark; None for another line."""
    found = LABEL.match(line)
    if not found:
        return None
    return (found[2] or found[3]).upper(), Option(found[5], bool(found[1] or found[4] or found[6]))


def split(text: str) -> tuple[str, list[Option]]:
    """The stem, and the options written after it in lettered order; all of it is stem where there are none."""
    lines = [part for line in text.splitlines() for part in parts(line, FEWEST | {SMALL: 3})]
    stem: list[str] = []
    options: list[Option] = []
    for line in lines:
        found = label_of(line)
        if found and found[0] == chr(65 + len(options)):
            options.append(found[1])
        elif options and line.strip():
            last = options[-1]
            options[-1] = Option(f"{last.text} {line.strip()}", last.starred)
        elif not options:
            stem.append(line)
    return ("\n".join(stem).strip(), options) if len(options) > 1 else (text.strip(), [])


def parts(line: str, fewest_of: Mapping[re.Pattern[str], int] = FEWEST) -> list[str]:
    """A line cut before each of its letters, where they follow each other as A, B, C."""
    for mark, fewest in fewest_of.items():
        places: list[int] = []
        wanted = 0
        for found in mark.finditer(line):
            letter = next((sign for sign in found[1].upper() if sign.isalpha()), "")
            if not places or ord(letter) - 65 == wanted:
                places.append(found.start())
                wanted = ord(letter) - 64
        if len(places) >= fewest:
            ends = [*places[1:], len(line)]
            return [line[: places[0]], *(line[at:end] for at, end in zip(places, ends, strict=True))]
    return [line]


def lines(text: str) -> list[Option]:
    """The options of one cell: lettered, or one a line."""
    _, found = split(text)
    if found:
        return found
    return [starred(line) for line in _unmarked([line.strip() for line in text.splitlines() if line.strip()])]


def unlettered(texts: Sequence[str]) -> list[Option]:
    """Options of separate cells, without the letters that all of them repeat."""
    labels = [label_of(one) for one in texts]
    if len(texts) > 1 and all(one and one[0] == chr(65 + place) for place, one in enumerate(labels)):
        return [one[1] for one in labels if one]
    return [starred(one) for one in _unmarked(texts)]


def _unmarked(texts: Sequence[str]) -> list[str]:
    """Options without the dash that all of them have, or without the numbers that count them from 1."""
    for mark in (BULLET, NUMBER):
        found = [mark.match(one) for one in texts]
        signs = [one[1] for one in found if one]
        counted = [str(place + 1) for place in range(len(texts))] if mark is NUMBER else signs[:1] * len(texts)
        if len(signs) == len(texts) > 1 and signs == counted:
            return [text[one.end() :] for text, one in zip(texts, found, strict=True) if one]
    return list(texts)


def starred(text: str) -> Option:
    """A star at either end marks the right option; the letters between are the option."""
    bare = text.strip()
    if len(bare) > 1 and (bare.startswith("*") != bare.endswith("*")):
        return Option(bare.strip("*").strip(), True)
    return Option(bare)
