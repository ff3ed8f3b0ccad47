"""The check of a published page that anybody can make, without any database: `check_page(html)`.

Three things have to hold: the table of numbers has the signed digest, every visible row is the signed one, and the
signature is that of the key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

from app.services.contests.publishing.export import digest_of
from app.services.contests.publishing.rows import digest_of_row, digest_of_rows, visible_rows
from app.services.contests.publishing.signing import Seal
from app.services.signing import holds
from quizzes.refusals import Rejected

PAGE_DATA = re.compile(r'<script type="application/json" id="publication">(.*?)</script>', re.DOTALL)
COMPARED = 3
"""The cells of a row that are compared: rank, name, chapter."""


@dataclass(frozen=True)
class RowCheck:
    """A visible row of a page: whether it is as it was signed. `note` says why its name cannot be checked."""

    place: int
    shown: tuple[str, ...]
    holds: bool
    note: str = ""
    """"", "erased" or "renamed"."""
    erased_at: int = 0


@dataclass(frozen=True)
class PageCheck:
    """The claims of a published page, and the checks of its table, rows and signature."""

    seal: Seal
    public_key: str
    digest_holds: bool
    signature_holds: bool
    rows: tuple[RowCheck, ...] = ()

    @property
    def rows_hold(self) -> bool:
        return all(one.holds for one in self.rows)


def check_page(html: str) -> PageCheck:
    """Rejected("bad_file") where the page is none of ours."""
    found = PAGE_DATA.search(html)
    try:
        data = json.loads(unescape(found.group(1))) if found else {}
        seal = Seal(**data["seal"])
        signature = holds(data["public_key"], data["signature"], seal.text())
        rows = _rows(html, data, seal) if seal.rows else ()
        return PageCheck(seal, data["public_key"], digest_of(data["results"]) == seal.digest, signature, rows)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        raise Rejected("bad_file") from None


def _rows(html: str, data: Mapping[str, Any], seal: Seal) -> tuple[RowCheck, ...]:
    """Every row that was signed, then those of the page that were not: neither may be missing."""
    signed = data["rows"]
    whole = digest_of_rows([row[3] for row in signed]) == seal.rows
    boards = visible_rows(data["results"], data["top"])
    reader = _Rows()
    reader.feed(html)
    shown = {place: tuple(cells[:COMPARED]) for place, cells in reader.rows.items()}
    found = []
    for place, row in enumerate(signed):
        cells = shown.pop(place, ())
        one = _row(place, cells, row, boards[place] if place < len(boards) else None)
        found.append(one if whole else RowCheck(place, cells, False))
    return (*found, *(RowCheck(place, cells, False) for place, cells in shown.items()))


def _row(place: int, cells: tuple[str, ...], signed: list[Any], board: Any) -> RowCheck:
    name, chapter, salt, digest, erased_at = signed
    if board is None:
        return RowCheck(place, cells, False)
    wave, division, numbers = board
    rank = str(numbers[0])
    if name is None:
        return RowCheck(place, cells, cells[:1] == (rank,), "erased" if erased_at else "renamed", erased_at)
    right = digest_of_row(salt, place, wave, division, numbers[0], name, chapter) == digest
    return RowCheck(place, cells, right and cells == tuple(map(_spaced, (rank, name, chapter))))


def _spaced(text: str) -> str:
    return " ".join(text.split())


class _Rows(HTMLParser):
    """The cells of the rows that carry `data-row`."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, list[str]] = {}
        self._at: int | None = None
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            number = dict(attrs).get("data-row") or ""
            self._at = int(number) if number.isdecimal() else None
            if self._at is not None:
                self.rows[self._at] = []
        self._cell = tag == "td" and self._at is not None
        if self._cell and self._at is not None:
            self.rows[self._at].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "tr"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell and self._at is not None:
            self.rows[self._at][-1] = _spaced(self.rows[self._at][-1] + data)
