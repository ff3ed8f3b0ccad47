"""The application for a command: settings read, database prepared, links that lead to the running server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from flask import Flask

from app.bootstrap import say
from app.cli import first_run, running
from app.config import Settings, unknown_names
from app.environment import ROOT


def read_settings(environ: Mapping[str, str] = os.environ, *, warn: bool = True) -> Settings:
    """The settings of this process. Names that mean nothing are said, not obeyed."""
    for name in unknown_names(environ) if warn else ():
        say(f"Bỏ qua biến lạ. / Ignoring the unknown setting {name}")
    return Settings.from_env(environ, ROOT)


def application() -> Flask:
    """The application for a command that does not serve. Its links lead to the running server."""
    from app.factory import create_app

    settings = read_settings()
    server = running.find(settings)
    if server:
        settings = replace(settings, addresses=tuple(server.addresses))
    return create_app(first_run.prepare(settings).settings)
