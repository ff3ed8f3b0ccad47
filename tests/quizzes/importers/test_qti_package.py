"""A package of QTI: its items, its pictures, its broken files."""

import base64

from app.services.files.opening.package import read_package
from app.services.files.packing import packed_as
from quizzes.importers.contract import Package
from quizzes.importers.qti_package import read
from tests.quizzes.importers.given import GIVEN
from tests.quizzes.importers.test_qti import CASES, OLD

ITEM = OLD.format(
    card="single",
    base="identifier",
    keys="<value>C1</value>",
    body='<p><img src="images/h.png" alt="Hình"/></p>' + CASES[0][3],
).encode()


def test_items_with_pictures_are_read_and_broken_files_are_said():
    files = {"imsmanifest.xml": b"<manifest/>", "i/a.xml": ITEM, "i/b.xml": b"<a", "images/h.png": b"\x89PNG"}
    found = read(read_package(packed_as("package", Package(files))), GIVEN)
    (draft,) = found.drafts
    assert draft["answer"] == 1
    assert found.pictures == {draft["media"]["name"]: base64.b64encode(b"\x89PNG").decode()}
    assert [one.about for one in found.problems if one.code == "file_unread"] == [{"name": "i/b.xml"}]


def test_an_empty_package_says_that_it_holds_nothing():
    assert [one.code for one in read(Package({}), GIVEN).errors] == ["file_shape"]


def test_items_in_folders_find_their_own_pictures_and_what_a_computer_adds_is_passed_over():
    inline = '<feedbackInline identifier="x">sai rồi</feedbackInline></simpleChoice>'
    told = ITEM.replace(b"images/h.png", b"../media/h%20nh.png").replace(b"</simpleChoice>", inline.encode(), 1)
    files = {
        "bo/items/a.xml": told,
        "bo/media/h nh.png": b"\x89PNG1",
        "khac/h nh.png": b"\x89PNG2",
        "__MACOSX/._a.xml": b"\0",
    }
    found = read(read_package(packed_as("package", Package(files))), GIVEN)
    (draft,) = found.drafts
    assert list(found.pictures.values()) == [base64.b64encode(b"\x89PNG1").decode()]
    assert "sai" not in draft["options"][0]["text"]["vi"]
    assert "file_unread" not in [one.code for one in found.problems]
