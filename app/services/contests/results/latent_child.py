"""The child process that fits curves: `python -m app.services.contests.results.latent_child < rows > curves`.

Rows are papers, columns questions: 1 right, 0 wrong, -1 not asked. On stdout [[slope, place], ...] in thousandths.
"""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module
from typing import Any

CPU_S, MEMORY = 60, 2 * 1024**3
"""The bounds of this process: CPU seconds and bytes of address space."""


def fitted(rows: list[list[int]]) -> list[list[int]]:
    """Slope and place of each question by marginal maximum likelihood."""
    mirt: Any = import_module("mirt")  # an extra: python3 -m app add statistics
    numpy: Any = import_module("numpy")
    model = mirt.fit_mirt(numpy.array(rows), "2PL", compute_standard_errors=False).model
    return [
        [round(1000 * float(slope)), round(1000 * float(place))]
        for slope, place in zip(model.discrimination, model.difficulty, strict=True)
    ]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(fitted(json.load(sys.stdin)), sys.stdout)
