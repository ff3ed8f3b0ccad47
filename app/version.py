"""The version of this program."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def program_version(root: Path = ROOT) -> str:
    """The version in `pyproject.toml`, the only place that names it."""
    return str(tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"])
