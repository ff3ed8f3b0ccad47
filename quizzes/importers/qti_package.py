"""QTI packages: a ZIP with a manifest, items and their pictures."""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from quizzes.importers import qti_items, qti_writing
from quizzes.importers.building import not_carried, unread_file
from quizzes.importers.contract import Given, Imported, Importer, Package, Read
from quizzes.importers.finishing import finished
from quizzes.importers.qti_names import bare, found_in
from quizzes.problems import Problem
from quizzes.refusals import N_

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
KINDS = {"single", "multiple", "true_false", "true_false_set", "number", "text", "ordering"}
MANIFEST = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"


def read(package: Package, given: Given | None = None) -> Imported:
    pictures: dict[str, str] = {}
    found = finished(_items(package, pictures), given or {})
    hung = (one for draft in found.drafts for one in (draft, *draft.get("options", [])))
    used = {one["media"]["name"] for one in hung if one.get("media")}
    found.pictures = {name: data for name, data in pictures.items() if name in used}
    for name in sorted(package.files.keys() - package.elements.keys()):
        if name.lower().endswith(".xml") and not _of_the_packer(name):
            sentence = N_("Tệp “%(name)s” trong gói không đọc được.")
            found.problems.append(Problem((), "file_unread", sentence, {"name": name[-80:]}, line=1, warning=True))
    if not found.seen:
        old = any(bare(root) == "questestinterop" for root in package.elements.values())
        found.problems.append(unread_file(qti_items.OLD if old else N_("Gói ZIP này không có câu hỏi QTI.")))
    return found


def _items(package: Package, pictures: dict[str, str]) -> Iterator[Read]:
    held = {name: data for name, data in package.files.items() if name.lower().endswith(PICTURES)}
    anywhere = {name.rpartition("/")[2]: name for name in held}
    for name in sorted(package.elements):
        folder = posixpath.dirname(name)

        def beside(source: str, folder: str = folder) -> str:
            """Look for a file where the item says it lies, else wherever a file of that name lies."""
            path = posixpath.normpath(posixpath.join(folder, source))
            data = held.get(path) or held.get(anywhere.get(source.rpartition("/")[2], ""), b"")
            return base64.b64encode(data).decode()

        for root in found_in(package.elements[name], qti_items.ITEM):
            yield qti_items.item(root, beside, pictures)


def _of_the_packer(name: str) -> bool:
    """True for a file that a computer adds to a package by itself."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")


def write(
    questions: Sequence[Mapping[str, Any]], topics: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[Package, list[Problem]]:
    """The files of a package, and which questions it cannot hold."""
    problems = not_carried(questions, KINDS)
    left = {one.path[0] for one in problems}
    files: dict[str, bytes] = {}
    root = Element("manifest", {"xmlns": MANIFEST, "identifier": "MANIFEST"})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "QTI Package"
    SubElement(about, "schemaversion").text = "3.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for place, one in enumerate(questions):
        if place in left:
            continue
        name = f"items/{place + 1:04}.xml"
        topic = (topics or {}).get(one["topic"], {}).get("vi") or one["topic"]
        files[name] = tostring(qti_writing.item(one, topic), "utf-8", xml_declaration=True)
        kind = {"identifier": f"R{place + 1}", "type": "imsqti_item_xmlv3p0", "href": name}
        SubElement(SubElement(resources, "resource", kind), "file", {"href": name})
    files["imsmanifest.xml"] = tostring(root, "utf-8", xml_declaration=True)
    return Package(files), problems


IMPORTER = Importer(
    key="qti_package",
    title=N_("Gói QTI 3.0 hoặc 2.x (ZIP)"),
    container="package",
    suffixes=(".zip",),
    read=read,
    write=write,
    asks=True,
)
