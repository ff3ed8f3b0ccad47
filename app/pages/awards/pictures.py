"""The answer of an address that shows a document: its picture, or an empty sheet while it is drawn."""

from __future__ import annotations

from typing import Any

from flask import Response

from app.services.awards.letterheads import Pictures
from app.services.awards.previews import previews

KEPT = {"Cache-Control": "private, max-age=300"}
SOON = {"Cache-Control": "no-store", "Retry-After": "1"}
SHEET = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><rect width="842" height="595" fill="#fff"/>
<rect x="24" y="24" width="794" height="547" fill="none" stroke="#d5dbe6" stroke-width="2"/>
<g fill="#b9c2d3"><circle cx="391" cy="298" r="7"/>
<circle cx="421" cy="298" r="7"/><circle cx="451" cy="298" r="7"/></g>
</svg>"""


def as_picture(document: dict[str, Any], pictures: Pictures) -> Response:
    """`static/js/awards/preview.js` asks again while the answer is 202."""
    made = previews.of(document, pictures)
    if made is None:
        return Response(SHEET, 202, SOON, mimetype="image/svg+xml")
    return Response(made, headers=KEPT, mimetype="image/png")
