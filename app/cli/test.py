"""Check everything: style, types, translations and all tests; further words go to pytest."""

from __future__ import annotations

import subprocess
import sys
import time

from app.bootstrap import say
from app.environment import ROOT

PYTEST = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "10")
"""Three processes for the two cores of the smallest machine: half of the time is waiting for servers and browsers.
Each brings up the services it needs. In the order of the folders, so that the slow ones do not come last."""


def run(argv: list[str]) -> int:
    """Run every check, also after one has failed; 0 only when all are well."""
    spread = () if any(word.startswith(("-n", "-p", "--pdb")) for word in argv) else PYTEST
    checks = {
        "style": ("ruff", "check", "--quiet", "."),
        "types": ("mypy", "--no-error-summary"),
        "translations": ("app.cli", "words", "--check"),
        "tests": ("pytest", *spread, *argv),
    }
    failed = []
    for name, command in checks.items():
        began = time.monotonic()
        code = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, stdin=subprocess.DEVNULL).returncode
        say(f"{name}: {'well' if code == 0 else 'FAILED'} in {time.monotonic() - began:.1f} s")
        if code:
            failed.append(name)
    say(f"FAILED: {', '.join(failed)}" if failed else "All is well.")
    return 1 if failed else 0
