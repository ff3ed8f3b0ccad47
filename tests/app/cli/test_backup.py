"""A backup is whole, private, and made while the server writes."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import Stop
from app.cli.backup import backup
from tests.conftest import settings_for


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
    with zipfile.ZipFile(made) as pack:
        assert set(pack.namelist()) == {"sanchoi.db", "media/picture.webp", "secret_key"}
        pack.extract("sanchoi.db", tmp_path / "restored")
    with closing(sqlite3.connect(tmp_path / "restored/sanchoi.db")) as restored:
        assert restored.execute("SELECT at FROM mark").fetchall() == [(749,)]


def test_without_data_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "nowhere", "sqlite:////nowhere/at.db")
    with pytest.raises(Stop, match="no data"):
        backup(settings, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()
