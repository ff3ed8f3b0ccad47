"""A ZIP of questions: its files, and the XML ones among them opened."""

from __future__ import annotations

import io
import zipfile

from app.services.files.opening.archives import check_archive
from app.services.files.opening.limits import Unreadable
from app.services.files.opening.xml_tree import read_xml
from quizzes.importers.contract import Package


def read_package(data: bytes) -> Package:
    """Raises Unreadable for an archive that is none, too large or strange. An XML file that is broken is not opened."""
    check_archive(data, "package")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
    elements = {}
    for name, content in files.items():
        if name.lower().endswith(".xml"):
            try:
                elements[name] = read_xml(content)
            except Unreadable:
                continue
    return Package(files, elements)
