"""The list of second readings: a line for each bank that somebody read again, shown in docs/banks.md."""

from __future__ import annotations

from typing import NamedTuple


class Reading(NamedTuple):
    """A second reading: the banks, how many questions they held, how many were mended, the day."""

    banks: tuple[str, ...]
    read: int
    mended: int
    day: str


READINGS = (
    Reading(("basics", "helping-hands", "online-safety", "quick-answers", "services-practice"), 171, 39, "2026-11-30"),
)


def section() -> list[str]:
    """The part of the page that tells of second readings, as lines of Markdown."""
    return [
        "## Second reading",
        "",
        "Every question was read again by somebody who had not written it: is the key right and the only one, can",
        "it be guessed, does the explanation say why, is the English the same, does it still hold on that day.",
        "It was one pass over the words; the sources themselves were not opened again.",
        "",
        "| banks | read | mended | day |",
        "| --- | --- | --- | --- |",
        *(f"| {', '.join(one.banks)} | {one.read} | {one.mended} | {one.day} |" for one in READINGS),
    ]
