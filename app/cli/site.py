"""The site for a command that does not serve."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app import logs
from app.cli import first_run, running
from app.config import Settings
from app.process_settings import read_settings

if TYPE_CHECKING:
    from flask import Flask


def prepared() -> Settings:
    """The settings, on a prepared database: enough for services, and a second sooner there than all the pages. Links
    lead to the running server, if there is one."""
    settings = read_settings()
    server = running.find(settings)
    if server:
        settings = replace(settings, addresses=tuple(server.addresses))
    settings = first_run.prepare(settings).settings
    logs.configure(settings)
    return settings


def application() -> Flask:
    """The whole application, for what speaks or signs."""
    from app.factory import create_app

    return create_app(prepared())
