"""Keys given by marks under each option, numbers with a useless fraction, titles that stand again inside a sheet."""

import pytest

from quizzes.importers import Sheet, kahoot, quizizz
from quizzes.importers.sheet import read

GIVEN = {"source": "Luật", "difficulty": "2", "topic": "Dịch vụ công"}
TITLES = ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"]
CITIES = ["Huế", "Hà Nội", "Vinh", "Mỹ Tho"]


def sheet(*rows, spans=()):
    return read([Sheet("", rows, spans=spans)], GIVEN)


def keys(found):
    return [(one["text"]["vi"], one["answer"]) for one in found.drafts]


def notes(found):
    return [(one.code, dict(one.about)) for one in found.problems if one.code != "explanation_missing"]


@pytest.mark.parametrize(("cell", "answer"), [("2.0", 1), ("2,0", 1), (2.0, 1), ("2,00", 1), ("1,0; 3,0", [0, 2])])
def test_a_number_with_a_useless_fraction_names_an_option(cell, answer):
    assert keys(sheet(TITLES, [1, "Thủ đô?", *CITIES, cell])) == [("Thủ đô?", answer)]


@pytest.mark.parametrize("cell", ["2,5", "12.0", "0,0"])
def test_any_other_fraction_names_none(cell):
    assert notes(sheet(TITLES, [1, "Thủ đô?", *CITIES, cell])) == [("answer_written", {})]


@pytest.mark.parametrize(("options", "cell"), [(["2,0", "1,0", "3,0"], "2,0"), (["2", "1", "3"], 2.0)])
def test_a_number_that_is_also_another_option_is_asked_about(options, cell):
    found = sheet(["Câu hỏi", "A", "B", "C", "Đáp án"], ["Mấy?", *options, cell])
    assert [code for code, _ in notes(found)] == ["answer_unclear"]


@pytest.mark.parametrize("level", ["3.0", "3,0", 3.0])
def test_a_level_may_have_it_as_well(level):
    found = read([Sheet("", [[*TITLES, "Độ khó"], [1, "Thủ đô?", *CITIES, "B", level]])], GIVEN | {"difficulty": ""})
    assert [one["difficulty"] for one in found.drafts] == [3]


@pytest.mark.parametrize("key", ["2.0", "2,0"])
def test_tables_of_other_programs_may_have_it(key):
    head = [list(kahoot.TITLES), ["1", "Thủ đô?", *CITIES, "20", key]]
    assert keys(kahoot.read([Sheet("", head)], GIVEN)) == [("Thủ đô?", 1)]
    head = [list(quizizz.TITLES), ["Thủ đô?", "Multiple Choice", *CITIES, "", key]]
    assert keys(quizizz.read([Sheet("", head)], GIVEN)) == [("Thủ đô?", 1)]


AGAIN = ["STT", "Câu hỏi", "A", "B", "C", "D", "A", "B", "C", "D"]
BESIDE = ["Câu hỏi", "Phương án A", "Đúng", "Phương án B", "Đúng", "Phương án C", "Đúng"]


@pytest.mark.parametrize("mark", ["x", "X", "✓", 1, "Đ", "Đúng", True])
def test_a_mark_under_a_second_column_of_the_option_is_its_key(mark):
    found = sheet(AGAIN, [1, "Thủ đô?", *CITIES, "", mark], [2, "Đâu?", *CITIES, mark, "", "", mark])
    assert keys(found) == [("Thủ đô?", 1), ("Đâu?", [0, 3])]
    assert notes(found) == []
    assert found.rules[0].startswith("Đáp án theo chữ “Đúng” hoặc dấu x")


def test_a_row_without_a_mark_has_no_key_and_its_cell_is_named():
    found = sheet(AGAIN, [1, "Thủ đô?", *CITIES, "", "x"], [2, "Đâu?", *CITIES])
    assert [(one.code, one.cell) for one in found.errors] == [("answer_written", "G3")]


def test_two_rows_of_titles_may_name_options_and_marks():
    upper = ["Câu hỏi", "Phương án", "", "", "", "Đáp án đúng", "", "", ""]
    found = sheet(upper, ["", *"ABCDABCD"], ["Thủ đô?", *CITIES, "", "x", "", ""], spans=[(1, 1, 1, 4), (1, 5, 1, 8)])
    assert keys(found) == [("Thủ đô?", 1)]


def test_marks_may_stand_right_after_each_option():
    assert keys(sheet(BESIDE, ["Thủ đô?", "Huế", "", "Hà Nội", "x", "Vinh", ""])) == [("Thủ đô?", 1)]
    assert keys(sheet(BESIDE, ["Thủ đô?", "Huế", "S", "Hà Nội", "Đ", "Vinh", "S"])) == [("Thủ đô?", 1)]


def test_marks_may_stand_beside_options_that_are_part_of_the_question():
    found = sheet(["Câu hỏi", *"ABC"], ["Thủ đô?\nA. Huế\nB. Hà Nội\nC. Vinh", "", "x", ""])
    assert keys(found) == [("Thủ đô?", 1)]
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["Huế", "Hà Nội", "Vinh"]


def test_letters_that_are_the_options_are_no_marks():
    found = sheet(["Câu hỏi", *"ABC", "Đáp án"], ["Chữ nào?", "x", "y", "t", "B"])
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["x", "y", "t"]


def test_a_key_of_its_own_counts_and_marks_beside_it_are_named():
    found = sheet([*AGAIN, "Đáp án"], [1, "Thủ đô?", *CITIES, "x", "", "", "", "B"])
    assert keys(found) == [("Thủ đô?", 1)]
    assert notes(found) == [("columns_unknown", {"names": "G"})]


def test_titles_that_stand_again_are_no_question_and_are_named():
    found = sheet(TITLES, [1, "Thủ đô?", *CITIES, "B"], TITLES, [2, "Cố đô?", *CITIES, "A"])
    assert keys(found) == [("Thủ đô?", 1), ("Cố đô?", 0)]
    assert notes(found) == [("rows_titles", {"rows": "3"})]


def test_two_rows_of_titles_may_stand_again():
    head = [["STT", "Câu hỏi", "Phương án", "", "", "Đáp án"], ["", "", "A", "B", "C", ""]]
    rows = [*head, [1, "Thủ đô?", *CITIES[:3], "B"], *head, [2, "Cố đô?", *CITIES[:3], "A"]]
    found = sheet(*rows, spans=[(1, 2, 1, 4)])
    assert keys(found) == [("Thủ đô?", 1), ("Cố đô?", 0)]
    assert notes(found) == [("rows_titles", {"rows": "5"})]


def test_a_second_table_may_have_its_columns_in_another_order():
    found = sheet(
        TITLES, [1, "Thủ đô?", *CITIES, "B"], [], ["STT", "Nội dung", "Đáp án đúng", *"ABC"], [1, "Biển?", "C", *CITIES]
    )
    assert keys(found) == [("Thủ đô?", 1), ("Biển?", 2)]


def test_a_smaller_table_above_a_larger_one_is_not_lost():
    found = sheet(["Câu hỏi", "Đáp án"], ["Tên ứng dụng?", "VNeID"], TITLES, [1, "Thủ đô?", *CITIES, "B"])
    assert keys(found) == [("Tên ứng dụng?", ["VNeID"]), ("Thủ đô?", 1)]


def test_a_question_is_no_second_row_of_titles():
    found = sheet(["Câu hỏi", "Đáp án", "Ghi chú"], ["Hà Nội là thủ đô", "Đ", "A"])
    assert keys(found) == [("Hà Nội là thủ đô", True)]
