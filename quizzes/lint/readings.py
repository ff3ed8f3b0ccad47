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
    Reading(("ai", "conduct", "data-cases", "life-digital", "payments", "vneid-practice"), 145, 5, "2026-11-30"),
    Reading(("digital-2030", "strategy", "transition-749"), 94, 1, "2026-11-30"),
    Reading(("cashless", "digital-day", "e-transactions", "personal-data", "public-services"), 84, 11, "2026-11-30"),
    Reading(("cyber-safety", "id-vneid", "youth-models", "youth-union"), 106, 29, "2026-11-30"),
    Reading(("basics", "helping-hands", "online-safety", "quick-answers", "services-practice"), 171, 12, "2026-11-30"),
    Reading(("the thirty written on that day, nineteen of them beside stored sources",), 30, 0, "2026-11-30"),
    Reading(("110 of all banks, drawn by lot",), 110, 2, "2026-11-30"),
    Reading(("the seven on the congress and the charter of 2026, beside their sources",), 7, 1, "2026-11-30"),
)
FOUND = (
    "Found and mended: orders of steps that could be right another way too (three), an e-wallet described as if no",
    "bank offered one, sources without an address, an article or a day (the articles of Mỹ Tho, Quảng Ninh and Hoài",
    "Ân, Cashless Day, local government). One was withdrawn: a “first” that one undated article claims. In the",
    "seven on the congress and the charter of 2026 every key is that of both sources; one right option stood out as",
    "the only one with half a year.",
)


def section() -> list[str]:
    """The part of the page that tells of second readings, as lines of Markdown."""
    return [
        "## Second reading",
        "",
        "Every question was read again by somebody who had not written it: is the key right and the only one, can",
        "it be guessed, does the explanation say why, is the English the same, does it still hold on that day.",
        "The words of all were read; sources were opened again where they are stored: the articles the project began",
        "with, and pages on the laws on identification, personal data, artificial intelligence, youth and consumers.",
        *FOUND,
        "",
        "| banks | read | mended | day |",
        "| --- | --- | --- | --- |",
        *(f"| {', '.join(one.banks)} | {one.read} | {one.mended} | {one.day} |" for one in READINGS),
    ]
