"""Word files and packages made to hurt: every one is refused or read, whatever stands in it."""

import io
import zipfile

import docx
import pytest

from app.services.files.containers import Unreadable, open_questions
from tests.quizzes.importers.given import GIVEN

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
FILE = '<!DOCTYPE d [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
TEXT = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
WIDE = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
LOOSE = "<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 500 + "</w:tbl>"


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body, before="", **more):
    """A Word file with this body."""
    out = io.BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = f'<?xml version="1.0"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>'
    return packed(files | more)


def nested(tag, depth):
    return f"<{tag}>" * depth + f"</{tag}>" * depth


def item(body):
    return f'<qti-assessment-item identifier="a"><qti-item-body>{body}</qti-item-body></qti-assessment-item>'


PAPERS = {
    "ratio": (lambda: word(TEXT.format("a" * 20_000_000)), "xlsx_refused"),
    "entities": (lambda: word(TEXT.format("Câu 1. &j;"), LAUGHS), "docx_broken"),
    "another file": (lambda: word(TEXT.format("Câu 1. &j;"), FILE), ""),
    "deep": (lambda: word(nested("w:tbl", 3000)), "docx_broken"),
    "wide": (lambda: word(WIDE), ""),
    "loose": (lambda: word(LOOSE), ""),
    "another": (lambda: packed({"a.docx": word("")}), "docx_broken"),
    "climbing": (lambda: word("", **{"../../x": b"a"}), "xlsx_refused"),
}
PACKAGES = {
    "ratio": (lambda: packed({"a.xml": b" " * 20_000_000}), "xlsx_refused"),
    "entities": (lambda: packed({"a.xml": f"{LAUGHS}<a>&j;</a>"}), ""),
    "deep": (lambda: packed({"a.xml": item(nested("p", 3000))}), ""),
    "many": (lambda: packed({f"{n}.xml": b"" for n in range(6001)}), "xlsx_refused"),
    "nested": (lambda: packed({"a.zip": packed({"a.xml": item("")})}), ""),
}


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [("a.docx", *one) for one in PAPERS.values()] + [("a.zip", *one) for one in PACKAGES.values()],
    ids=[*(f"word {name}" for name in PAPERS), *(f"package {name}" for name in PACKAGES)],
)
def test_a_hostile_file_is_refused_or_holds_nothing(name, make, code):
    try:
        _, found = open_questions(make(), name, given=GIVEN)
    except Unreadable as refused:
        assert refused.problem.code == code
        return
    assert code == ""
    assert found.drafts == []
    assert "root:" not in str(found) and "haha" not in str(found)
