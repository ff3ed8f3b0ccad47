"""Put a backup in the place of what is here, which is backed up first: restore FILE"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy.exc import SQLAlchemyError

from app.cli import Stop, occupied, tables
from app.cli.backup import ABOUT, DATABASE, NOT_COPIED, about, backup
from app.cli.folder import make_folder
from app.config import Settings
from app.process_settings import read_settings
from app.telling import tell


@dataclass(frozen=True)
class Restored:
    """The outcome of a restore."""

    before: Path | None
    """The backup of what was here; None where there was nothing."""
    erased: int
    shows: int


def run(argv: list[str]) -> int:
    """Restore, and print what is here now."""
    parser = argparse.ArgumentParser("python3 -m app restore", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, help="what `backup` has written")
    parser.add_argument(
        "--erased",
        type=Path,
        action="append",
        default=[],
        metavar="LIST",
        help="erased.txt of another worker of the same database; may be given for each of them",
    )
    options = parser.parse_args(argv)
    settings = read_settings()
    make_folder(settings)
    done = restore(settings, options.file, options.erased)
    if done.before:
        print(f"before {done.before}")
    print(f"erased again {done.erased}\nshows going on {done.shows}")
    return 0


def restore(settings: Settings, file: Path, lists: Sequence[Path] = ()) -> Restored:
    """Make the data that of the backup, whole or not at all. Raises Stop.

    `lists`: of erased people, written by other workers of the same database under numbers of their own.
    """
    with occupied.alone(settings), tempfile.TemporaryDirectory(dir=settings.instance, prefix=".restoring-") as folder:
        instance, names = unpack(file, Path(folder))
        instance = instance or settings.instance_id
        erased = erased_since(settings, file, instance).union(*map(numbers_of, lists))
        done = made_ready(Path(folder) / DATABASE, erased)
        before = what_is_here(settings)
        for name in names:
            put_file(Path(folder) / "beside" / name, settings.instance / name)
        put_database(settings, Path(folder) / DATABASE)
        keep_list(settings, instance, erased)
    return Restored(before, *done)


def unpack(file: Path, folder: Path) -> tuple[str, list[str]]:
    """The files of a backup in a folder; the number of its instance ("" in old ones) and the names beside the database.

    Raises Stop where it is no backup, or not whole.
    """
    try:
        with zipfile.ZipFile(file) as pack:
            if pack.testzip():
                raise Stop(f"Bản sao lưu bị hỏng. / The backup {file} is damaged.")
            names = [one.filename for one in pack.infolist() if not one.is_dir()]
            if "database.sql" in names:
                raise Stop(
                    "Bản sao lưu PostgreSQL của bản 0.1.0: hãy dùng psql. / This backup of PostgreSQL was made "
                    "by version 0.1.0: put its database.sql into an empty database with psql."
                )
            found = [name for name in names if name == DATABASE or (name.endswith(".db") and "/" not in name)]
            if not found or not all(harmless(name) for name in names):
                raise Stop(f"Tệp này không phải bản sao lưu. / {file} is not a backup.")
            with pack.open(found[0]) as stored, (folder / DATABASE).open("wb") as target:
                shutil.copyfileobj(stored, target)
            beside = [name for name in names if name not in (found[0], ABOUT)]
            beside = [name for name in beside if PurePosixPath(name).parts[0] not in NOT_COPIED]
            for name in beside:
                pack.extract(name, folder / "beside")
    except (OSError, zipfile.BadZipFile) as problem:
        raise Stop(f"Không đọc được bản sao lưu. / The backup {file} cannot be read: {problem}") from None
    about(folder / DATABASE)
    mark = folder / "beside" / "instance_id"
    return mark.read_text().strip() if mark.is_file() else "", beside


def harmless(name: str) -> bool:
    """True when a name in an archive stays inside the folder."""
    return not name.startswith("/") and ".." not in PurePosixPath(name).parts and "\\" not in name


def erased_since(settings: Settings, file: Path, instance: str) -> set[int]:
    """Everybody known to be erased: by the lists here and beside the backup, and by the data that is here now."""
    from app.models.engines import database
    from app.services import restoring
    from app.services.people import erased

    numbers = erased.numbers_in(settings.instance / "backups", instance) | erased.numbers_in(file.parent, instance)
    if instance != settings.instance_id or (settings.sqlite_file and not settings.sqlite_file.exists()):
        return numbers
    database.bind(settings.database_url)
    try:
        return numbers | restoring.erased_numbers()
    except Exception as problem:  # no tables, or the damage that is the reason for all this
        tell(f"Không đọc được dữ liệu hiện có. / What is here cannot be read: {problem!s:.100}")
        return numbers
    finally:
        database.dispose()


def numbers_of(file: Path) -> set[int]:
    """Everybody a list names, whichever worker wrote it. Raises Stop where it cannot be read."""
    from app.services.people import erased

    try:
        return erased.numbers_in_text(file.read_text())
    except OSError as problem:
        raise Stop(f"Không đọc được danh sách đã xóa. / The list {file} cannot be read: {problem}") from None


def made_ready(file: Path, erased: set[int]) -> tuple[int, int]:
    """Bring the copy to this version and settle it in: (people erased again, shows that are not over)."""
    from app.models import schema
    from app.models.engines import database
    from app.services import restoring
    from app.services.shows import shows

    database.bind(f"sqlite:///{file}")
    try:
        schema.upgrade(database.engine)
        return restoring.settle_in(erased), len(shows.heads())
    except schema.Refused as refusal:
        raise Stop(tables.sentence(refusal.stamp)) from None
    finally:
        database.dispose()
        with closing(sqlite3.connect(file, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")


def what_is_here(settings: Settings) -> Path | None:
    """A backup of the data about to be replaced; of a damaged file a plain copy."""
    folder, moment = settings.instance / "backups", time.strftime("%Y%m%d-%H%M%S")
    file = settings.sqlite_file
    if file is not None and not file.exists():
        return None
    try:
        return backup(settings, folder / f"before-restore-{moment}.zip")
    except (Stop, sqlite3.Error, SQLAlchemyError) as problem:
        if file is None and not isinstance(problem, Stop):
            raise Stop(
                "Không đọc được cơ sở dữ liệu hiện có. Hãy đổi tên nó và tạo một cơ sở dữ liệu trống. / What is here "
                f"cannot be read and stays: rename the database and make an empty one. {problem!s:.200}"
            ) from None
        if file is None:
            return None
        aside = folder / f"damaged-{moment}"
        aside.mkdir(mode=0o700, parents=True)
        for path in (file, Path(f"{file}-wal")):
            if path.exists():
                shutil.copy2(path, aside)
        return aside


def put_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.chmod(0o600)
    source.replace(target)


def put_database(settings: Settings, made: Path) -> None:
    """The copy in the place of the database; on PostgreSQL its rows in one transaction."""
    file = settings.sqlite_file
    if file is not None:
        for end in ("-wal", "-shm"):
            Path(f"{file}{end}").unlink(missing_ok=True)
        with made.open("rb+") as whole:
            os.fsync(whole.fileno())
        put_file(made, file)
        return
    from app.models import copying, schema
    from app.models.engines import Database

    source, target = Database(), Database()
    source.bind(f"sqlite:///{made}")
    target.bind(settings.database_url)
    try:
        with copying.snapshot(source.engine) as one, schema.filling(target.engine) as other:
            schema.clear(other)
            schema.make(other, "head")
            copying.copy_rows(one, other)
    except schema.Refused as refusal:
        raise Stop(tables.sentence(refusal.stamp)) from None
    finally:
        source.dispose()
        target.dispose()


def keep_list(settings: Settings, instance: str, numbers: set[int]) -> None:
    """The list goes on beside the backups made from now on."""
    from app.services.people import erased

    erased.add(settings.instance / "backups", instance, numbers)
