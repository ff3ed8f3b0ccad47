"""A server whose system clock a test can set; its kernel's receive stamps follow."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import Server, serving

FOLDER = Path(__file__).with_name("jumping_clock")
HOUR_S = 3600


@dataclass
class SystemClock:
    """The clock of a server under test: so many seconds off, from the moment it is told."""

    file: Path
    off_s: int = 0

    def jump_to(self, off_s: int) -> None:
        """Set it; the new time holds for whatever is read or stamped from now on."""
        self.off_s = off_s
        with self.file.open("a") as file:
            file.write(f"{time.time_ns()} {off_s}\n")


@contextmanager
def jumping(folder: Path, **variables: str) -> Iterator[tuple[Server, SystemClock]]:
    """A server and its clock."""
    file = folder / "jumps"
    variables |= {"SCS_TEST_JUMP": str(file), "PYTHONPATH": str(FOLDER)}
    with serving(folder / "instance", "--no-demo", **variables) as server:
        yield server, SystemClock(file)
