"""Everything moves to another engine and says the same there; nothing of a password is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import Stop
from app.cli import move as module
from app.models.engines import Database, database
from tests.conftest import forget_shows, settings_for
from tests.databases import PostgresCopies, emptied
from tests.versions.opening import Rows, counted, put, rows_of


def held(url: str) -> Rows:
    one = Database()
    one.bind(url)
    try:
        return rows_of(one.engine)
    finally:
        one.dispose()


def test_everything_moves_to_postgresql_and_back(tmp_path: Path, postgresql_copies: PostgresCopies) -> None:
    forget_shows()
    here, back = (f"sqlite:///{tmp_path}/{name}.db" for name in ("here", "back"))
    Path(f"{tmp_path}/here.db").touch()
    put("0.1.0", here)
    with postgresql_copies.fresh(tmp_path) as there:
        emptied(there)
        copied = module.move(settings_for(tmp_path, here), there)
        module.move(settings_for(tmp_path, there), back)
        rows = [held(url) for url in (here, there, back)]
    assert copied["ballot"] == 3
    for table, before in rows[0].items():
        columns = list(before[0]) if before else []
        assert counted(before, columns) == counted(rows[1][table], columns) == counted(rows[2][table], columns), table


def test_a_database_that_is_not_empty_is_left_alone(tmp_path: Path, sqlite_url: str) -> None:
    settings = settings_for(tmp_path / "other", f"sqlite:///{tmp_path}/source.db")
    settings.instance.mkdir()
    with pytest.raises(Stop, match="not empty"):
        module.move(settings, sqlite_url)
    database.dispose()


def test_a_copy_that_differs_is_said_and_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = f"sqlite:///{tmp_path}/here.db"
    Path(f"{tmp_path}/here.db").touch()
    put("0.1.0", here)
    real = module.copying.copy_rows

    def losing(source: object, target: object) -> dict[str, int]:
        copied = real(source, target)  # type: ignore[arg-type]
        target.exec_driver_sql("DELETE FROM ballot WHERE show_id = 1")  # type: ignore[attr-defined]
        return copied

    monkeypatch.setattr(module.copying, "copy_rows", losing)
    with pytest.raises(Stop, match=r"not the same.*ballot: 3 rows, then 1.*show differs"):
        module.move(settings_for(tmp_path, here), f"sqlite:///{tmp_path}/there.db")


def test_no_password_is_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "address"
    file.write_text("postgresql://an:bí-mật@nowhere.invalid/db\n")
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path}/here.db")
    for said, kept in (("postgresql://an:bí-mật@nowhere.invalid/db", None), (None, file)):
        assert "bí-mật" in module.address_of(settings, said, kept)
    told = capsys.readouterr()
    assert "bí-mật" not in told.out + told.err and told.err.count("--to-file") == 2
    with pytest.raises(Exception, match="an address beginning") as refusal:
        module.address_of(settings, "mysql://an:bí-mật@nowhere/db", None)
    assert "bí-mật" not in str(refusal.value)
