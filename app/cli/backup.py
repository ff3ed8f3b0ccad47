"""Copy the data of a running or stopped program into one file: database, pictures and secrets. Keep it like a key."""

from __future__ import annotations

import argparse
import json
import os
import re
import sqlite3
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from app.cli import Stop
from app.config import Settings
from app.process_settings import read_settings
from app.telling import tell

NOT_COPIED = {"backups", "metrics", "server.json", "links.txt", ".lock", ".serving"}
DATABASE = "sanchoi.db"
ABOUT = "backup.json"
WARNING = (
    "Bản sao chứa mật mã và dữ liệu cá nhân: ai có tệp này vào được với tư cách bất kỳ ai. "
    "Hãy giữ như chìa khóa, không gửi qua tin nhắn. / "
    "The backup holds secrets and personal data: whoever has this file can sign in as anybody. "
    "Keep it like a key, never send it by message."
)
EVERY = {"s": 1, "m": 60, "h": 3600, "d": 86400}
REGULAR = re.compile(r"regular-\d{8}-\d{6}\.zip")
"""Only files of these names are ever cleared away."""


def run(argv: list[str]) -> int:
    """Write the file and print its path; with --every again and again."""
    parser = argparse.ArgumentParser("python3 -m app backup", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("to", nargs="?", type=Path, metavar="FILE", help="with --every a folder, best on another disk")
    parser.add_argument("--every", type=period, metavar="5m", help="make one so often (s, m, h, d) until stopped")
    parser.add_argument("--keep", type=int, default=24, metavar="N", help="with --every: keep the newest N (24)")
    options = parser.parse_args(argv)
    settings = read_settings()
    tell(WARNING)
    if options.every:
        if options.keep < 1:
            parser.error("--keep needs at least one")
        folder = options.to or own_folder(settings)
        require_folder(settings, folder)
        return make_regularly(settings, options.every, options.keep, folder)
    print(backup(settings, options.to or own_folder(settings) / time.strftime("%Y%m%d-%H%M%S.zip")))
    return 0


def own_folder(settings: Settings) -> Path:
    """The folder of backups that were sent nowhere else: on the disk of the data."""
    return settings.instance / "backups"


def period(words: str) -> int:
    """Seconds of "5m"."""
    found = re.fullmatch(r"([1-9]\d{0,5})([smhd])", words)
    if not found:
        raise argparse.ArgumentTypeError(f"5m, 1h or the like is needed, not {words!r}")
    return int(found[1]) * EVERY[found[2]]


def require_folder(settings: Settings, folder: Path) -> None:
    """Raises Stop where a folder elsewhere is missing: an unmounted disk must not become a folder on this one."""
    if folder != own_folder(settings) and not folder.is_dir():
        raise Stop(f"Không có thư mục này. / The folder {folder} is missing: is its disk mounted?")


def make_regularly(settings: Settings, every_s: int, keep: int, folder: Path, times: int | None = None) -> int:
    """Make backups in a folder until stopped (or so many `times`). One that fails is said, and the next one tried."""
    while times is None or times > 0:
        began = time.monotonic()
        try:
            require_folder(settings, folder)
            print(backup(settings, folder / time.strftime("regular-%Y%m%d-%H%M%S.zip")), flush=True)
            clear_away(folder, keep)
        except Exception as problem:
            tell(f"Không sao lưu được. / The backup could not be made: {problem}")
        times = None if times is None else times - 1
        if times != 0:
            time.sleep(max(1.0, every_s - (time.monotonic() - began)))
    return 0


def clear_away(folder: Path, keep: int) -> None:
    """Remove the older ones of the regular backups; what was made by hand or before an upgrade stays."""
    for path in sorted(path for path in folder.iterdir() if REGULAR.fullmatch(path.name))[:-keep]:
        path.unlink(missing_ok=True)


def backup(settings: Settings, file: Path) -> Path:
    """The finished file; nothing stands at its place until it is whole. Only its owner may read it."""
    if not settings.instance.is_dir():
        raise Stop(f"Chưa có dữ liệu. / There is no data in {settings.instance}.")
    beside = [path for path in files_of(settings) if path != file.resolve()]  # before anything of ours lies there
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        made = Path(folder) / "backup.zip"
        os.close(os.open(made, os.O_CREAT | os.O_WRONLY, 0o600))
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
            copy = Path(folder) / DATABASE
            copy_database(settings, copy)
            keep_erased(settings, copy, file.parent)
            pack.write(copy, DATABASE)
            pack.writestr(ABOUT, json.dumps(about(copy), indent=1))
            pack.comment = WARNING.encode()
            for path in beside:
                pack.write(path, path.relative_to(settings.instance))
        with made.open("rb+") as whole:
            os.fsync(whole.fileno())
        made.replace(file)
    return file


def keep_erased(settings: Settings, copy: Path, folder: Path) -> None:
    """Bring the lists of erased people up to date, beside the backup and here: a restore reads both."""
    from app.services.people import erased

    with closing(sqlite3.connect(copy)) as db:
        try:
            found = {number for (number,) in db.execute("SELECT id FROM member WHERE erased_at IS NOT NULL")}
        except sqlite3.OperationalError:  # not our tables; nobody is in them
            return
    found |= erased.numbers_in(own_folder(settings), settings.instance_id)
    erased.add(folder, settings.instance_id, found)
    try:
        erased.add(own_folder(settings), settings.instance_id, found)
    except OSError as problem:  # a full disk here does not stop a backup elsewhere
        tell(f"Không ghi được danh sách đã xóa. / The list of erased people here cannot be written: {problem}")


def files_of(settings: Settings) -> list[Path]:
    """The files beside the database: pictures, secrets and the like."""
    database = settings.sqlite_file
    ours = {database, *(Path(f"{database}{end}") for end in ("-wal", "-shm"))} if database else set()
    return [
        path
        for path in sorted(settings.instance.rglob("*"))
        if path.is_file() and path not in ours and path.relative_to(settings.instance).parts[0] not in NOT_COPIED
    ]


def copy_database(settings: Settings, copy: Path) -> None:
    """A consistent copy, as an SQLite file, made while the server writes; never by copying a file.

    PostgreSQL is read by this program itself: no other program is needed, and none is told a password.
    """
    if settings.sqlite_file:
        if not settings.sqlite_file.exists():
            raise Stop(f"Chưa có dữ liệu. / There is no data in {settings.sqlite_file}.")
        with closing(sqlite3.connect(f"{settings.sqlite_file.as_uri()}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", [str(copy)])
        return
    from app.models import copying, schema
    from app.models.engines import Database

    source_of, target = Database(), Database()
    source_of.bind(settings.database_url)
    target.bind(f"sqlite:///{copy}")
    try:
        with copying.snapshot(source_of.engine) as one, schema.filling(target.engine) as other:
            revision = schema.revision_of(one)
            if revision is None:
                raise Stop("Chưa có dữ liệu. / The database is empty.")
            schema.make(other, revision)
            copying.copy_rows(one, other)
    finally:
        source_of.dispose()
        target.dispose()
    with closing(sqlite3.connect(copy, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=DELETE")


def about(copy: Path) -> dict[str, Any]:
    """The facts about a backup: its moment, its step, and how much it holds. Raises Stop where it is not sound."""
    from app.models.searching import is_index

    with closing(sqlite3.connect(copy)) as db:
        (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise Stop(f"Cơ sở dữ liệu bị hỏng. / The database is damaged: {found}")
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        counts = {
            name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for name in tables
            if not is_index(name)
        }
        stamped = "alembic_version" in counts and db.execute("SELECT version_num FROM alembic_version").fetchone()
    return {
        "format": "san-choi-so-backup",
        "made_at": time.time_ns() // 1000,
        "revision": stamped[0] if stamped else None,
        "rows": counts,
    }
