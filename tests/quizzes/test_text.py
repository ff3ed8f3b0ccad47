"""Vietnamese is right: order, search, comparison, names. Oracle of the order: vn-collate, made from ICU."""

import random
import unicodedata

import pytest
import vn_collate
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.refusals import Rejected
from quizzes.text import clean_name, fold, matches, person_key, sort_key, spelling
from quizzes.words import is_decent

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
WORDS = st.text(alphabet=LETTERS + LETTERS.upper() + "0123456789fjwz", max_size=8)
PEOPLE = [
    "Nguyễn Văn An", "Trần Thị An", "Lê Thị Ánh", "Phạm Hoài Ân", "Ngô Bình", "Võ Thị Bình",
    "Hồ Chi", "Bùi Anh Dũng", "Đào Minh Đức", "Đặng Minh Đức", "Lý Thị Hoà", "Ô Kê",
]  # fmt: skip


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_words_sort_as_icu_sorts_them(words):
    assert sorted(words, key=sort_key) == vn_collate.sort(words)


def test_tones_sort_ngang_huyền_hỏi_ngã_sắc_nặng():
    right = "aàảãáạăằẳẵắặâầẩẫấậbdđeêoôơuưy"
    shuffled = random.Random(5).sample(right, len(right))
    assert sorted(shuffled, key=sort_key) == list(right)


def test_a_shorter_phrase_sorts_before_a_longer_word():
    assert sorted(["anh", "an ninh", "An", "án"], key=sort_key) == ["An", "án", "an ninh", "anh"]


def test_people_sort_by_given_name_then_family_name():
    shuffled = random.Random(7).sample(PEOPLE, len(PEOPLE))
    assert sorted(shuffled, key=person_key) == PEOPLE


def test_given_names_are_compared_whole_before_family_names():
    assert person_key("Trần An") < person_key("Bùi Án")


@given(st.text(max_size=30))
def test_keys_are_hex_digits_and_equal_for_nfc_and_nfd(text):
    assert set(sort_key(text)) <= set("0123456789abcdef")
    assert sort_key(unicodedata.normalize("NFC", text)) == sort_key(unicodedata.normalize("NFD", text))
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


def test_an_empty_name_sorts_first():
    assert person_key("") < person_key("An")
    assert person_key("  ") == person_key("")


def test_fold_drops_marks_case_spaces_and_the_bar_of_đ():
    assert fold("  ĐẶNG \u200bThị\tƯỡng ") == "dang thi uong"
    assert fold("Straße №1") == "strasse no1"


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


SAME = [
    ("hoà bình", "hòa bình"), ("Thuý", "thúy"), ("qủa", "quả"), ("khoẻ", "khỏe"), ("kỹ thuật", "kĩ thuật"),
    ("  Bộ   chính\ttrị ", "Bộ Chính trị"), ("“Bộ Chính trị”.", "bộ chính trị"),
    ("BỘ CHÍNH TRỊ", "Bộ Chính trị"),
    ("đi từng ngõ, gõ từng nhà!", "Đi từng ngõ; gõ từng nhà"), ("57–NQ/TW", "57-nq/tw"),
    ("ＶＮｅＩＤ", "VNeID"),
    ("vn eid", "VNeID"), ("C++", "c++"), ("-5", "-5"), ("dichvucong.gov.vn.", "dichvucong.gov.vn"),
]  # fmt: skip
DIFFERENT = [
    ("hoa bình", "hòa bình"), ("Bộ Chính trj", "Bộ Chính trị"), ("dang", "đang"), ("C", "C++"), ("-5", "5"),
    ("", "a"), ("tay", "tai"), ("quy", "qui tắc"), ("15", "1.5"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "accepted"), SAME)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_same_answer_written_differently_is_right(typed, accepted, form):
    assert matches(unicodedata.normalize(form, typed), [accepted])
    assert matches(accepted, [unicodedata.normalize(form, typed)], marks="optional")
    assert spelling(unicodedata.normalize(form, typed)) == spelling(accepted)


@pytest.mark.parametrize(("typed", "accepted"), DIFFERENT)
def test_another_answer_is_wrong(typed, accepted):
    assert not matches(typed, [accepted])
    assert spelling(typed) != spelling(accepted)


def test_optional_marks_may_be_left_out_but_not_be_wrong():
    def lenient(typed):
        return matches(typed, ["Đường sắt", "hoà"], marks="optional")

    assert all(map(lenient, ["duong sat", "Đuờng săt", "duong sắt", "hoa", "hòa"]))
    assert not any(map(lenient, ["đường sát", "hóa", "duong sa", "dường sắc"]))


def test_a_typed_mark_is_wrong_where_the_answer_has_none():
    assert not matches("má", ["ma"], marks="optional")


def test_case_can_be_asked_for():
    assert matches("VNeID", ["VNeID"], case="exact")
    assert not matches("vneid", ["VNeID"], case="exact")


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["required", "optional"]))
@settings(max_examples=200)
def test_comparing_anything_never_fails(typed, accepted, marks):
    assert matches(typed, [typed], marks=marks)
    assert matches(typed, [accepted], marks=marks) in (True, False)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("An", "An"), ("  Trần   Thị\nBình ", "Trần Thị Bình"), ("D\u0169ng", "Dũng"), ("Du\u0303ng", "Dũng"),
        ("Chi\u200b\u202e\u2066", "Chi"), ("Nguyễn Ngọc Thuý Trường", "Nguyễn Ngọc Thuý Trường"),
        ("Tổ 5", "Tổ 5"),
        ("ướt ệ", "ướt ệ"), ("李明", "李明"), ("An 🌟", "An 🌟"), ("22", "22"), ("Ẩn\ud800", "Ẩn"),
    ],
)  # fmt: skip
def test_names_are_shown_clean(raw, shown):
    assert clean_name(raw) == shown


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "A",
        " ",
        "\u200b\u200b\u200b",
        "\u3164\u3164\u3164",
        "🌟🌟🌟",
        "...",
        "A" * 25,
        "A\u0301\u0302\u0303" * 3,
        "\u0301\u0301\u0301",
        "An" + "\u0336" * 30,
        None,
        7,
        ["An"],
        {"a": 1},
        "x" * 100_000,
        "\u2800\u2800",
        "A\u200b",
    ],
)
def test_bad_names_are_refused(raw):
    with pytest.raises(Rejected) as refused:
        clean_name(raw)
    assert refused.value.code == "bad_name"


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_a_clean_name_is_clean_again_and_short(raw):
    try:
        name = clean_name(raw)
    except Rejected:
        return
    assert clean_name(name) == name == unicodedata.normalize("NFC", name)
    assert 2 <= sum(unicodedata.category(ch) not in ("Mn", "Me") for ch in unicodedata.normalize("NFD", name)) <= 24


ORDINARY = [
    "lợn con", "Chó Vàng", "cụ Đĩnh", "các bạn", "buổi sáng", "đeo khẩu trang", "Đ M Đức", "lon bia",
    "Đ1 Chi đoàn",
    "căn cước", "CC", "VL Cao Bằng", "đụn rơm", "dịt", "Cúc", "Scunthorpe", "Sussex", "cặp", "địa", "con cá",
    "4K",
    "dương", "Điếm Tổng", "mẹ", "3 mẹ con", "km 5", "C4", "Hà Nội 36", "Đỗ Mười Đ.Đ",
]  # fmt: skip
INDECENT = [
    "địt", "ĐỊT", "đi\u0323t", "con đĩ", "đ.m", "Đ-M", "đm", "DM", "v.c.l", "vcl", "vcllll", "đéooo", "l0n",
    "C4C",
    "bu0i", "đ1t", "vãi lồn", "ＤＭ", "f*ck đm", "fuck", "mẹ mày", "chó đẻ", "l*n", "_đm_", "nói (vcl)!",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_decent(text):
    assert is_decent(text)


@pytest.mark.parametrize("text", INDECENT)
def test_indecent_words_are_found_through_disguise(text):
    assert not is_decent(text)
    with pytest.raises(Rejected):
        clean_name(f"{text} 1")
