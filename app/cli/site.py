"""The application for a command that does not serve."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from app.cli import first_run, running
from app.cli.settings import read_settings
from app.factory import create_app


def application() -> Flask:
    """The application on a prepared database. Its links lead to the running server, if there is one."""
    settings = read_settings()
    server = running.find(settings)
    if server:
        settings = replace(settings, addresses=tuple(server.addresses))
    return create_app(first_run.prepare(settings).settings)
