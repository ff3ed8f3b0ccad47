"""The two-parameter model of item response: fitted by a child process, where `python3 -m app add statistics` was said.

Without it, below `LEAST` papers or when the child fails there are no curves and the classical figures stand alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import structlog

from app.models.engines import without_database

log = structlog.get_logger()
ROOT = Path(__file__).resolve().parents[4]
LEAST = 200
"""Answers to a question from which a curve says something."""
STEEPEST, FLATTEST, FARTHEST = 5000, 100, 6000
"""The ends of what is fitted, thousandths: a curve that ran there fits nothing, as where all questions are alike."""
WALL_S = 120
"""How long the process that fits the model may take, seconds."""


@dataclass(frozen=True)
class Asked:
    """The questions of which curves can be fitted, and a row for each paper, as the child reads them."""

    names: list[str]
    rows: bytes


NOTHING = Asked([], b"")


def curves(papers: Sequence[Mapping[str, bool]]) -> dict[str, tuple[int, int]]:
    """Question -> (slope, place) in thousandths, of papers that say which questions were right."""
    return fitted(asked_of(papers))


def asked_of(papers: Sequence[Mapping[str, bool]]) -> Asked:
    """The questions that enough papers answer, and their rows: work for a thread of its own."""
    asked: dict[str, list[bool]] = {}
    for paper in papers:
        for name, right in paper.items():
            asked.setdefault(name, []).append(right)
    names = sorted(name for name, all_of in asked.items() if len(all_of) >= LEAST and len(set(all_of)) > 1)
    if len(names) < 3 or find_spec("mirt") is None:
        return NOTHING
    rows = [[int(paper[name]) if name in paper else -1 for name in names] for paper in papers]
    return Asked(names, json.dumps([row for row in rows if max(row) >= 0]).encode())


def fitted(asked: Asked) -> dict[str, tuple[int, int]]:
    """The curves, by the child, which is waited for on the loop: gevent follows no process from another thread."""
    if not asked.names:
        return {}
    if without_database.get():
        raise RuntimeError("a process is begun on a thread that computes")
    command = [sys.executable, "-m", "app.services.contests.results.latent_child"]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module, no shell
            command, input=asked.rows, capture_output=True, timeout=WALL_S, cwd=ROOT, env=environment, check=True
        )
        found = json.loads(done.stdout)
        return {
            name: (int(slope), int(place))
            for name, (slope, place) in zip(asked.names, found, strict=False)
            if FLATTEST < slope < STEEPEST and abs(place) < FARTHEST
        }
    except (subprocess.SubprocessError, ValueError):
        log.warning("no curves of questions", questions=len(asked.names))
        return {}
