"""Layouts of tables that were read wrongly or in part without a word."""

import pytest

from quizzes.importers import Sheet
from quizzes.importers.sheet import read

SAID = {"source": "Luật", "difficulty": "2"}
GIVEN = SAID | {"topic": "Dịch vụ công"}
TITLES = ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"]
ROW = [1, "Thủ đô?", "Huế", "Hà Nội", "Vinh", "Mỹ Tho", "B"]
AGAIN = [2, "Cố đô?", "Huế", "Hà Nội", "Vinh", "Mỹ Tho", "A"]


def test_a_heading_between_questions_is_their_topic_and_is_named():
    rows = [TITLES, ["II. An toàn mạng"], ROW, ["", "Chủ đề 3: Thanh toán"], AGAIN]
    found = read([Sheet("", rows, spans=[(4, 1, 4, 6)])], SAID)
    assert (found.errors, found.asked) == ([], [])
    assert [one["topic"] for one in found.drafts] == ["an-toan-mang", "thanh-toan"]
    assert found.topics["an-toan-mang"] == {"vi": "An toàn mạng"}
    assert [one.about for one in found.problems if one.code == "rows_headings"] == [{"rows": "2, 4"}]


def test_a_heading_beside_a_column_of_topics_is_named_and_changes_none():
    found = read([Sheet("", [[*TITLES, "Chủ đề"], ["Phần chung"], [*ROW, "mạng"]])], SAID)
    assert [one["topic"] for one in found.drafts] == ["mang"]
    assert [one.about for one in found.problems if one.code == "rows_unasked"] == [{"rows": "2"}]


def test_rows_numbered_in_advance_are_no_headings():
    found = read([Sheet("", [TITLES, ROW, [2], ["Câu 3"]])], GIVEN)
    assert [one.code for one in found.problems] == ["explanation_missing"]


def test_options_with_small_letters_may_follow_the_question_in_its_line():
    found = read([Sheet("", [["Câu hỏi", "Đáp án"], ["Tên gì? a) X b) Y c) Z d) T", "c"]])], GIVEN)
    assert [(one["type"], one["text"]["vi"], one["answer"]) for one in found.drafts] == [("single", "Tên gì?", 2)]


def test_points_of_a_law_that_a_question_names_are_no_options():
    words = "Theo điểm a) và b) khoản 2, ai ký?"
    found = read([Sheet("", [["Câu hỏi", "Đáp án"], [words, "Chủ tịch"]])], GIVEN)
    assert [(one["type"], one["text"]["vi"]) for one in found.drafts] == [("text", words)]


def test_columns_whose_titles_only_count_are_options():
    found = read([Sheet("", [["TT", "Nội dung", "1", "2", "3", "4", "Đáp án"], [*ROW[:6], 3]])], GIVEN)
    assert [(one["type"], one["answer"], len(one["options"])) for one in found.drafts] == [("single", 2, 4)]
    assert [one.code for one in found.problems] == ["explanation_missing"]


@pytest.mark.parametrize(
    "cell", ["1. Huế\n2. Hà Nội\n3. Vinh", "- Huế\n- Hà Nội\n- Vinh", "1) Huế\n2) Hà Nội\n3) Vinh"]
)
def test_numbers_and_dashes_before_all_options_are_no_part_of_them(cell):
    found = read([Sheet("", [["Câu hỏi", "Phương án", "Đáp án"], ["Thủ đô?", cell, "B"]])], GIVEN)
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["Huế", "Hà Nội", "Vinh"]


def test_numbers_that_are_the_options_stay():
    found = read([Sheet("", [["Câu hỏi", "Phương án", "Đáp án"], ["Bao nhiêu?", "-1\n1.5\n3 lần", "B"]])], GIVEN)
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["-1", "1.5", "3 lần"]


@pytest.mark.parametrize("cell", ["A-C", "b – d", "1-3"])
def test_a_range_of_options_is_asked(cell):
    found = read([Sheet("", [TITLES, [*ROW[:6], cell]])], GIVEN)
    assert [(one.code, one.cell) for one in found.errors] == [("answer_unclear", "G2")]
    assert "cả dãy" in found.errors[0].sentence


def test_a_key_against_the_bold_option_is_pointed_at():
    found = read([Sheet("", [TITLES, [*ROW[:6], "A"], AGAIN], strong={(2, 3): ["Hà Nội"], (3, 2): ["Huế"]})], GIVEN)
    said = [(one.row, one.cell, one.warning, one.about) for one in found.problems if one.code == "answer_look"]
    assert said == [(2, "G2", True, {"said": "A", "shown": "B"})]


def test_a_column_without_a_title_is_named_by_its_letter():
    found = read([Sheet("", [[*TITLES, "Điểm", ""], [*ROW, 1, "lạc"]])], GIVEN)
    assert [one.about for one in found.problems if one.code == "columns_unknown"] == [{"names": "H “Điểm”, I"}]


BESIDE = ["STT", "Câu hỏi", "Phương án", "Đáp án"]


@pytest.mark.parametrize(
    ("keys", "strong"),
    [(["B", "", ""], {}), (["B", "B", "B"], {}), (["", "x", ""], {}), (["", "", ""], {(3, 2): ["B. Bình"]})],
)
@pytest.mark.parametrize("merged", [True, False])
def test_options_one_below_the_other_beside_their_question_are_its_own(keys, strong, merged):
    options = ["A. An", "B. Bình", "C. Chi"]
    rows = [
        [1, "Ai?", one, key] if merged or not at else ["", "", one, key]
        for at, (one, key) in enumerate(zip(options, keys, strict=True))
    ]
    more = [[2, "Khi nào?", "A. Sáng", "A"], ["", "", "B. Tối", ""]]
    found = read([Sheet("", [BESIDE, *rows, *more], spans=[(2, 1, 4, 1)] if merged else [], strong=strong)], GIVEN)
    assert found.errors == [] and found.places == [2, 5]
    assert [(one["text"]["vi"], one["answer"], len(one["options"])) for one in found.drafts] == [
        ("Ai?", 1, 3),
        ("Khi nào?", 0, 2),
    ]


@pytest.mark.parametrize("row", [[1, 2, 3], ["(1)", "(2)", "(3)"]])
def test_a_row_that_numbers_the_columns_is_no_question(row):
    found = read([Sheet("", [["TT", "Câu hỏi", "Đáp án"], row, [1, "Năm nào?", "1945"]])], GIVEN)
    assert [one["text"]["vi"] for one in found.drafts] == ["Năm nào?"] and found.errors == []


def test_codes_are_known_as_people_write_them():
    codes = {"CH-02": "ch-02", "Câu 3": "cau-3", 4: "04", "da_co-san-": "da_co-san-"}
    rows = [[written, f"Câu hỏi số {at}?", *ROW[2:]] for at, written in enumerate(codes)]
    found = read([Sheet("", [["Mã câu", *TITLES[1:]], *rows])], GIVEN)
    assert found.errors == [] and [one["id"] for one in found.drafts] == [*codes.values()]


def test_two_codes_that_differ_in_case_alone_are_one_code_and_said():
    rows = [["CH 02", *ROW[1:]], ["ch-02", "Cố đô?", *ROW[2:]]]
    found = read([Sheet("", [["Mã câu", *TITLES[1:]], *rows])], GIVEN)
    assert [(one.code, one.cell, one.about) for one in found.errors] == [("id_twice", "A3", {"other": 2})]
