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
        ("Độ khó", "lạ", ("difficulty", 2, "C2")),
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
    assert errors([*RIGHT, "speed=9"], titles=[*TITLES, "Thiết lập"]) == [("unknown", 2, "J2")]


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


ASKED = {"topic": "Dịch vụ công", "source": "Luật", "difficulty": "2"}
PLAIN = ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án đúng"]


def one(row, titles=PLAIN, given=ASKED, **sheet):
    found = read([Sheet("", [titles, row], **sheet)], given)
    assert found.errors == []
    return found.drafts[0]


def test_what_the_file_does_not_say_is_asked_once_for_all_of_it():
    row = [1, "2 cộng 3?", "4", "5", "6", "7", "B"]
    found = read([Sheet("", [PLAIN, row])])
    assert (found.drafts, found.errors, found.seen) == ([], [], 1)
    assert found.asked == ["type", "topic", "difficulty", "source"]
    draft = one(row)
    assert (draft["type"], draft["answer"], draft["topic"], draft["source"]) == ("single", 1, "dich-vu-cong", "Luật")
    assert [option["text"]["vi"] for option in draft["options"]] == ["4", "5", "6", "7"]


@pytest.mark.parametrize(
    ("row", "titles", "answer"),
    [
        (["1", "Thủ đô?", "A. Huế", "B. Hà Nội", "C. Vinh", "D. Mỹ Tho", "Hà Nội"], PLAIN, 1),
        (["1", "Thủ đô?", "Huế", "*Hà Nội", "Vinh", "Mỹ Tho", ""], PLAIN, 1),
        (["1", "Thủ đô?", "Huế", "Hà Nội", "Vinh", "Mỹ Tho", "Đáp án: B"], PLAIN, 1),
        (["1", "Thủ đô?", "Huế", "Hà Nội", "Vinh", "Mỹ Tho", 2], PLAIN, 1),
        (["Câu 1", "Thủ đô?", "Huế", "Hà Nội", "Vinh", "B"], ["Câu hỏi", "Nội dung", "Phương án 1", "Phương án 2", "Phương án 3", "Đáp án"], 1),
        (["Thủ đô?", "A. Huế\nB. Hà Nội\nC. Vinh\nD. Mỹ Tho", "B"], ["Nội dung câu hỏi", "Các phương án", "Đáp án"], 1),
        (["Thủ đô?", "Huế\nHà Nội\nVinh", "B"], ["Câu hỏi", "Đáp án", "Đáp án đúng"], 1),
        (["Thủ đô? A. Huế B. Hà Nội C. Vinh D. Mỹ Tho", "B"], ["Câu hỏi", "Đáp án"], 1),
        (["Nước ướt?", "Đúng"], ["Câu hỏi", "Đáp án"], True),
        (["Năm nào?", "1945"], ["Câu hỏi", "Đáp án"], 1945),
        (["Chọn hai?", "x", "y", "z", "A, C"], ["Câu hỏi", "PA A", "PA B", "PA C", "Key"], [0, 2]),
    ],
)  # fmt: skip
def test_layouts_of_other_people_are_read(row, titles, answer):
    draft = one(row, titles)
    assert draft["answer"] == answer and type(draft["answer"]) is type(answer)
    assert draft["text"]["vi"] in ("Thủ đô?", "Nước ướt?", "Năm nào?", "Chọn hai?")


def test_titles_over_two_rows_and_bold_options_are_read():
    rows = [
        ["BỘ CÂU HỎI"],
        ["TT", "Câu hỏi", "Phương án", "", ""],
        ["", "", "A", "B", "C"],
        [1, "Ai?", "An", "Bình", "Chi"],
    ]
    spans = [(2, 2, 2, 4)]
    sheet = Sheet("", rows, spans=spans, strong={(4, 3): ["Bình"]})
    found = read([sheet], ASKED)
    assert (found.errors, found.drafts[0]["answer"], found.places) == ([], 1, [4])
    assert "đậm" in found.rules[0]


def test_what_can_be_read_in_two_ways_is_asked():
    row = [1, "Mấy?", "2", "1", "3", "4", "1"]
    found = read([Sheet("", [PLAIN, row])], ASKED)
    assert [(one.code, one.cell) for one in found.errors] == [("answer_unclear", "G2")]


def test_what_is_left_out_is_said():
    titles = [*PLAIN, "Ghi chú nội bộ"]
    rows = [titles, [1, "Ai?", "An", "Bình", "Chi", "Dũng", "A", "x"], [2, "Ẩn?", "An", "Bình", "Chi", "Dũng", "A"]]
    sheets = [Sheet("Một", rows, hidden=[3]), Sheet("Trống tiêu đề", [["a"]]), Sheet("DATA", [], unread=True)]
    found = read(sheets, ASKED)
    assert found.seen == 1
    said = {one.code: one.about for one in found.problems if not one.path}
    assert said["rows_hidden"] == {"rows": "3"}
    assert "Ghi chú nội bộ" in said["columns_unknown"]["names"]
    assert said["sheet_untitled"] == {"name": "Trống tiêu đề"} and said["sheet_hidden"] == {"name": "DATA"}


def test_all_sheets_with_titles_are_read_and_named():
    rows = [PLAIN, [1, "Ai?", "An", "Bình", "Chi", "Dũng", "Z"]]
    again = [PLAIN, [1, "Ai nữa?", "An", "Bình", "Chi", "Dũng", "Z"]]
    found = read([Sheet("Tuần 1", rows), Sheet("Tuần 2", again)], ASKED)
    assert [(one.code, one.cell) for one in found.errors] == [
        ("answer_written", "Tuần 1!G2"),
        ("answer_written", "Tuần 2!G2"),
    ]


def test_a_number_that_only_shows_as_a_power_is_refused_and_a_shown_number_is_pointed_at():
    row = [1, "Số nào?", "12,5%", "50%", "1.000", 123456789012, "A"]
    found = read([Sheet("", [PLAIN, row], doubts={(2, 2): "regional", (2, 5): "scientific"})], ASKED)
    assert [(one.code, one.cell, one.warning) for one in found.problems[:2]] == [
        ("cell_shown", "C2", True),
        ("cell_scientific", "F2", False),
    ]


STACKED = ["STT", "Câu hỏi", "Đáp án"]


@pytest.mark.parametrize("mark", ["x", "Đúng", "✓", "1"])
def test_options_in_rows_of_their_own_belong_to_the_question_above(mark):
    first = [[1, "Ai?", ""], ["", "A. An", ""], ["", "B. Bình", mark], ["", "C. Chi", "sai"]]
    rows = [*first, [2, "Khi nào?", "C"], ["", "A. Sáng"], ["", "B. Trưa"], ["", "C. Tối"]]
    found = read(table(*rows, titles=STACKED), ASKED)
    assert found.errors == [] and found.places == [2, 6]
    assert [(one["text"]["vi"], one["answer"]) for one in found.drafts] == [("Ai?", 1), ("Khi nào?", 2)]
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["An", "Bình", "Chi"]


def test_the_right_one_of_options_in_rows_may_be_bold_and_none_is_said_to_be_missing():
    rows = [[1, "Ai?"], ["", "A. An"], ["", "B. Bình"], [2, "Khi nào?"], ["", "A. Sáng"], ["", "B. Tối"]]
    found = read([Sheet("", [STACKED, *rows], strong={(3, 1): ["A. An"]})], ASKED)
    assert [one["answer"] for one in found.drafts] == [0]
    assert [one.row for one in found.errors] == [5]


ENDS = {
    "hai.": 1,
    "hai; bốn;": [1, 3],
    "một; ": 0,
    "A và C": [0, 2],
    "A and C": [0, 2],
    "A&C": [0, 2],
    "B.": 1,
    "B,D,": [1, 3],
    "b, d.": [1, 3],
    "Phương án b": 1,
}


@pytest.mark.parametrize(("cell", "answer"), ENDS.items(), ids=ENDS)
def test_answers_end_and_join_as_people_write_them(cell, answer):
    titles = ["text", *(f"option_{one}" for one in "ABCD"), "answer", "source", "topic", "difficulty"]
    found = read(table(["Số nào?", "một", "hai", "ba", "bốn", cell, "Luật", "so", 1], titles=titles))
    assert found.errors == []
    assert found.drafts[0]["answer"] == answer
