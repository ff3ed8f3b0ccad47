"""An exam paper typed into a spreadsheet, a line a row."""

import pytest

from quizzes.importers import Sheet
from quizzes.importers.exam_sheet import knows, read
from quizzes.importers.sheet import IMPORTER
from tests.quizzes.importers.given import GIVEN

ONE_COLUMN = [["Câu 1: Thủ đô?"], ["A. Huế"], ["B. Hà Nội"], ["Đáp án: B"], ["Câu 2: Hai?"], ["A. 1"], ["B. 2"]]


def test_lines_in_one_column_are_a_paper():
    sheets = [Sheet("Trang 1", [["ĐỀ ÔN TẬP"], [], *ONE_COLUMN, ["Đáp án: B"]])]
    assert knows(sheets)
    found = read(sheets, GIVEN)
    assert found.errors == []
    assert [one["answer"] for one in found.drafts] == [1, 1]
    assert found.places == [3, 7]


BESIDE = [
    [["Câu 1", "Thủ đô?"], ["A", "Huế"], ["B", "Hà Nội"], ["Đáp án", "B"]],
    [["Câu 1.", "Thủ đô?"], ["", "A. Huế", "B. Hà Nội"], ["", "Đáp án: B"]],
    [["Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "Đáp án: B"]],
]


@pytest.mark.parametrize("rows", BESIDE)
def test_labels_and_words_may_stand_in_cells_beside_each_other(rows):
    found = read([Sheet("", rows)], GIVEN)
    assert [(one["text"]["vi"], one["answer"]) for one in found.drafts] == [("Thủ đô?", 1)]


def test_a_bold_cell_is_the_key_and_a_fault_has_its_row():
    found = read([Sheet("", ONE_COLUMN[:3] + ONE_COLUMN[4:], strong={(3, 0): ["B. Hà Nội"]})], GIVEN)
    assert [one["answer"] for one in found.drafts] == [1]
    assert [(one.code, one.row) for one in found.errors] == [("answer_missing", 4)]


def test_a_table_with_titles_and_any_other_sheet_are_none():
    assert not knows([Sheet("", [["Câu hỏi", "A", "B", "Đáp án"], ["Câu 1: Ai?", "An", "Bình", "B"]])])
    assert not knows([Sheet("", [["Họ tên", "Lớp"], ["An", "10A"]])])
    assert IMPORTER.knows is None
