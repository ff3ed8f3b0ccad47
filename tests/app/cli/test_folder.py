"""The files of the instance folder are for its owner only, and the lines of a service hold no secret."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.cli import Stop, backup, first_run, folder, panel
from app.cli.first_run import DemoShow, Welcome
from app.config import Settings
from app.models.engines import database
from tests.conftest import settings_for

ROOT = Path(__file__).resolve().parents[3]


def test_everything_a_first_start_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        first_run.prepare(Settings.from_env({"SCS_INSTANCE": str(tmp_path / "instance")}, ROOT))
        database.dispose()
    finally:
        os.umask(before)
    made = [tmp_path / "instance", *(tmp_path / "instance").rglob("*")]
    assert len(made) > 3
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in made} == {path.name: "0o0" for path in made}


def test_a_folder_that_others_could_read_is_closed_with_all_it_holds(tmp_path: Path, sqlite_url: str) -> None:
    before = os.umask(0)
    (tmp_path / "media").mkdir(mode=0o777)
    (tmp_path / "media/picture.webp").touch(0o666)
    os.umask(before)
    tmp_path.chmod(0o755)
    elsewhere = tmp_path.parent / f"{tmp_path.name}.db"
    elsewhere.touch(0o644)
    folder.close(settings_for(tmp_path, f"sqlite:///{elsewhere}"))
    for path in (tmp_path, tmp_path / "media", tmp_path / "media/picture.webp", elsewhere):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_that_cannot_be_closed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", lambda self, mode: None)  # as on a file system without owners
    with pytest.raises(Stop, match="Other users of this machine can read"):
        folder.close(settings_for(tmp_path, f"sqlite:///{tmp_path}/sanchoi.db"))


def test_who_makes_a_backup_is_told_that_it_holds_secrets(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backup, "read_settings", lambda: settings_for(tmp_path, sqlite_url))
    backup.run([str(tmp_path / "made.zip")])
    said = capsys.readouterr()
    assert said.out == f"{tmp_path / 'made.zip'}\n"
    assert "holds secrets" in said.err
    assert "secrets" in (backup.__doc__ or "")


def test_links_of_a_service_lie_in_a_file_of_its_owner_and_not_in_its_log(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path, sqlite_url)
    demo = DemoShow("123456", "http://h/p/123456", "http://h/host/SECRET", "http://h/stage/SECRET")
    welcome = Welcome(demo, "http://h/start/SECRET")
    with (tmp_path / "log").open("w+") as log:
        monkeypatch.setattr(sys, "stderr", log)
        about = os.fstat(log.fileno())
        monkeypatch.setenv("JOURNAL_STREAM", f"{about.st_dev}:{about.st_ino}")
        panel.show(settings, welcome)
        panel.show(settings, welcome, supervisor=1)
        log.flush()
        said = (tmp_path / "log").read_text()
        assert "SECRET" not in said and str(tmp_path / "links.txt") in said
        kept = tmp_path / "links.txt"
        assert kept.read_text().count("SECRET") == 3 and kept.stat().st_mode & 0o077 == 0
        monkeypatch.setenv("JOURNAL_STREAM", "1:1")
        panel.show(settings, welcome)
        log.flush()
        assert "SECRET" in (tmp_path / "log").read_text() and not kept.exists()
