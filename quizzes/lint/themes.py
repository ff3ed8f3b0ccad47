"""The themes that the practical banks were written for: how many questions each was to have, and has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizzes.questions.contract import Question


class Theme(NamedTuple):
    """A theme with the banks of its own, and beginnings of ids of the questions that other banks hold for it."""

    name: str
    wanted: int
    banks: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


THEMES = (
    Theme("situations of online safety", 60, ("online-safety",), (
        "qa-spam", "qa-captcha", "qa-chup-man-hinh", "qa-diet-virus", "qa-tuong-lua", "qa-an-danh", "qa-gian-diep",
        "qa-ngua-troy", "qa-sao-luu", "qa-wifi", "qa-115", "qa-114")),
    Theme("public services in practice", 40, ("services-practice",), (
        "hh-khong-dien-thoai", "lcds-huong-dan", "lcds-yeu-the")),
    Theme("the strategy to 2030, the youth union and its law", 60, ("digital-2030",), ("ls-", "tn-", "dl-")),
    Theme("VNeID in practice", 35, ("vneid-practice",)),
    Theme("payment, e-commerce, e-invoices", 35, ("payments",)),
    Theme("artificial intelligence", 30, ("ai",), ("qa-chatbot",)),
    Theme("basic digital concepts", 30, ("basics",)),
    Theme("cases of personal data", 25, ("data-cases",), ("hh-ghi-chep", "hh-chup-anh")),
    Theme("health, education, farming", 20, ("life-digital",)),
    Theme("conduct online", 20, ("conduct",)),
    Theme("facts of the articles the project began with", 19, (), ("mh-", "hh-mot-cong-hai", "hh-tin-tuong")),
)  # fmt: skip
SPARING = (
    "Of the strategy (Decision 1266/QĐ-TTg of 14 July 2026) number, name and day alone are asked, as its text could",
    "not be read. Of the congress (June 2026) and the charter of its term is asked what two stored sources say alike:",
    "the papers of Nghệ An's contest of secretaries, and the 300 questions on the resolution by the youth board of",
    "Phú Thọ's police; what one of them alone says is not asked. Searched for on 30 November 2026, in stored public",
    "pages, documentation and repositories.",
)
"""The facts that a theme leaves out, and where was looked."""


def written(theme: Theme, questions: Sequence[Question]) -> int:
    """The number of a theme's questions; those of its banks and those that others hold."""
    elsewhere = {bank for one in THEMES for bank in one.banks} - {"conduct"}
    return sum(
        one["topic"] in theme.banks or (one["topic"] not in elsewhere and one["id"].startswith(theme.elsewhere))
        for one in questions
    )


def section(questions: Sequence[Question]) -> list[str]:
    """The part of the page that tells of themes, as lines of Markdown."""
    rows = [f"| {one.name} | {one.wanted} | {written(one, questions)} |" for one in THEMES]
    return ["## Themes", "", "| theme | wanted | written |", "| --- | --- | --- |", *rows, "", *SPARING]
