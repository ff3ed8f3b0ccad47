"""Exam papers to print: every code asks the same and has its own right key."""

from app.services.banks import exam_papers
from app.services.files.opening.docx_text import read_docx
from quizzes import exam_paper
from quizzes.importers.exam_docx import read
from tests.quizzes.importers.given import GIVEN
from tests.quizzes.questions.samples import SAMPLES

CHOICES = [
    {"type": "single", "text": {"vi": f"Câu {n}?"}, "answer": n, "options": [{"text": {"vi": f"{n}{at}"}} for at in range(4)]}
    for n in range(4)
]  # fmt: skip


def test_codes_have_their_own_order_and_the_key_goes_with_it():
    first, second = exam_paper.variants(CHOICES, 2, "hạt giống")
    assert (first.code, second.code) == ("101", "102")
    assert first.parts != second.parts
    for one in (first, second):
        for asked in one.parts[0][1]:
            number = int(asked.text[4])
            assert asked.options["ABCD".index(asked.key)] == f"{number}{number}"
    assert exam_paper.variants(CHOICES, 2, "hạt giống") == [first, second]


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
