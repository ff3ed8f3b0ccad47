"""Spreads the tests over processes: file by file, and the pure ones one by one at the end.

A file keeps its servers and browsers to itself, so it stays in one process. What needs none of them fills the gaps
when the last long files come to their end.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadFileScheduling

PURE = "tests/quizzes/"


class FilesThenPure(LoadFileScheduling):  # type: ignore[misc]
    """Pure tests are a piece of work each, all others a file."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(PURE) else str(super()._split_scope(nodeid))


def in_order(items: list[pytest.Item]) -> None:
    """The pure ones last."""
    items.sort(key=lambda item: item.nodeid.startswith(PURE))
