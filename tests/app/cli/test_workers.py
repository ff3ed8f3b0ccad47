"""Several processes on one socket: each dies and is renewed by itself, and somebody always answers."""

from __future__ import annotations

import os
import signal
import urllib.request
from pathlib import Path

from tests.databases import PostgresCopies
from tests.processes import wait_until
from tests.serving import Server, command, serving

WORKERS = 2


def pids(server: Server) -> list[int]:
    """The serving processes, in the order of their start."""
    children = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    return sorted(int(pid) for path in children for pid in path.read_text().split())


def answers(server: Server) -> bool:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=60) as answer:
        return bool(answer.status == 200)


def all_serve(server: Server) -> bool:
    """True when each worker has reported its measures: it does so when it serves, not while it starts."""
    token = (server.instance / "metrics_token").read_text()
    request = urllib.request.Request(f"{server.url}/metrics", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        said = answer.read().decode()
    return all(f'scs_rooms{{worker="{number}"}}' in said for number in range(WORKERS))


def test_workers_share_one_socket_and_are_renewed_one_after_the_other(
    postgresql_copies: PostgresCopies, tmp_path: Path
) -> None:
    with (
        postgresql_copies.fresh(tmp_path) as url,
        serving(tmp_path / "instance", "--no-demo", f"--workers={WORKERS}", SCS_DATABASE_URL=url) as server,
    ):
        wait_until(lambda: all_serve(server), within_s=90)
        before = pids(server)
        os.kill(before[0], signal.SIGKILL)  # who has just begun to serve takes what comes
        assert answers(server), "the other one does"
        wait_until(lambda: len(pids(server)) == WORKERS and before[0] not in pids(server), within_s=120)
        server.process.send_signal(signal.SIGUSR2)
        wait_until(lambda: answers(server) and not set(before) & set(pids(server)), within_s=120)
        assert server.said.count("Sân Chơi Số is running") == 1
        server.process.terminate()
        assert server.process.wait(60) == 0
        assert "Traceback" not in server.said


def test_several_workers_on_sqlite_are_refused_in_words(tmp_path: Path) -> None:
    done = command(tmp_path, "serve", "--workers=2")
    assert done.returncode == 1
    assert "PostgreSQL" in done.stderr
    assert "Traceback" not in done.stderr
