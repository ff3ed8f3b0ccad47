"""Official papers: nothing runs off the sheet, whatever the words are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typst

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
WORD = "Đặng" * 60  # no gap in 240 letters
HEX = "0f" * 64
RIGHT_PT = 15 * 72 / 25.4
"""The right margin of these papers, points."""
MOVE = re.compile(r"matrix\(([-\d.e]+) [-\d.e]+ [-\d.e]+ [-\d.e]+ ([-\d.e]+) [-\d.e]+\)")
DAY = [2026, 11, 30]
CONTEST = {
    "above": WORD,
    "organ": WORD,
    "title": WORD,
    "state": "tạm thời",
    "day": DAY,
    "grounds": [WORD, f"Đợt 1: {WORD}"],
    "figures": [[WORD, "100.000"]],
    "decisions": [["1", "20:00", WORD, WORD]],
    "complaints": WORD,
    "winners": [{"title": WORD, "rows": [["1", *[WORD] * 4, "10", "6/6", "0:30", "500.000 đồng"]], "note": WORD}],
    "units": [[WORD, WORD, "1", WORD, WORD]],
    "payments": [["1", *[WORD] * 5, "500.000"]],
    "total": "500.000",
    "proof": [["Chữ ký số Ed25519", HEX]],
}
SCORECARD = {
    "organ": WORD,
    "title": WORD,
    "day": DAY,
    "most": "100",
    "bonus": "10",
    "criteria": [[WORD, WORD, WORD, "10"]],
    "groups": [[WORD, [["1", WORD, WORD, "9,5", "9"]]]],
    "proof": HEX,
    "digest": HEX,
}


def right_edges(svg: bytes) -> tuple[float, float]:
    """(where the last letter of all begins, the width of the sheet), points."""
    sheet, found = ElementTree.fromstring(svg), [0.0]

    def walk(node: Any, scale: float, x: float) -> None:
        for part in MOVE.findall(node.get("transform", "")):
            x, scale = x + scale * float(part[1]), scale * float(part[0])
        if node.tag.endswith("use"):
            found.append(x + scale * float(node.get("x", 0)))
        for one in node:
            walk(one, scale, x)

    walk(sheet, 1.0, 0.0)
    return max(found), float(sheet.get("viewBox", "").split()[2])


@pytest.mark.parametrize(
    ("template", "data"), [("contests/results/minutes.typ", CONTEST), ("scorecards/minutes.typ", SCORECARD)]
)
def test_no_letter_of_minutes_stands_in_the_margin_whatever_the_words_are(template: str, data: dict[str, Any]) -> None:
    pages: Any = typst.compile(TEMPLATES / template, sys_inputs={"data": json.dumps(data)}, format="svg")
    for svg in pages if isinstance(pages, list) else [pages]:
        last, width = right_edges(svg)
        assert last < width - RIGHT_PT, "it runs off the sheet"
