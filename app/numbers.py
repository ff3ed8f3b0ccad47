"""Whole numbers in addresses and forms: what is longer than any number of ours is no number at all.

A database answers a number its columns cannot hold with an error, so such numbers end here: in a path
they are not found, in a query or a form they count as not given.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter
from werkzeug.utils import cached_property

DIGITS = 9
"""Fits the smallest column a number is compared with."""


class Number(IntegerConverter):
    """`<int:...>` in a route."""

    regex = rf"\d{{1,{DIGITS}}}"


class Fields(ImmutableMultiDict[str, str]):
    """The values sent: `get(..., type=int)` gives the default for a number that is too long."""

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]
        return super().get(key, default, whole if type is int else type)


class Asked(Request):
    parameter_storage_class = Fields

    @cached_property
    def values(self) -> Fields:  # type: ignore[override]
        return Fields([*self.args.items(multi=True), *self.form.items(multi=True)])


def whole(text: str) -> int:
    """The number a text says; ValueError if it is none or too long."""
    if not re.fullmatch(rf"\s*[+-]?\d{{1,{DIGITS}}}\s*", text):
        raise ValueError(text)
    return int(text)


def install(app: Flask) -> None:
    """Before any route is registered."""
    app.url_map.converters["int"] = Number
    app.request_class = Asked
