"""A start brings older data on after a backup, and says of any other data what is true of it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import Stop, tables
from app.cli import backup as backups
from app.config import Settings
from app.models.engines import database
from app.models.stamps import Stamp
from tests.conftest import settings_for
from tests.versions.opening import put


@pytest.fixture
def old(database_url: str, tmp_path: Path) -> Iterator[Settings]:
    """The bound database holds the data of 0.1.0."""
    put("0.1.0", database_url)
    database.bind(database_url)
    yield settings_for(tmp_path, database_url)
    database.dispose()


def test_older_data_is_brought_on_after_a_backup(old: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert tables.bring_on(old) is False
    (made,) = (old.instance / "backups").glob("before-*.zip")
    said = capsys.readouterr()
    assert "0.1.0" in said.err and str(made) in said.err and said.out == ""
    with zipfile.ZipFile(made) as pack:
        pack.extract("sanchoi.db", old.instance / "kept")
    database.bind(f"sqlite:///{old.instance}/kept/sanchoi.db")
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "c74e378aaa07"
        assert connection.exec_driver_sql("SELECT count(*) FROM ballot").scalar() == 3


def test_the_next_start_makes_no_backup(old: Settings) -> None:
    for _ in range(2):
        tables.bring_on(old)
    assert len(list((old.instance / "backups").glob("*.zip"))) == 1


def test_without_its_backup_nothing_is_upgraded(old: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(backups, "copy_database", full)
    with pytest.raises(OSError, match="no space"):
        tables.bring_on(old)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "c74e378aaa07"


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        (Stamp("newer", "from2030", "0.10.0"), "newer version of the program (0.10.0;"),
        (Stamp("development", "d38de3c29a5e"), "made by a development version of 23-11-2026 and cannot be upgraded"),
        (Stamp("unknown", "other"), "not made by any version of this program (other)"),
        (Stamp("unknown"), "not made by any version of this program."),
    ],
)
def test_every_kind_of_data_has_its_own_sentence(stamp: Stamp, words: str) -> None:
    assert words in tables.sentence(stamp) and "Nothing was changed" in tables.sentence(stamp)


def test_a_file_that_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "sanchoi.db").write_bytes(b"not a database" * 100)
    database.bind(f"sqlite:///{tmp_path}/sanchoi.db")
    with pytest.raises(Stop, match=r"cannot be opened: file is not a database"):
        tables.bring_on(settings_for(tmp_path, f"sqlite:///{tmp_path}/sanchoi.db"))
    database.dispose()
