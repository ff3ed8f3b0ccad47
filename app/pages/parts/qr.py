"""Addresses for other people's phones, and the QR picture of one: plain SVG, which a strict policy allows."""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import request, url_for
from markupsafe import Markup

from app.security.headers import LOCAL, settings


def outward(endpoint: str, **values: Any) -> str:
    """The whole address of a page as others reach it, also when this page was opened on the machine itself."""
    return absolute(url_for(endpoint, **values))


def absolute(path: str) -> str:
    """The whole address of a path of ours."""
    of = settings()
    here = request.host.rpartition(":")[0] or request.host
    base = of.base_url if of.public_url or (of.addresses and here in LOCAL) else request.url_root.rstrip("/")
    return base + path


def qr(address: str) -> Markup:
    """The picture; the text beside it must say the address too."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, dark="#0a1633", light="#ffffff"
    )
    return Markup(out.getvalue().decode())  # noqa: S704  our own drawing, no text of anybody in it
