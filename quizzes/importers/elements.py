"""Looking into XML elements whatever their namespace."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from quizzes.importers.contract import LINE


def name_of(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def line_of(element: Element) -> int:
    line = element.get(LINE) or ""
    return int(line) if line.isdigit() else 1


def children(element: Element, *names: str) -> Iterator[Element]:
    return (one for one in element if name_of(one) in names)


def child(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None) if element is not None else None


def inside(element: Element, *names: str) -> Iterator[Element]:
    return (one for one in element.iter() if name_of(one) in names)


def words(element: Element | None) -> str:
    """All text inside, in order."""
    return "".join(element.itertext()).strip() if element is not None else ""
