"""The access rows of pages that belong to no area."""

from __future__ import annotations

from app.security.access import PUBLIC, TOKEN, Rule

ROWS: dict[str, Rule] = {
    "healthz": PUBLIC,
    "metrics": TOKEN,
    "static_file": PUBLIC,
    "home.index": PUBLIC,
    "home.language": PUBLIC,
    "help.guide": PUBLIC,
    "help.index": PUBLIC,
    "home.privacy": PUBLIC,
}
