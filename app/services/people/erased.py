"""The numbers of erased people, in a file beside the backups: whoever restores one of them forgets these people again.

A line holds a member's number and the number of the instance, because numbers of another one mean other people.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import structlog

NAME = "erased.txt"
LINE = re.compile(r"(\d+) (\S+)")
log = structlog.get_logger()


class Kept:
    """The file in which this process writes the numbers; there is none before `bind`."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._instance = ""

    def bind(self, folder: Path, instance: str) -> None:
        """Write into this folder from now on."""
        self._folder, self._instance = folder, instance

    def note(self, number: int) -> None:
        """Keep one number. A disk that is full does not stop an erasure: the next backup writes the list anew."""
        if self._folder is None:
            return
        try:
            add(self._folder, self._instance, [number])
        except OSError:
            log.exception("the list of erased people cannot be written", folder=str(self._folder))


kept = Kept()


def add(folder: Path, instance: str, numbers: Iterable[int]) -> None:
    """Append what is not there yet, and see it on the disk."""
    fresh = sorted(set(numbers) - numbers_in(folder, instance))
    if fresh:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(folder / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(file, "a") as lines:
            lines.writelines(f"{number} {instance}\n" for number in fresh)
            lines.flush()
            os.fsync(lines.fileno())


def numbers_in(folder: Path, instance: str) -> set[int]:
    """The numbers a folder's list holds of this instance."""
    try:
        text = (folder / NAME).read_text()
    except OSError:
        return set()
    return numbers_in_text(text, instance)


def numbers_in_text(text: str, instance: str = "") -> set[int]:
    """The numbers of a list's text, of one instance or, where none is named, of all."""
    lines = (found for line in text.splitlines() if (found := LINE.fullmatch(line)))
    return {int(found[1]) for found in lines if instance in ("", found[2])}
