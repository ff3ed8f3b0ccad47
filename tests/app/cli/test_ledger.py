"""The command `ledger`: verify, checkpoint, export, and the check that needs no database."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import Stop, ledger
from app.models.engines import database
from app.services import points
from quizzes.ledger import Due
from tests.organisation import plant
from tests.people import AN


@pytest.fixture
def instance(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCS_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SCS_DATABASE_URL", sqlite_url)
    database.bind(sqlite_url)
    org = plant()
    points.post("show", 1, {org.members[AN]: Due(20, None)})
    return tmp_path


def test_the_ledger_is_verified_signed_exported_and_checked(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger.run(["verify"]) == 0
    capsys.readouterr()
    assert ledger.run(["checkpoint"]) == 0
    point = instance / "point.txt"
    point.write_text(capsys.readouterr().out)
    assert ledger.run(["export", str(instance / "ledger.jsonl")]) == 0
    database.dispose()
    assert ledger.run(["check", str(instance / "ledger.jsonl"), str(point)]) == 0
    cut = instance / "cut.jsonl"
    cut.write_text("\n".join((instance / "ledger.jsonl").read_text().splitlines()[:-1]))
    assert ledger.run(["check", str(cut), str(point)]) == 1
    with pytest.raises(Stop):
        ledger.run(["check", str(cut), str(instance / "ledger.jsonl")])
