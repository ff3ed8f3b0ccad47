"""Banks of chapters: files in, reviews, rights, and what shows may take from them."""

from __future__ import annotations

import resource
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.bank import Question
from app.services.banks import (
    banks,
    own_banks,
    planning,
    question_import,
    question_reviews,
    question_writing,
    review_desk,
    stock,
)
from app.services.banks.question_tables import question_template, questions_to_sheet
from app.services.commit import reading
from app.services.files import containers
from app.services.files.containers import Unreadable, write_csv, write_tree
from app.services.people import logins
from app.services.people.roles import grant_role, grants, revoke_role
from app.services.shows import scripts
from quizzes.importers import IMPORTERS
from quizzes.refusals import Rejected
from tests.app.services.files.opening.test_hostile_tables import HOSTILE as BOMBS
from tests.contests import shipped
from tests.organisation import Organisation
from tests.own_bank import made_bank, planted_with_author
from tests.people import AN, BINH, CHI, DUNG

HEAD = ["Loại", "Chủ đề", "Độ khó", "Câu hỏi", "Phương án A", "Phương án B", "Đáp án", "Nguồn", "Mã"]


def row(text: str, key: str = "", answer: str = "A", **more: Any) -> list[Any]:
    said = {"kind": "Một đáp án đúng", "topic": "Dịch vụ công", "difficulty": 2, "source": "Luật"} | more
    return [said["kind"], said["topic"], said["difficulty"], text, "Có", "Không", answer, said["source"], key]


def table(*rows: list[Any]) -> bytes:
    return write_csv([HEAD, *rows])


@pytest.fixture
def org(bound: Any) -> Organisation:
    return planted_with_author()


@pytest.fixture
def bank(org: Organisation) -> int:
    return made_bank(org)


@reading
def stored(db: Session, bank: int) -> int:
    return db.scalar(select(func.count()).select_from(Question).where(Question.bank_id == bank)) or 0


def load(org: Organisation, bank: int, data: bytes, name: str = "cau-hoi.csv", who: str = AN) -> dict[str, int]:
    """Upload and confirm; what was counted."""
    job = question_import.start(org.members[who], bank, name, data)
    found = question_import.job(job)
    assert found
    question_import.confirm(org.members[who], job)
    return dict(found.counts)


def seen(bank: int, **asked: str) -> dict[int, int]:
    return {one.id: one.revision for one in own_banks.questions(bank, **asked)[0]}  # type: ignore[arg-type]


def test_a_bank_is_renamed_by_who_writes_it(org: Organisation, bank: int) -> None:
    own_banks.rename_bank(org.members[AN], bank, "  Luật   Giao dịch điện tử ", "E-transactions")
    assert own_banks.bank(bank).title == {"vi": "Luật Giao dịch điện tử", "en": "E-transactions"}
    for who, title, code in ((DUNG, "Của tôi", "forbidden"), (AN, " ", "bank_title"), (AN, "x" * 201, "bank_title")):
        with pytest.raises(Rejected, match=code):
            own_banks.rename_bank(org.members[who], bank, title)
    with pytest.raises(Rejected, match="not_found"):
        own_banks.rename_bank(
            org.members[CHI], banks.replace_bank("cashless", shipped("cashless"), "test"), "Của chúng tôi"
        )


def test_a_file_is_shown_first_and_stored_when_confirmed(org: Organisation, bank: int) -> None:
    job = question_import.start(org.members[AN], bank, "cau-hoi.csv", table(row("Một cộng một?"), row("", "sai")))
    found = question_import.job(job)
    assert found and found.counts == {"new": 1, "change": 0, "same": 0, "wrong": 1, "warned": 1}
    assert [(one.row, one.cell) for one in found.problems if not one.warning] == [(3, "D3")]
    assert stored(bank) == 0
    assert question_import.confirm(org.members[AN], job) == (1, 0)
    (one,) = own_banks.questions(bank)[0]
    assert (one.state, one.author_id, one.topic) == ("draft", org.members[AN], "dich-vu-cong")
    assert own_banks.bank(bank).topics == {"dich-vu-cong": {"vi": "Dịch vụ công"}}
    with pytest.raises(Rejected, match="not_now"):
        question_import.confirm(org.members[AN], job)


def test_a_file_ends_with_the_power_of_whoever_read_it(org: Organisation, bank: int) -> None:
    def read() -> int:
        return question_import.start(org.members[AN], bank, "cau-hoi.csv", table(row("Một cộng một?")))

    lost, shut = read(), read()
    (author,) = grants("/", member_id=org.members[AN])
    revoke_role(org.members[CHI], author.id)
    with pytest.raises(Rejected, match="not_now"):
        question_import.confirm(org.members[BINH], lost)
    grant_role(None, org.members[AN], "author", org.branch)
    with pytest.raises(Rejected, match="not_now"):
        question_import.confirm(org.members[AN], shut)
    again = read()
    for verb in (question_import.confirm, question_import.drop):
        with pytest.raises(Rejected, match="forbidden"):
            verb(org.members[DUNG], again)
    logins.set_disabled(org.members[BINH], org.members[AN], True)
    with pytest.raises(Rejected, match="not_now"):
        question_import.confirm(org.members[BINH], again)
    assert stored(bank) == 0


def test_two_questions_of_one_stem_stay_two_when_one_of_them_is_mended(org: Organisation, bank: int) -> None:
    file = (Path(__file__).resolve().parents[3] / "cases" / "same-stem-twice.csv").read_bytes()
    assert load(org, bank, file)["new"] == 2
    mended = load(org, bank, file.replace(b",a1,", b",a1x,"))
    assert (mended["new"], mended["change"], mended["same"]) == (0, 1, 1)
    options = {one["text"]["vi"] for found in own_banks.questions(bank)[0] for one in found.body["options"]}
    assert options == {"a1x", "a2", "a3", "a4", "b1", "b2", "b3", "b4"}


def test_the_same_file_twice_changes_nothing(org: Organisation, bank: int) -> None:
    data = table(row("Một?"), row("Hai?", "hai"), row("Ba?"))
    assert load(org, bank, data)["new"] == 3
    counts = load(org, bank, data)
    assert (counts["new"], counts["change"], counts["same"]) == (0, 0, 3)
    assert stored(bank) == 3


def test_a_corrected_row_changes_its_question_with_an_id_or_without(org: Organisation, bank: int) -> None:
    load(org, bank, table(row("Một?"), row("Hai?", "hai")))
    counts = load(org, bank, table(row("Một?", answer="B"), row("Hai tám?", "hai")))
    assert (counts["new"], counts["change"]) == (0, 2)
    assert stored(bank) == 2
    texts = {one.body["text"]["vi"]: one.body["answer"] for one in own_banks.questions(bank)[0]}
    assert texts == {"Một?": 1, "Hai tám?": 0}


def test_one_question_in_two_rows_is_a_problem(org: Organisation, bank: int) -> None:
    counts = load(org, bank, table(row("Một?"), row("Một?", answer="B")))
    assert stored(bank) + counts["wrong"] >= 2
    load(org, bank, table(row("Một?", answer="B")))
    assert stored(bank) <= 2


def test_the_template_filled_in_and_yaml_are_read_too(org: Organisation, bank: int) -> None:
    drafts = list(shipped("cashless").drafts[:5])
    data, problems = questions_to_sheet(drafts, shipped("cashless").topics)
    assert problems == []
    assert load(org, bank, data, "cau-hoi.xlsx")["new"] == 5
    tree = IMPORTERS["bank_yaml"].write(drafts, {"vi": "Tiền"}, shipped("cashless").topics)
    counts = load(org, bank, write_tree(tree).encode(), "cau-hoi.yaml")
    assert (counts["new"], counts["change"], counts["same"]) == (0, 0, 5)
    assert load(org, bank, question_template(), "mau.xlsx")["new"] == 0


def test_a_changed_question_has_to_be_approved_again(org: Organisation, bank: int) -> None:
    load(org, bank, table(row("Một?", "mot")))
    for to in ("reviewed", "approved"):
        assert question_reviews.step(org.members[BINH], seen(bank), to) == (1, 0)
    assert load(org, bank, table(row("Một?", "mot")))["same"] == 1
    assert own_banks.questions(bank)[0][0].state == "approved", "the same text stays approved"
    load(org, bank, table(row("Một rưỡi?", "mot")))
    assert own_banks.questions(bank)[0][0].state == "draft"


def test_nobody_approves_a_text_of_their_own(org: Organisation, bank: int) -> None:
    load(org, bank, table(row("Một?"), row("Hai?")), who=BINH)
    assert question_reviews.step(org.members[BINH], seen(bank), "reviewed") == (0, 2)
    assert question_reviews.step(org.members[CHI], seen(bank), "reviewed") == (2, 0)
    assert question_reviews.step(org.members[BINH], seen(bank), "approved") == (0, 2)
    assert question_reviews.step(org.members[CHI], seen(bank), "approved") == (2, 0)
    one = own_banks.questions(bank)[0][0]
    question_writing.store(org.members[CHI], bank, dict(one.body) | {"difficulty": 5}, seen=one.revision)
    assert question_reviews.step(org.members[CHI], seen(bank, state="draft"), "reviewed") == (0, 1), (
        "who changed it wrote it"
    )


def test_an_author_does_not_review_and_a_stranger_does_nothing(org: Organisation, bank: int) -> None:
    load(org, bank, table(row("Một?")), who=BINH)
    with pytest.raises(Rejected, match="forbidden"):
        question_reviews.step(org.members[AN], seen(bank), "reviewed")
    for verb in (
        lambda: question_reviews.step(org.members[DUNG], seen(bank), "retired"),
        lambda: own_banks.create_bank(org.members[DUNG], org.branch, "Của người khác"),
        lambda: question_writing.store(org.members[DUNG], bank, {"id": "x"}),
        lambda: question_import.start(org.members[DUNG], bank, "a.csv", table(row("Một?"))),
    ):
        with pytest.raises(Rejected, match="forbidden"):
            verb()
    assert bank not in [one.id for one in own_banks.banks_of(org.members[DUNG])]
    assert bank in [one.id for one in own_banks.banks_of(org.members[CHI])]


def test_steps_are_taken_in_order_and_written_down(org: Organisation, bank: int) -> None:
    load(org, bank, table(row("Một?")))
    assert question_reviews.step(org.members[BINH], seen(bank), "approved") == (0, 1), "not before the review"
    question_reviews.step(org.members[BINH], seen(bank), "reviewed", "Nguồn đúng")
    question_reviews.step(org.members[BINH], seen(bank), "approved")
    question_reviews.step(org.members[BINH], seen(bank), "retired")
    assert own_banks.questions(bank)[0] == []
    ((one,), _) = own_banks.questions(bank, state="retired")
    steps = [(step.state, step.who, step.note) for step in question_reviews.history(one.id)]
    assert [state for state, _, _ in steps] == ["retired", "approved", "reviewed", "draft"]
    assert steps[2][1:] == ("Nguyễn Thị Bình", "Nguồn đúng")


def test_questions_are_found_without_marks(org: Organisation, bank: int) -> None:
    load(org, bank, table(row("Đăng nhập cổng dịch vụ công?"), row("Chữ ký số?", difficulty=4)))
    assert own_banks.questions(bank, words="dang nhap CONG")[1] == 1
    assert own_banks.questions(bank, difficulty=4)[1] == 1
    assert own_banks.questions(bank, topic="dich-vu-cong")[1] == 2


HOSTILE = {
    "bomb.xlsx": b"PK\x03\x04" + b"\0" * 1000,
    "deep.yaml": b"[" * 100_000,
    "many.yaml": b"a: &a [1]\nb: *a\n",
    "wide.csv": b"a," * 1_000_000,
    "big.csv": b"x" * (6 * 1024 * 1024),
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100,
    "picture.csv": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_made_to_hurt_is_refused_before_it_is_read(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable):
        containers.open_questions(BOMBS[name](), "sheet")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB, in this process


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_leaves_nothing(org: Organisation, bank: int, name: str) -> None:
    with pytest.raises(Unreadable):
        question_import.start(org.members[AN], bank, name, HOSTILE[name])
    assert stored(bank) == 0


def test_a_show_takes_from_banks_of_its_host_only(org: Organisation, bank: int) -> None:
    load(org, bank, table(*(row(f"Câu {n}?", f"cau-{n}") for n in range(5))))
    for to in ("reviewed", "approved"):
        question_reviews.step(org.members[BINH], seen(bank), to)
    script = {
        "title": {"vi": "Thử"},
        "rounds": [
            {
                "format": "speed",
                "title": {"vi": "Một"},
                "settings": {},
                "draw": {"count": 2, "topics": ["dich-vu-cong"]},
            }
        ],
    }
    assert scripts.create("own", script=script, host_member_id=org.members[BINH]).show_id
    with pytest.raises(scripts.BadScript):
        scripts.create("own", script=script, host_member_id=org.members[DUNG])
    assert [one["key"] for one in stock.overview(org.members[DUNG])] == []


def test_an_approval_is_of_one_version_and_a_later_text_shows_it(org: Organisation, bank: int) -> None:
    load(org, bank, table(row("Một cộng một bằng mấy?", "mot")))
    for to in ("reviewed", "approved"):
        question_reviews.step(org.members[BINH], seen(bank), to)
    (one,) = own_banks.questions(bank)[0]
    assert (one.version, one.approved_version, one.changed) == (1, 1, False)
    load(org, bank, table(row("Hai cộng hai bằng mấy?", "mot")))
    (one,) = own_banks.questions(bank)[0]
    assert (one.state, one.version, one.approved_version, one.changed) == ("draft", 2, 1, True)
    assert own_banks.bank(bank).changed == 1, "the form of a contest says how many"
    assert [(text.no, text.body["text"]["vi"][:3]) for text in question_writing.versions(one.id)] == [
        (2, "Hai"),
        (1, "Một"),
    ]
    for to in ("reviewed", "approved"):
        question_reviews.step(org.members[BINH], seen(bank), to)
    assert not own_banks.questions(bank)[0][0].changed
    assert own_banks.bank(bank).changed == 0
    steps = [(step.state, step.version) for step in question_reviews.history(one.id)]
    assert steps[:3] == [("approved", 2), ("reviewed", 2), ("changed", 2)]


def test_what_a_bank_lists_is_ticked_before_approving(org: Organisation, bank: int) -> None:
    review_desk.set_checklist(org.members[BINH], bank, ["Đã mở nguồn", " ", "Một đáp án"])
    load(org, bank, table(row("Một?")))
    question_reviews.step(org.members[BINH], seen(bank), "reviewed")
    with pytest.raises(Rejected, match="checklist"):
        question_reviews.step(org.members[BINH], seen(bank), "approved", checked=["Đã mở nguồn"])
    question_reviews.step(org.members[BINH], seen(bank), "approved", checked=["Đã mở nguồn", "Một đáp án"])
    (one,) = own_banks.questions(bank)[0]
    assert question_reviews.history(one.id)[0].checked == ["Đã mở nguồn", "Một đáp án"]
    with pytest.raises(Rejected, match="checklist_long"):
        review_desk.set_checklist(org.members[BINH], bank, [f"Điều {n}" for n in range(13)])


def test_reviewers_see_what_waits_oldest_first_and_never_their_own(org: Organisation, bank: int) -> None:
    load(org, bank, table(row("Một?", "c-a")))
    load(org, bank, table(row("Hai?", "c-b")))
    load(org, bank, table(row("Của Bình?", "c-c")), who=BINH)
    found, total = review_desk.waiting(org.members[BINH])
    assert [one.key for one, _, _ in found] == ["c-a", "c-b"] and total == 2
    assert review_desk.waiting(org.members[DUNG]) == ([], 0)
    assert [name.split()[-1] for name in review_desk.approvers(bank, org.members[AN])] == ["Bình", "Chi"]
    review_desk.comment(org.members[BINH], found[0][0].id, "Nguồn nào?")
    step = question_reviews.history(found[0][0].id)[0]
    assert (step.state, step.note, step.version) == ("comment", "Nguồn nào?", 1) and step.who
    with pytest.raises(Rejected, match="forbidden"):
        review_desk.comment(org.members[DUNG], found[0][0].id, "Tôi nói gì đó")


def test_what_ends_is_shown_thirty_and_ninety_days_before(org: Organisation, bank: int) -> None:
    head, day = [*HEAD, "Hết hiệu lực"], banks.today()
    days = {"cu": -1, "nay": 0, "thang": 30, "quy": 31, "xa": 91}
    rows = [[*row(f"Câu {key}?", key), (day + timedelta(after)).strftime("%d/%m/%Y")] for key, after in days.items()]
    load(org, bank, write_csv([head, *rows]))
    groups = {within: [one.key for one in lines] for within, lines in review_desk.ending(bank).items()}
    assert groups == {0: ["cu"], 30: ["nay", "thang"], 90: ["quy"]}


def test_a_plan_says_what_is_short_and_counts_no_question_twice(org: Organisation, bank: int) -> None:
    load(org, bank, table(*(row(f"Câu {n}?", f"c-{n}", difficulty=1 + n % 2) for n in range(6))))
    for to in ("reviewed", "approved"):
        question_reviews.step(org.members[BINH], dict(list(seen(bank).items())[:4]), to)
    rows = [planning.Row(count=2), planning.Row(topic="dich-vu-cong", difficulty=1, count=2)]
    planning.set_plan(org.members[AN], bank, 2, rows)
    sheet = planning.sheet(bank)
    wide, narrow = sheet.rows
    assert (narrow.need, narrow.have, narrow.short) == (4, 3, 1), "three of difficulty 1 are approved"
    assert (wide.need, wide.have, wide.waiting, wide.short) == (4, 1, 2, 3) and sheet.short == 4
    assert sheet.by(3) == {org.members[AN]: 4} and sheet.writers[org.members[AN]].endswith("An")
    for papers, kept in ((0, rows), (1, [planning.Row(count=501)]), (1, [planning.Row(difficulty=6, count=1)])):
        with pytest.raises(Rejected, match="plan_bounds"):
            planning.set_plan(org.members[AN], bank, papers, kept)
