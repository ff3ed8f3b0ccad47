"""A member's data in targets: their declarations; figures an organiser typed stay as numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.targets import Declaration, TargetFigure
from app.services.personal import Part


def _copy(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Declaration).where(Declaration.member_id == member_id).order_by(Declaration.what))
    return [{"what": one.what, "at": one.at} for one in rows]


def _erase(db: Session, member_id: int) -> None:
    db.execute(delete(Declaration).where(Declaration.member_id == member_id))


def _copy_figures(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(TargetFigure).where(TargetFigure.made_by == member_id).order_by(TargetFigure.made_at))
    return [
        {
            "target": one.target_id,
            "chapter": one.chapter_id,
            "day": one.day.isoformat(),
            "count": one.count,
            "at": one.made_at,
        }
        for one in rows
    ]


PARTS = [
    Part("declarations", _copy, _erase, tables=("declaration",)),
    Part("target_figures", _copy_figures, tables=("target_figure",)),
]
