"""The scope of a standing, and the chapters in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """The subtree, the kind of chapters, and the time: a season, or a campaign with season 0."""

    path: str
    kind: str
    season: int
    campaign: int


@dataclass(frozen=True)
class Compared:
    """A chapter of the comparison, as it is called now."""

    number: int
    name: str
    code: str
    parent: str
    path: str
