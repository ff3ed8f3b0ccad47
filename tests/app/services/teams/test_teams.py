"""Teams: what they lack by their locality, squads inside, 1,500 squads with 2,600 people from one file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.models.engines import Database
from app.services.carried import carriers
from app.services.commit import writing
from app.services.files.containers import write_csv
from app.services.lists import lists
from app.services.personal import parts
from app.services.teams import reading, teams
from quizzes.refusals import Rejected
from quizzes.teams.composition import DONG_HA
from tests.counting import counted
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

HEAD = ["Tổ, đội hình", "Thuộc tổ", "Mã cơ sở", "Họ và tên", "Mã đoàn viên", "Vai trò", "Chức danh"]


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as refusal:
        work()
    return refusal.value.code


def file(rows: list[list[str]]) -> bytes:
    return write_csv([HEAD, *rows])


def test_a_team_is_told_what_it_lacks_by_the_nearest_rules(org: Organisation) -> None:
    binh, an = org.members[BINH], org.members[AN]
    made = teams.make(binh, org.branch, "Tổ công nghệ số khu phố 1")
    assert [one.code for one in reading.team(made).lacks] == ["too_few", "youth", "no_leader", "deputy"]
    teams.put(binh, made, None, "Bà Tư", "leader", "residents_leader", False)
    for _ in range(2):
        teams.put(binh, made, an, "", "deputy", "area_secretary", False)  # twice is once
    assert [(one.name, one.part, one.youth) for one in reading.people(reading.team(made).id)] == [
        ("Bà Tư", "leader", False),
        ("Nguyễn Thị An", "deputy", True),
    ]
    assert [one.code for one in reading.team(made).lacks] == ["too_few", "youth"]
    teams.set_rules(org.members[CHI], org.province, DONG_HA, "QĐ 12")
    assert [one.code for one in reading.team(made).lacks] == ["post_missing", "post_foreign"]
    assert refused(lambda: teams.set_rules(binh, org.province, DONG_HA, "")) == "forbidden"
    office = teams.make(binh, org.branch, "Tổ thuế số 1", office="Chi cục Thuế")
    assert [one.code for one in reading.team(office).lacks] == ["too_few"]


def test_names_are_once_squads_are_one_deep_and_an_ended_team_forgets_its_people(org: Organisation) -> None:
    binh, an = org.members[BINH], org.members[AN]
    made = teams.make(binh, org.branch, "Tổ A")
    assert refused(lambda: teams.make(binh, org.branch, "TỔ a")) == "team_known"
    squad = teams.make(binh, org.branch, "Đội 1", parent=made)
    assert refused(lambda: teams.make(binh, org.branch, "Đội 1.1", parent=squad)) == "squad_of_squad"
    assert refused(lambda: teams.make(org.members[DUNG], org.branch, "Tổ B")) == "forbidden"
    teams.put(binh, squad, an, "", "member", "", False)
    assert reading.sums("/") == (1, 1, 1) and reading.of_member(an) == [(squad, "Đội 1", "member")]
    teams.end(binh, made)
    assert reading.sums("/") == (0, 0, 0) and teams.make(binh, org.branch, "Tổ A") != made


def test_fifteen_hundred_squads_with_2600_people_come_from_one_file(org: Organisation) -> None:
    chi, rows = org.members[CHI], list[list[str]]()
    for number in range(2600):
        squad = number % 1500
        rows.append(
            [f"Đội hình {squad}", f"Tổ {squad % 30}", "KP1" if squad % 2 else "", f"Người Số {number}", "", "", ""]
        )
    data = file(rows)
    with counted() as counting:
        job = lists.start(chi, org.province, "teams", "doi-hinh.csv", data)
    assert lists.job(job).counts == {"new": 2600, "change": 0, "same": 0, "wrong": 0}
    assert counting.statements < 60 and counting.breaths >= 26
    with counted() as work:
        assert lists.confirm(chi, job) == 2600
    assert work.statements < 40
    top, squads, people = reading.sums("/")
    assert (squads, people) == (1500, 2600) and top >= 30
    assert refused(lambda: lists.confirm(chi, job)) == "not_now"
    again = lists.start(chi, org.province, "teams", "doi-hinh.csv", data)
    assert lists.confirm(chi, again) == 0 and reading.sums("/") == (top, squads, people)


def test_a_row_that_is_wrong_says_where_and_the_rest_comes_in(org: Organisation) -> None:
    rows = [
        ["Tổ 1", "", "", "Bà Tư", "", "tổ trưởng", "Tổ trưởng tổ dân phố"],
        ["Tổ 1", "", "", "", "DV-1", "tổ phó", ""],
        ["Tổ 1", "", "", "", "DV-99", "", ""],
        ["Tổ 1", "", "KHONG", "X Y", "", "vua", ""],
        ["", "", "", "Ai", "", "", ""],
    ]
    job = lists.start(org.members[BINH], org.branch, "teams", "a.csv", file(rows))
    assert [(one.row, one.column, one.code) for one in lists.job(job).problems] == [
        (5, "part", "team_part"),
        (6, "team", "name"),
        (4, "code", "no_member"),
    ]
    assert lists.confirm(org.members[BINH], job) == 2
    assert refused(lambda: lists.start(org.members[AN], org.branch, "teams", "a.csv", file(rows))) == "forbidden"
    unknown = lists.job(lists.start(org.members[BINH], org.branch, "teams", "a.csv", b"a,b\n1,2\n"))
    assert not unknown.whole and unknown.titles == [("a", ""), ("b", "")], "its columns are to be chosen"
    assert refused(lambda: lists.start(org.members[BINH], org.branch, "teams", "a.csv", b"a\n1\n")) == "no_titles"


def test_every_column_of_the_file_tells_what_is_wrong_in_it(org: Organisation) -> None:
    head, none = [*HEAD, "Tên cơ sở", "Của cơ quan", "Là đoàn viên"], ["", "", ""]
    rows = [
        ["Tổ 1", "", "", "Nguyễn Văn Nam", *none, *none],
        ["Tổ 1", "", "", "nguyễn văn  Nam", *none, "", "", "x"],
        ["Tổ 1", "", "", "Trần Văn Bảy", "DV-1", "", "", *none],
        ["Tổ 1", "", "", "Bà Tư", *none, "", "", "chắc có"],
        ["Tổ 1", "", "", "Bà Năm", *none, "", "x" * 161, ""],
        ["Tổ 1", "", "", "Bà Sáu", *none, "Chi đoàn nào đó", "", ""],
        ["Tổ 1", "", "", "Bà Bảy", *none, "chi đoàn khu phố 1", "", "có"],
        ["Tổ 1", "", "", "nguyễn thị AN", "DV-1", "", "", *none],
    ]
    chi = org.members[CHI]
    job = lists.start(chi, org.province, "teams", "a.csv", write_csv([head, *rows]))
    assert {(one.row, one.column, one.code) for one in lists.job(job).problems} == {
        (3, "name", "in_team"),
        (4, "code", "other_name"),
        (5, "youth", "yes_no"),
        (6, "office", "too_long"),
        (7, "chapter_name", "no_chapter"),
    }
    assert lists.confirm(chi, job) == 3
    leads = [["Tổ 1", "", "", "Nguyễn Văn Nam", "", "tổ trưởng", "", *none]]
    for changed in (1, 0):
        job = lists.start(chi, org.province, "teams", "b.csv", write_csv([head, *leads]))
        assert lists.confirm(chi, job) == changed, "another part is a change, the same one is none"


def test_a_later_file_corrects_the_office_and_no_team_gets_a_crowd(org: Organisation) -> None:
    head, chi = [*HEAD, "Của cơ quan"], org.members[CHI]

    def sent(*rows: list[str]) -> int:
        job = lists.start(chi, org.ward, "teams", "a.csv", write_csv([head, *rows]))
        assert not lists.job(job).problems
        return lists.confirm(chi, job)

    def office() -> str:
        return next(one.office for one in reading.of_chapter(org.path(org.ward)) if one.name == "Tổ thuế")

    row = ["Tổ thuế", "", "", "Nguyễn Văn Nam", "", "", ""]
    sent([*row, "Chi cục Thuế"], ["Tổ thuế", "", "", "Trần Văn Bảy", "", "", "", ""])
    assert office() == "Chi cục Thuế"
    sent([*row, "Thuế cơ sở 2"])
    assert office() == "Thuế cơ sở 2"
    sent([*row, ""])
    assert office() == "Thuế cơ sở 2", "an empty cell leaves what is known"
    crowd = [["Tổ đông", "", "", f"Người Thứ {number}", "", "", "", ""] for number in range(101)]
    assert refused(lambda: sent(*crowd)) == "team_full"
    assert not reading.of_chapter(org.path(org.ward), words="đông"), "nothing of it is in force"
    assert sent(*crowd[:100]) == 100


@writing
def carried(db, kept: int, gone: int) -> None:  # type: ignore[no-untyped-def]
    one = carriers()["team_person"]
    moved = one.carry(db, kept, gone)
    assert len(moved) == 1
    assert one.carry(db, kept, gone) == []
    one.give_back(db, kept, gone, moved)


def test_places_go_over_when_two_are_one_person_and_come_back(org: Organisation) -> None:
    binh, an = org.members[BINH], org.members[AN]
    both, only = teams.make(binh, org.branch, "Tổ A"), teams.make(binh, org.branch, "Tổ B")
    for made, who in ((both, an), (both, binh), (only, an)):
        teams.put(binh, made, who, "", "member", "", False)
    carried(binh, an)
    assert len(reading.of_member(an)) == 2 and any(part.name == "team_people" for part in parts())
