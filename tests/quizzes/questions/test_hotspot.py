"""Touch a place in a picture."""

import pytest

from quizzes import bank
from quizzes.questions.hotspot import QUESTION_TYPE as HOTSPOT
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import PICTURE, question

ASKED = question("hotspot", ["C3", "B2"], media=PICTURE)


def test_the_face_has_the_picture_and_says_nothing_of_the_place():
    face = HOTSPOT.face(ASKED, [], "vi")
    assert face == {
        "type": "hotspot",
        "text": "Câu hỏi?",
        "media": {"name": PICTURE["name"], "alt": "Hình"},
        "options": [],
    }


@pytest.mark.parametrize(
    ("given", "grade"),
    [("B2", 1000), ("C3", 1000), ("B3", 0), ("H6", 0), (["B2", "C3"], 1000), (["B2", "C3", "D4"], 0)],
)
def test_one_touch_inside_is_right_and_many_touches_are_no_way_around(given, grade):
    assert HOTSPOT.grade(ASKED, [], HOTSPOT.read(ASKED, [], given)) == grade


@pytest.mark.parametrize("raw", ["I1", "A7", "A0", "b2", "", 7, None, ["A1", "A1"], [], {"A1": True}, [["A1"]]])
def test_what_is_no_place_of_the_picture_is_refused(raw):
    with pytest.raises(Rejected, match="bad_choice"):
        HOTSPOT.read(ASKED, [], raw)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (question("hotspot", ["B2"]), "hotspot_picture"),
        (question("hotspot", ["B2"], media=PICTURE | {"name": "Zk3vQ9_aPicture00.mp4"}), "hotspot_picture"),
        (question("hotspot", ["B9"], media=PICTURE), "answer_cells"),
        (question("hotspot", [], media=PICTURE), "answer_cells"),
        (question("hotspot", ["B2", "B2"], media=PICTURE), "answer_cells"),
        (question("hotspot", "B2", media=PICTURE), "answer_cells"),
        (question("hotspot", ["B2"], 3, media=PICTURE), "options_unwanted"),
    ],
)
def test_a_draft_that_cannot_be_asked_is_told_why(draft, code):
    assert code in [one.code for one in bank.check_question(draft)]


def test_the_key_is_read_aloud_in_the_order_of_the_picture_and_touches_are_counted():
    assert HOTSPOT.solution(ASKED, [], "vi") == {"choice": ["B2", "C3"], "texts": ["B2, C3"]}
    assert HOTSPOT.counts(ASKED, [], ["B2", "B2", "H6"]) == {"B2": 2, "H6": 1}


def test_a_cell_of_a_table_names_places():
    assert HOTSPOT.cell.read("b2, C3") == ["B2", "C3"]
    assert HOTSPOT.cell.write(["B2", "C3"]) == "B2, C3"
    assert HOTSPOT.cell.read("giữa hình") is None
