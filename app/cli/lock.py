"""Renew requirements.lock, tests/requirements.lock and the locks of extras from pyproject.toml (for maintainers)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from app.additions import EXTRAS
from app.cli import Stop
from app.environment import ROOT, RUN_LOCK, TEST_LOCK

HEADER = "# Made by `python3 -m app lock` from pyproject.toml; do not edit.\n"
ADDRESS = re.compile(r"://|^(?!#).*(?:^|\s)(?:--(?!hash)|/)", re.MULTILINE)


def run(argv: list[str]) -> int:
    """Resolve both locks anew for every platform; `--upgrade` takes newer versions where allowed."""
    compile_lock(RUN_LOCK, "pyproject.toml", *argv)
    compile_lock(TEST_LOCK, "--group", "dev", "--constraints", str(RUN_LOCK), *argv)
    EXTRAS.mkdir(parents=True, exist_ok=True)
    for name in tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]:
        if name != "dev":
            beside = ("--constraints", str(RUN_LOCK), "--constraints", str(TEST_LOCK))
            compile_lock(EXTRAS / f"{name}.lock", "--group", name, *beside, *argv)
    return 0


def compile_lock(lock: Path, *options: str) -> None:
    """Write one lock; refuse to keep one that names a host, a folder of this machine or an option."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "--universal",
            "--generate-hashes",
            "--python-version",
            "3.11",
            "--no-annotate",
            "--no-header",
            "--no-emit-index-url",
            "--quiet",
            "--output-file",
            str(lock),
            *options,
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        env={k: v for k, v in os.environ.items() if k[:4] != "PIP_"},
    )
    if done.returncode:
        raise Stop(f"{lock} could not be made")
    text = lock.read_text()
    if leak := ADDRESS.search(text):
        raise Stop(f"{lock} names an address: {leak.group()}")
    lock.write_text(HEADER + text)
