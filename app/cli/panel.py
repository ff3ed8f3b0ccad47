"""The panel that the terminal shows when the server is up. The administrator's link comes last, where it is seen."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

import segno

from app.cli import certificate
from app.cli.first_run import Welcome
from app.config import Settings
from app.telling import tell

LINKS = "links.txt"
"""In the instance folder, for its owner alone."""


def show(settings: Settings, welcome: Welcome, supervisor: int = 0) -> None:
    """Print the addresses, the demo show and the one-time link on standard error; the links of a service lie in a file
    instead, because what a service says is kept in logs that others read."""
    shown, links = addresses(settings), links_of(welcome)
    kept = settings.instance / LINKS
    kept.unlink(missing_ok=True)
    if links and is_service(supervisor):
        file = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w") as fresh:
            fresh.write("\n".join([*links, ""]))
        links = ["", f"Các liên kết nằm trong tệp / The links are in the file {kept}"]
    tell("\n".join([*shown, *links, ""]))


def is_service(supervisor: int, environ: Mapping[str, str] = os.environ) -> bool:
    """True when standard error goes to a log: systemd says which, and a container's first process has number 1."""
    if sys.stderr.isatty():
        return False
    try:
        here = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return supervisor == 1 or environ.get("JOURNAL_STREAM") == f"{here.st_dev}:{here.st_ino}"


def addresses(settings: Settings) -> list[str]:
    """The lines of the panel that give the addresses of the program."""
    shown = ["", "Sân Chơi Số đang chạy. / Sân Chơi Số is running.  (Ctrl-C: dừng / stop)"]
    for address in dict.fromkeys([settings.base_url, *settings.addresses]):
        shown.append(f"  {address}{note(address)}")
    if settings.tls:
        shown.append(f"  SHA-256 {certificate.fingerprint(settings.tls)}")
    return shown


def links_of(welcome: Welcome) -> list[str]:
    """The demo show and the administrator's link: whoever reads them has the power."""
    shown: list[str] = []
    if welcome.demo:
        demo = welcome.demo
        shown += ["", f"Chương trình mẫu / Demo show: PIN {demo.pin}", qr(demo.join_url)]
        shown += [
            f"  Người chơi / players  {demo.join_url}",
            f"  Dẫn / host            {demo.host_url}",
            f"  Sân khấu / stage      {demo.stage_url}",
        ]
    if welcome.administrator_url:
        shown += [
            "",
            "Liên kết quản trị, một lần, 15 phút. / One-time administrator link, 15 minutes:",
            f"  {welcome.administrator_url}",
        ]
    return shown


def note(address: str) -> str:
    """The sentence that tells from which devices this address can be opened."""
    host = urlsplit(address).hostname or ""
    if host in ("127.0.0.1", "localhost", "::1"):
        return "  (máy này / this machine)"
    return "  (điện thoại cùng mạng / phones on this network)"


def qr(address: str) -> str:
    """A QR code made of half blocks, small enough for a terminal."""
    drawn = io.StringIO()
    segno.make(address, error="l").terminal(out=drawn, compact=True)
    return drawn.getvalue().rstrip("\n")
