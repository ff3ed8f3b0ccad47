"""The recipes under `deploy/`, tried: two workers behind the real nginx play one show; the units start what exists."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli import serve
from app.config import Settings
from tests import services
from tests.app.live.hall import SPEED, Hall, Person, wait_for
from tests.databases import PostgresCopies
from tests.processes import running
from tests.serving import ROOT, Server, serving

DEPLOY = ROOT / "deploy"


def site(port: int, workers: list[str]) -> str:
    """The shipped site with what a machine changes: its ports, its folder, no certificate."""
    text = (DEPLOY / "nginx/san-choi-so.conf").read_text()
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};").replace("/opt/san-choi-so", str(ROOT))
    text = re.sub(r"^ +ssl_.*\n", "", text, flags=re.MULTILINE)
    text = text[: text.index("server {\n    listen 80;")]
    lines = "".join(f"    server {worker} max_fails=1 fail_timeout=2s;\n" for worker in workers)
    return re.sub(r"(    server 127[^\n]*\n)+", lines, text, count=1)


@contextmanager
def nginx(folder: Path, port: int, workers: list[str]) -> Iterator[None]:
    """The proxy in front of the workers, as an ordinary process."""
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{ worker_connections 1000; }}\n"
        f"http {{ include /etc/nginx/mime.types; access_log {folder}/access.log; {temporary}\n{site(port, workers)}}}\n"
    )
    program = services.nginx_program()
    with running([program, "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.DEVNULL):
        services.wait_for(lambda: services.listens(("127.0.0.1", port)), "nginx", lambda: (folder / "error.log").read_text())
        yield


@pytest.fixture
def workers(postgresql_copies: PostgresCopies, redis_url: str, tmp_path: Path) -> Iterator[list[Server]]:
    """Two workers of one instance folder, as the unit starts them."""
    folder = tmp_path / "instance"
    port = services.free_port()
    with postgresql_copies.fresh(tmp_path) as url:
        given = {"SCS_DATABASE_URL": url, "SCS_REDIS_URL": redis_url, "SCS_TRUSTED_PROXIES": "1",
                 "SCS_PUBLIC_URL": f"http://127.0.0.1:{port}", "SCS_SECRET_KEY": "a key of this test, not a secret",
                 "SCS_METRICS_TOKEN": "a token of this test, not a secret"}
        with serving(folder, "--no-demo", **given) as one, serving(tmp_path / "second", "--no-demo", **given) as other:
            yield [one, other]


def test_a_show_is_played_through_the_proxy_on_two_workers(workers: list[Server], tmp_path: Path) -> None:
    public = workers[0].variables["SCS_PUBLIC_URL"]
    port = int(public.rpartition(":")[2])
    with nginx(tmp_path, port, [server.url.removeprefix("http://") for server in workers]):
        entrance = Entrance(workers[0], public)
        hall = Hall.open(entrance, SPEED)
        players = [hall.join(name) for name in ("An", "Bình", "Chi", "Dũng")]
        hall.advance("ready")
        hall.advance("open")
        for player in players:
            right = next(one["id"] for one in player.data["question"]["options"] if one["text"] == "Phương án 0A")
            assert player.answer(right)["ok"]
        hall.wait("closed")
        hall.advance("revealed")
        wait_for(lambda: all((one.mes[-1].get("last") or {}).get("right") for one in players))
        with pytest.raises(Exception, match="."):
            Foreign(public, players[0].ticket).connect()
        hall.close()
        page = urllib.request.urlopen(f"{public}/", timeout=10).read().decode()
        style = re.search(r"/static/[0-9a-f]{10}/[^\"]+\.css", page)
        assert style
        with urllib.request.urlopen(public + style[0], timeout=10) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            assert "text/css" in answer.headers["Content-Type"]
    served = (tmp_path / "access.log").read_text()
    assert "/socket.io/" not in served
    assert not re.search("/(host|stage)/", served)


class Entrance(Server):
    """The proxy's address in place of the worker's own."""

    def __init__(self, worker: Server, public: str) -> None:
        super().__init__(worker.process, worker.instance, worker.variables)
        self._public = public

    @property
    def url(self) -> str:
        return self._public


class Foreign(Person):
    """A page of another site that holds a stolen ticket."""

    def connect(self) -> Person:
        import socketio

        self.io = socketio.Client(reconnection=False)
        self.io.connect(self.url, headers={"Origin": "http://evil.example"}, auth={"ticket": self.ticket},
                        namespaces=["/live"], transports=["websocket"], wait_timeout=5)
        return self


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("systemd/*.service")), ids=lambda path: path.name)
def test_a_unit_starts_the_program_with_options_it_knows(unit: Path) -> None:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(unit)
    words = shlex.split(read["Service"]["ExecStart"].replace("%i", "8001"))
    assert words[1:3] == ["-m", "app"]
    serve.parse(words[3:])
    assert read["Service"]["EnvironmentFile"] == "/etc/san-choi-so.env"


def test_every_setting_of_the_environment_file_is_known(tmp_path: Path) -> None:
    lines = (DEPLOY / "san-choi-so.env").read_text().splitlines()
    given = dict(line.removeprefix("#").split("=", 1) for line in lines if re.match(r"#?SCS_\w+=.", line))
    settings = Settings.from_env(given | {"SCS_INSTANCE": str(tmp_path)}, ROOT)
    assert settings.trusted_proxies == 1
    assert settings.redis_url
