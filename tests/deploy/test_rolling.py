"""A rolling restart behind the shipped proxies: three workers, one restarted in each question, and nobody stays out."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from app.load import phone as browser
from tests.app.live.hall import new_show, port_of
from tests.app.live.pair import script
from tests.databases import PostgresCopies
from tests.deploy.conftest import running_workers
from tests.deploy.proxies import PROXIES, behind
from tests.deploy.stubborn import Host, Stubborn
from tests.serving import Server

PHONES = 60
WORKERS = 3
SPREAD_S = 6.0
"""The answers are spread over so long: some come before the restart, some while a worker sees its phones off, some to
its successor."""


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_rolling_restart_loses_nobody(
    proxy: str, postgresql_copies: PostgresCopies, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "FIRST_WAIT_S", 1.0)
    with (
        postgresql_copies.fresh(tmp_path) as url,
        running_workers(WORKERS, tmp_path, url, redis_url) as workers,
        behind(proxy, workers, tmp_path) as entrance,
    ):
        asked = script(WORKERS)
        asked["settings"]["auto_close"] = False  # a worker may be away for longer than its phones are waited for
        show, address = new_show(entrance, asked), ("127.0.0.1", port_of(entrance))
        phones = Stubborn(address, PHONES)
        host = Host(phones.loop, address, show["host_ticket"])
        phones.join([show["pin"]], 100.0)
        assert len(phones.connect(100.0)) == PHONES
        for worker in workers:
            everybody_answers(phones, host, worker)
        with psycopg.connect(url) as db:
            stored = db.execute("SELECT count(*), count(DISTINCT (no, seat)) FROM ballot").fetchone()
        assert stored == (WORKERS * PHONES, WORKERS * PHONES)
        for one in [host.phone, *phones.phones]:
            one.hang_up()


def everybody_answers(phones: Stubborn, host: Host, worker: Server) -> None:
    """One question, in the middle of which this worker is restarted."""
    host.advance("ready")
    no = host.advance("open")
    assert no is not None
    phones.open(no, SPREAD_S)
    phones.loop.run(lambda: len(phones.told) >= PHONES // 6, 20.0)
    restarted = worker.restart()
    phones.loop.run(lambda: len(phones.told) == PHONES, 90.0)
    assert list(phones.told.values()) == ["ok"] * PHONES, phones.who_is_out()
    host.advance("closed")
    host.advance("revealed")
    phones.loop.run(restarted.is_set, 120.0)
    assert restarted.is_set()
