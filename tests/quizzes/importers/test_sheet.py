"""The question table: filled by people, read with the cell of every problem, written back the same."""

import pytest

from quizzes import bank
from quizzes.importers import Sheet
from quizzes.importers.sheet import read
from quizzes.importers.table import COLUMNS, column_letters, slug, write
from tests.quizzes.questions.samples import PICTURE, SAMPLES, question

TITLES = ["Loại", "Chủ đề", "Độ khó", "Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Đáp án", "Nguồn"]
RIGHT = ["Một đáp án đúng", "Dịch vụ công", 2, "Cổng nào?", "Một", "Hai", "Ba", "B", "Luật"]


def table(*rows, titles=TITLES):
    return [Sheet("Câu hỏi", [titles, *rows])]


def changed(column, value):
    return [value if place == TITLES.index(column) else cell for place, cell in enumerate(RIGHT)]


def errors(*rows, **more):
    return [(one.code, one.row, one.cell) for one in read(table(*rows, **more)).errors]


def test_a_row_is_a_question():
    found = read(table(RIGHT))
    assert found.errors == []
    draft = found.drafts[0]
    assert draft["id"].startswith("x-")
    assert draft["answer"] == 1
    assert draft["topic"] == "dich-vu-cong"
    assert [one["text"]["vi"] for one in draft["options"]] == ["Một", "Hai", "Ba"]
    assert found.topics == {"dich-vu-cong": {"vi": "Dịch vụ công"}}
    assert found.places == [2]


def test_every_question_is_read_back_as_it_was_written():
    questions = [bank.normal(one | {"id": f"cau-{n}"}) for n, one in enumerate(SAMPLES)]
    sheet, problems = write(questions, {"luat": {"vi": "Luật"}})
    found = read([sheet])
    assert problems == []
    assert found.errors == []
    assert found.drafts == questions
    assert found.topics == {"luat": {"vi": "Luật"}}


def test_what_a_table_cannot_carry_is_said_and_left_out():
    pictured = question("single", 0, 2)
    pictured["options"][1]["media"] = PICTURE
    sheet, problems = write([question("single", 0, 9), pictured, question("true_false", True)])
    assert [one.path for one in problems] == [(0,), (1,)]
    assert len(sheet.rows) == 2


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("Đáp án", "E", ("answer_written", 2, "H2")),
        ("Đáp án", "", ("answer_written", 2, "H2")),
        ("Đáp án", "câu hai", ("answer_written", 2, "H2")),
        ("Đáp án", 2, ("answer_written", 2, "H2")),
        ("Độ khó", "dễ", ("difficulty", 2, "C2")),
        ("Độ khó", 7, ("difficulty", 2, "C2")),
        ("Nguồn", " ", ("source_missing", 2, "I2")),
        ("Loại", "Tự luận", ("type_unknown", 2, "A2")),
        ("Chủ đề", "", ("topic", 2, "B2")),
        ("Câu hỏi", "", ("text_missing", 2, "D2")),
        ("Phương án B", "", ("option_hole", 2, "F2")),
        ("Phương án B", "Một", ("option_twice", 2, "F2")),
        ("Câu hỏi", "x" * 601, ("text_long", 2, "D2")),
    ],
)
def test_a_problem_has_the_cell_where_it_stands(column, value, problem):
    assert problem in errors(changed(column, value))


def test_rows_are_counted_as_the_spreadsheet_counts_them():
    assert errors(RIGHT, [], ["", " "], changed("Đáp án", "E")) == [("answer_written", 5, "H5")]


def test_titles_may_stand_lower_in_any_order_and_in_english():
    english = ["Source", "QUESTION", "answer", "Type", "Topic", "Difficulty · gì đó", "Difficulty"]
    rows = [["Bộ câu hỏi của Chi đoàn 3"], [], english, ["Luật", "Nước ướt?", "đ", "true_false", "a-b", "", "1"]]
    found = read([Sheet("Trang 1", rows)])
    assert found.errors == []
    assert found.drafts[0]["answer"] is True
    assert found.places == [4]


def test_a_file_without_titles_is_said_so():
    for sheets in ([], [Sheet("", [])], [Sheet("", [["a", "b"], ["c"]])]):
        assert [(one.code, one.row) for one in read(sheets).problems] == [("header_missing", 1)]


@pytest.mark.parametrize(
    ("kind", "cell", "answer"),
    [
        ("Nhiều đáp án đúng", "A, C", [0, 2]), ("Nhiều đáp án đúng", "a;c", [0, 2]), ("multiple", "AC", [0, 2]),
        ("Sắp xếp thứ tự", "C - A - B", [2, 0, 1]), ("Điền số", "3,5", 3.5), ("Điền số", 1.234, 1.234),
        ("Điền số", "1.234", 1234), ("Điền số", "'-5", -5), ("Điền số", -5, -5),
        ("Điền chữ", "VNeID | Vi En", ["VNeID", "Vi En"]), ("Điền chữ", "a|b\nc", ["a|b", "c"]),
        ("Điền chữ", 113, ["113"]),
        ("Đúng hay sai", "Sai", False), ("Đúng hay sai", True, True), ("true false", "ĐÚNG", True),
    ],
)  # fmt: skip
def test_answers_are_read_as_people_write_them(kind, cell, answer):
    row = changed("Đáp án", cell)
    row[0] = kind
    if kind in ("Điền số", "Điền chữ", "Đúng hay sai", "true false"):
        row[4:7] = ["", "", ""]
    found = read(table(row))
    assert found.errors == []
    assert found.drafts[0]["answer"] == answer
    assert type(found.drafts[0]["answer"]) is type(answer)


@pytest.mark.parametrize("cell", ["Đ S Đ Đ", "ĐSĐĐ", "đúng, sai, đúng, đúng", "T/F/T/T", "1 0 1 1"])
def test_four_statements_are_read_as_people_write_them(cell):
    titles = ["type", "topic", "difficulty", "text", *(f"option_{one}" for one in "ABCD"), "answer", "source"]
    row = ["Bốn ý đúng hay sai", "luat", 3, "Các ý?", "Một", "Hai", "Ba", "Bốn", cell, "Luật"]
    found = read(table(row, titles=titles))
    assert found.errors == []
    assert found.drafts[0]["answer"] == [True, False, True, True]


@pytest.mark.parametrize(
    ("written", "day"), [("2026-07-01", "2026-07-01"), ("1/7/2026", "2026-07-01"), ("01.07.2026", "2026-07-01")]
)
def test_dates_are_read_as_people_write_them(written, day):
    found = read(table([*RIGHT, written], titles=[*TITLES, "Hiệu lực từ"]))
    assert found.drafts[0]["valid_from"] == day


def test_a_bad_date_is_said():
    assert errors([*RIGHT, "tháng 7"], titles=[*TITLES, "Hiệu lực từ"]) == [("date", 2, "J2")]


def test_settings_are_words_in_one_cell():
    row = ["Điền số", "luat", 1, "Bao nhiêu?", "", "", "", 5, "Luật", "tolerance=0,5; unit=người; unit_en=people"]
    found = read(table(row, titles=[*TITLES, "Thiết lập"]))
    unit = {"vi": "người", "en": "people"}
    assert found.drafts[0]["settings"] == {"tolerance": 0.5, "unit": unit}
    assert errors([*RIGHT, "speed=9"], titles=[*TITLES, "Thiết lập"]) == [("setting_unknown", 2, "J2")]


def test_the_same_row_twice_is_said():
    assert errors(RIGHT, RIGHT) == [("id_twice", 3, None)]


def test_an_unchanged_row_without_id_keeps_its_id():
    assert read(table(RIGHT)).drafts[0]["id"] == read(table(RIGHT)).drafts[0]["id"]


def test_an_apostrophe_against_formulas_is_taken_off_again():
    found = read(table(changed("Câu hỏi", "'=1+1 bằng mấy?")))
    assert found.drafts[0]["text"]["vi"] == "=1+1 bằng mấy?"
    assert read(table(changed("Câu hỏi", "'Nháy'"))).drafts[0]["text"]["vi"] == "'Nháy'"


def test_columns_have_letters_and_every_title_is_known():
    assert [column_letters(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
    assert len({one.title for one in COLUMNS}) == len(COLUMNS)
    assert slug(" Đảng & Đoàn: Nghị quyết 57! ") == "dang-doan-nghi-quyet-57"
