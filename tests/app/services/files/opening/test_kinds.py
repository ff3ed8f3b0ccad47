"""Files that hold no questions for us: the person reads what to do instead."""

import pytest

from app.services.files.containers import Unreadable, open_questions
from app.services.files.opening import kinds

OTHERS = [
    ("de.pdf", b"%PDF-1.7\n", kinds.PDF),
    ("de.docx", b"%PDF-1.7\n", kinds.PDF),
    ("de.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, kinds.OLD_WORD),
    ("de.rtf", b"{\\rtf1 Ai?}", kinds.OTHER_TEXT),
    ("de.txt", b"{\\rtf1 Ai?}", kinds.OTHER_TEXT),
    ("bai.pptx", b"PK\x03\x04", kinds.SLIDES),
    ("chup.HEIC", b"\0\0\0 ftyp", kinds.PICTURE),
    ("chup", b"\xff\xd8\xff\xe0", kinds.PICTURE),
]


@pytest.mark.parametrize(("name", "data", "why"), OTHERS, ids=[name for name, _, _ in OTHERS])
def test_a_file_of_another_kind_is_refused_with_the_way_out(name, data, why):
    with pytest.raises(Unreadable) as refused:
        open_questions(data, name)
    assert (refused.value.problem.code, refused.value.problem.sentence) == ("kind_unread", why)
