"""The spread map as a bronze drum: chapters are sectors, rings are generations, every mark is a person taught.

Nobody is named, no line leads from one person to another, and a chapter with fewer than five taught is drawn with
the others. Marks of one kind and ring are one path of round dots, so 20,000 people stay below 300 KB.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

LEAST = 5  # people of a chapter that is named
MOST_RINGS = 4  # rings of the map
OTHERS = 0
"""The number of the sector in which chapters too small to stand alone are drawn."""


class Mark(StrEnum):
    """Marks who was taught."""

    FRIEND = "friend"
    RELATIVE = "relative"
    OTHER = "other"


@dataclass(frozen=True)
class Node:
    """One teaching: by which member, for which chapter; who the person became, if a member; whether they use it, and
    whether a witness saw it."""

    number: int
    member: int
    chapter: int
    mark: Mark
    taught_member: int | None = None
    used: bool = False
    witnessed: bool = False


def generations(nodes: Sequence[Node]) -> dict[int, int]:
    """Teaching -> its ring: 1 for those taught by members who were not taught themselves, and so on, at most four."""
    taught_by = {one.taught_member: one for one in reversed(nodes) if one.taught_member is not None}
    rings: dict[int, int] = {}

    def ring(one: Node, seen: frozenset[int]) -> int:
        above = taught_by.get(one.member)
        if above is None or above.number in seen or len(seen) >= MOST_RINGS:
            return 1
        return min(MOST_RINGS, ring(above, seen | {above.number}) + 1)

    for one in nodes:
        rings[one.number] = ring(one, frozenset({one.number}))
    return rings


@dataclass(frozen=True)
class Sector:
    """A chapter's part of the drum, as angles in turns (0..1), how many were taught there, and how many of them a
    witness saw."""

    chapter: int
    begin: float
    end: float
    count: int
    visits: int = 0


@dataclass(frozen=True)
class Dots:
    """Marks of one kind in one ring: their middles, from the middle of the drum; `size` is how wide each is."""

    ring: int
    mark: Mark
    used: bool
    size: float
    places: tuple[tuple[int, int], ...]

    @cached_property
    def path(self) -> str:
        """The path of an SVG, to be drawn with round strokes as wide as `size`."""
        return _path(self.places)


@dataclass(frozen=True)
class Picture:
    """Everything the drawing needs, in the units of a picture 1400 wide. `rings`: people by generation; `bands`: from
    where to where each ring that has people goes; `ring_visits`: those of a ring that a witness saw."""

    sectors: tuple[Sector, ...]
    dots: tuple[Dots, ...]
    rings: tuple[int, ...]
    bands: tuple[Band, ...]
    total: int
    used: int
    ring_visits: tuple[int, ...] = ()


Band = tuple[float, float]
INSIDE, OUTSIDE, BETWEEN = 152, 624, 16
"""The inner and the outer radius of the rings, and the space between two rings, units of the drawing."""
NARROWEST = 0.3
"""The least width of a ring, as a part of the widest one's."""
LARGEST = 46.0
"""The largest size of a figure in a ring, units of the drawing."""


def picture(nodes: Iterable[Node]) -> Picture:
    """Lays the people out: within a sector and ring in the order they were taught, as evenly as they fit. With fewer
    than five people nothing is drawn."""
    all_ = list(nodes)
    if len(all_) < LEAST:
        return Picture((), (), (0,) * MOST_RINGS, (), len(all_), sum(one.used for one in all_))
    rings = generations(all_)
    sectors = _sectors(Counter(one.chapter for one in all_), Counter(one.chapter for one in all_ if one.witnessed))
    where = {one.chapter: one for one in sectors}
    cells: dict[tuple[int, int], list[Node]] = {}
    for one in all_:
        home = one.chapter if one.chapter in where else OTHERS
        cells.setdefault((home, rings[one.number]), []).append(one)
    by_ring, seen = (
        tuple(those[ring] for ring in range(1, MOST_RINGS + 1))
        for those in (
            Counter(rings[one.number] for one in all_),
            Counter(rings[one.number] for one in all_ if one.witnessed),
        )
    )
    bands = _bands(by_ring[: max(rings.values())])
    size = _size(cells, where, bands)
    layers: dict[tuple[int, Mark, bool], list[tuple[int, int]]] = {}
    for (home, ring), those in sorted(cells.items()):
        for one, place in zip(those, _places(where[home], bands[ring - 1], len(those), size), strict=True):
            layers.setdefault((ring, one.mark, one.used), []).append(place)
    dots = tuple(Dots(*key, round(size * 0.78, 1), tuple(places)) for key, places in sorted(layers.items()))
    return Picture(sectors, dots, by_ring, bands, len(all_), sum(one.used for one in all_), seen)


def _bands(people: Sequence[int]) -> tuple[Band, ...]:
    """The radii of the rings, which share the drum by their people: so a young campaign fills it, and a small ring has
    its part."""
    shares = [max(math.sqrt(count), NARROWEST * math.sqrt(max(people))) for count in people]
    edges = [INSIDE + (OUTSIDE - INSIDE) * sum(shares[:n]) / sum(shares) for n in range(len(shares) + 1)]
    return tuple((begin, end - BETWEEN) for begin, end in pairwise(edges))


def _sectors(counts: Mapping[int, int], visits: Mapping[int, int]) -> tuple[Sector, ...]:
    """Sectors as wide as their people, at least a little; chapters with fewer than five share the last one."""
    large = {chapter: count for chapter, count in counts.items() if count >= LEAST}
    rest = sum(count for count in counts.values() if count < LEAST)
    seen = {chapter: visits.get(chapter, 0) for chapter in large}
    seen[OTHERS] = sum(count for chapter, count in visits.items() if chapter not in large)
    wanted = [(chapter, count) for chapter, count in sorted(large.items())] + ([(OTHERS, rest)] if rest else [])
    total = sum(math.sqrt(count) for _, count in wanted) or 1
    found, at = [], 0.0
    for chapter, count in wanted:
        wide = math.sqrt(count) / total
        found.append(Sector(chapter, at, at + wide, count, seen[chapter]))
        at += wide
    return tuple(found)


def _size(cells: Mapping[tuple[int, int], list[Node]], where: Mapping[int, Sector], bands: Sequence[Band]) -> float:
    """The distance of neighbouring marks at which the fullest cell still holds all of its own."""
    size = LARGEST
    for (home, ring), those in cells.items():
        inside, outside = bands[ring - 1]
        area = (where[home].end - where[home].begin) * math.pi * (outside**2 - inside**2)
        size = min(size, math.sqrt(area / len(those)) * 0.86)
    return max(size, 1.6)


def _places(sector: Sector, band: Band, count: int, size: float) -> list[tuple[int, int]]:
    """The places of a cell, as many as are asked for, row by row from the inside, in whole units."""
    wide, middle = band[1] - band[0], sum(band) / 2
    rows = max(1, min(int(wide / size), count))
    radii = [middle + (row - (rows - 1) / 2) * min(size, wide / rows) for row in range(rows)]
    gap = (sector.end - sector.begin) * 0.06
    found, before = list[tuple[int, int]](), 0
    for row, radius in enumerate(radii, 1):  # longer rows hold more
        until = round(count * sum(radii[:row]) / sum(radii))
        for column in range(until - before):
            turn = sector.begin + gap + (sector.end - sector.begin - 2 * gap) * (column + 0.5) / (until - before)
            angle = 2 * math.pi * (turn - 0.25)
            found.append((round(radius * math.cos(angle)), round(radius * math.sin(angle))))
        before = until
    return found


def _path(places: Sequence[tuple[int, int]]) -> str:
    """Dots as strokes of no length, each relative to the one before."""
    parts, x, y = [], 0, 0
    for nx, ny in places:
        dx, dy = nx - x, ny - y
        parts.append(f"m{dx}{'' if dy < 0 else ' '}{dy}h0")
        x, y = nx, ny
    return "".join(parts)
