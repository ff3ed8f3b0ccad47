"""The access rows of contests while they run: addresses answered in front of Flask."""

from __future__ import annotations

from app.security.access import TICKET, Rule

DOORS: dict[str, Rule] = {"/taking": TICKET}
