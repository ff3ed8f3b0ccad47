"""The program as an operator starts it: its own process, its own port, its own instance folder."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.processes import begin, end, running, wait_until

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "sanchoi.db"


@dataclass
class Server:
    """A running server and what it has written."""

    process: subprocess.Popen[bytes]
    instance: Path
    variables: dict[str, str] = field(default_factory=dict)

    def restart(self) -> threading.Event:
        """End it as a service manager does and start it again at its port, beside the caller; set when it serves."""
        serves, port = threading.Event(), self.url.rpartition(":")[2]

        def work() -> None:
            end(self.process, within_s=25)
            with (self.instance / "stderr.txt").open("ab") as said:
                command = [sys.executable, "-m", "app.cli", "serve", "--no-demo", f"--port={port}"]
                self.process = begin(
                    command,
                    cwd=ROOT,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    env=environment(self.instance, **self.variables),
                )
            wait_until(lambda: self.is_up, within_s=300, about="the server")
            serves.set()
            self.process.wait()  # it is told that we are gone when this thread ends

        threading.Thread(target=work, daemon=True).start()
        return serves

    @property
    def note(self) -> dict[str, Any]:
        """`server.json`: the process that serves (`pid`) and its addresses."""
        note: dict[str, Any] = json.loads((self.instance / "server.json").read_text())
        return note

    @property
    def url(self) -> str:
        """The address at which it is reached from this machine."""
        return str(self.note["addresses"][-1])

    @property
    def said(self) -> str:
        """The text it has written on standard error."""
        return (self.instance / "stderr.txt").read_text()

    @property
    def is_up(self) -> bool:
        """True when a process serves; a note left by a dead one counts for nothing."""
        try:
            os.kill(self.note["pid"], 0)
        except (OSError, ValueError):
            return False
        return True


def environment(instance: Path, **variables: str) -> dict[str, str]:
    """The environment of a command on this instance: nothing of ours but what is given."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SCS_")}
    return clean | {"SCS_INSTANCE": str(instance)} | variables


PREPARE = "from app.cli import site; from app.services.banks import banks; site.prepared(); banks.load_shipped()"


@cache
def prepared_database() -> Path:
    """A database as a first start without a demo leaves it. Made once for all servers of this process: tables and
    shipped banks take a first start three seconds."""
    folder = Path(tempfile.mkdtemp(prefix="scs-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=environment(folder), check=True)
    return folder / DATABASE


@contextmanager
def serving(instance: Path, *options: str, **variables: str) -> Iterator[Server]:
    """`python3 -m app` on a free port until the block ends; `variables` are environment variables. Without a demo it
    finds its tables and banks there already."""
    instance.mkdir(exist_ok=True)
    if "--no-demo" in options and "SCS_DATABASE_URL" not in variables and not (instance / DATABASE).exists():
        shutil.copy(prepared_database(), instance / DATABASE)
    command = [sys.executable, "-m", "app.cli", "serve", "--port=0", *options]
    with (
        (instance / "stderr.txt").open("ab") as said,
        running(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said, env=environment(instance, **variables)
        ) as process,
    ):
        server = Server(process, instance, variables)
        wait_until(lambda: server.is_up or process.poll() is not None, within_s=300, about="the server")
        assert process.poll() is None, f"the server did not start:\n{server.said}"
        try:
            yield server
        finally:
            end(server.process)  # another one, where a test has restarted it


def command(instance: Path, *words: str, within_s: float = 400, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command on this instance to its end."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *words],
        cwd=ROOT,
        env=environment(instance, **variables),
        capture_output=True,
        text=True,
        timeout=within_s,
    )
