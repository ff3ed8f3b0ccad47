"""Packed files are looked at before they are read. Runs in the child process: the file may be hostile."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from app.services.files.opening import limits
from app.services.files.opening.limits import Unreadable
from quizzes.refusals import N_

PACKED = (".zip", ".xlsx", ".xlsm", ".docx", ".pptx", ".ods", ".gz", ".7z", ".rar", ".jar")


def check_archive(data: bytes, kind: str = "book") -> None:
    """Members few, small, plain, and truly as large as they say; nothing that leaves or nests."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, len(data), kind)
            for one in members:
                if (
                    archive.read(one)[:4] == b"PK\x03\x04" and kind == "book"
                ):  # reads at most the size named, then checks the sum
                    raise _bomb()
            names = set(archive.namelist())
            if kind == "book" and not {"xl/workbook.xml", "content.xml"} & names:
                if "xl/workbook.bin" in names:
                    raise save_anew("binary_excel", ".xlsb")
                raise Unreadable("not_xlsx", N_("Đây không phải tệp Excel .xlsx."))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Unreadable("file_broken", N_("Tệp bị hỏng, không đọc được.")) from None


def _check_members(members: list[zipfile.ZipInfo], size: int, kind: str) -> None:
    unpacked = sum(one.file_size for one in members)
    if len(members) > limits.MEMBERS[kind] or unpacked > limits.UNPACKED_BYTES or unpacked > limits.RATIO * size:
        raise _bomb()
    names = [one.filename for one in members]
    if len(set(names)) != len(names):
        raise _bomb()
    for one in members:
        parts = one.filename.replace("\\", "/").split("/")
        leaves = ".." in parts or one.filename.startswith(("/", "\\")) or ":" in parts[0]
        linked = stat.S_ISLNK(one.external_attr >> 16)
        nested = kind == "book" and one.filename.lower().endswith(PACKED)  # Word keeps tables of Excel, never opened
        if leaves or linked or one.flag_bits & 1 or nested:
            raise _bomb()


def _bomb() -> Unreadable:
    return Unreadable("xlsx_refused", N_("Tệp có cấu trúc bất thường nên không được nhận."))


def save_anew(code: str, kind: str) -> Unreadable:
    """The refusal of a workbook that Excel itself can save in a way that is read."""
    return Unreadable(code, N_("Tệp %(kind)s này không đọc được. Hãy mở bằng Excel và lưu lại dạng .xlsx."), kind=kind)
