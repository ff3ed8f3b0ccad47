"""The two-parameter model of item response: fitted by a child process, where `python3 -m app add statistics` was said.

Without it, below `LEAST` papers or when the child fails there are no curves and the classical figures stand alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import structlog

log = structlog.get_logger()
ROOT = Path(__file__).resolve().parents[4]
LEAST = 200
"""Answers to a question from which a curve says something."""
WALL_S = 120
"""How long the process that fits the model may take, seconds."""


def curves(papers: Sequence[Mapping[str, bool]]) -> dict[str, tuple[int, int]]:
    """Question -> (slope, place) in thousandths, of papers that say which questions were right."""
    asked: dict[str, list[bool]] = {}
    for paper in papers:
        for name, right in paper.items():
            asked.setdefault(name, []).append(right)
    names = sorted(name for name, all_of in asked.items() if len(all_of) >= LEAST and len(set(all_of)) > 1)
    if len(names) < 3 or find_spec("mirt") is None:
        return {}
    rows = [[int(paper[name]) if name in paper else -1 for name in names] for paper in papers]
    found = _fitted([row for row in rows if max(row) >= 0])
    return {name: (slope, place) for name, (slope, place) in zip(names, found, strict=False)}


def _fitted(rows: list[list[int]]) -> list[tuple[int, int]]:
    command = [sys.executable, "-m", "app.services.contests.results.latent_child"]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module, no shell
            command,
            input=json.dumps(rows).encode(),
            capture_output=True,
            timeout=WALL_S,
            cwd=ROOT,
            env=environment,
            check=True,
        )
        return [(int(slope), int(place)) for slope, place in json.loads(done.stdout)]
    except (subprocess.SubprocessError, ValueError):
        log.warning("no curves of questions", rows=len(rows))
        return []
