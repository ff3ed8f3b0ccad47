"""Prepares everything that serving and loading need: a folder, secrets, tables, content.

Every step may be repeated. Steps that start at the same time in two terminals wait for each other.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask, url_for

from app.cli import Stop, tables
from app.cli.folder import make_folder
from app.config import Settings
from app.models.engines import database

# File systems of a network: SQLite's shared memory does not work across machines.
REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "afs", "ceph", "fuse.sshfs"}


DEMO_SCRIPT = "speed"


@dataclass(frozen=True)
class Prepared:
    """The settings with their secrets; whether the database was created by this very run."""

    settings: Settings
    is_new: bool


@dataclass(frozen=True)
class DemoShow:
    """A show to try at once."""

    pin: str
    join_url: str
    host_url: str
    stage_url: str


@dataclass(frozen=True)
class Welcome:
    """The facts that a first start tells its operator."""

    demo: DemoShow | None = None
    administrator_url: str | None = None


def prepare(settings: Settings) -> Prepared:
    """Make folder, secrets and tables where they are missing, and bind the database."""
    make_folder(settings)
    refuse_network_folder(settings.sqlite_file)
    with _alone(settings.instance):
        settings = with_secrets(settings)
        compile_translations(settings)
        database.bind(settings.database_url)
        is_new = tables.bring_on(settings)
        carry_over_pictures(settings)
        return Prepared(settings, is_new)


def carry_over_pictures(settings: Settings) -> None:
    """Pictures lay in the instance folder once; a restored backup of that time has them there, too."""
    folder = settings.instance / "media"
    if folder.is_dir():
        from app.services.banks import media

        media.carry_over(folder)


def welcome(app: Flask, prepared: Prepared, *, demo: bool) -> Welcome:
    """Load the shipped banks, fill a database this run created, and make the links a start prints."""
    # The tables of these modules are not needed by commands that only prepare.
    from app.services.banks import banks
    from app.services.people import links

    banks.load_shipped()
    show = demo_show(prepared.settings) if demo and prepared.is_new else None
    token = links.admin_link()
    if token is None:
        return Welcome(show)
    with app.test_request_context():
        start = url_for("accounts.first", token=token)
    return Welcome(show, prepared.settings.base_url + start)


def demo_show(settings: Settings) -> DemoShow:
    """A demo organisation with invented people, and a show to try at once."""
    from app.services.people.demo import demo_organisation
    from app.services.shows import addresses, scripts

    made = scripts.create(DEMO_SCRIPT, chapter_id=demo_organisation().root_id)
    made_links = addresses.of(made, settings.base_url, settings.secret_key)
    return DemoShow(made.pin, made_links.join, made_links.staff["host"], made_links.staff["stage"])


def with_secrets(settings: Settings) -> Settings:
    """The settings with every secret that was not given, made once and kept in the instance folder; its number, too."""
    keep_secret(settings.instance / "instance_id", 9)
    return replace(
        settings,
        secret_key=settings.secret_key or keep_secret(settings.instance / "secret_key"),
        metrics_token=settings.metrics_token or keep_secret(settings.instance / "metrics_token"),
    )


def compile_translations(settings: Settings) -> None:
    """Make the compiled catalogues that are missing or older than their sources."""
    for source in (settings.root / "app/translations").glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            from app.cli import words  # knows Babel's tools, which a usual start does not need

            words.compile_catalogue(source)


def keep_secret(path: Path, length: int = 48) -> str:
    """The secret in this file; made now, for the owner's eyes only, if there is none."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(file, "w") as fresh:
        fresh.write(secrets.token_urlsafe(length))
    return path.read_text()


def refuse_network_folder(file: Path | None, mounts: Path = Path("/proc/mounts")) -> None:
    """Stop before SQLite is opened on a network share, where its write-ahead log breaks."""
    if file is None or not mounts.exists():
        return
    folder = file.resolve().parent
    rows = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    holding = [(where, kind) for where, kind in rows if folder.is_relative_to(where)]
    where, kind = max(holding, key=lambda row: len(row[0]), default=("", ""))
    if kind in REMOTE:
        raise Stop(
            "SQLite không chạy được trên thư mục mạng. / "
            f"SQLite cannot be kept on the network folder {where} ({kind}): "
            "set SCS_INSTANCE to a folder of this machine."
        )


@contextmanager
def _alone(instance: Path) -> Iterator[None]:
    with (instance / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
