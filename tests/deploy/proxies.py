"""The proxies under `deploy/`, as ordinary processes: the shipped files with what a machine changes."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests import services
from tests.processes import running
from tests.serving import ROOT, Server

DEPLOY = ROOT / "deploy"
Proxy = Callable[[Path, int, list[str]], AbstractContextManager[None]]
"""Started with a folder, its port, and the workers as "host:port"."""


def nginx_site(port: int, workers: list[str]) -> str:
    """The site with other ports, another folder, no certificate."""
    text = (DEPLOY / "nginx/san-choi-so.conf").read_text()
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};").replace("/opt/san-choi-so", str(ROOT))
    text = re.sub(r"^ +ssl_.*\n", "", text, flags=re.MULTILINE)
    text = text[: text.index("server {\n    listen 80;")]
    first, *others = re.findall(r"    server 127[^\n]*\n", text)
    lines = "".join(re.sub(r"127[^ ;]*", worker, first) for worker in workers)
    for other in others:
        text = text.replace(other, "")
    return text.replace(first, lines)


@contextmanager
def nginx(folder: Path, port: int, workers: list[str]) -> Iterator[None]:
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{ worker_connections 1000; }}\n"
        f"http {{ include /etc/nginx/mime.types; access_log {folder}/access.log; {temporary}\n{nginx_site(port, workers)}}}\n"
    )
    program = services.nginx_program()
    with running([program, "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.DEVNULL):
        services.wait_for(
            lambda: services.listens(("127.0.0.1", port)), "nginx", lambda: (folder / "error.log").read_text()
        )
        yield


@contextmanager
def caddy(folder: Path, port: int, workers: list[str]) -> Iterator[None]:
    """The same with Caddy, told by its own variables."""
    site = (DEPLOY / "caddy/Caddyfile").read_text().replace("/opt/san-choi-so", str(ROOT))
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + site)
    command = [services.caddy_program(), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    own = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    own |= {"SITE": f"http://127.0.0.1:{port}", "WORKERS": " ".join(workers)}
    with (folder / "caddy.log").open("wb") as log, running(command, stderr=log, stdout=log, env=os.environ | own):
        services.wait_for(
            lambda: services.listens(("127.0.0.1", port)), "caddy", lambda: (folder / "caddy.log").read_text()
        )
        yield


PROXIES: dict[str, Proxy] = {"nginx": nginx, "caddy": caddy}


class Entrance(Server):
    """The proxy's address in place of the worker's own."""

    def __init__(self, worker: Server, public: str) -> None:
        super().__init__(worker.process, worker.instance, worker.variables)
        self._public = public

    @property
    def url(self) -> str:
        return self._public


@contextmanager
def behind(proxy: str, workers: list[Server], folder: Path) -> Iterator[Entrance]:
    """The public address of the workers while a proxy serves it."""
    public = workers[0].variables["SCS_PUBLIC_URL"]
    addresses = [server.url.removeprefix("http://") for server in workers]
    with PROXIES[proxy](folder, int(public.rpartition(":")[2]), addresses):
        yield Entrance(workers[0], public)
