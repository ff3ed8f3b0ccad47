"""The access rows of a hall without internet."""

from __future__ import annotations

from app.security.access import PUBLIC, Rule, anywhere

ROWS: dict[str, Rule] = {
    "probes.reply": PUBLIC,
    "wifi.desk": anywhere("host", "organiser", "admin"),
    "wifi.phone": PUBLIC,
    "wifi.ping": PUBLIC,
}
