"""List every setting with its meaning and default, as the table of the README."""

from __future__ import annotations

import os
from collections.abc import Mapping

from app.bootstrap import say
from app.config import Settings, table, unknown_names
from app.environment import ROOT


def run(argv: list[str]) -> int:
    """Print the table."""
    print(table())
    return 0


def read_settings(environ: Mapping[str, str] = os.environ, *, warn: bool = True) -> Settings:
    """The settings of this process. Names that mean nothing are said, not obeyed."""
    for name in unknown_names(environ) if warn else ():
        say(f"Bỏ qua biến lạ. / Ignoring the unknown setting {name}")
    return Settings.from_env(environ, ROOT)
