"""One and many, for languages that tell them apart. Vietnamese has one form, so a sentence there names a number once;
its English one says beside it what the number chooses: `%(n)s {n:point|points}`, for one and for all others.

A sentence may hold several numbers, and most are kept as data until somebody reads them, so the choice is made where
the numbers are put in. `static/js/count.js` does the same for numbers that only the browser knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import Domain
from markupsafe import Markup

CHOICE = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
ONES = frozenset({"1", "+1", "-1", "−1"})
"""A number as it is written where one thing is meant."""
_LATER = re.compile(r"\{(\w+)\}")
"""A place that the browser fills: the choice is left to it, too."""


def chosen(text: str, values: Mapping[str, Any]) -> str:
    """The sentence with the form that goes with each of its numbers; one that is not given is left alone."""

    def form(found: re.Match[str]) -> str:
        name, one, many = found.groups()
        if name not in values:
            return found[0]
        said = str(values[name]).strip()
        if later := _LATER.fullmatch(said):
            return f"{{{later[1]}:{one}|{many}}}"
        return one if said in ONES or ("<" in said and Markup(said).striptags() in ONES) else many  # noqa: S704 (compared)

    return CHOICE.sub(form, text)


class Counting(str):
    """A sentence with choices: `%` makes them."""

    __slots__ = ()

    def __str__(self) -> str:
        return self

    def __mod__(self, values: Any) -> str:
        text = "".join(self)
        return str.__mod__(chosen(text, values) if isinstance(values, Mapping) else text, values)


class CountingMarkup(Markup):
    """The same where the words are put in escaped."""

    __slots__ = ()

    def __mod__(self, values: Any) -> Markup:  # type: ignore[override]
        text = "".join(self)
        said = Markup(chosen(text, values) if isinstance(values, Mapping) else text)  # noqa: S704 (ours)
        return said.__mod__(values)


def counting(text: str) -> str:
    """A sentence of the catalogue, ready for its numbers."""
    return Counting(text) if "{" in text and CHOICE.search(text) else text


def counting_markup(text: str) -> Markup:
    """The same for a template."""
    return CountingMarkup(text) if "{" in text and CHOICE.search(text) else Markup(text)  # noqa: S704 (ours)


class Sentences(Domain):  # type: ignore[misc]
    """Flask-Babel's catalogue, whose sentences choose."""

    def gettext(self, string: str, **variables: Any) -> str:
        said = counting(str(self.get_translations().ugettext(string)))
        return said % variables if variables else said
