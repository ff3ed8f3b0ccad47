"""The first steps: repeated without harm, refused with a reason."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import Stop, addresses, first_run, running
from app.config import Settings
from app.models.engines import database
from tests.conftest import settings_for

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def new(tmp_path: Path) -> Settings:
    """The settings of an instance that does not exist yet."""
    return Settings.from_env({"SCS_INSTANCE": str(tmp_path / "instance")}, ROOT)


def test_the_first_run_makes_the_database_and_the_second_finds_it(new: Settings) -> None:
    first = first_run.prepare(new)
    second = first_run.prepare(new)
    database.dispose()
    assert (first.is_new, second.is_new) == (True, False)
    assert first.settings.secret_key == second.settings.secret_key != ""
    assert first.settings.secret_key != first.settings.metrics_token


def test_two_starts_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    found: list[str] = []
    starts = [threading.Thread(target=lambda: found.append(first_run.keep_secret(tmp_path / "key"))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(found) == 8
    assert len({secret for secret in found if secret}) == 1


def test_sqlite_on_a_network_share_is_refused(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/data {tmp_path} nfs4 rw 0 0\n")
    with pytest.raises(Stop, match=r"network folder .*nfs4"):
        first_run.refuse_network_folder(tmp_path / "instance/sanchoi.db", mounts)
    first_run.refuse_network_folder(Path("/srv/sanchoi.db"), mounts)
    first_run.refuse_network_folder(None, mounts)


def test_a_note_of_a_dead_server_counts_for_nothing(tmp_path: Path, sqlite_url: str) -> None:
    settings = settings_for(tmp_path, sqlite_url)
    assert running.find(settings) is None
    running.announce(settings)
    assert running.find(settings) is not None
    note = running.file_of(settings)
    note.write_text(note.read_text().replace('"pid": ', '"pid": 9999999'))
    assert running.find(settings) is None
    note.write_text("{")
    assert running.find(settings) is None


def test_addresses_of_containers_come_after_the_one_on_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        ("docker0", "172.17.0.1"),
        ("lo", "127.0.0.1"),
        ("wlan0", "192.168.1.5"),
        ("eth1", "10.0.0.7"),
        ("wan0", "8.8.8.8"),
    ]
    monkeypatch.setattr(addresses, "_interfaces", lambda: found)
    monkeypatch.setattr(addresses, "_on_the_way_out", lambda: "192.168.1.5")
    assert addresses.of_this_machine() == ["192.168.1.5", "10.0.0.7", "172.17.0.1"]


def test_a_database_that_does_not_answer_is_said_in_one_line(new: Settings) -> None:
    away = replace(new, database_url=f"postgresql://scs@/scs?host={new.instance}")
    with pytest.raises(Stop, match="cannot be opened"):
        first_run.prepare(away)
    database.dispose()
