"""Exam papers as text: Azota's shape and that of công văn 7991."""

from unicodedata import normalize

import pytest

from quizzes.importers import exam_keys
from quizzes.importers.exam_text import read
from tests.quizzes.importers.given import GIVEN

AZOTA = """ĐỀ KIỂM TRA
Câu 1: Thủ đô của Việt Nam?
A. Huế B. Hà Nội C. Vinh D. Mỹ Tho
Câu 2. Chọn số chẵn
A. 1
B. 2
C. 3
Câu 3: Ai?
A. An
B. Bình
HẾT
BẢNG ĐÁP ÁN
1.B2.B 3-A
Lời giải
Câu 1: Theo Hiến pháp.
Câu 3: Chọn A
vì thế.
"""
PARTS = """PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn.
Câu 1 (NB). Ai?
A. An
B. Bình
PHẦN II. Câu trắc nghiệm đúng sai.
Câu 1. Các ý sau đúng hay sai?
a) Một
b) Hai
c) Ba
d) Bốn
PHẦN III. Câu trắc nghiệm trả lời ngắn.
Câu 1. Bao nhiêu?
Câu 2. Tên ứng dụng?
----- HẾT -----
ĐÁP ÁN
PHẦN I
1. A
PHẦN II
Câu 1: a) Đúng b) Sai c) Sai d) Đúng
PHẦN III
Câu 1: 3,5
Câu 2: VNeID
"""


def test_questions_in_small_letters_are_questions_and_their_words_in_a_sentence_are_none():
    small = (
        "câu 1: Ai nhớ\ncâu 2 dòng?\n*A. An\nB. Bình\nbài 2) Ai?\nA. An\n*B. Bình\ncâu hỏi số 3. Ai?\n*A. An\nB. Bình\n"
    )
    found = read(small, GIVEN)
    assert found.errors == []
    assert [one["answer"] for one in found.drafts] == [0, 1, 0]
    assert "câu 2 dòng?" in found.drafts[0]["text"]["vi"]


def test_the_shape_of_azota_with_its_table_of_keys_and_solutions():
    found = read(AZOTA, GIVEN)
    assert found.errors == []
    assert [one["answer"] for one in found.drafts] == [1, 1, 0]
    assert found.drafts[0]["options"][3] == {"text": {"vi": "Mỹ Tho"}}
    assert found.drafts[0]["explanation"] == {"vi": "Theo Hiến pháp."}
    assert set(found.rules) == {exam_keys.BY_TABLE}
    assert found.places == [2, 4, 8]


def test_three_parts_whose_numbers_begin_anew():
    found = read(PARTS, GIVEN)
    assert found.errors == []
    assert [(one["type"], one["answer"], one["difficulty"]) for one in found.drafts] == [
        ("single", 0, 1),
        ("true_false_set", [True, False, False, True], 2),
        ("number", 3.5, 2),
        ("text", ["VNeID"], 2),
    ]


@pytest.mark.parametrize(
    ("text", "answer", "rule"),
    [
        ("Câu 1. Ai?\nA. An\n*B. Bình\nC. Chi", 1, exam_keys.BY_STAR),
        ("Câu 1. Ai?\nA. An\nB. Bình\nĐáp án: B", 1, exam_keys.BY_LINE),
        ("Bài 1. Ai?\nA. An\nB. Bình\nC. Chi\nĐáp án: A, C", [0, 2], exam_keys.BY_LINE),
        ("1. Ai?\nA. An\nB. Bình\nAnswer: A\n2. Ai nữa?\nA. An\nB. Bình\nAnswer: B", 0, exam_keys.BY_LINE),
        ("Câu 1. Ý?\na) Một (Đ)\nb) Hai (S)\nc) Ba (Đ)\nd) Bốn (S)", [True, False, True, False], exam_keys.BY_LINE),
    ],
)
def test_the_rule_that_found_the_key_is_said(text, answer, rule):
    found = read(text, GIVEN)
    assert found.errors == []
    assert (found.drafts[0]["answer"], found.rules[0]) == (answer, rule)


def test_a_question_without_key_and_one_with_two_are_said():
    found = read("Câu 1. Ai?\nA. An\nB. Bình\nCâu 2. Ai?\nA. An\n*B. Bình\nĐáp án: A", GIVEN)
    assert [(one.code, one.line) for one in found.errors] == [("answer_missing", 1)]
    assert [(one.code, one.about) for one in found.problems if one.code == "keys_differ"] == [
        ("keys_differ", {"first": "A", "second": "B"})
    ]
    assert read("Chỉ là chữ", GIVEN).errors[0].code == "file_shape"


ODD = """Câu 1: Thủ đô?
a. Huế
b. Hà Nội
c. Vinh
d. Mỹ Tho
Đáp án đúng là b
Câu 2. Chọn?
[A] Một
[B] Hai
Chọn đáp án B.
Câu 3. Ai?
A. An
B. Bình (Đúng)
C. Chi
Câu 4. f là?
A. g(x)
B. f(x) [x]
C. h (y)
Câu 5. Các ý sau?
a) Một
b) Hai
c) Ba
d) Bốn
Đáp án: ĐSĐS
"""


def test_small_letters_brackets_and_ticks_are_read_as_meant():
    found = read(ODD, GIVEN)
    assert found.errors == []
    assert [one["answer"] for one in found.drafts] == [1, 1, 1, 1, [True, False, True, False]]
    assert found.rules[2:4] == [exam_keys.BY_MARK] * 2
    assert [option["text"]["vi"] for option in found.drafts[3]["options"]] == ["g(x)", "f(x)", "h (y)"]


AI = "Ai?", ["An", "Bình"], 1
OTHERS = {
    "numbers with a word more": "Câu hỏi 1: Ai?\nA. An\nB. Bình\nĐáp án đúng là: B. Bình",
    "of a chat": "### Câu hỏi\n**Câu 1: Ai?**\nA. An\nB. Bình\n✅ **Đáp án: B**",
    "a sign behind": "Câu 1: Ai?\nA. An\nB. Bình ✅",
    "bold by stars": "**Câu 1.** Ai?\n\nA. An\nB. **Bình**",
    "boxes": "## Câu 1\nAi?\n- [ ] An\n- [x] Bình",
    "drawn boxes": "Câu 1. Ai?\n☐ An\n☑ Bình",
    "dashes": "Câu 1. Ai?\n- An\n- Bình (đúng)",
    "dots and words": "Câu 1. Ai?\n• An\n• Bình\nĐáp án: Bình.",
    "numbers below": "Câu 1. Ai?\n1. An\n2. Bình\nĐáp án: B",
    "long dashes": "Câu 1 – Ai?\nA – An\nB – Bình\nĐáp án – B",
    "an arrow": "1. Ai?\na. An\nb. Bình\n=> B",
    "a bracket": "Câu 1. Ai?\nA. An\nB. Bình\n(Đáp án B)",
    "letters in pieces": normalize("NFD", "Câu 1: Ai?\nA. An\nB. Bình\nĐáp án: B"),
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_papers_are_read_as_people_and_machines_write_them(text):
    found = read(text, GIVEN)
    assert found.errors == []
    (one,) = found.drafts
    assert (one["text"]["vi"], [option["text"]["vi"] for option in one["options"]], one["answer"]) == AI


def test_a_list_in_the_stem_is_no_list_of_options():
    ideas = "Câu 1. Cho các ý:\n- Một\n- Hai\nCó mấy ý đúng?\n"
    found = read(
        f"{ideas}Đáp án: 2\nCâu 2. Có mấy ý đúng?\n- Ba\n- Bốn\nĐáp án: 1\nCâu 3. Ý nào?\n- x\nA. An\nB. Bình\n=> A",
        GIVEN,
    )
    assert [(one["type"], one["answer"]) for one in found.drafts] == [("number", 2), ("number", 1), ("single", 0)]
    assert [one["text"]["vi"].count("\n") for one in found.drafts] == [3, 2, 1]


def test_an_arrow_in_a_solution_is_no_key():
    found = read("Câu 1. Ai?\nA. An\nB. Bình\nĐáp án: B\nLời giải: ta có\n=> x = 5\n=> Chi", GIVEN)
    assert found.drafts[0]["answer"] == 1
    assert found.drafts[0]["explanation"]["vi"] == "ta có\n=> x = 5\n=> Chi"


def test_lines_below_a_question_say_its_source_topic_and_difficulty():
    said = "Giải thích: Vì thế.\nNguồn: Luật Căn cước 2023, Điều 3\nChủ đề: Căn cước\nMức độ: Vận dụng"
    found = read(f"Câu 1. Ai?\nA. An\nB. Bình\nĐáp án: B\n{said}")
    (one,) = found.drafts
    assert (one["source"], one["topic"], one["difficulty"]) == ("Luật Căn cước 2023, Điều 3", "can-cuoc", 3)
    assert (one["explanation"]["vi"], found.asked) == ("Vì thế.", [])
