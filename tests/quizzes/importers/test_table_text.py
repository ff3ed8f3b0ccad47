"""A table of questions in a text file: copied from a sheet, saved as "Text (Tab delimited)", or drawn with |."""

import pytest

from app.services.files.containers import open_questions
from quizzes.importers import for_file
from quizzes.importers.table_text import read
from tests.quizzes.importers.given import GIVEN

ROWS = [
    ["Câu hỏi", "A", "B", "C", "Đáp án"],
    ["Thủ đô của Việt Nam?", "Huế", "Hà Nội", "Đà Nẵng", "B"],
    ["Số nào chẵn?", "một", "hai", "bốn", "hai; bốn;"],
]


def text(separator, rows=ROWS):
    return "".join(separator.join(row) + "\r\n" for row in rows)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["cau-hoi.txt", "cau-hoi.md"])
def test_a_sheet_saved_as_text_is_read_as_a_table(name, coding):
    importer, found = open_questions(text("\t").encode(coding), name, "", GIVEN)
    assert (importer, found.errors) == ("table_text", [])
    assert [one["answer"] for one in found.drafts] == [1, [1, 2]]


@pytest.mark.parametrize("separator", ["\t", "|"])
def test_the_separator_is_seen_from_the_titles(separator):
    found = read(text(separator), GIVEN)
    assert [(one["text"]["vi"], one["answer"]) for one in found.drafts] == [
        ("Thủ đô của Việt Nam?", 1),
        ("Số nào chẵn?", [1, 2]),
    ]


def test_a_cell_in_quotes_may_hold_the_separator_and_lines():
    found = read('Câu hỏi;Phương án;Đáp án\n"Ai; khi nào?";"A. An\nB. Bình";B\n', GIVEN)
    assert found.errors == []
    assert found.drafts[0]["text"] == {"vi": "Ai; khi nào?"}
    assert found.drafts[0]["answer"] == 1


def test_a_drawn_table_is_read_without_its_lines():
    drawn = "\n".join(["| Câu hỏi | A | B | Đáp án |", "|---|:---|---:|---|", "| Ai? | An | Bình | B |"])
    found = read(drawn, GIVEN)
    assert found.errors == []
    assert (found.drafts[0]["options"][0], found.drafts[0]["answer"]) == ({"text": {"vi": "An"}}, 1)


def test_another_text_is_left_to_the_papers():
    assert for_file("de.txt")[-1].key == "exam_text"
    importer, found = open_questions("Câu 1. Ai?\nA. An\nB. Bình\nĐáp án: B".encode(), "de.txt", "", GIVEN)
    assert (importer, found.drafts[0]["answer"]) == ("exam_text", 1)
    assert [one.code for one in read("Câu 1. Ai?").problems] == ["file_shape"]
