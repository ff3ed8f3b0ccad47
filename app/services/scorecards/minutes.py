"""Minutes of a closed scorecard (biên bản): an official paper in Vietnamese, typeset on a thread of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.services.apart import apart
from app.services.files import archive
from app.services.scorecards.cards import Card
from app.services.scorecards.scoring import Line
from app.services.standings.opened import Snapshot
from quizzes.scorecards.criteria import SHAPES, most
from quizzes.settings.values import in_points
from quizzes.standing.rules import printed_group

TEMPLATE = Path(__file__).resolve().parents[3] / "templates" / "scorecards" / "minutes.typ"


def minutes(card: Card, lines: Sequence[Line], frozen: Snapshot | None, day: date) -> dict[str, Any]:
    """The content of the minutes."""
    plain, bonus = most(card.criteria)
    groups: dict[str, list[list[str]]] = {}
    for line in lines:
        row = [str(line.rank or "–"), line.name, line.parent, points(line.claimed), points(line.verified)]
        groups.setdefault(printed_group(line.group), []).append(row)
    return {
        "organ": card.chapter,
        "title": card.title,
        "day": [day.year, day.month, day.day],
        "most": points(plain),
        "bonus": points(bonus),
        "criteria": [[one.group, one.title, SHAPES[one.shape], points(one.most)] for one in card.criteria],
        "groups": [[name, rows] for name, rows in groups.items()],
        "proof": frozen.checkpoint if frozen else "",
        "digest": frozen.digest if frozen else "",
    }


def points(half: int) -> str:
    """12,5 as papers here write it."""
    return str(in_points(half)).replace(".", ",")


def as_pdf(paper: dict[str, Any]) -> bytes:
    """The PDF (PDF/A-2b, for the archive)."""
    return apart(archive.paper, TEMPLATE, json.dumps(paper, ensure_ascii=False))
