"""Looking into QTI, 2.x or 3.0, whose names differ only in style: assessmentItem, qti-assessment-item."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from quizzes.importers.elements import name_of


def bare(element: Element) -> str:
    """qti-choice-interaction and choiceInteraction are one."""
    return name_of(element).removeprefix("qti-").replace("-", "").lower()


def found_in(element: Element, *names: str) -> Iterator[Element]:
    return (one for one in element.iter() if bare(one) in names)


def attribute(element: Element, name: str) -> str:
    """An attribute, in either style: responseIdentifier, response-identifier."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].replace("-", "").lower() == name:
            return str(value)
    return ""
