"""Packs the output of an importer into the bytes of a file: text, XLSX, XML, YAML or a ZIP."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree.ElementTree import indent, tostring

from app.services.files.containers import Page, write_tree, write_xlsx

SUFFIXES = {"text": "txt", "rows": "xlsx", "xml": "xml", "tree": "yaml", "package": "zip"}
MADE = (2026, 1, 1, 0, 0, 0)
"""The time of every file in a package, so that the same questions make the same bytes."""


def packed_as(container: str, written: Any) -> bytes:
    """The file. Cells of other programs' tables stay as they are: they are written as text, never as formulas."""
    if container == "text":
        return str(written).encode("utf-8", "replace")
    if container == "rows":
        return write_xlsx([Page(written.name, written.rows, titled=False, as_is=True)])
    if container == "xml":
        indent(written)
        return bytes(tostring(written, "utf-8", xml_declaration=True))
    if container == "tree":
        return write_tree(written).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(written.files.items()):
            archive.writestr(zipfile.ZipInfo(name, MADE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
