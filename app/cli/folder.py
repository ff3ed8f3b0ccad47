"""The instance folder: made for its owner alone, and closed when others could read it.

Database, backups and secrets lie in it; whoever reads the database can sign in as anybody.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from app.cli import Stop
from app.config import Settings

OTHERS = 0o077
"""The permission bits of group and others, all of which are taken away."""


def make_folder(settings: Settings) -> None:
    """Make the instance folder, or say why it cannot be used. What this process makes from now on is its owner's."""
    os.umask(OTHERS)
    try:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.instance / ".lock").touch()
    except OSError as problem:
        raise Stop(
            "Không ghi được vào thư mục dữ liệu. / "
            f"The folder {settings.instance} cannot be written: {problem.strerror}."
        ) from None
    close(settings)


def close(settings: Settings) -> None:
    """Take from group and others what they may do with the data, or refuse to work with it."""
    if _is_open(settings.instance):
        _shut(chain([settings.instance], settings.instance.rglob("*")))
    _shut(_database_elsewhere(settings))


def _database_elsewhere(settings: Settings) -> Iterator[Path]:
    file = settings.sqlite_file
    if file is None or file.resolve().is_relative_to(settings.instance.resolve()):
        return
    yield from (path for end in ("", "-wal", "-shm") if (path := Path(f"{file}{end}")).exists())


def _shut(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_symlink() or not _is_open(path):
            continue
        try:
            path.chmod(path.stat().st_mode & 0o700)
        except FileNotFoundError:  # a journal that was just closed
            continue
        except OSError:
            raise _readable(path) from None
        if _is_open(path):  # a file system without owners
            raise _readable(path)


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & OTHERS)
    except FileNotFoundError:
        return False


def _readable(path: Path) -> Stop:
    return Stop(
        "Người dùng khác trên máy đọc được dữ liệu và không sửa được quyền. / "
        f"Other users of this machine can read {path}, and that cannot be changed: "
        f"run chmod -R go-rwx {path} as its owner, or set SCS_INSTANCE to another folder."
    )
