"""The memory a process needs at its worst moment: memory freed again by the end of an attack counts as well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MB = 1024 * 1024
MOST = 5 * MB
"""The most memory an attack may cost, however large it is, bytes."""


@contextmanager
def no_more_than(most: int, pid: int, about: str = "") -> Iterator[None]:
    """The process never needs more than `most` bytes beyond what it has now, until the block ends."""
    process = Path(f"/proc/{pid}")
    before = int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    (process / "clear_refs").write_text("5")  # from here on the kernel keeps the highest value anew
    yield
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    grown = int(status["VmHWM"].split()[0]) * 1024 - before
    assert grown < most, f"{grown / MB:.1f} MB at the worst moment {about}"
