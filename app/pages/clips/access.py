"""The access rows of sound and film."""

from __future__ import annotations

from app.security.access import Rule, anywhere

ROWS: dict[str, Rule] = {"clips.upload": anywhere("author", "reviewer", "host", "organiser")}
