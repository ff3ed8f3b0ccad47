"""Puts the application together: settings, database, languages, security, pages, the live layer."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from flask import Blueprint, Flask

from app import assets, errors, fragments, language, logs, metrics, numbers, pages, security
from app.config import Settings
from app.live.doors import entrance
from app.models.engines import database
from app.saving import door
from app.services.contests.publishing.signing import signer

ROOT = Path(__file__).resolve().parents[1]


def create_app(settings: Settings) -> Flask:
    """The application for `settings`. Binds the process's database; makes no tables."""
    logs.configure(settings)
    app = Flask("app", root_path=str(ROOT / "app"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.config["SETTINGS"] = settings
    app.config["SECRET_KEY"] = settings.secret_key
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    database.bind(settings.database_url)
    signer.bind(settings.secret_key)
    for part in (numbers, logs, metrics, language, errors, door, security, assets, fragments):
        part.install(app)
    app.register_blueprint(entrance.pages)
    for area in areas():
        app.register_blueprint(area)
    return app


def areas() -> list[Blueprint]:
    """The blueprint `pages` of every module in `app/pages`, in the order of their names."""
    modules = (import_module(f"{pages.__name__}.{found.name}") for found in iter_modules(pages.__path__))
    return [module.pages for module in modules if hasattr(module, "pages")]
