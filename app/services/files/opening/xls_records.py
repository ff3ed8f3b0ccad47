"""The records of an old Excel file: its streams lie in a small file system of sectors (MS-CFB), a stream of a workbook
is a row of records (MS-XLS). Runs in the child process; whatever does not fit raises an error of Python's own."""

from __future__ import annotations

from collections.abc import Iterator
from struct import iter_unpack, unpack_from

END_OF_CHAIN = 0xFFFFFFF0
"""Numbers of sectors from here on are marks: free, end, table."""
ENTRY_BYTES = 128  # of the directory
SHORT_BYTES = 64  # a sector of the streams that are kept together
Record = tuple[int, bytes]


def workbook_stream(data: bytes) -> bytes:
    """The stream that holds the workbook: "Workbook", or "Book" up to Excel 95."""
    streams = dict(_streams(data))
    return streams["Workbook"] if "Workbook" in streams else streams["Book"]


def records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """(kind, content) of each record from there on."""
    while at + 4 <= len(stream):
        kind, long = unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + long]
        at += 4 + long


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    size = 1 << unpack_from("<H", data, 30)[0]
    directory_at, cutoff, short_at = unpack_from("<I4xII", data, 48)
    next_sectors = _numbers(b"".join(_sector(data, one, size) for one in _table_sectors(data, size)))
    directory = _chained(data, next_sectors, directory_at, size, size)
    root_at, root_bytes = unpack_from("<II", directory, 116)
    short = _chained(data, next_sectors, root_at, size, size)[:root_bytes]
    next_short = _numbers(_chained(data, next_sectors, short_at, size, size))
    for place in range(ENTRY_BYTES, len(directory) - ENTRY_BYTES + 1, ENTRY_BYTES):
        letters, kind = unpack_from("<HB", directory, place + 64)
        start, long = unpack_from("<II", directory, place + 116)
        name = directory[place : place + max(0, letters - 2)].decode("utf-16-le", "replace")
        if kind == 2 and name in ("Workbook", "Book"):
            small = long < cutoff
            whole = _chained(short, next_short, start, SHORT_BYTES, 0) if small else None
            yield name, (whole if whole is not None else _chained(data, next_sectors, start, size, size))[:long]


def _table_sectors(data: bytes, size: int) -> Iterator[int]:
    """The sectors in which the table of sectors lies: the first 109 are named in the head, others in a chain."""
    yield from (one for (one,) in iter_unpack("<I", data[76:512]) if one < END_OF_CHAIN)
    more, left = unpack_from("<I", data, 68)[0], len(data) // size
    while more < END_OF_CHAIN and left:
        named = _numbers(_sector(data, more, size))
        yield from (one for one in named[:-1] if one < END_OF_CHAIN)
        more, left = named[-1], left - 1


def _numbers(data: bytes) -> list[int]:
    return [one for (one,) in iter_unpack("<I", data[: len(data) // 4 * 4])]


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _chained(data: bytes, following: list[int], start: int, size: int, head: int) -> bytes:
    """The sectors of one chain; one that runs in a ring ends where it would be longer than its file."""
    found, left = [], len(data) // size + 1
    while start < END_OF_CHAIN and left:
        found.append(data[head + start * size : head + (start + 1) * size])
        start, left = following[start], left - 1
    return b"".join(found)
