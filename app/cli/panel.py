"""What the terminal shows when the server is up. The administrator's link comes last, where it is seen."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import segno

from app.bootstrap import say
from app.cli import certificate
from app.cli.first_run import Welcome
from app.config import Settings


def show(settings: Settings, welcome: Welcome) -> None:
    """Print the addresses, the demo show and the one-time link on standard error."""
    say("\n".join(lines(settings, welcome)))


def lines(settings: Settings, welcome: Welcome) -> list[str]:
    """The panel, line by line."""
    shown = ["", "Sân Chơi Số đang chạy. / Sân Chơi Số is running.  (Ctrl-C: dừng / stop)"]
    for address in dict.fromkeys([settings.base_url, *settings.addresses]):
        shown.append(f"  {address}{note(address)}")
    if settings.tls:
        shown.append(f"  SHA-256 {certificate.fingerprint(settings.tls)}")
    if welcome.demo:
        demo = welcome.demo
        shown += ["", f"Chương trình mẫu / Demo show: PIN {demo.pin}", qr(demo.join_url)]
        shown += [f"  Người chơi / players  {demo.join_url}", f"  Dẫn / host            {demo.host_url}",
                  f"  Sân khấu / stage      {demo.stage_url}"]
    if welcome.administrator_url:
        shown += ["", "Liên kết quản trị, một lần, 15 phút. / One-time administrator link, 15 minutes:",
                  f"  {welcome.administrator_url}"]
    return [*shown, ""]


def note(address: str) -> str:
    """Who can use this address."""
    host = urlsplit(address).hostname or ""
    if host in ("127.0.0.1", "localhost", "::1"):
        return "  (máy này / this machine)"
    return "  (điện thoại cùng mạng / phones on this network)"


def qr(address: str) -> str:
    """A QR code made of half blocks, small enough for a terminal."""
    drawn = io.StringIO()
    segno.make(address, error="l").terminal(out=drawn, compact=True)
    return drawn.getvalue().rstrip("\n")
