"""A full disk in the middle of a question: no false acknowledgement, the host is told, the show goes on with space."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, prlimit
from typing import Any

from tests.app.live.hall import Hall, wait_for
from tests.app.live.pair import script
from tests.serving import Server
from tests.serving import serving as started

DISK = "48m"
PLAYERS = 12


@dataclass
class Disk:
    """A file system of our own that can be filled. Where none can be mounted the server may not let files grow."""

    folder: Path
    is_real: bool

    def fill(self, server: Server) -> None:
        """Leave no block free."""
        self._empty_the_log(server.instance)
        if not self.is_real:
            longest = max(file.stat().st_size for file in server.instance.glob("sanchoi.db"))
            prlimit(server.note["pid"], RLIMIT_FSIZE, (longest, RLIM_INFINITY))
            return
        for size in (1 << 20, 4096, 512):
            with contextlib.suppress(OSError), (self.folder / "ballast").open("ab", buffering=0) as ballast:
                while ballast.write(b"x" * size):
                    pass

    def _empty_the_log(self, instance: Path) -> None:
        """Empties the log, so that the next commit needs room at once: space in the log could be written over."""
        with contextlib.closing(sqlite3.connect(instance / "sanchoi.db", timeout=5)) as db:
            wait_for(lambda: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0, about="an empty log")

    def free(self, server: Server) -> None:
        """There is space again."""
        if self.is_real:
            (self.folder / "ballast").unlink()
        else:
            prlimit(server.note["pid"], RLIMIT_FSIZE, (RLIM_INFINITY, RLIM_INFINITY))


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """A small file system at `folder`, where this account may mount one."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], capture_output=True)
    try:
        yield Disk(folder, is_real=mounted.returncode == 0)
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_acknowledges_nothing_falsely_and_the_show_goes_on_when_there_is_space(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk, started(disk.folder / "instance", "--no-demo") as server:
        hall = Hall.open(server, script(2))
        players = [hall.join(f"Bạn {n}") for n in range(PLAYERS)]
        hall.advance("ready")
        hall.advance("open")
        right = next(one["id"] for one in hall.host.data["question"]["options"] if one["text"] == "đúng")
        told: list[dict[str, Any]] = [one.answer(right) for one in players[:4]]
        assert all(said["ok"] for said in told)
        disk.fill(server)
        told += [one.answer(right) for one in players[4:]]
        assert told[-1]["code"] == "busy"
        assert "bận" in told[-1]["message"]
        assert stored(server) == {n + 1 for n, said in enumerate(told) if said["ok"]}
        wait_for(lambda: troubles(hall)[-1:] == ["disk_full"], about="the host to be told")
        assert hall.act("advance")["code"] == "busy"
        disk.free(server)
        for n, one in enumerate(players):
            if not told[n]["ok"]:
                wait_for(lambda one=one: bool(one.answer(right).get("ok")), about="the answer to be taken")
        hall.wait("closed")
        assert stored(server) == set(range(1, PLAYERS + 1))
        wait_for(lambda: troubles(hall)[-1:] == [None], about="the host to be told that it is over")
        hall.advance("revealed")
        hall.close()


def stored(server: Server) -> set[int]:
    """The seats whose ballot is in the table."""
    until = time.monotonic() + 5
    while True:
        try:
            with contextlib.closing(sqlite3.connect(f"file:{server.instance / 'sanchoi.db'}?mode=ro", uri=True)) as db:
                return {seat for (seat,) in db.execute("SELECT seat FROM ballot WHERE no = 1")}
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise


def troubles(hall: Hall) -> list[str | None]:
    """The reports to the host about the database, tally by tally."""
    return [data.get("trouble") for event, data in hall.host.heard if event == "tally"]
