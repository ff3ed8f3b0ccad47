"""A link for an administrator who cannot sign in any more: admin-link --reset CODE (15 minutes, once)"""

from __future__ import annotations

import argparse
import os
import pwd

from app.cli import Stop
from app.config import Settings
from app.process_settings import read_settings


def run(argv: list[str]) -> int:
    """Print the link, on standard output only; no log holds it."""
    parser = argparse.ArgumentParser("python3 -m app admin-link", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reset", metavar="CODE", required=True, help="the administrator's member code")
    options = parser.parse_args(argv)
    refuse_others(read_settings())
    from app.cli import site
    from app.services.people.admin_reset import reset_link

    settings = site.prepared()
    token = reset_link(options.reset)
    print(settings.base_url + path_of(settings, token))
    return 0


def refuse_others(settings: Settings) -> None:
    """Only the owner of the instance folder may do this: whoever else can read it is not meant to have its power."""
    if not settings.instance.is_dir():
        raise Stop(f"Chưa có dữ liệu. / There is no data in {settings.instance}.")
    owner = settings.instance.stat().st_uid
    if owner != os.geteuid():
        raise Stop(
            f"Chỉ chủ thư mục dữ liệu làm được. / Only the owner of {settings.instance} can do this: "
            f"run it as {name_of(owner)}."
        )


def name_of(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def path_of(settings: Settings, token: str) -> str:
    """The page of a password link."""
    from flask import url_for

    from app.factory import create_app

    with create_app(settings).test_request_context():
        return url_for("accounts.activate", token=token)
