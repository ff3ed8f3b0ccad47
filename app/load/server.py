"""The server under load: an own one on a temporary instance, or one that runs already."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
NOTE = "server.json"
PATIENCE_S = 180.0
"""How long a server may take to come up, seconds."""
BESIDE_S, AT_REST = 20.0, 0.1
"""A server does what can wait beside its first visitors, 15 s after its start: it would be counted as a question's."""


class Failed(Exception):
    """The load cannot be run; the text says why."""


@dataclass(frozen=True)
class Reading:
    """The use of a process so far: CPU in seconds (kernel time included), and resident bytes now."""

    cpu_s: float
    memory: int


def reading(pids: list[int]) -> Reading | None:
    """The sum over processes of this machine; None where there are none to look at."""
    try:
        cpu = sum(time.clock_gettime(~pid << 3 | 2) for pid in pids)  # the process's CPU clock, to the nanosecond
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    except OSError:
        return None
    return Reading(cpu, pages * os.sysconf("SC_PAGE_SIZE")) if pids else None


def address_of(url: str) -> tuple[str, int]:
    """Return the host and port to connect to for an http address."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise Failed(f"an address such as http://127.0.0.1:8000 is needed, not {url!r}")
    return parts.hostname, parts.port or 80


@dataclass
class Running:
    """A server that runs already; `pids` are its serving processes, where they run on this machine."""

    urls: list[str]
    pids: list[int] = field(default_factory=list)

    def is_at_rest(self, _busy: float | None) -> bool:
        """True when only the load keeps the server busy; the load had that share of a core a moment ago."""
        return True

    @property
    def addresses(self) -> list[tuple[str, int]]:
        return [address_of(url) for url in self.urls]

    def environment(self) -> dict[str, str]:
        """The settings of its commands: those of this shell."""
        return dict(os.environ)

    def command(self, *words: str) -> str:
        """The output of a command on this instance."""
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", *words], cwd=ROOT, env=self.environment(), capture_output=True, text=True
        )
        if done.returncode:
            raise Failed(done.stderr + done.stdout[-2000:])
        return done.stdout

    def record(self, show_id: int) -> dict[str, Any]:
        """Everything that is stored of a show."""
        return self.records(show_id, 1)[0]

    def records(self, first: int, count: int) -> list[dict[str, Any]]:
        """The same of so many shows that were made one after the other."""
        said = self.command("show", "export", str(first), f"--count={count}")
        return [json.loads(line) for line in said.splitlines()]


class Own(Running):
    """`python3 -m app serve` as an operator starts it, on an instance of its own: durable, SQLite where nothing else
    is said.

    The instance lies beside the real one, not in the system's temporary folder, which may be in memory.
    """

    def __init__(self, beside: Path, **more: str) -> None:
        """`more`: further settings, by the names of their variables."""
        super().__init__([])
        self._more = more
        beside.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.instance = Path(tempfile.mkdtemp(prefix="load-", dir=beside))
        self._said = (self.instance / "stderr.txt").open("ab")
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0

    def __enter__(self) -> Own:
        try:
            self.start()
        except BaseException:  # nothing stays behind that nobody would end
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, port: int = 0) -> None:
        """Serve on a free port, or on the one given; returns when it does."""
        command = [sys.executable, "-m", "app.cli", "serve", f"--port={port}", "--no-demo"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment(), stdout=subprocess.DEVNULL, stderr=self._said
        )
        self.wait()
        self._began = time.monotonic()

    def is_at_rest(self, busy: float | None) -> bool:
        return time.monotonic() - self._began > BESIDE_S and (busy is None or busy < AT_REST)

    def environment(self) -> dict[str, str]:
        """Nothing of the operator's settings but the instance."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SCS_")}
        return clean | {"SCS_INSTANCE": str(self.instance)} | self._more

    def wait(self, other_than: int = 0) -> None:
        """Until a process serves (another one than that)."""
        until = time.monotonic() + PATIENCE_S
        while not self._is_up(other_than):
            if time.monotonic() > until or self._process is None or self._process.poll() is not None:
                raise Failed(f"the server did not start:\n{(self.instance / 'stderr.txt').read_text()[-2000:]}")
            time.sleep(0.02)

    def _is_up(self, other_than: int) -> bool:
        try:
            note = json.loads((self.instance / NOTE).read_text())
            os.kill(note["pid"], 0)
        except (OSError, ValueError):
            return False
        if note["pid"] == other_than:
            return False
        self.pids, self.urls = [note["pid"]], note["addresses"][-1:]
        return True

    def new_show(self, script: dict[str, Any]) -> dict[str, Any]:
        """Make a show of this script."""
        return self.new_shows(script, 1)[0]

    def new_shows(self, script: dict[str, Any], count: int) -> list[dict[str, Any]]:
        """Make so many."""
        path = self.instance / "load.yaml"
        path.write_text(json.dumps(script))  # JSON is YAML
        said = self.command("show", "new", str(path), "--json", f"--count={count}")
        return [json.loads(line) for line in said.splitlines()]

    def kill(self) -> None:
        """End the serving process at once; its supervisor starts another."""
        os.kill(self.pids[0], signal.SIGKILL)

    def restart(self) -> None:
        """A planned restart: ask the supervisor for another process on the same socket."""
        assert self._process  # noqa: S101
        dead = self.pids[0]
        self._process.send_signal(signal.SIGUSR2)
        self.wait(other_than=dead)

    def _end(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    def stop(self) -> None:
        """End it and remove its instance."""
        self._end()
        self._said.close()
        shutil.rmtree(self.instance, ignore_errors=True)
