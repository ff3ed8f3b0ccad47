"""The recipe for a hall without internet: every maker's name leads to us, and every other name is unknown at once."""

from __future__ import annotations

import re
import socket
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tests.deploy.proxies import DEPLOY
from tests.processes import begin, end

RECIPE = DEPLOY / "hall" / "dnsmasq.conf"
NAMES = re.findall(r"^address=/([a-z0-9.-]+)/10\.10\.0\.1$", RECIPE.read_text(), re.M)
NO_SUCH_NAME = 3


@pytest.fixture(scope="module")
def name_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The recipe's name server on a port of this machine, without the interface of the hall and its addresses."""
    own = re.sub(r"^(interface|bind-interfaces|dhcp-).*$", "", RECIPE.read_text(), flags=re.M)
    file, port = tmp_path_factory.mktemp("hall") / "dnsmasq.conf", services.free_port()
    file.write_text(own)
    process = begin(
        [
            services.dnsmasq_program(),
            "--keep-in-foreground",
            f"--conf-file={file}",
            f"--port={port}",
            "--listen-address=127.0.0.1",
            "--bind-interfaces",
            "--user=root",
            "--pid-file=",
        ]
    )
    services.wait_for(lambda: services.listens(("127.0.0.1", port)), "dnsmasq")
    yield port
    end(process)


def asked(port: int, name: str) -> tuple[int, str]:
    """(code of the answer, the address it ends with) for a name's A record (RFC 1035)."""
    words = b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(60)
        line.sendto(struct.pack(">6H", 7, 0x0100, 1, 0, 0, 0) + words + struct.pack(">2H", 1, 1), ("127.0.0.1", port))
        said = line.recv(512)
    return said[3] & 15, ".".join(map(str, said[-4:]))


def test_dnsmasq_takes_the_recipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [services.dnsmasq_program(), "--test", f"--conf-file={RECIPE}"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_makers_names_lead_to_us_and_no_other_name_is_waited_for(name_server: int) -> None:
    assert {"sanchoi.hall", "connectivitycheck.gstatic.com", "captive.apple.com"} <= set(NAMES)
    assert {"www.google.com", "play.googleapis.com", "connect.rom.miui.com"} <= set(NAMES), "Android asks these second"
    assert {asked(name_server, name) for name in NAMES} == {(0, "10.10.0.1")}
    assert asked(name_server, "example.org")[0] == NO_SUCH_NAME
