"""`python3 -m app` as an operator meets it: a real process on a real port."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from app.config import BadSetting
from app.process_settings import read_settings
from tests.processes import end, wait_until
from tests.serving import Server, command, serving


def get(server: Server, path: str, trusting: Path | None = None, token: str = "") -> tuple[int, str]:
    """Status and text of a page; errors are answers too."""
    context = ssl.create_default_context(cafile=trusting) if trusting else None
    asking = urllib.request.Request(server.url + path, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(asking, timeout=60, context=context) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_server_that_dies_comes_back_on_its_port_and_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    (tmp_path / "metrics_token").write_text("kept from the last start")
    with serving(tmp_path, "--no-demo") as server:
        url, first = server.url, server.note["pid"]
        assert get(server, "/healthz") == (200, '{"ok":true}\n')
        assert get(server, "/metrics")[0] == 401
        assert "scs_requests_total" in get(server, "/metrics", token="kept from the last start")[1]
        assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
        assert "/start/" in server.said
        os.kill(first, signal.SIGKILL)
        # The supervisor kept the socket, so this waits in its queue instead of being refused.
        assert get(server, "/healthz")[0] == 200
        wait_until(lambda: server.is_up and server.note["pid"] != first, about="the new server's note")
        assert server.url == url
        assert end(server.process, within_s=60) == 0
    assert not (tmp_path / "server.json").exists()


def test_nothing_outlives_a_killed_supervisor_and_tls_is_spoken(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-demo", "--tls") as server:
        assert server.url.startswith("https://127.0.0.1:")
        assert get(server, "/healthz", trusting=tmp_path / "tls/certificate.pem")[0] == 200
        assert (tmp_path / "tls/key.pem").stat().st_mode & 0o777 == 0o600
        pid = server.note["pid"]
        server.process.kill()
        server.process.wait()
        wait_until(lambda: not is_alive(pid), within_s=60, about="the end of the serving process")


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = command(tmp_path, "serve", f"--port={port}")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"port {port}: Address already in use" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("name", "value"), [("SCS_PORT", "http"), ("SCS_LANG", "fr")])
def test_a_bad_setting_stops_the_start_in_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    done = command(tmp_path, "serve", **{name: value})
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_data_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = command(tmp_path / "file" / "instance", "serve", "--port=0")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_setting_stops_the_start_and_a_reserved_one_does_not() -> None:
    read_settings({"SCS_TEST_ANYTHING": "1"})
    with pytest.raises(BadSetting, match="SCS_PRT: there is no such setting; SCS_PORT"):
        read_settings({"SCS_PRT": "8000", "SCS_TEST_ANYTHING": "1"})
