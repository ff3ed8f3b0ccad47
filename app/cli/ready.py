"""Make everything that is made at a first start but the data, so that the program's own folder may be read-only."""

from __future__ import annotations

import compileall

from app.cli import first_run
from app.environment import ROOT
from app.process_settings import read_settings


def run(argv: list[str]) -> int:
    """The environment stands already when this runs: it was made to run this."""
    first_run.compile_translations(read_settings())
    for folder in ("app", "quizzes", "migrations"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    return 0
