"""Sums along the tree of chapters: what stands at a chapter is its own and everything below it, wherever it hangs now.

A figure keeps the chapter of its day; that chapter's place in the tree is today's. So a branch that is moved takes its
history along, and one that was merged into another keeps its own line where it hung: nothing is lost or counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Path = str
"""`/1/7/23/`: every number from the root to the chapter itself."""


def along(own: Mapping[Path, int]) -> dict[Path, int]:
    """Path -> the sum of a chapter with everything below it, from what each has itself."""
    found: dict[Path, int] = {}
    for path, count in own.items():
        for above in upward(path):
            found[above] = found.get(above, 0) + count
    return found


def upward(path: Path) -> list[Path]:
    """The path and those of all above it, the root's first."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]


def below(of: Path, own: Mapping[Path, int], children: Iterable[Path]) -> tuple[int, dict[Path, int]]:
    """(what the chapter has itself, child -> its sum): together they are the chapter's sum."""
    sums = dict.fromkeys(children, 0)
    for path, count in own.items():
        if path.startswith(of) and path != of:
            child = path[: path.index("/", len(of)) + 1]
            if child in sums:
                sums[child] += count
    return own.get(of, 0), sums
