"""Vietnamese text: folding for search, order, comparison of typed answers, names people choose.

The same on every machine and in both databases: SQLite and PostgreSQL only store and compare what
is made here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from quizzes.refusals import Rejected
from quizzes.words import is_decent

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining huyền, hỏi, ngã, sắc, nặng: in this order Vietnamese dictionaries (and ICU) sort them."""
SHAPES = "\u0302\u0306\u031b"
"""Combining circumflex (â), breve (ă), horn (ơ): they make another letter of the alphabet."""
BAR = "\u0335"
"""Stands for the bar of đ, which Unicode does not decompose."""
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
PRIMARY = {letter: f"{0x20 + place:02x}" for place, letter in enumerate(ALPHABET)}
VOWELS = "aeiouy"
NAME_LENGTH = (2, 24)
"""Characters of a shown name: least, most."""
MARKS_PER_LETTER = 2
"""The most marks of one letter: Vietnamese needs two (ệ, ướ); more is a tower of marks that leaves its line."""
MOST_LETTERS, MOST_WORDS = 400, 40
"""Letters and words of a search that are looked at: the longest name of a chapter has fewer."""
UNSEEN = re.compile("[\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0000-\U0010ffff]")
"""Letters, symbols and marks that draw nothing, though they count as printable."""
EDGES = re.compile(r"^[^\w#%&@+*-]+|[^\w#%&@+*]+$|^-+(?!\d)|-+$")
"""Punctuation around a word; a minus before a digit, C++, C#, 5% stay."""

Letter = tuple[str, frozenset[str]]


def fold(text: str) -> str:
    """The text folded for search: no marks, đ as d, no case, single spaces ("Đặng Thị" -> "dang thi")."""
    bare = unicodedata.normalize("NFKD", text).replace("đ", "d").replace("Đ", "D").casefold()
    kept = (ch for ch in unicodedata.normalize("NFKD", bare) if unicodedata.category(ch) not in ("Mn", "Cf"))
    return " ".join("".join(kept).split())


def sought(text: str) -> list[str]:
    """The folded words of a search, the first of a text that is none: each becomes a condition of the database."""
    return fold(text[:MOST_LETTERS]).split()[:MOST_WORDS]


def sort_key(text: str) -> str:
    """Hex digits whose plain order is Vietnamese order: letters, then tones, then small before capital.

    Space < other signs < digits < letters < everything else, as ICU has it. Hex digits sort alike in
    every collation of every database.
    """
    primary, tones, cases = [], [], []
    for base, marks in _clusters(" ".join(text.split())):
        letter = base.lower()[:1]
        shaped = unicodedata.normalize("NFC", letter + "".join(mark for mark in marks if mark in SHAPES))
        primary.append(PRIMARY.get(shaped) or PRIMARY.get(letter) or _other(letter))
        tones.append(str(1 + max((1 + TONES.index(mark) for mark in marks if mark in TONES), default=0)))
        cases.append("2" if letter != base else "1")
    return "".join(primary) + "00" + "".join(tones).rstrip("1") + "0" + "".join(cases).rstrip("1") + "0"


def person_key(name: str) -> str:
    """Order of people: given name (the last word) first, then family name and middle names, word by word."""
    *before, given = name.split() or [""]
    return "".join(sort_key(word) for word in [given, *before])


def matches(typed: str, accepted: Iterable[str], marks: str = "required", case: str = "ignore") -> bool:
    """True when a typed answer is one of the accepted spellings.

        Never matters: NFC or NFD, spacing, punctuation around words, where the tone stands (hoà, hòa), y for
    i at the end of a syllable (kỹ, kĩ). `marks` "optional": a letter may lack its tone or all its marks;
    a wrong mark stays wrong.
    """
    letters = _letters(typed, case)
    return any(_agree(letters, _accepted(one, case), marks) for one in accepted)


def spelling(typed: str) -> str:
    """One form for all typed forms that `matches` holds equal with their marks: to count answers by."""
    return unicodedata.normalize(
        "NFC", "".join(base + "".join(sorted(marks)) for base, marks in _letters(typed, "ignore"))
    )


def clean_name(raw: object) -> str:
    """The name as shown, or Rejected("bad_name"): NFC, visible, 2 to 24 letters, decent, marks in bounds."""
    if not isinstance(raw, str) or len(raw) > 400:
        raise Rejected("bad_name")
    name = visible(raw)
    clusters = _clusters(name)
    if not NAME_LENGTH[0] <= len(clusters) <= NAME_LENGTH[1]:
        raise Rejected("bad_name")
    if any(not base or len(marks) > MARKS_PER_LETTER for base, marks in clusters):
        raise Rejected("bad_name")
    if not any(base.isalnum() for base, _ in clusters) or not is_decent(name):
        raise Rejected("bad_name")
    return name


def visible(raw: str) -> str:
    """NFC without control, direction, zero-width and blank characters; runs of spaces become one."""
    text = unicodedata.normalize("NFC", raw)
    if not text.isprintable() or UNSEEN.search(text):  # most texts hold none, and are not walked through
        text = "".join(ch for ch in text if ch.isspace() or (ch.isprintable() and not UNSEEN.match(ch)))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _clusters(text: str) -> list[tuple[str, str]]:
    """(base letter, its combining marks), from NFD; base "" where marks stand alone."""
    found: list[tuple[str, str]] = []
    for ch in unicodedata.normalize("NFD", text):
        if unicodedata.category(ch) not in ("Mn", "Me"):
            found.append((ch, ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + ch)
        else:
            found.append(("", ch))
    return found


def _other(letter: str) -> str:
    """The primary weight of what is no Vietnamese letter."""
    if letter == " ":
        return "01"
    if letter.isdecimal() and letter.isascii():
        return f"1{letter}"
    return ("fe" if letter.isalpha() else "02") + f"{ord(letter or chr(0)):06x}"


def _letters(text: str, case: str) -> list[Letter]:
    """Base letters with their marks, spaces gone, tone at the end of its vowels, kỹ as kĩ."""
    words = unicodedata.normalize("NFKC", text).translate(DASHES).split()
    if case == "ignore":
        words = [word.casefold() for word in words]
    return [letter for word in words for letter in _word(EDGES.sub("", visible(word)) or word)]


DASHES = {ord(dash): "-" for dash in "‐‑‒–—−"} | {ord(quote): "'" for quote in "‘’ʼ`´"}


def _word(word: str) -> list[Letter]:
    letters: list[Letter] = []
    tone: frozenset[str] = frozenset()
    clusters = _clusters(word.replace("đ", "d" + BAR).replace("Đ", "D" + BAR))
    for place, (base, marks) in enumerate(clusters):
        own = frozenset(marks)
        tone |= own & frozenset(TONES)
        following = clusters[place + 1][0].lower() if place + 1 < len(clusters) else ""
        if base.lower() in VOWELS and following and following in VOWELS:
            letters.append((base, own - frozenset(TONES)))
            continue
        letters.append((base, own | tone))
        tone = frozenset()
    if len(letters) > 1 and letters[-1][0] == "y" and letters[-2][0] in set("hklmstv"):
        letters[-1] = ("i", letters[-1][1])
    return letters


@lru_cache(maxsize=4096)
def _accepted(text: str, case: str) -> list[Letter]:
    return _letters(text, case)


def _agree(typed: list[Letter], accepted: list[Letter], marks: str) -> bool:
    if marks != "optional":
        return typed == accepted
    return len(typed) == len(accepted) and all(
        one == other and (has == wants or not has or has == wants - frozenset(TONES))
        for (one, has), (other, wants) in zip(typed, accepted, strict=True)
    )
