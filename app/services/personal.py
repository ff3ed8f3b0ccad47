"""The parts of what is known of a person. Each area offers its own, as `PARTS` of its `personal.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.services.offered import offered


@dataclass(frozen=True)
class Part:
    """One kind of personal data: how it is copied out and how it is erased (None: numbers only, it stays)."""

    name: str
    copy: Callable[[Session, int], Any]
    erase: Callable[[Session, int], None] | None = None


def parts() -> list[Part]:
    """All there are."""
    return [part for area in offered("personal") for part in area.PARTS]
