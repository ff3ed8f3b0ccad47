"""The panels of every area on a member's first page and on a chapter's page: `mine.py` of its folder, found by name.

ON_ME       (member) -> panels: what is mine of this area, and what comes next
ON_FRONT    () -> panels: what everybody sees on the first page
ON_CHAPTER  (chapter) -> panels: what the chapter has of it, for everybody who may see the chapter
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module, util
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from app import pages as areas_of_pages
from app.services.commit import reading_together
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember


@dataclass(frozen=True)
class Line:
    """One thing: what it is, where it leads, what is said below it, and a figure or a state at its end."""

    words: str
    href: str = ""
    under: str = ""
    figure: str = ""
    good: bool = False


@dataclass(frozen=True)
class Panel:
    """A part of the page. `headline` is its one large figure; `next` what the person can do now; `more` leads on."""

    title: str
    lines: tuple[Line, ...] = ()
    headline: str = ""
    text: str = ""
    next: Line | None = None
    more: Line | None = None
    template: str = ""
    """A template of the area that draws the rest from `about`, for what lines cannot say."""
    about: Any = None
    order: int = 50
    """Small comes first."""


@cache
def _offering() -> tuple[ModuleType, ...]:
    found = iter_modules(areas_of_pages.__path__)
    areas = [f"{areas_of_pages.__name__}.{one.name}" for one in found if one.ispkg]
    return tuple(import_module(f"{area}.mine") for area in areas if util.find_spec(f"{area}.mine"))


@reading_together
def on_me(member: CurrentMember) -> list[Panel]:
    """The panels of a member's first page."""
    return _in_order(panel for area in _offering() for panel in _call(area, "ON_ME", member))


@reading_together
def on_front() -> list[Panel]:
    """The panels a stranger sees on the first page."""
    return _in_order(panel for area in _offering() for panel in _call(area, "ON_FRONT"))


@reading_together
def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """The panels of a chapter's page."""
    return _in_order(panel for area in _offering() for panel in _call(area, "ON_CHAPTER", chapter))


def _call(area: ModuleType, name: str, *of: Any) -> Iterable[Panel]:
    found = getattr(area, name, None)
    return found(*of) if found else ()


def _in_order(panels: Iterable[Panel]) -> list[Panel]:
    return sorted(panels, key=lambda one: one.order)
