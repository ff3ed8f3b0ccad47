"""A phone asks its maker whether a Wi-Fi leads to the internet. In a hall without any, we answer in the maker's place.

Else the phone says "no internet" and goes over to mobile data in the middle of a question. The hall's name server sends
the makers' names here (docs/operations.md); each of these addresses, and no other, is answered under any name.
What is expected: Android and Chrome OS (`generate_204`), Apple (`hotspot-detect`, `success.html`), Windows
(`connecttest.txt`, `ncsi.txt`), Firefox (`canonical.html`, `success.txt`), GNOME and KDE (`check_network_status.txt`).
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from app import security
from app.pages.hall.seen import phones

pages = Blueprint("probes", __name__)

NOTHING = (204, "text/plain", "")
APPLE = (200, "text/html", "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>")
REPLIES = {
    "/generate_204": NOTHING,
    "/gen_204": NOTHING,
    "/mobile/status.php": NOTHING,
    "/hotspot-detect.html": APPLE,
    "/library/test/success.html": APPLE,
    "/connecttest.txt": (200, "text/plain", "Microsoft Connect Test"),
    "/ncsi.txt": (200, "text/plain", "Microsoft NCSI"),
    "/success.txt": (200, "text/plain", "success\n"),
    "/canonical.html": (200, "text/html", '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>'),
    "/check_network_status.txt": (200, "text/plain", "NetworkManager is online\n"),
    "/nm-check.txt": (200, "text/plain", "NetworkManager is online\n"),
}  # fmt: skip
"""Path -> status, type, body."""


def reply() -> Response:
    """The one reply that says: this network is well."""
    status, kind, body = REPLIES[request.path]
    phones().asked(security.address())
    return Response(body, status, mimetype=kind)


for path in REPLIES:
    pages.add_url_rule(path, "reply", reply)
