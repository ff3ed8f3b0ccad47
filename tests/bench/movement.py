"""The cost of 1+2: the invented campaign, the map of 20,000 people, and 400 confirmations a minute beside a show.

python tests/bench/movement.py                      this process's CPU, SQLite
python tests/bench/movement.py --beside [--turns 4] 200 people play a show on a real server, and while every second
                                                    turn lasts people confirm, 400 a minute, all seven requests each

Each figure stands beside what was asked for, or what was measured before; `--write` puts them into docs/performance.md.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import re
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402

from app.load.server import Own  # noqa: E402
from app.models.engines import database  # noqa: E402
from app.services.movement import demo, rows, share_picture, teaching  # noqa: E402
from app.services.movement.share_picture import Words  # noqa: E402
from quizzes.movement.spread import Mark, Node, Picture, picture  # noqa: E402
from quizzes.movement.steps import CODE_LIVES  # noqa: E402
from tests import movement as way  # noqa: E402
from tests.bench.written import write  # noqa: E402
from tests.conftest import application, settings_for  # noqa: E402
from tests.databases import SqliteCopies  # noqa: E402
from tests.organisation import Organisation, plant  # noqa: E402
from tests.people import EVERYBODY  # noqa: E402

PEOPLE, CHAPTERS = 20_000, 60
A_MINUTE = 400
WARM, MEASURED = 10, 150
"""Confirmations before anything is measured, and those measured."""
NOTE = "following.json"
Row = tuple[str, str, str]
"""A figure, what it came to, and what was asked for or measured before."""
WORDS = Words("Tỉnh đoàn", "Ai chỉ cho ai?", "20.000", "người được chỉ", "75 phần trăm vẫn tự dùng", "", "Sân Chơi Số")


def main() -> None:
    """Print, and store where that is asked for, one line for each figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--turns", type=int, default=4, help="quiet turns, and as many beside confirmations")
    parser.add_argument("--questions", type=int, default=4, help="of each turn")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="movement-"))
    found = beside(folder, options) if options.beside else alone(folder)
    table = "\n".join(f"| {' | '.join(row)} |" for row in (("figure", "measured", "beside"), ("---",) * 3, *found))
    print(table)
    if options.write:
        write("movement beside a show" if options.beside else "movement", f"Measured {date.today()}.\n\n{table}")


def alone(folder: Path) -> list[Row]:
    """The figures that need no server: seconds of CPU, and sizes."""
    found: list[Row] = []
    with SqliteCopies(folder).fresh(folder) as url:
        database.bind(url)
        way.bind()
        chapters = f"the invented campaign, {demo.WARDS * demo.BRANCHES} chapters"
        found.append((chapters, f"{cpu(demo.plant):.2f} s of CPU", "asked: under 2 s"))
        database.dispose()
    (folder / "site").mkdir()
    with SqliteCopies(folder / "site").fresh(folder / "site") as url:
        told = f"{confirmation_ms(folder / 'site', url):.1f} ms of CPU"
        found.append(("a whole confirmation, seven requests", told, "before 2026-11-30: 30.6 ms"))
    nodes = [
        Node(n, n % 9000, n % CHAPTERS, list(Mark)[n % 3], n + PEOPLE if n % 5 == 0 else None, n % 2 == 0)
        for n in range(PEOPLE)
    ]
    laid: list[Picture] = []
    drawn = cpu(lambda: laid.append(picture(nodes)))
    found.append((f"the map of {PEOPLE} people", f"{drawn:.2f} s of CPU", "asked: 1 s"))
    found.append(("its paths", f"{sum(len(one.path) for one in laid[0].dots) // 1000} KB", "asked: 300 KB"))
    shared = cpu(lambda: share_picture.drawn(laid[0], WORDS))
    found.append(("its picture to share", f"{shared:.2f} s of CPU", ""))
    return found


def confirmation_ms(folder: Path, url: str) -> float:
    """Milliseconds of this process's CPU that one person takes from the code to the page to keep."""
    running = application(settings_for(folder, url))
    app, org = next(running), plant()
    codes = itertools.islice(shown(org), WARM + MEASURED)
    people = [partial(Visitor(app).confirms, *one, f"Người Số {n}") for n, one in enumerate(list(codes))]
    for one in people[:WARM]:
        one()
    return cpu(lambda: [one() for one in people[WARM:]]) / MEASURED * 1000


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU of this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def beside(folder: Path, options: argparse.Namespace) -> list[Row]:
    """A show with and without people who confirm."""
    from tests.bench import hostile

    server = Own(folder)
    try:
        server.start()
        codes = shown_codes(server, 2 * A_MINUTE)
        (folder / "codes.json").write_text(json.dumps(codes))
        kind = partial(confirmations, str(folder))
        play = hostile.Play(server, hostile.WARM + 2 * options.turns * options.questions)
        quiet, busy, work = hostile.turns(play, kind, options, lambda: hostile.used_s(server))
        times, stored = hostile.ratio(quiet, busy), confirmed(codes)
        begun, lasted, took = json.loads((folder / NOTE).read_text())
        alone_ms, beside_ms = hostile.p99(quiet) * 1000, hostile.p99(busy) * 1000
        range_ = f"x{times[0]:.2f} (x{times[1]:.2f} to x{times[2]:.2f})"
        return [
            (
                "people who began",
                f"{begun} in {lasted:.0f} s, {begun / lasted * 60:.0f} a minute",
                "asked: 400 a minute",
            ),
            ("confirmations stored", f"{stored}", f"asked: all {begun}"),
            ("from due to the page to keep, half", f"{statistics.median(took):.2f} s", "busy machine: 0.55 s"),
            ("from due to the page to keep, 99 of 100", f"{hostile.p99([took]):.2f} s", "busy machine: 1.81 s"),
            ("p99 of an answer in the show", f"{alone_ms:.1f} -> {beside_ms:.1f} ms, {range_}", "41.9 -> 59.5 ms"),
            ("the same in the middle turn", f"x{hostile.typical(quiet, busy):.2f}", "busy machine: x1.41 to x2.37"),
            ("the server's CPU", f"x{work[1] / work[0]:.2f}", "busy machine: x1.93"),
        ]
    finally:
        database.dispose()
        server.stop()


def shown_codes(server: Own, count: int) -> list[tuple[str, str]]:
    """(teaching, code in its fragment) of so many teachings that wait for their person."""
    os.environ.update(SCS_INSTANCE=str(server.instance))
    from app.cli.first_run import prepare
    from app.config import Settings
    from app.services.movement.codes import codes

    settings = prepare(Settings.from_env(os.environ, ROOT)).settings
    codes.bind(settings.secret_key)
    return list(itertools.islice(shown(plant()), count))


def shown(org: Organisation) -> Iterator[tuple[str, str]]:
    """One after the other, as many as are asked for."""
    for number in itertools.count():
        campaign = way.begin(org, title=f"Đợt {number}")
        for who in EVERYBODY:
            for _ in range(teaching.MOST_OPEN):
                public_id = way.show(org.members[who], campaign, "other")
                yield public_id, teaching.code_of(public_id, way.now() + CODE_LIVES)


def confirmed(codes: list[tuple[str, str]]) -> int:
    """The number of them stored as confirmed."""
    seen = (rows.teaching(public_id) for public_id, _ in codes)
    return sum(one is not None and one.confirmed_at is not None for one in seen)


def confirmations(folder: str, port: int, ticket: str, pin: str) -> None:
    """People who confirm, 400 a minute, some at the same time, until it is told to end; whoever has begun ends. Who
    comes next, for how long it went on, and how long each took from the code to the page, stands in a file."""
    codes = json.loads((Path(folder) / "codes.json").read_text())
    note, over = Path(folder) / NOTE, threading.Event()
    first, before, took = json.loads(note.read_text()) if note.exists() else (0, 0.0, [])
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    begin = time.monotonic()

    def confirms(number: int, due: float) -> None:
        Person(port).confirms(*codes[number], f"Người Số {number}")
        took.append(time.monotonic() - due)

    with ThreadPoolExecutor(32) as phones:
        number = first
        while number < len(codes):
            due = begin + (number - first) * 60 / A_MINUTE
            if over.wait(max(0.0, due - time.monotonic())):
                break
            phones.submit(confirms, number, due)
            number += 1
        lasted = before + time.monotonic() - begin
    note.write_text(json.dumps([number, lasted, took]))


class Person:
    """A phone that does what the pages' script does."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}

    def confirms(self, public_id: str, code: str, name: str) -> None:
        """From the code to the page to keep."""
        token = re.search(r'data-csrf="([^"]+)"', self._ask("GET", "/t"))
        assert token
        said = json.dumps({"code": code})
        self._ask("POST", "/t/open", said, {"Content-Type": "application/json", "X-CSRFToken": token.group(1)})
        page, fields = self._ask("GET", f"/t/{public_id}"), {"year": "1956", "name": name, "agreed": "1", "asked": "1"}
        for step in ("year", "agree", "questions"):
            hidden = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert hidden
            sent = urlencode({**fields, "step": step, "csrf_token": hidden.group(1)})
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            page = self._ask("POST", f"/t/{public_id}/say", sent, form) or page
        self._ask("GET", f"/t/{public_id}")

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> str:
        cookies = "; ".join(f"{key}={value}" for key, value in self._cookies.items())
        self._line.request(method, path, body and body.encode(), {"Cookie": cookies, **(headers or {})})
        answer = self._line.getresponse()
        for one in answer.headers.get_all("Set-Cookie") or []:
            key, _, value = one.partition(";")[0].partition("=")
            self._cookies[key] = value
        return answer.read().decode()


class Visitor(Person):
    """The same without a network, in the process of the application."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> str:
        return str(self._client.open(path, method=method, data=body, headers=headers or {}).text)


if __name__ == "__main__":
    main()
