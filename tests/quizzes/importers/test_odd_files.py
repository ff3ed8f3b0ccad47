"""Files as other makers write them: nothing is dropped without a word, and no wrong key is made."""

import pytest

from app.services.files.opening.xml_tree import read_xml
from quizzes import bank
from quizzes.importers import aiken, exam_text, gift, google_forms, moodle_xml, qti
from quizzes.importers.contract import Document, Paragraph, Run, Tree
from quizzes.importers.exam_docx import read as read_docx
from tests.quizzes.importers.given import GIVEN


def one(found):
    assert [one.sentence for one in found.errors] == []
    (draft,) = found.drafts
    return draft


def warned(found):
    return [one.code for one in found.problems if one.warning and one.code != "explanation_missing"]


def moodle(*questions):
    root = read_xml(f"<quiz>{''.join(questions)}</quiz>".encode())
    return moodle_xml.read(root, GIVEN)


def asked(kind, inside, stem="Hỏi?"):
    return (
        f'<question type="{kind}"><questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>'
        f"{inside}</question>"
    )


def answers(*said):
    return "".join(f'<answer fraction="{share}"><text>{text}</text></answer>' for text, share in said)


def item(card, base, keys, body, mapping=""):
    values = "".join(f"<value>{key}</value>" for key in keys)
    return read_xml(
        f'<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i"><responseDeclaration '
        f'identifier="R" cardinality="{card}" baseType="{base}"><correctResponse>{values}</correctResponse>{mapping}'
        f"</responseDeclaration><itemBody><p>Hỏi?</p>{body}</itemBody></assessmentItem>".encode()
    )


def test_two_boxes_to_tick_of_which_one_is_right_are_one_choice():
    choice = {"type": "CHECKBOX", "options": [{"value": "Có"}, {"value": "Chưa"}]}
    question = {"choiceQuestion": choice, "grading": {"correctAnswers": {"answers": [{"value": "Có"}]}}}
    found = google_forms.read(Tree({"items": [{"title": "?", "questionItem": {"question": question}}]}), GIVEN)
    assert (one(found)["type"], one(found)["answer"]) == ("single", 0)


def test_short_answers_of_gift_worth_a_part_are_left_out_with_a_word():
    found = gift.read("Tên? {=VNeID =%50%Vi}", GIVEN)
    assert (one(found)["answer"], warned(found)) == (["VNeID"], ["part_left"])


def test_a_second_gap_of_gift_is_no_part_of_the_words():
    found = gift.read("Hai {=một ~ba} và {=bốn ~năm}", GIVEN)
    assert (found.drafts, {one.code for one in found.errors}) == ([], {"kind_unread", "answer_missing"})


def test_a_picture_in_gift_is_said():
    assert warned(gift.read('[html]<img src="a.png">Ai? {=An ~Bình ~Chi}', GIVEN)) == ["picture_linked"]


def test_pairs_of_gift_are_matched_where_there_are_three():
    draft = one(gift.read("Nối {=Huế -> Trung =Hà Nội -> Bắc =Cần Thơ -> Nam}", GIVEN))
    assert draft["type"] == "matching"
    assert [option["text"]["vi"] for option in draft["options"]] == ["Huế", "Hà Nội", "Cần Thơ", "Trung", "Bắc", "Nam"]
    assert draft["answer"] == [3, 4, 5]


@pytest.mark.parametrize("key", ["ANSWER: B", "Answer: b. Bình", "ĐÁP ÁN: B", "Đáp án: B", "Đáp án đúng: B."])
def test_keys_of_aiken_are_known_as_people_write_them(key):
    text = f"Ai?\nA. An\nB. Bình\nC. Chi\n{key}\n"
    assert one(aiken.read(text, GIVEN))["answer"] == 1


def test_a_number_of_moodle_that_is_no_key_of_ours_is_made_one():
    choice = asked("multichoice", "<single>true</single><idnumber>ABC 12/a</idnumber>" + answers(("a", 100), ("b", 0)))
    assert one(moodle(choice))["id"] == "abc-12-a"


def test_tags_of_moodle_are_tags_here():
    tags = "<tags><tag><text>An toàn</text></tag><tag><text>difficulty=3</text></tag></tags>"
    draft = one(moodle(asked("truefalse", answers(("true", 100)) + tags)))
    assert (draft["tags"], draft["difficulty"]) == (["An toàn"], 3)


def test_stars_that_stand_for_any_letters_are_said():
    found = moodle(asked("shortanswer", answers(("Hà Nội", 100), ("*nội*", 100))))
    assert (one(found)["answer"], warned(found)) == (["Hà Nội"], ["wildcard"])
    assert moodle(asked("shortanswer", answers(("*", 100)))).drafts == []


def test_the_unit_of_a_number_is_kept():
    units = "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>"
    assert one(moodle(asked("numerical", answers(("5", 100)) + units)))["settings"] == {"unit": {"vi": "km"}}


def test_stars_units_and_tags_are_written_for_moodle_and_read_back():
    about = {"topic": "an-toan", "difficulty": 1, "source": "Luật 1/2026", "text": {"vi": "Hỏi?"}}
    stars = bank.normal({**about, "id": "q-1", "type": "text", "answer": ["5*3"], "tags": ["toán", "dễ"]})
    miles = {"unit": {"vi": "km"}, "tolerance": 2}
    number = bank.normal({**about, "id": "q-2", "type": "number", "answer": 5, "settings": miles})
    root, left = moodle_xml.IMPORTER.write([stars, number])
    found = moodle_xml.read(root, GIVEN)
    assert (left, found.errors, found.drafts) == ([], [], [stars, number])


def test_what_moodle_shows_without_asking_is_said():
    found = moodle(asked("description", "", "Đọc đoạn sau."), asked("truefalse", answers(("true", 100))))
    assert (found.seen, len(found.drafts), warned(found)) == (1, 1, ["text_left"])


@pytest.mark.parametrize("tag", ["<audio src='a.mp3'></audio>", "<video></video>", "<iframe src='x'></iframe>"])
def test_sound_and_pictures_that_move_are_said(tag):
    assert "sound_left" in warned(moodle(asked("truefalse", answers(("true", 100)), f"<p>Nghe</p>{tag}")))


def test_cells_of_a_table_in_a_stem_stand_apart():
    stem = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    assert one(moodle(asked("truefalse", answers(("true", 100)), stem)))["text"]["vi"] == "A B\n1 2"


def test_pairs_of_moodle_are_matched():
    pairs = "".join(
        f"<subquestion><text>{a}</text><answer><text>{b}</text></answer></subquestion>"
        for a, b in (("Huế", "Trung"), ("Hà Nội", "Bắc"), ("Cần Thơ", "Nam"))
    )
    draft = one(moodle(asked("matching", pairs)))
    assert (draft["type"], draft["answer"]) == ("matching", [3, 4, 5])
    more = pairs + "<subquestion><text></text><answer><text>Tây</text></answer></subquestion>"
    assert [one.code for one in moodle(asked("matching", more)).errors] == ["kind_unread", "answer_missing"]


def test_options_that_must_not_be_mixed_stay():
    choice = "<single>true</single><shuffleanswers>false</shuffleanswers>"
    draft = one(moodle(asked("multichoice", choice + answers(("a", 0), ("b", 0), ("Cả hai", 100)))))
    assert draft["settings"] == {"shuffle": "keep_last"}


def test_spellings_beside_the_key_of_an_entry_are_kept():
    mapping = '<mapping><mapEntry mapKey="Ha Noi" mappedValue="1"/><mapEntry mapKey="HN" mappedValue="0"/></mapping>'
    entry = '<p><textEntryInteraction responseIdentifier="R"/></p>'
    found = qti.read(item("single", "string", ["Hà Nội"], entry, mapping), GIVEN)
    assert one(found)["answer"] == ["Hà Nội", "Ha Noi"]


def test_pairs_of_qti_are_matched():
    def side(sign, *texts):
        choices = (
            f'<simpleAssociableChoice identifier="{sign}{n}" matchMax="1">{text}</simpleAssociableChoice>'
            for n, text in enumerate(texts)
        )
        return f"<simpleMatchSet>{''.join(choices)}</simpleMatchSet>"

    body = (
        '<matchInteraction responseIdentifier="R">'
        f"{side('a', 'Huế', 'Hà Nội', 'Cần Thơ')}{side('b', 'Nam', 'Trung', 'Bắc')}</matchInteraction>"
    )
    draft = one(qti.read(item("multiple", "directedPair", ["a0 b1", "a1 b2", "a2 b0"], body), GIVEN))
    assert (draft["type"], draft["answer"]) == ("matching", [3, 4, 5])
    assert [option["text"]["vi"] for option in draft["options"][3:]] == ["Trung", "Bắc", "Nam"]
    short = qti.read(item("multiple", "directedPair", ["a0 b1", "a1 b2"], body), GIVEN)
    assert short.drafts == []


def test_the_older_qti_of_canvas_is_named():
    found = qti.read(read_xml(b"<questestinterop><assessment/></questestinterop>"), GIVEN)
    assert "1.2" in found.problems[0].sentence


def test_a_number_that_stands_twice_in_a_paper_takes_no_key_of_the_other():
    text = "Câu 1: Ai?\nA. An\nB. Bình\nCâu 1: Gì?\nA. Cá\nB. Gà\nCâu 2: Đâu?\nA. Bắc\nB. Nam\nĐÁP ÁN\n1.A 2.B"
    found = exam_text.read(text, GIVEN)
    assert [draft["text"]["vi"] for draft in found.drafts] == ["Đâu?"]
    assert [one.code for one in found.errors] == ["number_twice", "number_twice"]


@pytest.mark.parametrize("line", ["Đáp án: 1A; 2B", "ĐÁP ÁN: 1.A 2.B", "Đáp án: 1-A, 2-B"])
def test_all_keys_in_one_line_after_the_questions_are_read(line):
    found = exam_text.read(f"Câu 1: Ai?\nA. An\nB. Bình\nCâu 2: Gì?\nA. Cá\nB. Gà\n{line}", GIVEN)
    assert [draft["answer"] for draft in found.drafts] == [0, 1]


def test_a_table_of_keys_with_two_columns_and_no_title_is_read():
    lines = ["Câu 1: Ai?", "A. An", "B. Bình", "Câu 2: Gì?", "A. Cá", "B. Gà"]
    rows = [Paragraph([], cells=cells) for cells in (["1", "B"], ["2", "A"])]
    found = read_docx(Document([*(Paragraph([Run(line)]) for line in lines), *rows]), GIVEN)
    assert [draft["answer"] for draft in found.drafts] == [1, 0]


def test_a_form_whose_answers_are_several_of_which_one_is_chosen_is_said():
    choice = {"type": "RADIO", "options": [{"value": "a"}, {"value": "b"}, {"value": "c"}, {"isOther": True}]}
    grading = {"correctAnswers": {"answers": [{"value": "a"}, {"value": "b"}]}}
    form = {
        "items": [
            {"title": "Phần hai", "pageBreakItem": {}},
            {"title": "?", "questionItem": {"question": {"choiceQuestion": choice, "grading": grading}}},
            {"title": "Hình", "imageItem": {}},
        ]
    }
    found = google_forms.read(Tree(form), GIVEN)
    assert found.drafts == [] and [one.code for one in found.errors] == ["several_right"]
    assert warned(found) == ["other_left", "text_left", "text_left"]


def test_options_that_speak_of_those_above_stay_last():
    last = ["Tất cả các đáp án trên", "Cả A, B, C đều đúng", "Cả ba đáp án trên đều đúng.", "Không có đáp án nào đúng"]
    for text in last:
        found = aiken.read(f"Ai?\nA. An\nB. Bình\nC. Chi\nD. {text}\nANSWER: D\n", GIVEN)
        assert (one(found)["settings"], warned(found)) == ({"shuffle": "keep_last"}, [])


@pytest.mark.parametrize("text", ["Cả A và B", "A và C đúng", "Cả A, B đều đúng."])
def test_letters_of_some_options_in_another_are_said(text):
    found = aiken.read(f"Ai?\nA. An\nB. Bình\nC. Chi\nD. {text}\nANSWER: D\n", GIVEN)
    assert (one(found)["settings"], warned(found)) == ({}, ["letters_named"])


@pytest.mark.parametrize("text", ["Vitamin A và B", "Bà và con", "Tất cả mọi người", "A", "Cả nhà", "Không có gì"])
def test_other_words_are_no_letters(text):
    found = aiken.read(f"Ai?\nA. An\nB. Bình\nC. Chi\nD. {text}\nANSWER: D\n", GIVEN)
    assert (one(found)["settings"], warned(found)) == ({}, [])
