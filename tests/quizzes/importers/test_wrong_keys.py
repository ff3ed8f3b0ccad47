"""Files in which a key is easily misread: it is read as it was meant, or the question is left out with a word."""

import pytest
from docx import Document as Word

from app.services.files.opening.docx_text import read_docx as open_docx
from app.services.files.opening.xml_tree import read_xml
from quizzes.importers import Sheet, aiken, exam_text, gift, google_forms, kahoot, moodle_xml, qti, quizizz
from quizzes.importers.contract import Document, Paragraph, Run, Tree
from quizzes.importers.exam_docx import read as read_docx
from tests.quizzes.importers.given import GIVEN


def answers(found):
    return [draft["answer"] for draft in found.drafts]


def said(found):
    return [one.code for one in found.problems if one.code != "explanation_missing"]


def exam(text):
    return exam_text.read(text, GIVEN)


AI = "Câu 1: Ai?\nA. An\nB. Bình\nC. Chi\n"
GI = "Câu 2: Gì?\nA. Cá\nB. Gà\nC. Bò\n"


def kahooted(key):
    return kahoot.read([Sheet("", [list(kahoot.TITLES), ["1", "Đâu?", "Huế", "Vinh", "Nam", "", "20", key]])], GIVEN)


def quizized(kind, options, key):
    row = ["Đâu?", kind, *options, *[""] * (5 - len(options)), key]
    return quizizz.read([Sheet("", [list(quizizz.TITLES), row])], GIVEN)


def moodle(kind, *right, inside=""):
    given = "".join(f'<answer fraction="{share}"><text>{text}</text></answer>' for text, share in right)
    question = f'<question type="{kind}"><questiontext><text>Hỏi?</text></questiontext>{inside}{given}</question>'
    return moodle_xml.read(read_xml(f"<quiz>{question}</quiz>".encode()), GIVEN)


CHOICES = (
    '<choiceInteraction responseIdentifier="R"><prompt>Hỏi?</prompt><simpleChoice identifier="a">An</simpleChoice>'
    '<simpleChoice identifier="b">Bình</simpleChoice><simpleChoice identifier="c">Chi</simpleChoice></choiceInteraction>'
)


def item(body, *keys, card="single", base="identifier", worth=(), before=""):
    values = "".join(f"<value>{key}</value>" for key in keys)
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{points}"/>' for key, points in worth)
    root = (
        f'<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i"><responseDeclaration '
        f'identifier="R" cardinality="{card}" baseType="{base}"><correctResponse>{values}</correctResponse>'
        f"<mapping>{entries}</mapping></responseDeclaration>{before}<itemBody>{body}</itemBody></assessmentItem>"
    )
    return qti.read(read_xml(root.encode()), GIVEN)


@pytest.mark.parametrize("key", ["Trang 1", "Năm 2", "12", "2026", "Bài 1 và 3"])
def test_a_number_beside_other_words_names_no_answer_of_kahoot(key):
    assert (kahooted(key).drafts, said(kahooted(key))) == ([], ["answer_missing"])


@pytest.mark.parametrize(("key", "answer"), [("Answer 2", 1), ("Đáp án 2 và 3", [1, 2]), ("1 and 3", [0, 2])])
def test_words_for_an_answer_beside_its_number_are_read(key, answer):
    assert answers(kahooted(key)) == [answer]


def test_a_key_of_quizizz_that_is_none_of_the_accepted_answers_is_said():
    assert said(quizized("Fill-in-the-Blank", ["Huế"], "Vinh")) == ["answer_other"]
    assert answers(quizized("Fill-in-the-Blank", ["Huế", "Hue"], "Huế")) == [["Huế", "Hue"]]
    assert answers(quizized("Fill-in-the-Blank", [], "Vinh")) == [["Vinh"]]
    assert answers(quizized("multiple-choice", ["Huế", "Vinh"], "1")) == [0]


def test_options_of_gift_that_are_worth_a_part_beside_the_right_one_are_said():
    found = gift.read("Ai? {=An ~Bình ~%50%Chi}", GIVEN)
    assert (answers(found), said(found)) == ([0], ["part_left"])


def test_several_right_options_of_which_one_is_chosen_are_no_key_for_all():
    assert said(gift.read("Ai? {=An =Bình ~Chi ~Dung}", GIVEN)) == ["several_right"]
    assert said(moodle("multichoice", ("a", 100), ("b", 100), ("c", 0), inside="<single>true</single>")) == [
        "several_right"
    ]
    assert said(item(CHOICES, "a", "b")) == ["several_right"]


def test_right_options_of_unequal_worth_are_said():
    assert said(gift.read("Ai? {~%60%An ~%40%Bình ~Chi ~Dung}", GIVEN)) == ["part_uneven"]
    found = moodle("multichoice", ("a", 100), ("b", 50), ("c", 0), inside="<single>false</single>")
    assert (answers(found), said(found)) == ([[0, 1]], ["part_uneven"])


def test_signs_of_html_in_gift_are_signs():
    (draft,) = gift.read("&lt;b&gt; &amp; R&amp;D là gì? {=a &#61; b ~c}", GIVEN).drafts
    assert (draft["text"]["vi"], draft["options"][0]["text"]["vi"]) == ("<b> & R&D là gì?", "a = b")


@pytest.mark.parametrize(("key", "answer"), [("A, C", [0, 2]), ("A and C", [0, 2]), ("a", 0), ("B. Bình", 1)])
def test_letters_after_answer_are_all_read_in_aiken(key, answer):
    assert answers(aiken.read(f"Ai?\nA. An\nB. Bình\nC. Chi\nANSWER: {key}\n", GIVEN)) == [answer]


@pytest.mark.parametrize("key", ["A hoặc B", "", "AB", "D", "không có"])
def test_an_unclear_answer_of_aiken_is_no_part_of_the_next_question(key):
    found = aiken.read(f"Ai?\nA. An\nB. Bình\nC. Chi\nANSWER: {key}\n\nGì?\nA. Cá\nB. Gà\nANSWER: B\n", GIVEN)
    assert ([one["text"]["vi"] for one in found.drafts], answers(found)) == (["Gì?"], [1])
    assert said(found) == ["answer_missing"]


def test_an_option_of_aiken_may_go_on_in_the_next_line():
    (draft,) = aiken.read("Ai?\nA. An\nlà con\nB. Bình\nlà cha\nANSWER: B\n", GIVEN).drafts
    assert [one["text"]["vi"] for one in draft["options"]] == ["An là con", "Bình là cha"]


@pytest.mark.parametrize(("word", "answer"), [("Yes", [True]), ("Sai", [False]), ("Vrai", []), ("1", [])])
def test_a_truth_of_moodle_in_another_word_is_not_taken_for_false(word, answer):
    assert answers(moodle("truefalse", (word, 100))) == answer


def test_a_second_number_that_moodle_takes_is_said():
    assert said(moodle("numerical", ("5", 100), ("7", 100))) == ["part_left"]
    assert said(moodle("numerical", ("5", 100), ("*", 0))) == []


@pytest.mark.parametrize("number", ["1,000", "5 km", "x"])
def test_a_number_that_may_be_another_one_is_no_key(number):
    assert moodle("numerical", (number, 100)).drafts == []
    assert gift.read(f"Mấy? {{#{number}}}", GIVEN).drafts == []
    assert item('<p>Mấy? <textEntryInteraction responseIdentifier="R"/></p>', number, base="integer").drafts == []


def test_raised_and_lowered_letters_stay_so():
    found = moodle(
        "multichoice", ("10&lt;sup&gt;3&lt;/sup&gt; m&lt;sup&gt;2&lt;/sup&gt;", 100), ("H&lt;sub&gt;2&lt;/sub&gt;O", 0)
    )
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["10³ m²", "H₂O"]
    assert gift.read("[html]2<sup>a+b</sup> = ? {=x ~y}", GIVEN).drafts[0]["text"]["vi"] == "2^(a+b) = ?"


def test_raised_letters_of_a_word_file_stay_so(tmp_path):
    made = Word()
    line = made.add_paragraph("Câu 1: 10")
    line.add_run("3 ").font.superscript = True
    line.add_run("m bằng?")
    made.add_paragraph("A. 1 km\nB. 2 km\nĐáp án: A")
    made.save(str(tmp_path / "de.docx"))
    found = read_docx(open_docx((tmp_path / "de.docx").read_bytes()), GIVEN)
    assert [one["text"]["vi"] for one in found.drafts] == ["10³ m bằng?"]


def test_answers_of_qti_worth_a_part_are_not_right():
    found = item(CHOICES, worth=[("a", "1"), ("b", "0.5")])
    assert (answers(found), said(found)) == ([0], ["part_left"])
    many = item(CHOICES, card="multiple", worth=[("a", "1"), ("b", "1"), ("c", "-1")])
    assert (answers(many), said(many)) == ([[0, 1]], [])


def test_words_of_qti_that_tell_the_key_are_no_part_of_the_question():
    rubric = '<rubricBlock view="scorer"><p>Chấm: B</p></rubricBlock>'
    feedback = '<feedbackBlock outcomeIdentifier="F" identifier="x" showHide="show"><p>Vì B đúng</p></feedbackBlock>'
    (draft,) = item(rubric + CHOICES + feedback, "b").drafts
    assert (draft["text"]["vi"], draft["explanation"]["vi"]) == ("Hỏi?", "Vì B đúng")


def test_an_item_of_qti_that_is_made_anew_for_everybody_is_refused():
    body = '<p>Giá trị <printedVariable identifier="X"/> là</p>' + CHOICES
    found = item(body, "b", before='<templateDeclaration identifier="X" cardinality="single" baseType="integer"/>')
    assert (found.drafts, said(found)) == ([], ["kind_unread"])


def test_a_picture_of_an_option_in_a_form_is_said():
    choice = {"type": "RADIO", "options": [{"value": "a", "image": {"contentUri": "x"}}, {"value": "b"}]}
    question = {"choiceQuestion": choice, "grading": {"correctAnswers": {"answers": [{"value": "a"}]}}}
    found = google_forms.read(Tree({"items": [{"title": "?", "questionItem": {"question": question}}]}), GIVEN)
    assert (answers(found), said(found)) == ([0], ["picture_linked"])


def test_what_is_said_of_other_options_after_the_key_explains_it():
    found = exam(f"{AI}Đáp án: B\nLời giải: Vì Bình.\nĐáp án A sai vì thiếu.\nĐáp án C sai.\n{GI}Đáp án: C\n")
    assert answers(found) == [1, 2]
    assert found.drafts[0]["explanation"]["vi"] == "Vì Bình.\nĐáp án A sai vì thiếu.\nĐáp án C sai."


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Đáp án B đúng, các đáp án A, C sai.", [1]),
        ("Đáp án A sai nên chọn B", [1]),
        ("Đáp án: B vì A sai", [1]),
        ("Đáp án: B và C", [[1, 2]]),
        ("Đáp án: B hoặc C", []),
        ("Đáp án: không phải A", []),
        ("Đáp án C sai", []),
        ("Đáp án: B\nChọn C", []),
        ("Đáp án: B\nChọn B", [1]),
    ],
)
def test_a_sentence_of_the_key_counts_only_where_it_names_an_option_for_sure(line, answer):
    found = exam(f"{AI}{line}\n{GI}Đáp án: C\n")
    assert answers(found) == [*answer, 2]
    assert said(found) == ([] if answer else ["key_unclear"])


def test_a_line_of_the_question_that_begins_like_a_key_stays():
    found = exam("Câu 1: Cho hai ý sau.\nChọn phát biểu đúng.\nA. An\nB. Bình\nĐáp án: A")
    assert [one["text"]["vi"] for one in found.drafts] == ["Cho hai ý sau.\nChọn phát biểu đúng."]


def test_the_title_of_a_part_is_no_part_of_an_option_and_an_essay_is_said():
    found = exam(f"{AI}Đáp án: C\nII. TỰ LUẬN (3 điểm)\nCâu 2: Hãy trình bày.\nĐáp án: Nêu hai ý.")
    assert [one["text"]["vi"] for one in found.drafts[0]["options"]] == ["An", "Bình", "Chi"]
    assert (len(found.drafts), said(found)) == (1, ["kind_unread", "answer_missing"])


def lines(*cells, code=""):
    text = [f"Mã đề: {code}" if code else "Đề kiểm tra", *(AI + GI).splitlines(), "BẢNG ĐÁP ÁN"]
    return Document([*(Paragraph([Run(one)]) for one in text), *(Paragraph([], cells=row) for row in cells)])


ACROSS = (["Câu", "101", "102", "103"], ["1", "A", "C", "B"], ["2", "B", "A", "C"])
DOWN = (["Mã đề", "1", "2"], ["101", "A", "B"], ["102", "C", "A"])


@pytest.mark.parametrize("table", [ACROSS, DOWN])
def test_of_the_keys_of_several_papers_that_of_this_one_counts(table):
    assert answers(read_docx(lines(*table, code="102"), GIVEN)) == [2, 0]
    found = read_docx(lines(*table), GIVEN)
    assert (found.drafts, said(found)) == ([], ["keys_several", "keys_several"])


def test_two_tables_of_keys_that_differ_are_no_key_and_equal_ones_are():
    tables = "ĐÁP ÁN MÃ ĐỀ 101\n1.A 2.B\nĐÁP ÁN MÃ ĐỀ 102\n1.C 2.B\n"
    found = exam(AI + GI + tables)
    assert (answers(found), said(found)) == ([1], ["keys_several"])


def test_another_paper_behind_the_first_is_said_and_its_table_gives_no_key():
    first, other = f"ĐỀ THI – Mã đề 101\n{AI}{GI}----- HẾT -----\n", f"ĐỀ THI – Mã đề 102\n{GI}{AI}----- HẾT -----\n"
    found = exam(f"{first}{other}BẢNG ĐÁP ÁN MÃ ĐỀ 101\n1.A 2.B\nBẢNG ĐÁP ÁN MÃ ĐỀ 102\n1.C 2.C\n")
    assert ([one["text"]["vi"] for one in found.drafts], answers(found)) == (["Ai?", "Gì?"], [0, 1])
    assert said(found) == ["text_left"]


def test_a_sheet_for_answers_gives_no_key():
    rows = [Paragraph([], cells=["1", "☐ A   ☐ B   ☐ C"]), Paragraph([], cells=["2", "☐ A   ☐ B   ☐ C"])]
    text = [*(AI + GI).splitlines(), "----- HẾT -----", "Phiếu trả lời"]
    keys = ["BẢNG ĐÁP ÁN", "Câu 1: B", "Câu 2: C"]
    paper = [*(Paragraph([Run(one)]) for one in text), *rows, *(Paragraph([Run(one)]) for one in keys)]
    assert answers(read_docx(Document(paper), GIVEN)) == [1, 2]


def test_a_key_of_all_options_is_their_order_and_one_of_spellings_is_several():
    found = exam(f"{AI}Đáp án: C A B\nCâu 2: Tên?\nĐáp án: nhị phân | cơ số 2")
    assert [(one["type"], one["answer"]) for one in found.drafts] == [
        ("ordering", [2, 0, 1]),
        ("text", ["nhị phân", "cơ số 2"]),
    ]
