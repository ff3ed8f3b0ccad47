"""Puts the application together: settings, database, languages, security, pages, the live layer."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

from flask import Flask

from app import assets, calling, compiled, errors, fragments, language, logs, metrics, numbers, pages, security
from app.addresses import Address
from app.config import PREFIX, BadSetting, Settings
from app.formulas import markup
from app.live import access as live_access
from app.live.doors import entrance
from app.live.seats import standing
from app.models.engines import database
from app.saving import door
from app.security import access
from app.services.awards.printing import address
from app.services.awards.signing import BadKey, document_key
from app.services.contests.publishing.signing import signer
from app.services.mail import post
from app.services.movement.codes import codes
from app.services.people.erased import kept
from app.services.people.outside import provider
from app.services.points.signing import keys
from app.services.shows.parcels.key import own as parcel_key

ROOT = Path(__file__).resolve().parents[1]
PARTS = (compiled, numbers, logs, metrics, language, errors, standing, door, security, assets, fragments, markup)
"""The parts that prepare the application for every page, in the order in which they stand around a request."""


def create_app(settings: Settings) -> Flask:
    """The application for `settings`. Binds the process's database; makes no tables."""
    logs.configure(settings)
    app = Flask("app", root_path=str(ROOT / "app"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.url_rule_class = Address
    app.config["SETTINGS"] = settings
    app.config["SECRET_KEY"] = settings.secret_key
    calling.install(app)
    database.bind(settings.database_url, settings.database_connections, settings.workers)
    signer.bind(settings.secret_key)
    keys.bind(settings.secret_key)
    parcel_key.bind(settings.secret_key)
    codes.bind(settings.secret_key)
    address.bind(settings.base_url)
    _bind_document_key(settings)
    post.bind(settings.mail_url, settings.sender)
    provider.bind(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.oidc_name)
    kept.bind(settings.instance / "backups", settings.instance_id)
    for part in PARTS:
        part.install(app)
    app.register_blueprint(entrance.pages)
    access.declare(live_access.ROWS)
    for module in modules_of_pages():
        if hasattr(module, "pages"):
            app.register_blueprint(module.pages)
        if module.__name__.endswith(".access"):
            access.declare(module.ROWS)
    return app


def _bind_document_key(settings: Settings) -> None:
    try:
        document_key.bind(settings.signing_key, settings.signing_passphrase, settings.signing_roots)
    except BadKey as problem:
        raise BadSetting(PREFIX + problem.setting.upper(), str(problem)) from None


def modules_of_pages() -> Iterator[ModuleType]:
    """Every module under `app/pages`, in the order of their names: an area's rights are the ROWS of its `access`."""
    return (import_module(found.name) for found in walk_packages(pages.__path__, f"{pages.__name__}."))
