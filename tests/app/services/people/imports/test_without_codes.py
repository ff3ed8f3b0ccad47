"""Lists without member codes: people are known by name, year and chapter; doubts are asked, never guessed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.services.commit import writing
from app.services.people.imports import imports
from app.services.people.members import list_members, member, member_with_code
from app.services.people.membership import add_member_in, change_member, set_left
from app.services.people.merging import merge
from app.services.people.notices import told
from app.services.people.person import Person
from quizzes.refusals import Rejected
from tests.app.services.people.imports.lists import book, notes, people, read, wrong
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI

HEAD = ["STT", "Họ và tên", "Ngày sinh"]
WITH_CHAPTER = [*HEAD, "Chi đoàn"]
BRANCH = "Chi đoàn khu phố 1"


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def confirmed(org: Organisation, *rows: list[Any], at: int | None = None) -> int:
    job, _ = read(org, book(*rows), at)
    imports.confirm(org.members[CHI], job)
    return job


def test_a_list_without_codes_makes_members_once(org: Organisation) -> None:
    rows = [HEAD, [1, "Lê Thị Mận", "26/03/2004"], [2, "Phạm Văn Đào", 2005], [3, "NGUYỄN THỊ AN", "1/2/2004"]]
    job, found = read(org, book(*rows))
    assert found.whole and found.counts == {"new": 2, "change": 0, "same": 1, "wrong": 0}
    assert any("không có mã đoàn viên" in one for one in notes(found))
    imports.confirm(org.members[CHI], job)
    here = {one.name: one for one in list_members(org.path(org.branch))}
    assert {"Lê Thị Mận", "Phạm Văn Đào", "Nguyễn Thị An"} <= here.keys()
    assert here["Lê Thị Mận"].code.startswith("SC-") and here["Lê Thị Mận"].birth_year == 2004
    assert member_with_code("DV-1") == org.members[AN], "who was known keeps the code, and the name as it was"
    job, found = read(org, book(*rows))
    assert found.counts == {"new": 0, "change": 0, "same": 3, "wrong": 0}
    assert len(list_members(org.path(org.branch))) == 4


@pytest.mark.parametrize("written", ["Hoàng Thị Hòa", "Hoàng thị hoà", "HOÀNG THỊ HOÀ", "Hoàng  Thị Hoà "])
def test_case_and_the_place_of_a_tone_make_nobody_new_but_another_tone_does(org: Organisation, written: str) -> None:
    confirmed(org, HEAD, [1, "Hoàng Thị Hòa", 2004])
    _, found = read(org, book(HEAD, [1, written, 2004], [2, "Hoàng Thị Hoa", 2004]))
    assert found.counts == {"new": 1, "change": 0, "same": 1, "wrong": 0}


def test_two_of_one_name_and_year_are_asked_about_and_each_may_be_chosen(org: Organisation) -> None:
    confirmed(org, ["Mã đoàn viên", *HEAD[1:]], ["M1", "Lê Mận", 2001])
    job, found = read(org, book(["Mã đoàn viên", *HEAD[1:]], ["M2", "Lê Mận", 2001]))
    (second,) = imports.twins(job)
    imports.confirm(org.members[CHI], job, {second.id: "other"})
    job, found = read(org, book(HEAD, [1, "Lê Mận", 2001], [2, "Lê Mận", 2001]))
    first, second = imports.twins(job)
    assert [one.code for one in first.others] == ["M1", "M2"] and found.counts["new"] == 2
    ours = {one.code: f"same-{one.id}" for one in first.others}
    with pytest.raises(Rejected, match="twins_twice"):
        imports.confirm(org.members[CHI], job, {first.id: ours["M2"], second.id: ours["M2"]})
    with pytest.raises(Rejected, match="twins_open"):
        imports.confirm(org.members[CHI], job, {first.id: ours["M2"], second.id: f"same-{org.members[AN]}"})
    before = len(list_members("/"))
    imports.confirm(org.members[CHI], job, {first.id: ours["M2"], second.id: "other"})
    assert len(list_members("/")) == before + 1


def test_two_rows_of_one_name_in_a_list_are_asked_about(org: Organisation) -> None:
    job, _ = read(org, book(HEAD, [1, "Lê Mận", 2001], [2, "Lê Mận", 2001], [3, "Lê Đào", ""], [4, "Lê Đào", 2003]))
    assert [(one.row, one.twin_row) for one in imports.twins(job)] == [(3, 2), (5, 4)]


def test_somebody_known_elsewhere_is_asked_about_and_moves_only_when_said(org: Organisation) -> None:
    rows = [WITH_CHAPTER, [1, "Nguyễn Thị An", 2004, "Đoàn xã Sóng Xanh"]]
    job, _ = read(org, book(*rows), org.province)
    (an,) = imports.twins(job)
    assert [one.code for one in an.others] == ["DV-1"]
    imports.confirm(org.members[CHI], job, {an.id: f"same-{org.members[AN]}"})
    found = member(org.members[AN])
    assert found and (found.chapter_id, found.code, found.birth_year) == (org.village, "DV-1", 2004)


def test_the_chapter_tells_two_of_one_name_apart(org: Organisation) -> None:
    confirmed(org, WITH_CHAPTER, [1, "Lê Mận", 2001, BRANCH], [2, "Lê Đào", 2001, BRANCH], at=org.ward)
    job, _ = read(org, book(WITH_CHAPTER, [1, "Lê Mận", 2001, "Đoàn phường Sao Mai"]), org.ward)
    imports.confirm(org.members[CHI], job, {one.id: "other" for one in imports.twins(job)})
    rows = [WITH_CHAPTER, [1, "Lê Mận", 2001, BRANCH], [2, "Lê Mận", 2001, "Đoàn phường Sao Mai"]]
    job, found = read(org, book(*rows), org.ward)
    assert imports.twins(job) == [] and found.counts == {"new": 0, "change": 0, "same": 2, "wrong": 0}


def test_a_year_the_list_does_not_know_is_asked_about(org: Organisation) -> None:
    change_member(org.members[CHI], org.members[AN], Person("Nguyễn Thị An", None, "DV-1"))
    job, _ = read(org, book(HEAD, [1, "Nguyễn Thị An", 2004]))
    (an,) = imports.twins(job)
    imports.confirm(org.members[CHI], job, {an.id: f"same-{org.members[AN]}"})
    found = member(org.members[AN])
    assert found and found.birth_year == 2004 and found.chapter_id == org.branch


def test_who_is_known_and_stands_in_no_chapter_of_the_list_stays(org: Organisation) -> None:
    """Sent for the ward, without a column for chapters, codes or not: nobody of the branch moves up."""
    job, _ = read(org, book(["Mã đoàn viên", *HEAD[1:]], ["M9", "Nguyễn Thị An", 2004]), org.ward)
    (an,) = imports.twins(job)
    imports.confirm(org.members[CHI], job, {an.id: "same"})
    found = member(org.members[AN])
    assert found and (found.code, found.chapter_id) == ("M9", org.branch)
    _, seen = read(org, book(HEAD, [1, "Nguyễn Thị An", 2004]), org.ward)
    assert seen.counts["same"] == 1


def test_somebody_who_left_and_is_listed_again_comes_back(org: Organisation) -> None:
    set_left(org.members[CHI], org.members[AN], True)
    job, found = read(org, book(HEAD, [1, "Nguyễn Thị An", 2004]))
    assert found.counts["change"] == 1
    imports.confirm(org.members[CHI], job)
    back = member(org.members[AN])
    assert back and not back.left


def test_rows_with_and_without_codes_stand_in_one_list(org: Organisation) -> None:
    job, found = read(
        org,
        book(["Mã đoàn viên", *HEAD[1:]], ["DV-1", "Nguyễn Thị An", 2004], ["", "Lê Mận", 2001], ["", "Lê Đào", 2002]),
    )
    assert found.counts == {"new": 2, "change": 0, "same": 1, "wrong": 0}
    assert any("3, 4" in one for one in notes(found))
    assert people(job) == [("Lê Mận", 2001, ""), ("Lê Đào", 2002, "")]


def test_a_code_of_the_list_is_nobody_elses_namesake(org: Organisation) -> None:
    """Bình's code stands in the list, so the row without one is not Bình."""
    job, found = read(
        org, book(["Mã đoàn viên", *HEAD[1:]], ["", "Nguyễn Thị Bình", 2004], ["DV-2", "Nguyễn Thị Bình", 2004])
    )
    assert found.counts == {"new": 1, "change": 0, "same": 1, "wrong": 0}


@pytest.mark.parametrize("title", ["Mã ĐVTN năm 2026", "Mã số ĐV TNCS", "Số thẻ ĐV", "MSSV", "Số sổ"])
def test_a_column_that_may_be_the_code_is_asked_for_once(org: Organisation, title: str) -> None:
    data = book([title, *HEAD[1:]], ["M1", "Lê Mận", 2001])
    job, found = read(org, data)
    assert not found.whole and found.counts["new"] == 0
    imports.read_as(org.members[CHI], job, {title: "", "Họ và tên": "name", "Ngày sinh": "birth_year"})
    assert people(job) == [("Lê Mận", 2001, "")]
    imports.read_as(org.members[CHI], job, {title: "code", "Họ và tên": "name", "Ngày sinh": "birth_year"})
    assert people(job) == [("Lê Mận", 2001, "M1")]


def test_the_foot_of_a_list_is_nobody(org: Organisation) -> None:
    job, found = read(
        org,
        book(
            HEAD,
            [1, "Lê Mận", 2001],
            [2, "Tống Thị Cộng", ""],
            ["", "Tổng cộng: 2 đoàn viên", ""],
            ["", "NGƯỜI LẬP DANH SÁCH", ""],
            ["", "Trần Thị Người Ký", ""],
        ),
    )
    assert [one[0] for one in people(job)] == ["Lê Mận", "Tống Thị Cộng"]
    assert wrong(found) == [(row, "name", "not_person") for row in (4, 5, 6)]


def test_a_list_of_names_alone_is_read(org: Organisation) -> None:
    job, found = read(org, book(["Họ và tên"], ["Lê Mận"], ["Lê Đào"], ["Tổng cộng"], ["Nguyễn Thị An"]))
    assert people(job) == [("Lê Mận", None, ""), ("Lê Đào", None, ""), ("Nguyễn Thị An", None, "")]
    assert wrong(found) == [(4, "name", "not_person")]
    assert [one.others[0].code for one in imports.twins(job)] == ["DV-1"], "An's year is known and the list has none"


def test_somebody_stronger_is_not_touched_by_their_name(org: Organisation) -> None:
    set_left(org.members[CHI], org.members[BINH], True)
    grown = imports.start(org.members[CHI], org.branch, "members", "a.xlsx", book(HEAD, [1, "Nguyễn Thị Bình", 2004]))
    found = imports.job(grown)
    assert found and found.counts["change"] == 1, "an administrator may"


def test_somebody_who_waits_for_a_word_is_asked_about_never_taken_for_the_listed(org: Organisation) -> None:
    waits = waiting(org.branch, Person("Lê Mận", 2001))
    job, found = read(org, book(HEAD, [1, "Lê Mận", 2001]))
    (man,) = imports.twins(job)
    assert found.counts["new"] == 1 and [one.waits for one in man.others] == [True]
    imports.confirm(org.members[CHI], job, {man.id: f"same-{waits}"})
    one = member(waits)
    assert one and one.confirmed and len(list_members(org.path(org.branch))) == 3
    assert [one.code for one in told(waits)] == ["confirmed"]


def test_a_former_code_changes_nobody(org: Organisation) -> None:
    """Bình's second record was kept as Bình: a list that still has its code moves no ghost about."""
    imports.confirm(org.members[CHI], read(org, book(["Mã đoàn viên", *HEAD[1:]], ["M7", "Lê Thị Lan", 2004]))[0])
    gone = member_with_code("M7") or 0
    merge(org.members[CHI], org.members[AN], gone)
    _, found = read(org, book(["Mã đoàn viên", *HEAD[1:]], ["M7", "Lê Thị Lan Mới", 2004]))
    assert found.counts == {"new": 0, "change": 0, "same": 1, "wrong": 0}


@writing
def waiting(db: Session, chapter_id: int, person: Person) -> int:
    return add_member_in(db, chapter_id, person, confirmed=False)
