"""Sentences as data: a Vietnamese msgid with values the shell writes in the reader's language.

    Said(N_("Mở từ %(opens)s"), {"opens": At(1796605200000000)})

A value is a number, a string, words of the organiser by language, one of the kinds below, a sentence, or
a tuple of sentences (joined by "; ").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class At:
    """A moment, microseconds; written with hour and day in Việt Nam time."""

    at: int


@dataclass(frozen=True)
class Seconds:
    """A duration; written as minutes where it is whole minutes."""

    seconds: int


@dataclass(frozen=True)
class HalfPoints:
    half: int


@dataclass(frozen=True)
class Money:
    """Đồng."""

    dong: int


@dataclass(frozen=True)
class Named:
    """Something only the shell can name: `what` is "chapter", "kind", "group", "topic"."""

    what: str
    key: int | str


@dataclass(frozen=True)
class Said:
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A numbered part of the rules page. `title` is a msgid."""

    key: str
    title: str
    items: tuple[Said, ...]
