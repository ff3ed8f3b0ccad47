"""Sources an organiser can find: each document names its day, or is known by a number or an address instead.

A document without any of these stands here with the reason; another one is a fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quizzes.questions.contract import Question

DAY = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-](19|20)\d\d\b")
MONTH = re.compile(r"(?<![/\d])\d{1,2}/(19|20)\d\d\b(?!/)")
LAW = re.compile(r"\d+/\d{4}/[A-ZĐ]{2}|\d+[-/][A-ZĐ]{2,}")
STANDARD = re.compile(r"\b(RFC|IEC|ISO|NIST|FIPS|ITU-[RT])\b.*\d")
ADDRESS = re.compile(r"\b[a-z0-9-]+(\.[a-z0-9-]+)*\.(vn|org|com|net|gov|int|cern|info)\b")
WAYS = {
    "a day": DAY,
    "a month": MONTH,
    "the number of a law, a decision, a letter": LAW,
    "the number of a standard": STANDARD,
    "an address: a standing page, or an article whose day is not known": ADDRESS,
}
"""How a document is found, the surest way first."""
UNDATED = {
    "Cẩm nang chuyển đổi số, Bộ Thông tin và Truyền thông, 2021": "a printed book, which gives its year",
    "báo Sài Gòn Giải Phóng, bài về Ngày không tiền mặt, 2022": "its day is not stored; another article's is beside it",
    "Bộ Nội vụ, hồ sơ dự thảo nghị định phân loại đơn vị hành chính, 2025": "the file of a draft bears its year only",
    "báo Đầu tư, 2025": "its day is not stored; it stands beside the ministry's file",
    "Điều lệ Đoàn TNCS Hồ Chí Minh khóa XIII, 2026": "the day of the charter is not stored; two sources quote it",
    "Điều lệ khóa XIII, 2026": "the day of the charter is not stored; the charter of 2017 says the same",
    "đề ôn Hội thi Bí thư Đoàn cơ sở giỏi tỉnh Nghệ An năm 2026": "printed papers, known by their number and question",
}
"""The beginning of a document without day, number and address -> why it has none."""


def documents(source: str) -> list[str]:
    """The documents of a source, which stand between semicolons; one inside brackets separates none."""
    return [one.strip() for one in re.split(r";(?![^()]*\))", source) if one.strip()]


def way(document: str) -> str:
    """How a document is found, or "" for one that has neither day, number nor address."""
    return next((name for name, pattern in WAYS.items() if pattern.search(document)), "")


def undated(source: str) -> Iterator[str]:
    """Documents of a source that nobody finds by a day, a number or an address, and that are not told of here."""
    return (one for one in documents(source) if not way(one) and not one.startswith(tuple(UNDATED)))


def section(questions: Sequence[Question]) -> list[str]:
    """The part of the page that tells how sources are found, as lines of Markdown."""
    named = [one for question in questions for one in documents(str(question.get("source") or ""))]
    counts = Counter(way(one) for one in named)
    return [
        "## Sources",
        "",
        "How the documents are found that questions name, each as often as it is named:",
        "",
        "| found by | times |",
        "| --- | --- |",
        *(f"| {name} | {counts[name]} |" for name in WAYS),
        f"| none of these, with a reason below | {counts['']} |",
        "",
        "| without a day | why |",
        "| --- | --- |",
        *(f"| {document} | {why} |" for document, why in UNDATED.items()),
    ]
