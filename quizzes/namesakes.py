"""Chapters of one name beside each other: the name of the one above tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

LONGEST = 200
"""The most letters of a name, as it is stored."""


def told_apart(names: Mapping[int, str], above: Mapping[int, str]) -> dict[int, str]:
    """Each name; one that stands more than once is followed by the name of the chapter above it."""
    often = Counter(names.values())
    return {
        number: f"{name}, {above[number]}"[:LONGEST] if often[name] > 1 and above.get(number) else name
        for number, name in names.items()
    }
