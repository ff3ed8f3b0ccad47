"""The tables at a start: brought to this version after a backup, or left alone with a sentence that says why."""

from __future__ import annotations

import time

from sqlalchemy.exc import DatabaseError, OperationalError

from app.cli import Stop
from app.config import Settings
from app.models import schema
from app.models.engines import database
from app.models.stamps import DEVELOPMENT, NEWER, Stamp
from app.telling import tell
from app.version import program_version


def bring_on(settings: Settings) -> bool:
    """Bring the bound database to this version; whether it was empty. Raises Stop with one line."""
    try:
        return schema.upgrade(database.engine, lambda stamp: keep_safe(settings, stamp))
    except schema.Refused as refusal:
        raise Stop(sentence(refusal.stamp)) from None
    except DatabaseError as problem:
        if type(problem) not in (OperationalError, DatabaseError):  # a step of ours is wrong
            raise
        line = str(problem.orig).partition("\n")[0]
        raise Stop(f"Không mở được cơ sở dữ liệu. / The database cannot be opened: {line}") from None


def keep_safe(settings: Settings, stamp: Stamp) -> None:
    """A backup as the older version left everything. If it cannot be made, nothing is changed."""
    from app.cli.backup import backup  # knows archives, which a usual start does not need

    name = f"before-{program_version()}-{time.strftime('%Y%m%d-%H%M%S')}.zip"
    file = backup(settings, settings.instance / "backups" / name)
    was = stamp.version or stamp.revision
    tell(
        f"Nâng cấp dữ liệu từ phiên bản {was}; bản sao lưu: {file} / "
        f"Upgrading the data of version {was}; a backup is in {file}"
    )


def sentence(stamp: Stamp) -> str:
    """The sentence that tells a person of tables this program leaves alone."""
    if stamp.kind == NEWER:
        return (
            f"Dữ liệu thuộc phiên bản mới hơn ({stamp.version}); chương trình này là {program_version()}. "
            f"/ The data belongs to a newer version of the program ({stamp.version}; this is {program_version()}). "
            "Nothing was changed: install that version or a later one."
        )
    if stamp.kind == DEVELOPMENT:
        return (
            "Dữ liệu do một bản phát triển ngày 23-11-2026 tạo ra, không nâng cấp được. "
            "/ The data was made by a development version of 23-11-2026 and cannot be upgraded. "
            "Nothing was changed: set SCS_INSTANCE to a new folder."
        )
    mark = f" ({stamp.revision})" if stamp.revision else ""
    return (
        f"Cơ sở dữ liệu này không phải của chương trình{mark}. "
        f"/ The database was not made by any version of this program{mark}. "
        "Nothing was changed: set SCS_DATABASE_URL to an empty one."
    )
