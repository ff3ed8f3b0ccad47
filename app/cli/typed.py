"""The settings of a server, with what was typed put over them."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace

from app.cli import Stop
from app.config import Settings
from app.process_settings import read_settings


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings with the options put over them."""
    environ = dict(os.environ)
    if options.port:
        environ["SCS_PORT"] = options.port
    settings = read_settings(environ)
    if options.workers > 1 and settings.sqlite_file:
        raise Stop("Nhiều tiến trình cần PostgreSQL. / --workers needs PostgreSQL: set SCS_DATABASE_URL.")
    settings = replace(settings, workers=options.workers)
    return replace(settings, host="0.0.0.0") if options.lan is not None else settings  # noqa: S104
