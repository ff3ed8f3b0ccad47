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
    capsys.readouterr()
    with pytest.raises(Stop):
        ledger.run(["check", str(cut), str(instance / "ledger.jsonl")])


def test_an_export_is_checked_over_a_rotated_key_and_a_stolen_one_is_told(
    instance: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        return ledger.run(list(words)), capsys.readouterr().out

    def point(name: str) -> Path:
        code, text = told("checkpoint")
        assert code == 0
        (instance / name).write_text(text)
        return instance / name

    file = str(instance / "ledger.jsonl")
    first = point("first.txt")
    assert told("rotate") == (0, "key 2\n")
    second = point("second.txt")
    assert "key 1 " in first.read_text() and "key 2 " in second.read_text()
    ledger.run(["export", file])
    public = first.read_text().split("key 1 ")[1].split()[0]
    database.dispose()
    assert told("check", file, str(first), str(second))[0] == 0
    assert told("check", file, str(second), "--key", public)[0] == 0, "whoever holds the first key reaches the second"
    lines = Path(file).read_text().splitlines()
    alone = instance / "alone.jsonl"
    alone.write_text("\n".join(line for line in lines if '"follows"' not in line or '"follows": ""' in line))
    code, said = told("check", str(alone), str(second), "--key", public)
    assert code == 1 and "khóa số 2" in said, "without the handover the new key proves nothing"
    forged = instance / "forged.txt"
    forged.write_text(second.read_text().replace("entries 1", "entries 0"))
    assert told("check", file, str(forged))[0] == 1
