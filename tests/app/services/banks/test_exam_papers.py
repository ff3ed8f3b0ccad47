"""Exam papers to print: every code asks the same and has its own right key."""

import io

import docx
import pytest
from PIL import Image

from app.services.banks import exam_papers, media
from app.services.files.opening.docx_text import read_docx
from quizzes import exam_paper
from quizzes.importers.exam_docx import read
from tests.quizzes.importers.given import GIVEN
from tests.quizzes.questions.samples import SAMPLES

CHOICES = [
    {
        "type": "single",
        "text": {"vi": f"Câu {n}?"},
        "answer": n,
        "options": [{"text": {"vi": f"{n}{at}"}} for at in range(4)],
    }
    for n in range(4)
]


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch):
    monkeypatch.setattr(media, "picture", {}.get)


def test_codes_have_their_own_order_and_the_key_goes_with_it():
    first, second = exam_paper.variants(CHOICES, 2, "hạt giống")
    assert (first.code, second.code) == ("101", "102")
    assert first.parts != second.parts
    for one in (first, second):
        for asked in one.parts[0][1]:
            number = int(asked.text[4])
            assert asked.options["ABCD".index(asked.key)] == f"{number}{number}"
    assert exam_paper.variants(CHOICES, 2, "hạt giống") == [first, second]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_first_of_several_codes_is_read_again_with_its_own_keys(lang):
    paper = exam_paper.variants(CHOICES, 3, "hạt giống", lang)
    found = read(read_docx(exam_papers.as_docx("Đề thử", paper, lang)), GIVEN)
    assert found.errors == []
    said = {asked.text: asked.key for asked in paper[0].parts[0][1]}
    assert {one["text"]["vi"]: "ABCDEFGH"[one["answer"]] for one in found.drafts} == said
    assert [one.code for one in found.problems if one.code != "explanation_missing"] == ["text_left"]


def test_a_word_paper_uploaded_again_gives_the_same_questions_with_their_keys():
    paper = exam_paper.variants(CHOICES, 1, "1")
    found = read(read_docx(exam_papers.as_docx("Đề thử", paper)), GIVEN)
    assert found.errors == []
    assert [chr(65 + one["answer"]) for one in found.drafts] == [asked.key for asked in paper[0].parts[0][1]]


def test_every_type_can_be_printed():
    papers = exam_paper.variants(SAMPLES, 2, "1")
    assert [part for part, _ in papers[0].parts] == ["choice", "truths", "short"]
    assert exam_papers.as_pdf("Đề thử", papers).startswith(b"%PDF")
    assert exam_papers.as_docx("Đề thử", papers).startswith(b"PK")


def test_pictures_are_printed_in_both_forms_and_one_that_is_gone_is_left_out(monkeypatch):
    out = io.BytesIO()
    Image.new("RGB", (60, 30), "teal").save(out, "WEBP")
    monkeypatch.setattr(media, "picture", {"a.webp": out.getvalue()}.get)
    asked = [CHOICES[0] | {"media": {"name": "a.webp"}}, CHOICES[1] | {"media": {"name": "gone.webp"}}]
    papers = exam_paper.variants(asked, 1, "1")
    assert b"/Subtype/Image" in exam_papers.as_pdf("Đề thử", papers).replace(b" ", b"")
    printed = read_docx(exam_papers.as_docx("Đề thử", papers)).paragraphs
    assert sum(len(one.pictures) for one in printed) == 1


def test_a_paper_in_english_is_english_throughout():
    papers = exam_paper.variants(SAMPLES, 1, "1", "en")
    words = "\n".join(one.text for one in read_docx(exam_papers.as_docx("Test", papers, "en")).paragraphs)
    assert "Question 1." in words and "True" in words
    assert not [word for word in ("Câu ", "Đúng", "PHẦN", "Mã đề", "Họ và tên") if word in words]


def test_who_prints_is_told_with_the_keys_what_was_changed_since_its_approval():
    papers = exam_paper.variants([CHOICES[0] | {"changed": True}, *CHOICES[1:]], 1, "1")
    number = next(one.number for one in papers[0].parts[0][1] if one.changed)
    data = exam_papers.as_docx("Đề thử", papers)
    said = [line.text for line in docx.Document(io.BytesIO(data)).paragraphs]
    told = said.index(f"Sửa sau khi duyệt (PHẦN I): {number}")
    assert told > said.index("BẢNG ĐÁP ÁN MÃ ĐỀ 101")
    assert len(read(read_docx(data), GIVEN).drafts) == len(CHOICES)
    assert exam_papers.as_pdf("Đề thử", papers) != exam_papers.as_pdf("Đề thử", exam_paper.variants(CHOICES, 1, "1"))
