"""One worker answers for all: each sample says whose it is, and a worker that hangs is seen by its age."""

from __future__ import annotations

import os
import time
from pathlib import Path

from app import exposition
from app.exposition import Exposition
from app.measures import REFUSALS


def test_the_measures_of_all_workers_stand_in_one_text(tmp_path: Path) -> None:
    REFUSALS.labels("busy").inc()
    one, other = (Exposition(tmp_path / "metrics", number, 2) for number in (0, 1))
    assert 'worker="1"' not in one.text().decode(), "it has not written yet"
    other.write()
    text = one.text().decode()
    assert text.count("# TYPE scs_refusals_total counter") == 1
    assert 'scs_refusals_total{code="busy",worker="0"}' in text
    assert 'scs_refusals_total{code="busy",worker="1"}' in text


def test_a_worker_that_hangs_is_seen_by_the_age_of_what_it_wrote(tmp_path: Path) -> None:
    one, other = (Exposition(tmp_path / "metrics", number, 2) for number in (0, 1))
    other.write()
    then = time.time() - 300
    os.utime(tmp_path / "metrics" / "1.json", (then, then))
    ages = {line for line in one.text().decode().splitlines() if line.startswith(exposition.AGE + "{")}
    assert 'scs_worker_age_seconds{worker="0"} 0.0' in ages
    assert any(float(line.split()[-1]) >= 300 for line in ages)


def test_half_a_file_is_nobodys_measures(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics/1.json").write_text("[[")
    assert 'worker="1"' not in Exposition(tmp_path / "metrics", 0, 2).text().decode()
