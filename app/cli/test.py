"""Check everything: style, types, translations and all tests; further words go to pytest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli import output_is_closed
from app.environment import ROOT
from app.telling import tell

PYTEST = ("-n", "4", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "10")
"""Four processes for the two cores of the smallest machine: much of the time is waiting for servers and browsers.
Each brings up the services it needs. In the order of the folders, so that the slow ones do not come last."""
MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 4 << 30
"""Bytes free in memory from which the tests keep their files there: each of their thousands of commits waits for a
disk otherwise, and none of them has to outlive the machine."""


def run(argv: list[str]) -> int:
    """Run every check, also after one has failed; 0 only when all are well."""
    workers = () if any(word.startswith(("-n", "-p", "--pdb")) for word in argv) else PYTEST
    checks = {
        "style": ("ruff", "check", "--quiet", "."),
        "form": ("ruff", "format", "--check", "--quiet", "."),
        "types": ("mypy", "--no-error-summary"),
        "translations": ("app.cli", "words", "--check"),
        "tests": ("pytest", *workers, *argv),
    }
    failed = []
    with tempfile.TemporaryDirectory(prefix="scs-compiled-") as folder, _compiling(folder, asked=not argv):
        for name, command in checks.items():
            began = time.monotonic()
            well = _done(command, folder)
            if not well and output_is_closed():
                raise BrokenPipeError
            tell(f"{name}: {'well' if well else 'FAILED'} in {time.monotonic() - began:.1f} s")
            if not well:
                failed.append(name)
    tell(f"FAILED: {', '.join(failed)}" if failed else "All is well.")
    return 1 if failed else 0


@contextmanager
def _compiling(compiled: str, *, asked: bool) -> Iterator[None]:
    """Compile the tests beside the first checks: four processes at once would each do the whole of it."""
    if not asked:
        yield
        return
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider"]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=nothing, stdout=nothing, stderr=nothing, env=_environment(compiled)
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _done(command: tuple[str, ...], compiled: str) -> bool:
    """Run one check; True when it finds no fault."""
    asked = [sys.executable, "-m", *command]
    return subprocess.run(asked, cwd=ROOT, stdin=subprocess.DEVNULL, env=_environment(compiled)).returncode == 0


def _environment(compiled: str) -> dict[str, str]:
    """The environment of the checks. Compiled Python is kept for all of them, also where that is switched off for good
    reasons: the tests start the program hundreds of times, and each start would compile it anew."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        environment.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    return environment
