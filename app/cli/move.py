"""Copy everything into an empty database of another engine, and compare the two: move --to postgresql://..."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from app.cli import Stop, first_run, occupied
from app.cli.folder import make_folder
from app.config import Settings
from app.models import copying, schema
from app.models.engines import Database, database
from app.models.stamps import stamp_of
from app.process_settings import read_settings
from app.telling import tell


def run(argv: list[str]) -> int:
    """Move, and say what to set next. 1 where the copy is not the same."""
    parser = argparse.ArgumentParser("python3 -m app move", description=(__doc__ or "").partition("\n")[0])
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument(
        "--to",
        metavar="ADDRESS",
        help="postgresql://... or sqlite:///...; a password is better kept "
        "out of it: in ~/.pgpass, or the whole address in a file",
    )
    target.add_argument("--to-file", type=Path, metavar="FILE", help="a file that holds the address")
    options = parser.parse_args(argv)
    settings = read_settings()
    make_folder(settings)
    there = address_of(settings, options.to, options.to_file)
    copied = move(settings, there)
    print("\n".join(f"{rows:>9,} {table}" for table, rows in copied.items() if rows))
    shown = make_url(there).set(password=None).render_as_string()
    tell(
        f"Giống nhau. Từ nay đặt SCS_DATABASE_URL={shown} / Both are the same. From now on set "
        f"SCS_DATABASE_URL={shown} (with its password, if any). The former database is left as it was."
    )
    return 0


def address_of(settings: Settings, said: str | None, file: Path | None) -> str:
    """The address of the other database, checked like the setting's. Its password is never repeated."""
    try:
        text = file.read_text().strip() if file else str(said)
    except OSError as problem:
        raise Stop(f"Không đọc được tệp. / {file} cannot be read: {problem.strerror}") from None
    variables = {"SCS_INSTANCE": str(settings.instance), "SCS_DATABASE_URL": text}
    address = Settings.from_env(variables, settings.root).database_url
    if said and make_url(address).password:
        tell(
            "Ai trên máy cũng đọc được mật khẩu trên dòng lệnh: nên dùng --to-file. / "
            "Everybody on this machine can read a password on the command line: use --to-file next time."
        )
    return address


def move(settings: Settings, there: str) -> dict[str, int]:
    """Copy into the empty database `there`; rows by table. Raises Stop where it is not empty or not the same after."""
    if make_url(there) == make_url(settings.database_url):
        raise Stop("Đó chính là cơ sở dữ liệu đang dùng. / That is the database in use.")
    with occupied.alone(settings):
        first_run.prepare(settings)
        target = Database()
        target.bind(there)
        try:
            with copying.snapshot(database.engine) as source, schema.filling(target.engine) as into:
                if stamp_of(into, schema.revisions()).kind != "empty":
                    raise Stop("Cơ sở dữ liệu đích không trống. / The other database is not empty.")
                schema.make(into, "head")
                copied = copying.copy_rows(source, into)
        except DBAPIError as problem:
            line = str(problem.orig).partition("\n")[0]
            raise Stop(f"Không sao chép được. / The copy could not be made: {line}") from None
        finally:
            target.dispose()
        compare(settings, replace(settings, database_url=there))
    return copied


def compare(one: Settings, other: Settings) -> None:
    """Raise Stop where the two databases do not say the same of themselves."""
    from app.services.comparing import differences

    found = differences(portrait(one), portrait(other))
    if found:
        raise Stop(
            "Bản sao không giống, hãy dùng tiếp cơ sở dữ liệu cũ. / The copy is not the same, go on with the "
            f"former database: {'; '.join(found)}"
        )


def portrait(settings: Settings) -> dict[str, Any]:
    from app.services import comparing

    database.bind(settings.database_url)
    try:
        return comparing.portrait()
    finally:
        database.dispose()
