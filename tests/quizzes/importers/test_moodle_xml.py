"""Moodle's XML, with the pictures in it."""

import base64
import io

import pytest
from PIL import Image

from app.services.files.opening.limits import Unreadable
from app.services.files.opening.xml_tree import read_xml
from quizzes.importers.moodle_xml import knows, read
from tests.quizzes.importers.given import GIVEN


def picture():
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def quiz(*questions):
    return read_xml(f'<?xml version="1.0"?>\n<quiz>\n{chr(10).join(questions)}\n</quiz>'.encode())


CATEGORY = '<question type="category"><category><text>$course$/top/Dịch vụ công</text></category></question>'
CHOICE = """<question type="multichoice"><name><text>Q</text></name>
<questiontext format="html"><text><![CDATA[<p>Thủ đô?</p><p><img src="@@PLUGINFILE@@/h.png" alt="Bản đồ"></p>]]></text>
<file name="h.png" path="/" encoding="base64">%s</file></questiontext>
<generalfeedback format="html"><text>&lt;p&gt;Vì thế&lt;/p&gt;</text></generalfeedback><single>true</single>
<answer fraction="0"><text>Huế</text></answer><answer fraction="100"><text>Hà Nội</text></answer></question>"""
MANY = """<question type="multichoice"><questiontext><text>Hai?</text></questiontext><single>false</single>
<answer fraction="50"><text>a</text></answer><answer fraction="-100"><text>b</text></answer>
<answer fraction="50"><text>c</text></answer></question>"""
TRUE = """<question type="truefalse"><questiontext><text>Ướt.</text></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>"""
NUMBER = """<question type="numerical"><questiontext><text>Mấy?</text></questiontext>
<answer fraction="100"><text>1.5</text><tolerance>0.1</tolerance></answer></question>"""
SHORT = """<question type="shortanswer"><questiontext><text>Tên?</text></questiontext><usecase>0</usecase>
<answer fraction="100"><text>VNeID</text></answer><answer fraction="50"><text>Vi</text></answer></question>"""
ESSAY = '<question type="essay"><questiontext><text>Viết.</text></questiontext></question>'


def test_each_type_is_read_with_topic_feedback_and_picture():
    root = quiz(CATEGORY, CHOICE % picture(), MANY, TRUE, NUMBER, SHORT)
    found = read(root, GIVEN | {"topic": ""})
    assert knows(root) and found.errors == []
    assert [(one["type"], one["answer"]) for one in found.drafts] == [
        ("single", 1),
        ("multiple", [0, 2]),
        ("true_false", True),
        ("number", 1.5),
        ("text", ["VNeID"]),
    ]
    first = found.drafts[0]
    assert (first["text"]["vi"], first["explanation"]["vi"], first["topic"]) == ("Thủ đô?", "Vì thế", "dich-vu-cong")
    assert first["media"]["alt"] == {"vi": "Bản đồ"}
    assert found.pictures == {first["media"]["name"]: picture()}


def test_a_category_of_one_letter_is_a_topic():
    found = read(quiz(CATEGORY.replace("Dịch vụ công", "A"), TRUE), GIVEN | {"topic": ""})
    assert found.errors == [] and found.drafts[0]["topic"] == "topic-a"
    assert found.topics == {"topic-a": {"vi": "A"}}


def test_what_has_no_type_here_is_said_with_its_line():
    found = read(quiz(TRUE, ESSAY), GIVEN)
    assert len(found.drafts) == 1
    assert {(one.code, one.line) for one in found.errors} == {("kind_unread", 5), ("answer_missing", 5)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "xml_refused"),
        ('<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', "xml_refused"),
        ("<quiz><question></quiz>", "xml_syntax"),
        ("<a>" * 100, "xml_size"),
        ("", "xml_syntax"),
    ],
)
def test_entities_and_broken_files_are_refused(text, code):
    with pytest.raises(Unreadable) as refused:
        read_xml(text.encode())
    assert refused.value.problem.code == code


IN_OPTIONS = """<question type="multichoice"><questiontext format="html"><text><![CDATA[<p>Cờ&nbsp;nào?</p>]]></text></questiontext>
<single>true</single><answer fraction="100"><text><![CDATA[<img src="@@PLUGINFILE@@/c%%20o.png?time=1">]]></text>
<file name="c o.png" encoding="base64">%s</file></answer><answer fraction="50"><text>Không biết</text></answer></question>"""


def test_an_option_may_be_a_picture_and_parts_of_points_are_said():
    found = read(quiz(IN_OPTIONS % picture()), GIVEN)
    (draft,) = found.drafts
    assert "text" not in draft["options"][0] and draft["answer"] == 0
    assert list(found.pictures) == [draft["options"][0]["media"]["name"]]
    assert [one.code for one in found.problems if one.code != "explanation_missing"] == ["part_left"]
