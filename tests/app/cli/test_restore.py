"""A restore rehearsed: a live show goes on from the backup, and who was erased since stays erased."""

from __future__ import annotations

import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import Stop, occupied
from app.cli import backup as backing
from app.cli import restore as module
from app.cli.backup import backup
from app.config import Settings
from app.models import schema
from app.models.engines import database
from app.services import points
from app.services.people import my_data
from app.services.people.erased import add, numbers_in
from app.services.people.members import member
from app.services.shows import shows
from tests import serving
from tests.app.live.hall import OPEN_ENDED, Hall, Person
from tests.conftest import forget_shows, settings_for
from tests.people import AN, BINH
from tests.versions.opening import put


def test_a_live_show_goes_on_after_a_restore(tmp_path: Path, database_url: str) -> None:
    instance = tmp_path / "instance"
    with serving.serving(instance, "--no-demo", SCS_DATABASE_URL=database_url) as server:
        hall = Hall.open(server, OPEN_ENDED)
        an, binh = hall.join(AN), hall.join(BINH)
        hall.advance("ready")
        hall.advance("open")
        assert an.answer(an.data["question"]["options"][0]["id"])["ok"]
        made = serving.command(instance, "backup", SCS_DATABASE_URL=database_url)
        assert made.returncode == 0, made.stderr
        assert binh.answer(binh.data["question"]["options"][0]["id"])["ok"]
        hall.advance("closed")
        hall.advance("revealed")
        seen, tickets = an.newest["v"], (hall.host.ticket, an.ticket, binh.ticket)
        for words in (["restore", made.stdout.strip()], ["serve", "--port=0"]):
            refused = serving.command(instance, *words, SCS_DATABASE_URL=database_url)
            assert refused.returncode == 1 and "Another program runs on the folder" in refused.stderr
        hall.close()
    done = serving.command(instance, "restore", made.stdout.strip(), SCS_DATABASE_URL=database_url)
    assert done.returncode == 0, done.stderr
    assert "shows going on 1" in done.stdout
    with serving.serving(instance, "--no-demo", SCS_DATABASE_URL=database_url) as server:
        urllib.request.urlopen(server.url, timeout=60).close()  # a busy machine starts slowly
        host, an, binh = (Person(server.url, ticket).connect() for ticket in tickets)
        hall.server, hall.host, hall.players = server, host, [an, binh]
        if host.phase == "suspended":
            hall.act("advance")
        hall.wait("open")
        assert an.newest["v"] > seen, "phones ignore a screen that is older than theirs"
        assert binh.answer(binh.data["question"]["options"][1]["id"])["ok"], "what was given after the backup is lost"
        hall.advance("closed")
        hall.advance("revealed")
        for one in (host, an, binh):
            one.leave()


@pytest.fixture
def old(database_url: str, tmp_path: Path) -> Iterator[Settings]:
    """An instance with the data of 0.1.0, upgraded."""
    put("0.1.0", database_url)
    database.bind(database_url)
    schema.upgrade(database.engine)
    (tmp_path / "instance_id").write_text("ours")
    yield settings_for(tmp_path, database_url)
    database.dispose()
    forget_shows()


def test_who_was_erased_after_the_backup_stays_erased(old: Settings, tmp_path: Path) -> None:
    made = backup(old, tmp_path / "backups/before.zip")
    my_data.erase(3, 1)
    erased_while_away = 2
    add(made.parent, "ours", [erased_while_away])
    add(made.parent, "theirs", [4])
    database.dispose()
    done = module.restore(old, made)
    assert done.erased == 2 and done.shows == 1
    database.bind(old.database_url)
    told = {number: member(number) for number in (1, 2, 3, 4)}
    assert [number for number, one in told.items() if one and one.erased] == [1, 2]
    assert numbers_in(made.parent, "ours") == {1, 2}
    assert points.verify() == []
    forget_shows()
    assert shows.catch_up(2).state.phase == "open"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("regular", [True, False])
def test_a_new_machine_forgets_whom_the_list_beside_the_backups_names(
    old: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, regular: bool
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(backing.time, "sleep", lambda _: None)
    first = backup(old, elsewhere / "first.zip")
    erased_of_a_former_restore = 2
    add(tmp_path / "backups", "ours", [erased_of_a_former_restore])
    my_data.erase(3, 1)
    if regular:
        backing.make_regularly(old, 300, 2, elsewhere, times=1)
    else:
        backup(old, elsewhere / "second.zip")
    database.dispose()
    machine = settings_for(tmp_path / "new machine", f"sqlite:///{tmp_path}/new machine/sanchoi.db")
    machine.instance.mkdir()
    done = module.restore(machine, first)
    assert done.erased == 2 and numbers_in(machine.instance / "backups", "ours") == {1, 2}
    database.bind(machine.database_url)
    assert [number for number in (1, 2, 3, 4) if (one := member(number)) and one.erased] == [1, 2]


def test_what_was_here_is_backed_up_first_and_can_be_put_back(old: Settings, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media/picture.webp").write_bytes(b"first")
    made = backup(old, tmp_path / "backups/first.zip")
    (tmp_path / "media/picture.webp").write_bytes(b"second")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM seat_claim")
    database.dispose()
    done = module.restore(old, made)
    assert (tmp_path / "media/picture.webp").read_bytes() == b"first"
    assert done.before and done.before.name.startswith("before-restore-")
    assert module.restore(old, done.before)
    assert (tmp_path / "media/picture.webp").read_bytes() == b"second"
    database.bind(old.database_url)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM seat_claim").scalar() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_damaged_database_is_put_aside_and_replaced(old: Settings, tmp_path: Path) -> None:
    made = backup(old, tmp_path / "backups/sound.zip")
    database.dispose()
    assert old.sqlite_file
    old.sqlite_file.write_bytes(b"torn" * 4096)
    done = module.restore(old, made)
    assert done.before and (done.before / old.sqlite_file.name).read_bytes().startswith(b"torn")
    assert done.shows == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of a cursor whose statement failed
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_damaged_postgresql_is_left_alone_and_said(old: Settings, tmp_path: Path) -> None:
    made = backup(old, tmp_path / "backups/sound.zip")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE member DROP COLUMN nickname")
    database.dispose()
    with pytest.raises(Stop, match="rename the database and make an empty one"):
        module.restore(old, made)
    database.bind(old.database_url)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM ballot").scalar() == 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_lists_of_other_workers_of_the_same_database_are_taken_when_they_are_named(
    old: Settings, tmp_path: Path
) -> None:
    made = backup(old, tmp_path / "backups/before.zip")
    other = tmp_path / "8002"
    add(other, "theirs", [2])
    database.dispose()
    assert module.restore(old, made, [other / "erased.txt"]).erased == 1
    with pytest.raises(Stop, match="cannot be read"):
        module.restore(old, made, [tmp_path / "nowhere.txt"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "media/../../outside"])
def test_a_file_that_leads_outside_is_no_backup(old: Settings, tmp_path: Path, name: str) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as pack:
        pack.writestr("sanchoi.db", b"")
        pack.writestr(name, b"")
    with pytest.raises(Stop, match="is not a backup"):
        module.restore(old, bad)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_torn_file_changes_nothing(old: Settings, tmp_path: Path) -> None:
    made = backup(old, tmp_path / "backups/whole.zip")
    made.write_bytes(made.read_bytes()[:-3000])
    with pytest.raises(Stop, match="cannot be read"):
        module.restore(old, made)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM ballot").scalar() == 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_programs_on_one_folder_are_refused_in_words(old: Settings) -> None:
    with occupied.serving(old), pytest.raises(Stop, match="Another program runs on the folder"), occupied.serving(old):
        pass
    with occupied.alone(old):
        pass


def test_workers_that_share_postgresql_and_redis_share_the_folder(tmp_path: Path) -> None:
    shared = settings_for(tmp_path, "postgresql://nowhere/db", redis_url="redis://nowhere/0")
    with (
        occupied.serving(shared),
        occupied.serving(shared),
        pytest.raises(Stop, match="already"),
        occupied.alone(shared),
    ):
        pass
