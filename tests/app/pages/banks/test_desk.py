"""Pages of question banks: a file uploaded, a question written, steps taken, and who may see what."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import openpyxl
import pytest
from flask import Flask

from app.pages.banks.versions import difference
from app.services.banks import banks, own_banks, question_lists, question_reviews, question_writing
from app.services.files.containers import write_csv
from app.services.people.roles import grant_role
from tests.app.services.banks.test_own_banks import HEAD, row
from tests.contests import shipped
from tests.organisation import Organisation, browser, form_token, send
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def upload(app: Flask, org: Organisation, bank: int, data: bytes, name: str = "a.csv") -> Any:
    client = browser(app, org.members[AN])
    sent = {"csrf_token": form_token(client), "file": (io.BytesIO(data), name)}
    return client, client.post(f"/banks/{bank}/upload", data=sent, content_type="multipart/form-data")


def written(**more: str) -> dict[str, str]:
    said = {
        "type": "single", "topic": "Dịch vụ công", "difficulty": "2", "text": "Nộp hồ sơ ở đâu?", "option_A": "Cổng",
        "option_B": "Chợ", "answer": "A", "source": "Nghị định 42/2022/NĐ-CP", "valid_to": "2030-12-31",
    }  # fmt: skip
    return said | more


def steps(page: str) -> list[str]:
    """The steps that the buttons of a page offer."""
    return re.findall(r'<button[^>]* name="to" value="(\w+)"', page)


def ticked(bank: int) -> list[str]:
    """The fields that the boxes of a bank's list send."""
    return [f"{one.id}.{one.revision}" for one in own_banks.questions(bank)[0]]


def seen_in(page: str) -> str:
    return re.search(r'name="seen" value="(\d+)"', page)[1]  # type: ignore[index]


def test_a_file_is_shown_with_its_cells_and_stored_when_confirmed(app: Flask, org: Organisation, bank: int) -> None:
    data = write_csv([HEAD, row("Một cộng một?"), row("Hai cộng hai?", answer="Z")])
    client, answer = upload(app, org, bank, data)
    preview = client.get(answer.location).text
    assert "Một cộng một?" in preview and "G3 (Đáp án)" in preview and "Ghi chữ cái của phương án đúng" in preview
    problems = client.get(f"{answer.location}/problems.csv").data.decode("utf-8-sig")
    assert "G3" in problems
    assert send(client, f"{answer.location}/confirm").location == answer.location, "first say what happens to the rest"
    assert send(client, f"{answer.location}/confirm", leave_out="on").location == f"/banks/{bank}"
    assert "Một cộng một?" in client.get(f"/banks/{bank}").text
    assert "Đã nhập xong" in client.get(answer.location).text
    assert send(client, f"{answer.location}/confirm", leave_out="on").location == answer.location


def test_a_file_that_cannot_be_read_says_why_at_its_field(app: Flask, org: Organisation, bank: int) -> None:
    for data, name in ((b"", "a.csv"), (b"PK\x03\x04xx", "a.xlsx"), (b"[" * 5000, "a.yaml")):
        _, answer = upload(app, org, bank, data, name)
        assert answer.status_code == 422 and "f-file-error" in answer.text


def test_the_template_has_lists_to_choose_from_and_instructions(app: Flask, org: Organisation) -> None:
    data = browser(app, org.members[AN]).get("/banks/template.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.worksheets[0].data_validations.dataValidation) >= 2
    assert "Hướng dẫn" in book.worksheets[1].title


def test_a_question_is_written_changed_and_approved_by_another(app: Flask, org: Organisation, bank: int) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    page = send(an, f"/banks/{bank}/new", **written()).location
    assert "Nghị định 42/2022/NĐ-CP" in an.get(page).text
    assert send(an, f"{page}/step", to="reviewed", question=ticked(bank)).status_code == 403
    for to in ("reviewed", "approved"):
        send(binh, f"{page}/step", to=to, question=ticked(bank))
    assert own_banks.questions(bank, state="approved")[1] == 1
    form = an.get(f"{page}/edit").text
    assert 'value="Dịch vụ công"' in form and 'value="2030-12-31"' in form
    assert send(an, f"{page}/edit", **written(answer="B"), seen=seen_in(form)).location == page
    (one,) = own_banks.questions(bank)[0]
    assert (one.state, one.body["answer"], one.key) == ("draft", 1, one.body["id"])


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(app: Flask, org: Organisation, bank: int) -> None:
    answer = send(browser(app, org.members[AN]), f"/banks/{bank}/new", **written(source="", option_B=""))
    assert answer.status_code == 422
    assert "f-source-error" in answer.text and "Nộp hồ sơ ở đâu?" in answer.text
    assert own_banks.questions(bank)[1] == 0


def test_who_wrote_a_question_is_not_offered_to_approve_it_and_is_told_who_may(
    app: Flask, org: Organisation, bank: int
) -> None:
    binh = browser(app, org.members[BINH])
    page = send(binh, f"/banks/{bank}/new", **written()).location
    for address in (page, f"/banks/{bank}"):
        assert steps(binh.get(address).text) == (["retired"] if address == page else ["draft", "retired"]), "not theirs"
    assert "Bạn đã viết hoặc sửa câu này" in binh.get(page).text
    assert "/admin/roles" in binh.get(page).text, "an organiser invites the second person there"
    assert "Các câu ở đây đều do bạn viết" in binh.get(f"/banks/{bank}").text
    grant_role(None, org.members[DUNG], "reviewer", org.branch)
    dung = browser(app, org.members[DUNG])
    for address in (page, f"/banks/{bank}"):
        assert "reviewed" in steps(dung.get(address).text)
    assert "/admin/roles" not in dung.get(page).text


def test_several_questions_take_a_step_together(app: Flask, org: Organisation, bank: int) -> None:
    client, answer = upload(app, org, bank, write_csv([HEAD, row("Một?"), row("Hai?"), row("Ba?")]))
    send(client, f"{answer.location}/confirm")
    some = ticked(bank)[:2]
    answer = send(browser(app, org.members[BINH]), f"/banks/{bank}/step", question=some, to="reviewed", back="//evil")
    assert answer.location == f"/banks/{bank}", "only back to an address of ours"
    assert own_banks.questions(bank, state="reviewed")[1] == 2


def test_a_neighbour_sees_nothing_of_a_bank(app: Flask, org: Organisation, bank: int) -> None:
    client, answer = upload(app, org, bank, write_csv([HEAD, row("Một?")]))
    grant_role(None, org.members[DUNG], "organiser", org.village)
    dung = browser(app, org.members[DUNG])
    send(client, f"{answer.location}/confirm")
    number = own_banks.questions(bank)[0][0].id
    for address in (
        f"/banks/{bank}",
        f"/questions/{number}",
        f"/questions/{number}/edit",
        f"/banks/{bank}/questions.xlsx",
        f"/banks/{bank}/upload",
    ):
        assert dung.get(address).status_code == 404, address
    assert "Ngân hàng của chi đoàn" not in dung.get("/banks").text
    assert send(dung, f"/questions/{number}/step", to="retired").status_code == 404


def test_what_a_spreadsheet_cannot_hold_is_listed(app: Flask, org: Organisation, bank: int) -> None:
    banks.replace_bank("digital-day", shipped("digital-day"), "test")
    public = next(one.id for one in own_banks.banks_of(org.members[CHI]) if one.public)
    client = browser(app, org.members[AN])
    told = client.get(f"/banks/{public}/left-out/xlsx.csv")
    assert told.status_code == 200 and "Vấn đề" in told.get_data(as_text=True)
    assert client.get(f"/banks/{public}/left-out/yaml.csv").status_code == 404, "nothing is left out of it"
    assert f"/banks/{public}/left-out/xlsx.csv" in client.get(f"/banks/{public}/download").text


def test_a_bank_goes_out_and_comes_back_without_a_change(app: Flask, org: Organisation, bank: int) -> None:
    banks.replace_bank("digital-day", shipped("digital-day"), "test")
    public = next(one.id for one in own_banks.banks_of(org.members[CHI]) if one.public)
    client = browser(app, org.members[AN])
    for form in ("xlsx", "yaml"):
        data = client.get(f"/banks/{public}/questions.{form}").data
        again, answer = upload(app, org, bank, data, f"a.{form}")
        assert answer.status_code == 302, answer.text
        send(again, f"{answer.location}/confirm")
    found, total = own_banks.questions(bank)
    assert total == len(shipped("digital-day").drafts)
    assert json.loads(json.dumps(found[0].body)) in [dict(one) for one in shipped("digital-day").drafts]
    assert client.get(f"/banks/{public}/upload").status_code == 403, "the shipped banks stay as they are"


def test_a_text_nobody_read_is_not_reviewed(app: Flask, org: Organisation, bank: int) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    page = send(an, f"/banks/{bank}/new", **written()).location
    read = re.findall(r'name="question" value="([^"]+)"', binh.get(page).text)
    listed = re.findall(r'name="question" value="([^"]+)"', binh.get(f"/banks/{bank}").text)
    assert read == listed == ticked(bank)
    send(an, f"{page}/edit", **written(answer="B"), seen=seen_in(an.get(f"{page}/edit").text))
    for address in (page, f"/banks/{bank}"):
        answer = send(binh, f"{address}/step", to="reviewed", question=read, note="Nguồn đúng", back=address)
        again = binh.get(answer.location).text
        assert "vừa được người khác sửa" in again and 'value="Nguồn đúng"' in again
    assert own_banks.questions(bank, state="draft")[1] == 1
    send(binh, f"{page}/step", to="reviewed", question=ticked(bank))
    assert own_banks.questions(bank, state="reviewed")[1] == 1


def test_the_second_of_two_authors_is_told_and_loses_nothing_typed(app: Flask, org: Organisation, bank: int) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    page = send(an, f"/banks/{bank}/new", **written()).location
    seen = seen_in(an.get(f"{page}/edit").text)
    assert send(an, f"{page}/edit", **written(text="Câu của An?"), seen=seen).location == page
    answer = send(binh, f"{page}/edit", **written(text="Câu của Bình?"), seen=seen)
    assert answer.status_code == 422 and "Người khác đã lưu" in answer.text and "Câu của Bình?" in answer.text
    assert own_banks.questions(bank)[0][0].body["text"]["vi"] == "Câu của An?"
    assert send(binh, f"{page}/edit", **written(text="Câu của Bình?")).status_code == 422, "without a revision"


def test_a_question_written_twice_is_refused_and_the_first_keeps_its_review(
    app: Flask, org: Organisation, bank: int
) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    assert send(an, f"/banks/{bank}/new", **written()).status_code == 302
    (one,), _ = own_banks.questions(bank)
    question_reviews.step(org.members[BINH], {one.id: one.revision}, "reviewed")
    answer = send(binh, f"/banks/{bank}/new", **written())
    assert answer.status_code == 422 and "đã có câu hỏi với nội dung này" in answer.text
    assert "Nghị định 42" in answer.text, "what was typed stays in the form"
    assert [line.state for line in own_banks.questions(bank)[0]] == ["reviewed"]


def test_what_a_question_said_before_it_was_written_anew_may_be_asked_again(
    app: Flask, org: Organisation, bank: int
) -> None:
    an = browser(app, org.members[AN])
    page = send(an, f"/banks/{bank}/new", **written()).location
    send(an, f"{page}/edit", **written(text="Câu khác?"), seen=seen_in(an.get(f"{page}/edit").text))
    assert send(an, f"/banks/{bank}/new", **written()).status_code == 302
    texts = {one.body["text"]["vi"] for one in own_banks.questions(bank)[0]}
    assert texts == {"Câu khác?", "Nộp hồ sơ ở đâu?"}


@pytest.mark.parametrize("by_hand", ["written", "reviewed"])
def test_a_file_does_not_overwrite_what_changed_after_it_was_read(
    app: Flask, org: Organisation, bank: int, by_hand: str
) -> None:
    client, first = upload(app, org, bank, write_csv([HEAD, row("Một?", "mot"), row("Hai?", "hai")]))
    send(client, f"{first.location}/confirm")
    data = write_csv([HEAD, row("Một!", "mot"), row("Hai!", "hai"), row("Ba!", "ba")])
    client, later = upload(app, org, bank, data)
    one = own_banks.questions(bank, words="Hai")[0][0]
    if by_hand == "written":
        question_writing.store(org.members[BINH], bank, dict(one.body) | {"difficulty": 5}, seen=one.revision)
    else:
        question_reviews.step(org.members[BINH], {one.id: one.revision}, "reviewed")
    answer = send(client, f"{later.location}/confirm")
    assert answer.status_code == 409
    assert {line.body["text"]["vi"] for line in own_banks.questions(bank)[0]} == {"Một?", "Hai?"}
    assert client.get(later.location).status_code == 200, "the file is still there to look at"


def test_a_reviewer_reads_keys_in_the_list_and_goes_from_one_question_to_the_next(
    app: Flask, org: Organisation, bank: int
) -> None:
    rows = [row(text=f"Câu số {no} hỏi về việc gì ở đâu?") for no in range(3)]
    client, answer = upload(app, org, bank, write_csv([HEAD, *rows]))
    send(client, f"{answer.location}/confirm")
    numbers = [one.id for one in own_banks.questions(bank)[0]]
    page = client.get(f"/banks/{bank}").text
    assert page.count("Đáp án:") == 3 and "data-all" in page
    middle = client.get(f"/questions/{numbers[1]}?difficulty=0").text
    assert f"/questions/{numbers[0]}" in middle and f"/questions/{numbers[2]}" in middle
    assert question_lists.beside(bank, numbers[2]) == (numbers[1], None)
    assert question_lists.beside(bank, numbers[0], words="chữ không có ở đâu") == (None, None)


def test_questions_are_found_over_all_banks_and_pairs_that_look_alike_are_shown(
    app: Flask, org: Organisation, bank: int
) -> None:
    an = browser(app, org.members[AN])
    for text in ("Cổng Dịch vụ công ở đâu?", "cổng dịch vụ công Ở ĐÂU"):
        send(an, f"/banks/{bank}/new", **written(text=text))
    assert "Cổng Dịch vụ công ở đâu?" in an.get("/banks?q=cong+dich+vu").text
    assert "Không thấy câu nào" in an.get("/banks?q=mặt+trăng").text
    page = an.get(f"/banks/{bank}/duplicates").text
    assert "Trùng nhau" in page and page.count("Ngừng dùng câu này") == 2
    assert browser(app, org.members[DUNG]).get(f"/banks/{bank}/duplicates").status_code in (403, 404)


def test_a_reviewer_works_from_queue_checklist_comments_and_plan(app: Flask, org: Organisation, bank: int) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    page = send(an, f"/banks/{bank}/new", **written()).location
    assert "Nộp hồ sơ ở đâu?" in binh.get("/reviews").text and "Chờ thẩm định: 1" in binh.get("/banks").text
    assert "Nguyễn" in an.get(f"/banks/{bank}/upload").text, "who can approve"
    assert send(binh, f"/banks/{bank}/checklist", checklist="Đã mở nguồn\nMột đáp án").status_code == 302
    send(binh, f"{page}/comments", words="Nguồn điều mấy?")
    assert "Nguồn điều mấy?" in an.get(page).text
    send(binh, f"{page}/step", to="reviewed", question=ticked(bank))
    assert "Kiểm trước khi duyệt" in binh.get(page).text
    send(binh, f"{page}/step", to="approved", question=ticked(bank), checked="Đã mở nguồn")
    assert own_banks.questions(bank, state="approved")[1] == 0
    send(binh, f"{page}/step", to="approved", question=ticked(bank), checked=["Đã mở nguồn", "Một đáp án"])
    rows = {
        "topic": ["", "dich-vu-cong"],
        "type": ["", ""],
        "difficulty": ["0", "2"],
        "writer": ["0", "0"],
        "count": ["3", "1"],
    }
    assert send(an, f"/banks/{bank}/plan", papers="2", **rows).status_code == 302
    assert "câu còn thiếu" in an.get(f"/banks/{bank}/plan").text
    form = an.get(f"{page}/edit").text
    send(an, f"{page}/edit", **written(text="Nộp hồ sơ trực tuyến ở đâu?", seen=seen_in(form)))
    assert "sửa sau khi duyệt" in an.get(page).text and "sửa sau khi duyệt" in an.get(f"/banks/{bank}").text
    listed = an.get("/banks?q=trực tuyến").text
    assert "1 câu sửa sau khi duyệt" in listed and listed.count("sửa sau khi duyệt") == 2, (
        "the bank's card and what was found"
    )
    assert an.get(f"/banks/{bank}/ending").status_code == 200


def test_the_editor_shows_a_question_copies_it_and_tells_its_versions_apart(
    app: Flask, org: Organisation, bank: int
) -> None:
    an = browser(app, org.members[AN])
    said = written(text_en="Where does one apply?", option_A_en="Portal", tags="hồ sơ, cổng")
    look = send(an, f"/banks/{bank}/look", **said).text
    assert look.count("look-phone") == 2 and "thiếu 1 chỗ" in look and own_banks.questions(bank)[1] == 0
    page = send(an, f"/banks/{bank}/new", **said, then="new").location
    assert page == f"/banks/{bank}/new", "on to the next one"
    (one,) = own_banks.questions(bank, words="hồ sơ")[0]
    assert one.body["tags"] == ["hồ sơ", "cổng"]
    assert 'value="Cổng"' in an.get(f"/banks/{bank}/new?like={one.id}").text
    form = an.get(f"/questions/{one.id}/edit").text
    send(an, f"/questions/{one.id}/edit", **said | {"text": "Nộp hồ sơ trực tuyến ở đâu?", "seen": seen_in(form)})
    versions = an.get(f"/questions/{one.id}/versions").text
    assert "bản 2" in versions and "<ins>trực tuyến" in versions and versions.count("<del>") == 0
    english = an.get(f"/questions/{one.id}?lang=en").text
    assert "Text changed" in english and "Project-Id" not in english, "no word stands for an empty one"


def test_many_questions_are_changed_at_once_and_have_to_be_approved_again(
    app: Flask, org: Organisation, bank: int
) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    for text in ("Nộp hồ sơ ở đâu?", "Trả kết quả ở đâu?"):
        send(an, f"/banks/{bank}/new", **written(text=text))
    for to in ("reviewed", "approved"):
        send(binh, f"/banks/{bank}/step", to=to, question=ticked(bank))
    read = ticked(bank)
    send(an, f"/banks/{bank}/bulk", question=read, set_difficulty="4", set_topic="Thủ tục", set_tags="mới")
    for one in own_banks.questions(bank)[0]:
        assert (one.difficulty, one.topic, one.body["tags"], one.state, one.changed) == (
            4,
            "thu-tuc",
            ["mới"],
            "draft",
            True,
        )
    assert own_banks.bank(bank).topics["thu-tuc"] == {"vi": "Thủ tục"}
    send(an, f"/banks/{bank}/bulk", question=read, set_difficulty="5")
    send(an, f"/banks/{bank}/bulk", question=ticked(bank), set_difficulty="9")
    assert {one.difficulty for one in own_banks.questions(bank)[0]} == {4}, "read before, or no difficulty"


def test_a_difference_is_told_word_by_word() -> None:
    assert difference("Nộp ở đâu?", "Nộp hồ sơ ở đâu?") == [("", "Nộp"), ("ins", " hồ sơ"), ("", " ở đâu?")]
    assert difference("một hai", "một ba") == [("", "một "), ("del", "hai"), ("ins", "ba")]
