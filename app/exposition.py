"""The measures of all workers of one supervisor, as Prometheus reads them: whichever is asked answers for all.

Each writes its own into the instance folder every few seconds; how old they are is a measure, too, so that a worker
that hangs is seen.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prometheus_client import REGISTRY, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

AGE = "scs_worker_age_seconds"
EVERY_S = 5.0  # the time between two writings of the measures

Family = list[Any]
"""[name, what it means, type, [[name of a sample, labels, value], ...]]"""


class Exposition:
    """Serve the measures of worker `number` among `count`, through files in `folder`."""

    def __init__(self, folder: Path, number: int, count: int) -> None:
        self._folder, self._number, self._count = folder, number, count

    def text(self) -> bytes:
        """Everything, in the text format; each sample says its worker."""
        return generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        """The measures, as `generate_latest` asks a registry for them."""
        merged: dict[str, Metric] = {}
        age = GaugeMetricFamily(AGE, "How old a worker's measures are", labels=["worker"])
        for number in range(self._count):
            families, seconds = (own(), 0.0) if number == self._number else self._of(number)
            if not families:  # it is starting
                continue
            for name, about, kind, samples in families:
                metric = merged.setdefault(name, Metric(name, about, kind))
                for sample, labels, value in samples:
                    metric.add_sample(sample, {**labels, "worker": str(number)}, value)
            age.add_metric([str(number)], seconds)
        yield from merged.values()
        yield age

    def write(self) -> None:
        """Let the others know ours."""
        fresh = self._file(self._number).with_suffix(".new")
        fresh.parent.mkdir(mode=0o700, exist_ok=True)
        fresh.write_text(json.dumps(own()))
        fresh.replace(self._file(self._number))

    def write_for_ever(self) -> None:
        """The same while this process lives; on a full disk it is tried again."""
        while True:
            with contextlib.suppress(OSError):
                self.write()
            time.sleep(EVERY_S)

    def _file(self, number: int) -> Path:
        return self._folder / f"{number}.json"

    def _of(self, number: int) -> tuple[list[Family], float]:
        file = self._file(number)
        try:
            families: list[Family] = json.loads(file.read_text())
            return families, max(0.0, time.time() - file.stat().st_mtime)
        except (OSError, ValueError):
            return [], 0.0


def own() -> list[Family]:
    """The measures of this process. When each counter began to count is left out: it helps nobody here."""
    return [
        [
            family.name,
            family.documentation,
            family.type,
            [[one.name, one.labels, one.value] for one in family.samples if not one.name.endswith("_created")],
        ]
        for family in REGISTRY.collect()
    ]
