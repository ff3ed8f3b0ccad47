"""List every setting with its meaning and default, as the table of the README."""

from __future__ import annotations

import os
from collections.abc import Mapping

from app.bootstrap import say
from app.cli import Stop
from app.config import Settings, table, unknown_names
from app.environment import ROOT


def run(argv: list[str]) -> int:
    """Print the table."""
    print(table())
    return 0


def make_folder(settings: Settings) -> None:
    """Make the instance folder, for its owner alone, or say why it cannot be used."""
    try:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.instance / ".lock").touch()
    except OSError as problem:
        raise Stop(
            "Không ghi được vào thư mục dữ liệu. / "
            f"The folder {settings.instance} cannot be written: {problem.strerror}."
        ) from None


def read_settings(environ: Mapping[str, str] = os.environ, *, warn: bool = True) -> Settings:
    """The settings of this process. Names that mean nothing are said, not obeyed."""
    for name in unknown_names(environ) if warn else ():
        say(f"Bỏ qua biến lạ. / Ignoring the unknown setting {name}")
    return Settings.from_env(environ, ROOT)
