"""The form of a parcel: a gzip of lines.

manifest     JSON: format, version, the show's public id, when it was written, [part, SHA-256 of its line] of each part
seal         JSON: key and signature over the manifest, in hex
show, journal, ballots, seats     JSON, a line each, in the order of the manifest
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.services.shows.parcels.key import signed as text_under
from app.services.signing import SigningKey, holds
from quizzes.refusals import Rejected

FORMAT, VERSION = "san-choi-so-parcel", 1
PARTS = ("show", "journal", "ballots", "seats")
UNSTORABLE = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])", re.IGNORECASE).search
"""Escapes of what no database keeps as text; our own writer escapes nothing beyond ASCII."""
LARGEST = 96 * 1024 * 1024
"""Bytes of an unpacked parcel: 5,000 people and a hundred questions."""


@dataclass(frozen=True)
class Parcel:
    """A parcel whose seal and digests hold. `digest` is that of its manifest."""

    show: str
    key: str
    digest: str
    parts: Mapping[str, Any]


def pack(show: str, made_at: int, parts: Mapping[str, Any], key: SigningKey) -> bytes:
    """The file of a show."""
    lines = {name: _line(parts[name]) for name in PARTS}
    digests = [[name, sha256(line).hexdigest()] for name, line in lines.items()]
    manifest = _line({"format": FORMAT, "version": VERSION, "show": show, "made_at": made_at, "parts": digests})
    seal = _line({"key": key.public(), "signature": key.sign(text_under(manifest))})
    return gzip.compress(b"\n".join((manifest, seal, *lines.values())) + b"\n", mtime=0)


def unpack(data: bytes) -> Parcel:
    """The content of a parcel. The caller asks whose key it is. Raises Rejected: parcel_broken, parcel_large,
    parcel_seal."""
    try:
        manifest, seal, *lines = _unzipped(data).removesuffix(b"\n").split(b"\n")
        told, signed = json.loads(manifest), json.loads(seal)
        if not holds(signed["key"], signed["signature"], text_under(manifest)):
            raise Rejected("parcel_seal")
        if (told["format"], told["version"]) != (FORMAT, VERSION):
            raise Rejected("parcel_broken")
        if told["parts"] != [[name, sha256(line).hexdigest()] for name, line in zip(PARTS, lines, strict=True)]:
            raise Rejected("parcel_seal")
        if any(UNSTORABLE(line) for line in lines):
            raise Rejected("parcel_broken")
        parts = {name: json.loads(line) for name, line in zip(PARTS, lines, strict=True)}
        return Parcel(str(told["show"])[:32], signed["key"], sha256(manifest).hexdigest(), parts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Rejected("parcel_broken") from problem


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _unzipped(data: bytes) -> bytes:
    """The unpacked text. Rejected: parcel_broken, parcel_large; no more is unpacked than may be, for a small file can
    hold a mountain."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        text = unpacking.decompress(data, LARGEST + 1)
    except zlib.error as problem:
        raise Rejected("parcel_broken") from problem
    if len(text) > LARGEST:
        raise Rejected("parcel_large")
    return text
