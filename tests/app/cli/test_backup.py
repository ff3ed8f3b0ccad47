"""A backup is whole, private, and made while the server writes."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.cli import Stop
from app.cli import backup as module
from app.cli.backup import backup
from app.models.engines import Database
from tests.conftest import settings_for
from tests.databases import PostgresCopies
from tests.versions.opening import counted, put, rows_of


def test_a_backup_holds_the_database_pictures_and_secrets(tmp_path: Path, sqlite_url: str) -> None:
    settings = settings_for(tmp_path, sqlite_url)
    (tmp_path / "media").mkdir()
    (tmp_path / "media/picture.webp").write_bytes(b"picture")
    (tmp_path / "secret_key").write_text("kept")
    (tmp_path / "server.json").write_text("{}")
    with closing(sqlite3.connect(str(settings.sqlite_file), isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE mark (at)")
        writer.execute("INSERT INTO mark VALUES (749)")
        made = backup(settings, tmp_path / "backups" / "today.zip")
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700
    with zipfile.ZipFile(made) as pack:
        assert set(pack.namelist()) == {"sanchoi.db", "backup.json", "media/picture.webp", "secret_key"}
        pack.extract("sanchoi.db", tmp_path / "restored")
    with closing(sqlite3.connect(tmp_path / "restored/sanchoi.db")) as restored:
        assert restored.execute("SELECT at FROM mark").fetchall() == [(749,)]


def test_a_backup_of_postgresql_is_whole_and_tells_nobody_the_password(
    tmp_path: Path, postgresql_copies: PostgresCopies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)  # no other program is started
    with postgresql_copies.fresh(tmp_path) as url:
        told = put("0.1.0", url)
        database = Database()
        database.bind(url)
        before = rows_of(database.engine)
        made = backup(settings_for(tmp_path, url), tmp_path / "today.zip")
        database.dispose()
    with zipfile.ZipFile(made) as pack:
        about = json.loads(pack.read("backup.json"))
        pack.extract("sanchoi.db", tmp_path)
    database.bind(f"sqlite:///{tmp_path}/sanchoi.db")
    after = rows_of(database.engine)
    database.dispose()
    assert about["revision"] == "c74e378aaa07" and about["rows"]["seat"] == len(before["seat"])
    for table, rows in before.items():
        columns = list(rows[0]) if rows else []
        assert counted(rows, columns) == counted(after[table], columns), table
    assert told


def test_a_number_once_given_is_not_given_again_after_a_copy(tmp_path: Path, postgresql_copies: PostgresCopies) -> None:
    with postgresql_copies.fresh(tmp_path) as url:
        database = Database()
        database.bind(url)
        with database.engine.begin() as connection:
            connection.execute(text("SELECT setval(pg_get_serial_sequence('sign_in', 'id'), 749)"))
        made = backup(settings_for(tmp_path, url), tmp_path / "today.zip")
        database.dispose()
    with zipfile.ZipFile(made) as pack:
        pack.extract("sanchoi.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "sanchoi.db")) as copy:
        assert copy.execute("SELECT seq FROM sqlite_sequence WHERE name = 'sign_in'").fetchall() == [(749,)]


def test_regular_backups_keep_the_newest_and_touch_no_other(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path, sqlite_url)
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("before-0.2.0-20200101-000000.zip", "regular-20200101-000000.zip", "by hand.zip"):
        (folder / name).touch()
    names = iter(f"regular-2026112{number}-080000.zip" for number in range(9))
    monkeypatch.setattr(module.time, "strftime", lambda _: next(names))
    monkeypatch.setattr(module.time, "sleep", lambda _: None)
    module.make_regularly(settings, 300, 2, folder, times=3)
    assert {path.name for path in folder.iterdir()} == {
        "before-0.2.0-20200101-000000.zip",
        "by hand.zip",
        "regular-20261121-080000.zip",
        "regular-20261122-080000.zip",
    }


def test_a_backup_that_fails_is_said_and_the_next_is_made(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_for(tmp_path, sqlite_url)
    full = iter([OSError("no space left"), None])
    real = module.copy_database

    def copy(*args: object) -> None:
        problem = next(full)
        if problem:
            raise problem
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "copy_database", copy)
    monkeypatch.setattr(module.time, "sleep", lambda _: None)
    assert module.make_regularly(settings, 300, 2, tmp_path, times=2) == 0
    said = capsys.readouterr()
    assert "no space left" in said.err and said.out.count(".zip") == 1


def test_a_disk_that_is_not_mounted_is_said_and_nothing_is_made_in_its_place(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, elsewhere = settings_for(tmp_path / "instance", sqlite_url), tmp_path / "mount" / "chapter"
    monkeypatch.setattr(module, "read_settings", lambda: settings)
    with pytest.raises(Stop, match="is its disk mounted"):
        module.run(["--every", "5m", str(elsewhere)])
    monkeypatch.setattr(module.time, "sleep", lambda _: None)
    assert module.make_regularly(settings, 300, 2, elsewhere, times=2) == 0
    assert capsys.readouterr().err.count("is its disk mounted") == 2
    assert not elsewhere.parent.exists()


@pytest.mark.parametrize(("words", "seconds"), [("5m", 300), ("30s", 30), ("2h", 7200), ("1d", 86400)])
def test_a_period_is_written_as_people_do(words: str, seconds: int) -> None:
    assert module.period(words) == seconds


def test_a_backup_inside_the_folder_does_not_swallow_itself(tmp_path: Path, sqlite_url: str) -> None:
    for _ in range(2):
        made = backup(settings_for(tmp_path, sqlite_url), tmp_path / "inside.zip")
    with zipfile.ZipFile(made) as pack:
        assert set(pack.namelist()) == {"sanchoi.db", "backup.json"}


def test_without_data_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "nowhere", "sqlite:////nowhere/at.db")
    with pytest.raises(Stop, match="no data"):
        backup(settings, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()
