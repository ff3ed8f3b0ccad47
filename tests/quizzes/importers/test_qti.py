"""QTI items of version 3.0 and of 2.x."""

import pytest

from app.services.files.opening.xml_tree import read_xml
from quizzes.importers.qti import read
from tests.quizzes.importers.given import GIVEN

OLD = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i">
<responseDeclaration identifier="R" cardinality="{card}" baseType="{base}"><correctResponse>{keys}</correctResponse>
</responseDeclaration><itemBody><p>Thủ đô &amp; nước?</p>{body}</itemBody></assessmentItem>"""
NEW = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i">
<qti-response-declaration identifier="R" cardinality="{card}" base-type="{base}"><qti-correct-response>{keys}
</qti-correct-response></qti-response-declaration><qti-item-body><p>Thủ đô &amp; nước?</p>{body}</qti-item-body>
</qti-assessment-item>"""


def renewed(body):
    """The same body in the style of 3.0."""
    import re

    kebab = re.sub(r"(</?)([a-z]+(?:[A-Z][a-z]+)+)", lambda one: one[1] + "qti-" + _kebab(one[2]), body)
    return re.sub(r"(?<= )([a-z]+[A-Z][A-Za-z]*)=", lambda one: _kebab(one[1]) + "=", kebab)


def _kebab(name):
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name)


def choices(*texts):
    return "".join(f'<simpleChoice identifier="C{n}">{text}</simpleChoice>' for n, text in enumerate(texts))


def sides(*texts):
    rows = "".join(
        f'<simpleAssociableChoice identifier="S{n}" matchMax="1">{t}</simpleAssociableChoice>'
        for n, t in enumerate(texts)
    )
    ends = "".join(
        f'<simpleAssociableChoice identifier="{n}" matchMax="0">{t}</simpleAssociableChoice>'
        for n, t in (("T", "Đúng"), ("F", "Sai"))
    )
    return f"<simpleMatchSet>{rows}</simpleMatchSet><simpleMatchSet>{ends}</simpleMatchSet>"


CASES = [
    ("single", "identifier", ["C1"], f'<choiceInteraction responseIdentifier="R">{choices("a", "b")}</choiceInteraction>', 1),
    ("multiple", "identifier", ["C0", "C2"], f'<choiceInteraction responseIdentifier="R">{choices("a", "b", "c")}</choiceInteraction>', [0, 2]),
    ("ordered", "identifier", ["C1", "C0", "C2"], f'<orderInteraction responseIdentifier="R">{choices("a", "b", "c")}</orderInteraction>', [1, 0, 2]),
    ("multiple", "directedPair", ["S0 T", "S1 F", "S2 F", "S3 T"], f'<matchInteraction responseIdentifier="R">{sides("a", "b", "c", "d")}</matchInteraction>', [True, False, False, True]),
    ("single", "string", ["VNeID"], '<p><textEntryInteraction responseIdentifier="R"/></p>', ["VNeID"]),
    ("single", "float", ["2.5"], '<p><textEntryInteraction responseIdentifier="R"/></p>', 2.5),
    ("single", "identifier", ["C0"], f'<choiceInteraction responseIdentifier="R">{choices("True", "False")}</choiceInteraction>', True),
]  # fmt: skip


@pytest.mark.parametrize("new", [False, True], ids=["2.2", "3.0"])
@pytest.mark.parametrize(("card", "base", "keys", "body", "answer"), CASES, ids=[str(one[4]) for one in CASES])
def test_an_item_is_read(new, card, base, keys, body, answer):
    values = "".join(f"<{'qti-' if new else ''}value>{key}</{'qti-' if new else ''}value>" for key in keys)
    text = (NEW if new else OLD).format(card=card, base=base, keys=values, body=renewed(body) if new else body)
    found = read(read_xml(text.encode()), GIVEN)
    assert found.errors == []
    assert found.drafts[0]["answer"] == answer
    assert found.drafts[0]["text"]["vi"] == "Thủ đô & nước?"


def test_what_is_no_item_or_has_no_key_is_said():
    assert [one.code for one in read(read_xml(b"<a/>"), GIVEN).errors] == ["file_shape"]
    text = OLD.format(card="single", base="identifier", keys="", body=CASES[0][3])
    assert [one.code for one in read(read_xml(text.encode()), GIVEN).errors] == ["answer_missing"]
