"""The recipes under `deploy/`, tried: two workers behind the real proxies play one show; the units start what
exists."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import subprocess
import urllib.request
from pathlib import Path

import pytest
import yaml

from app.cli import serve
from app.config import Settings, settings_of, variable
from tests import services
from tests.app.live.hall import SPEED, Hall, Person, wait_for
from tests.deploy.proxies import DEPLOY, PROXIES, behind
from tests.serving import ROOT, Server

PATIENCE_S = 60
"""How long one answer may take: the machine is shared."""
MOST_EXPOSED = 15
"""Tenths of systemd's "exposure level"; 0 is a program that can do nothing."""


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_show_is_played_through_the_proxy_on_two_workers(proxy: str, workers: list[Server], tmp_path: Path) -> None:
    with behind(proxy, workers, tmp_path) as entrance:
        public = entrance.url
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
        page = urllib.request.urlopen(f"{public}/", timeout=PATIENCE_S).read().decode()
        style = re.search(r"/static/[0-9a-f]{10}/[^\"]+\.css", page)
        assert style
        with urllib.request.urlopen(public + style[0], timeout=PATIENCE_S) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            assert "text/css" in answer.headers["Content-Type"]
        for taught in ("/t", "/t/aaaabbbbccccdd"):
            assert b"data-start" in urllib.request.urlopen(public + taught, timeout=PATIENCE_S).read()
    served = (tmp_path / ("access.log" if proxy == "nginx" else "caddy.log")).read_text()
    assert "GET / " in served or proxy == "caddy"
    assert "/socket.io/" not in served
    assert not re.search("/(host|stage|t)[/ ]", served) and "aaaabbbbccccdd" not in served


class Foreign(Person):
    """A page of another site that holds a stolen ticket."""

    def connect(self) -> Person:
        import socketio

        self.io = socketio.Client(reconnection=False, request_timeout=30)
        self.io.connect(
            self.url,
            headers={"Origin": "http://evil.example"},
            auth={"ticket": self.ticket},
            namespaces=["/live"],
            transports=["websocket"],
            wait_timeout=PATIENCE_S,
        )
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


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("systemd/*.service")), ids=lambda path: path.name)
def test_a_unit_is_understood_and_shut_in(unit: Path) -> None:
    analyze = services.systemd_analyze_program()
    for words in (["verify", "--man=no"], ["security", "--offline=true", f"--threshold={MOST_EXPOSED}"]):
        done = subprocess.run([analyze, *words, str(unit)], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_containers_are_given_settings_that_exist_and_files_that_are_there(tmp_path: Path) -> None:
    compose = yaml.load((DEPLOY / "container/compose.yaml").read_text(), yaml.CSafeLoader)
    app = compose["services"]["app"]
    filled = {name: re.sub(r"\$\{\w+\}", "https://x.example", text) for name, text in app["environment"].items()}
    filled["SCS_DATABASE_URL"] = "postgresql://sanchoiso:word@database/sanchoiso"
    assert Settings.from_env(filled | {"SCS_INSTANCE": str(tmp_path)}, ROOT).trusted_proxies == 1
    assert (DEPLOY / "container" / app["build"]["context"] / app["build"]["dockerfile"]).is_file()
    mounted = [one.split(":")[0] for one in compose["services"]["proxy"]["volumes"] if one.startswith(".")]
    assert all((DEPLOY / "container" / path).exists() for path in mounted)
    given = set(re.findall(r"\$\{(\w+)\}", (DEPLOY / "container/compose.yaml").read_text()))
    assert given <= set(re.findall(r"^#?(\w+)=", (DEPLOY / "san-choi-so.env").read_text(), flags=re.MULTILINE))
    image = (DEPLOY / "container/Containerfile").read_text()
    command = json.loads(image[image.rindex("CMD [") + len("CMD ") :])
    assert serve.parse(command[1:]).workers == 2
    assert set(re.findall(r"SCS_\w+", image)) <= {variable(one) for one in settings_of()}


def test_every_setting_of_the_environment_file_is_known(tmp_path: Path) -> None:
    lines = (DEPLOY / "san-choi-so.env").read_text().splitlines()
    given = dict(line.removeprefix("#").split("=", 1) for line in lines if re.match(r"#?SCS_\w+=.", line))
    settings = Settings.from_env(given | {"SCS_INSTANCE": str(tmp_path)}, ROOT)
    assert settings.trusted_proxies == 1
    assert settings.redis_url
