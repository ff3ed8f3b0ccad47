"""Copy the data of a running or stopped program into one file: database, pictures and secrets. Keep it like a key."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path

from app.bootstrap import say
from app.cli import Stop
from app.cli.settings import read_settings
from app.config import Settings

NOT_COPIED = {"backups", "server.json", "links.txt", ".lock"}
WARNING = (
    "Bản sao chứa mật mã và dữ liệu cá nhân: ai có tệp này vào được với tư cách bất kỳ ai. "
    "Hãy giữ như chìa khóa, không gửi qua tin nhắn. / "
    "The backup holds secrets and personal data: whoever has this file can sign in as anybody. "
    "Keep it like a key, never send it by message."
)


def run(argv: list[str]) -> int:
    """Write the file and print its path."""
    parser = argparse.ArgumentParser("python3 -m app backup", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, help="default: backups/<time>.zip in the instance folder")
    settings = read_settings()
    name = time.strftime("%Y%m%d-%H%M%S.zip")
    print(backup(settings, parser.parse_args(argv).file or settings.instance / "backups" / name))
    say(WARNING)
    return 0


def backup(settings: Settings, file: Path) -> Path:
    """The finished file; nothing stands at its place until it is whole. Only its owner may read it."""
    if not settings.instance.is_dir():
        raise Stop(f"Chưa có dữ liệu. / There is no data in {settings.instance}.")
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        made = Path(folder) / "backup.zip"
        os.close(os.open(made, os.O_CREAT | os.O_WRONLY, 0o600))
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
            copy = copy_database(settings, Path(folder))
            pack.write(copy, copy.name)
            pack.comment = WARNING.encode()
            for path in files_of(settings):
                pack.write(path, path.relative_to(settings.instance))
        made.replace(file)
    return file


def files_of(settings: Settings) -> list[Path]:
    """What lies beside the database: pictures, secrets and the like."""
    database = settings.sqlite_file
    ours = {database, *(Path(f"{database}{end}") for end in ("-wal", "-shm"))} if database else set()
    return [
        path for path in sorted(settings.instance.rglob("*"))
        if path.is_file() and path not in ours and path.relative_to(settings.instance).parts[0] not in NOT_COPIED
    ]


def copy_database(settings: Settings, folder: Path) -> Path:
    """A consistent copy made while the server writes, never by copying the file."""
    if settings.sqlite_file:
        copy = folder / settings.sqlite_file.name
        with closing(sqlite3.connect(f"{settings.sqlite_file.as_uri()}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", [str(copy)])
        return copy
    if not shutil.which("pg_dump"):
        raise Stop("Cần pg_dump để sao lưu PostgreSQL. / To back up PostgreSQL the program pg_dump is needed.")
    copy = folder / "database.sql"
    command = ["pg_dump", "--no-owner", "--no-password", "--file", str(copy)]
    if subprocess.run(command, env=dict(os.environ) | connection_variables(settings.database_url)).returncode:
        raise Stop("pg_dump không làm được. / pg_dump has failed.")
    return copy


def connection_variables(url: str) -> dict[str, str]:
    """The address of a PostgreSQL database as environment variables of its own programs. Every user of the machine can
    read the arguments of a process, its environment only the owner."""
    from psycopg.pq import Conninfo

    address = url.replace("postgresql+psycopg://", "postgresql://").encode()
    return {one.envvar.decode(): one.val.decode() for one in Conninfo.parse(address) if one.envvar and one.val}
