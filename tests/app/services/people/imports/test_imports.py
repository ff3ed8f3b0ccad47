"""Lists from files: shown first, then in force at once, never twice and never by half."""

from __future__ import annotations

import csv
import io

import pytest

from app.models.engines import database
from app.models.people import Chapter, Member
from app.models.staging import ImportJob, ImportRow
from app.services import staging
from app.services.files.containers import Page, write_xlsx
from app.services.people.chapters import chapter, chapter_with_code
from app.services.people.consent import Proof, Wording, decide_consents
from app.services.people.imports import imports
from app.services.people.imports import members as member_import
from app.services.people.members import list_members, member, member_with_code
from app.services.people.membership import change_member, move_member
from app.services.people.my_data import erase
from app.services.people.tree import close_chapter
from quizzes.refusals import Rejected
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

HEAD = ["Mã đoàn viên", "Họ và tên", "Năm sinh", "Mã cơ sở"]
CHAPTER_HEAD = ["Mã cơ sở", "Tên cơ sở", "Loại", "Mã cấp trên", "Từ ngày", "Đến ngày"]
RANKING = {"ranking": Wording("vi", "Hiện tên")}
PROOF = Proof("a", "d")


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def as_csv(*rows: list[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def read(org: Organisation, *rows: list[object], kind: str = "members", who: str = CHI, at: int | None = None) -> int:
    head = HEAD if kind == "members" else CHAPTER_HEAD
    return imports.start(org.members[who], at or org.ward, kind, "ds.csv", as_csv(head, *rows))


def counts(job_id: int) -> dict[str, int]:
    found = imports.job(job_id)
    assert found is not None
    return found.counts


def said(job_id: int) -> list[tuple[int, str, str]]:
    found = imports.job(job_id)
    assert found is not None
    return [(one.row, one.column, one.code) for one in found.problems]


def stored(model: type) -> int:
    with database.read() as db:
        return db.query(model).count()


def test_nothing_changes_before_the_yes_and_everything_after_it(org: Organisation) -> None:
    job = read(org, ["M1", "Lê Thị Mận", 2001, "KP1"], ["M2", "Phạm  Văn   Đào", "26/3/2002", ""])
    assert counts(job) == {"new": 2, "change": 0, "same": 0, "wrong": 0}
    assert member_with_code("M1") is None
    imports.confirm(org.members[CHI], job)
    man, dao = (member(member_with_code(code) or 0) for code in ("M1", "M2"))
    assert man is not None
    assert dao is not None
    assert (man.name, man.birth_year, man.chapter_id, man.public_name) == ("Lê Thị Mận", 2001, org.branch, "L.T.M.")
    assert (dao.name, dao.birth_year, dao.chapter_id) == ("Phạm Văn Đào", 2002, org.ward)
    assert man.path == org.path(org.branch)
    assert man.confirmed
    assert [one.name for one in list_members("/", words="pham dao")] == ["Phạm Văn Đào"]
    assert stored(ImportRow) == 0, "the staging holds names and is cleared"


def test_the_same_file_again_changes_nothing_and_a_newer_one_updates(org: Organisation) -> None:
    rows = [["M1", "Lê Thị Mận", 2001, "KP1"], ["M2", "Phạm Văn Đào", 2002, "KP1"]]
    imports.confirm(org.members[CHI], read(org, *rows))
    before = stored(Member)
    again = read(org, *rows)
    assert counts(again) == {"new": 0, "change": 0, "same": 2, "wrong": 0}
    imports.confirm(org.members[CHI], again)
    newer = read(org, ["m1", "Lê Thị Mận Mới", "", "P"], rows[1])
    assert counts(newer) == {"new": 0, "change": 1, "same": 1, "wrong": 0}
    imports.confirm(org.members[CHI], newer)
    man = member(member_with_code("M1") or 0)
    assert man is not None
    assert (man.name, man.birth_year, man.chapter_id) == ("Lê Thị Mận Mới", 2001, org.ward)
    assert stored(Member) == before


def test_each_problem_names_its_row_and_column(org: Organisation) -> None:
    job = read(
        org,
        ["M1", "Lê Thị Mận", 2001, "KP1"],
        ["KHÔNG@MÃ", "Không Mã", 2001, ""],
        ["M3", "", 2001, ""],
        ["M4", "Năm Sai", "hai nghìn", ""],
        [],
        ["M1", "Trùng Mã", 2001, ""],
        ["M6", "Lạc Chỗ", 2001, "KHONG-CO"],
        ["M7", "Ở Xã Khác", 2001, "X"],
        ["DV-4", "Người Của Xã", 2001, ""],
    )
    assert said(job) == [
        (3, "code", "no_code"),
        (4, "name", "needed"),
        (5, "birth_year", "birth_year"),
        (7, "code", "twice"),
        (8, "chapter", "no_chapter"),
        (9, "chapter", "no_chapter"),
        (10, "code", "elsewhere"),
    ]
    assert counts(job) == {"new": 1, "change": 0, "same": 0, "wrong": 7}
    imports.confirm(org.members[CHI], job)
    assert member_with_code("M1")
    dung = member(org.members[DUNG])
    assert dung is not None
    assert dung.name == "Nguyễn Thị Dũng"


def test_titles_may_stand_lower_in_another_order_and_in_other_words(org: Organisation) -> None:
    data = as_csv(
        ["ĐOÀN PHƯỜNG SAO MAI"],
        ["Danh sách đoàn viên"],
        [],
        ["STT", "HO TEN", "Ngày sinh", "ma dv"],
        [1, "Lê Thị Mận", "1/2/2003", "M1"],
    )
    job = imports.start(org.members[CHI], org.branch, "members", "ds.csv", data)
    imports.confirm(org.members[CHI], job)
    man = member(member_with_code("M1") or 0)
    assert man is not None
    assert (man.birth_year, man.chapter_id) == (2003, org.branch)


def test_an_excel_file_with_real_dates_reads_the_same(org: Organisation) -> None:
    rows = [HEAD, ["M1", "Lê Thị Mận", 2001, "KP1"]]
    job = imports.start(org.members[CHI], org.ward, "members", "ds.xlsx", write_xlsx([Page("DS", rows)]))
    assert counts(job)["new"] == 1


def test_a_file_without_titles_or_with_too_many_rows_leaves_nothing_behind(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.people.imports import columns as import_columns

    for data, code in ((b"", "no_titles"), (b"PK\x03\x04x", "bad_file")):
        with pytest.raises(Rejected) as refusal:
            imports.start(org.members[CHI], org.ward, "members", "ds.csv", data)
        assert refusal.value.code == code
    monkeypatch.setattr(import_columns, "MOST_ROWS", 1)
    with pytest.raises(Rejected) as refusal:
        read(org, ["M1", "Lê Mận", 2001, ""], ["M2", "Lê Đào", 2001, ""])
    assert refusal.value.code == "file_too_big"
    assert stored(ImportJob) == stored(ImportRow) == 0


def test_an_import_that_no_longer_fits_changes_nothing_at_all(org: Organisation) -> None:
    job = read(org, ["M1", "Lê Thị Mận", 2001, ""], ["DV-1", "Nguyễn Thị An Khác", 2004, ""])
    move_member(org.members[CHI], org.members[AN], org.village)
    with pytest.raises(Rejected) as refusal:
        imports.confirm(org.members[CHI], job)
    assert refusal.value.code == "import_moved"
    assert member_with_code("M1") is None
    an = member(org.members[AN])
    assert an is not None
    assert an.name == "Nguyễn Thị An"


def test_a_job_is_switched_once(org: Organisation) -> None:
    job = read(org, ["M1", "Lê Thị Mận", 2001, ""])
    imports.confirm(org.members[CHI], job)
    with pytest.raises(Rejected) as refusal:
        imports.confirm(org.members[CHI], job)
    assert refusal.value.code == "not_now"


def test_what_is_confirmed_or_still_being_read_cannot_be_dropped(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = imports._stage

    def dropped_meanwhile(job_id: int, drafts: list[dict[str, object]]) -> None:
        imports.drop(org.members[BINH], job_id)
        stage(job_id, drafts)

    monkeypatch.setattr(imports, "_stage", dropped_meanwhile)
    job = read(org, ["M1", "Lê Thị Mận", 2001, ""])
    imports.confirm(org.members[CHI], job)
    imports.drop(org.members[CHI], job)
    found = imports.job(job)
    assert found is not None
    assert found.state == "done"


def test_an_organiser_imports_at_home_only(org: Organisation) -> None:
    with pytest.raises(Rejected):
        read(org, ["M1", "Lê Mận", 2001, ""], who=BINH, at=org.ward)
    job = read(org, ["M1", "Lê Mận", 2001, ""], who=BINH, at=org.branch)
    with pytest.raises(Rejected):
        imports.confirm(org.members[DUNG], job)
    imports.confirm(org.members[BINH], job)


def test_consent_decides_what_an_import_makes_public(org: Organisation) -> None:
    decide_consents(org.members[AN], {"ranking": True}, RANKING, PROOF)
    change_member(org.members[CHI], org.members[BINH], member_import_person("Nguyễn Thị Bình", "DV-2", "Sóc"))
    job = read(org, ["DV-1", "Nguyễn Thị An An", 2004, "KP1"], ["DV-2", "Nguyễn Thị Bình Bình", 2004, "KP1"])
    imports.confirm(org.members[CHI], job)
    an, binh = member(org.members[AN]), member(org.members[BINH])
    assert an is not None
    assert binh is not None
    assert (an.public_name, binh.public_name) == ("Nguyễn Thị An An", "Sóc")


def test_consent_withdrawn_between_preview_and_yes_counts(org: Organisation) -> None:
    decide_consents(org.members[AN], {"ranking": True}, RANKING, PROOF)
    job = read(org, ["DV-1", "Nguyễn Thị An An", 2004, "KP1"])
    decide_consents(org.members[AN], {"ranking": False}, RANKING, PROOF)
    imports.confirm(org.members[CHI], job)
    an = member(org.members[AN])
    assert an is not None
    assert an.public_name == "N.T.A.A."


def test_an_import_that_makes_somebody_a_child_hides_the_name(org: Organisation) -> None:
    decide_consents(org.members[AN], {"ranking": True}, RANKING, PROOF)
    year = member_import.this_year() - 12
    imports.confirm(org.members[CHI], read(org, ["DV-1", "Nguyễn Thị An", year, "KP1"]))
    an = member(org.members[AN])
    assert an is not None
    assert an.public_name == "N.T.A."


def test_an_erased_person_does_not_come_back_under_the_old_code(org: Organisation) -> None:
    erase(org.members[AN], org.members[AN])
    imports.confirm(org.members[CHI], read(org, ["DV-1", "Người Mới", 2004, "KP1"]))
    assert member_with_code("DV-1") != org.members[AN]
    an = member(org.members[AN])
    assert an is not None
    assert an.name == ""


def test_chapters_hang_under_each_other_whatever_their_order(org: Organisation) -> None:
    job = read(
        org,
        ["CD2", "Chi đoàn khu phố 2", "Chi đoàn", "KHU", "", ""],
        ["KHU", "Đoàn khu Đông", "đoàn cơ sở", "", "2025-07-01", ""],
        ["KP1", "Chi đoàn khu phố 1", "chi doan", "KHU", "1/7/2025", ""],
        kind="chapters",
    )
    assert counts(job) == {"new": 2, "change": 1, "same": 0, "wrong": 0}
    imports.confirm(org.members[CHI], job)
    khu, cd2 = chapter_with_code("KHU"), chapter_with_code("CD2")
    assert khu is not None
    assert cd2 is not None
    assert org.path(khu) == f"/{org.province}/{org.ward}/{khu}/"
    assert org.path(cd2) == f"{org.path(khu)}{cd2}/"
    assert org.path(org.branch) == f"{org.path(khu)}{org.branch}/"
    an = member(org.members[AN])
    assert an is not None
    assert an.path == org.path(org.branch), "members go with their chapter"
    again = read(org, ["CD2", "Chi đoàn khu phố 2", "Chi đoàn", "KHU", "", ""], kind="chapters")
    assert counts(again)["same"] == 1


def test_a_chapter_without_parent_cell_stays_where_it_is(org: Organisation) -> None:
    imports.confirm(
        org.members[CHI], read(org, ["KP1", "Chi đoàn khu phố Một", "", "", "", ""], kind="chapters", at=org.province)
    )
    assert org.path(org.branch) == f"/{org.province}/{org.ward}/{org.branch}/"


def test_problems_of_chapters(org: Organisation) -> None:
    job = read(
        org,
        ["A", "Chi đoàn A", "bang", "", "", ""],
        ["B", "Chi đoàn B", "", "KHONG-CO", "", ""],
        ["C", "Chi đoàn C", "", "D", "", ""],
        ["D", "Chi đoàn D", "", "C", "", ""],
        ["E", "Chi đoàn E", "", "X", "", ""],
        ["X", "Cướp xã khác", "", "", "", ""],
        ["F", "Chi đoàn F", "", "", "31/2/2025", ""],
        ["G", "Chi đoàn G", "", "", "2025-07-02", "2025-07-01"],
        ["H", "Chi đoàn H", "", "B", "", ""],
        kind="chapters",
    )
    assert sorted(said(job)) == [
        (2, "kind", "kind"),
        (3, "parent", "no_parent"),
        (4, "parent", "ring"),
        (5, "parent", "ring"),
        (6, "parent", "no_parent"),
        (7, "code", "elsewhere"),
        (8, "valid_from", "date"),
        (9, "valid_to", "dates"),
        (10, "parent", "no_parent"),
    ]
    assert counts(job)["new"] == 0


def test_the_chapter_one_imports_into_keeps_its_place(org: Organisation) -> None:
    job = read(org, ["P", "Đoàn phường Sao Mai Mới", "Đoàn phường", "KP1", "", ""], kind="chapters")
    imports.confirm(org.members[CHI], job)
    found = chapter(org.ward)
    assert found is not None
    assert (found.name, found.path) == ("Đoàn phường Sao Mai Mới", f"/{org.province}/{org.ward}/")


def test_a_tree_that_changed_meanwhile_stops_the_import_whole(org: Organisation) -> None:
    from datetime import date

    job = read(org, ["N", "Chi đoàn N", "", "KP1", "", ""], ["KP1", "Chi đoàn Một", "", "", "", ""], kind="chapters")
    before = stored(Chapter)
    close_chapter(org.members[CHI], org.ward, date(2026, 1, 1), org.village)
    with pytest.raises(Rejected) as refusal:
        imports.confirm(org.members[CHI], job)
    assert refusal.value.code == "import_moved"
    assert stored(Chapter) == before


def test_files_nobody_confirmed_are_forgotten(org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    old = read(org, ["M1", "Lê Mận", 2001, ""])
    monkeypatch.setattr(staging, "KEPT_US", -1)
    read(org, ["M2", "Lê Đào", 2001, ""])
    assert imports.job(old) is None


def member_import_person(name: str, code: str, nickname: str):  # type: ignore[no-untyped-def]
    from app.services.people.person import Person

    return Person(name, 2004, code, nickname)


def start(org: Organisation, rows: list[list[object]], name: str = "ds.csv") -> int:
    return imports.start(org.members[CHI], org.ward, "members", name, as_csv(*rows))


def staged(job: int) -> list[tuple[str, str, int | None, str]]:
    return [(one.code, one.name, one.birth_year, one.chapter) for one in imports.staged(job)]


def test_titles_over_two_rows_split_names_and_split_dates_are_read(org: Organisation) -> None:
    job = start(
        org,
        [
            ["DANH SÁCH ĐOÀN VIÊN"],
            ["STT", "Họ đệm", "Tên", "Mã định danh đoàn viên", "Ngày sinh", "", "Chi đoàn", "Dân tộc"],
            ["", "", "", "", "Nam", "Nữ", "", ""],
            [1, "Lê Văn", "Mận", "00012", "26/03/2004 00:00:00", "", "chi đoàn Khu phố 1"],
            [2, "Lê Thị", "Đào", "00013", "", "05/09/2005", "Đoàn phường Sao Mai / Chi đoàn khu phố 1"],
        ],
    )
    branch = "Chi đoàn khu phố 1"
    assert staged(job) == [("00012", "Lê Văn Mận", 2004, branch), ("00013", "Lê Thị Đào", 2005, branch)]
    found = imports.job(job)
    assert found and found.whole and "Dân tộc" in found.notes[0][1]["names"]


def test_columns_are_chosen_once_and_remembered_for_the_chapter(org: Organisation) -> None:
    rows: list[list[object]] = [["Định danh", "Đoàn viên", "Sinh"], ["M1", "Lê Thị Mận", "2001"]]
    job = start(org, rows)
    found = imports.job(job)
    assert found and not found.whole and [title for title, _ in found.titles] == rows[0]
    imports.read_as(org.members[CHI], job, {"Định danh": "code", "Đoàn viên": "name", "Sinh": "birth_year"})
    man = ("M1", "Lê Thị Mận", 2001, "Đoàn phường Sao Mai")
    assert staged(job) == [man]
    again = start(org, rows)
    assert staged(again) == [man]
    assert staged(job) == [], "the same file sent again takes the first one's place"
    with pytest.raises(Rejected, match="forbidden"):
        imports.read_as(org.members[DUNG], again, {})


def test_somebody_of_the_same_name_and_year_is_asked_about(org: Organisation) -> None:
    rows: list[list[object]] = [
        HEAD,
        ["M9", "Nguyễn Thị An", 2004],
        ["M1", "Lê Mận", 2001],
        ["M2", "Lê Mận", 2001],
        ["M3", "Lê Mận", 1999],
    ]
    job = start(org, rows)
    an, second = imports.twins(job)
    assert (an.code, an.twin, second.code, second.twin_row) == ("M9", "DV-1", "M2", 3)
    with pytest.raises(Rejected, match="twins_open"):
        imports.confirm(org.members[CHI], job, {an.id: "same"})
    imports.confirm(org.members[CHI], job, {an.id: "same", second.id: "skip"})
    assert member_with_code("M9") == org.members[AN] and member_with_code("M2") is None
    assert member_with_code("M1") and member_with_code("M3")
    assert counts(job) == {"new": 2, "change": 1, "same": 1, "wrong": 0}
    assert imports.twins(start(org, rows[:2])) == []


def test_a_chapter_of_two_of_one_name_is_asked_for_by_its_path(org: Organisation) -> None:
    imports.confirm(
        org.members[CHI], read(org, ["KP9", "Chi đoàn khu phố 1", "", "X", "", ""], kind="chapters", at=org.province)
    )
    job = imports.start(
        org.members[CHI],
        org.province,
        "members",
        "ds.csv",
        as_csv(
            ["Mã đoàn viên", "Họ và tên", "Cơ sở"],
            ["M1", "Lê Mận", "Chi đoàn khu phố 1"],
            ["M2", "Lê Đào", "Đoàn xã Sóng Xanh / Chi đoàn khu phố 1"],
        ),
    )
    assert said(job) == [(2, "chapter_name", "two_chapters")]
    assert [one.code for one in imports.staged(job)] == ["M2"]


TREE_HEAD = ["STT", "Tên cơ sở", "Cấp trên", "Loại"]


def tree(org: Organisation, *rows: list[object]) -> int:
    return imports.start(org.members[CHI], org.ward, "chapters", "ds.csv", as_csv(list(TREE_HEAD), *rows))


def test_a_list_of_chapters_without_codes_goes_in_and_changes_nothing_when_it_comes_again(org: Organisation) -> None:
    rows: list[list[object]] = [
        [1, "Đoàn khu Đông", "", ""],
        [2, "Chi đoàn khu phố 7", "Đoàn khu Đông", "Chi đoàn"],
        [3, "Chi đoàn khu phố 1", "", ""],
        [4, "Đoàn trường THPT Sao Mai", "Đoàn phường Sao Mai", ""],
        [5, "Chi đoàn 12A1", "Đoàn phường Sao Mai / Đoàn trường THPT Sao Mai", ""],
    ]
    job = tree(org, *rows)
    assert said(job) == []
    assert counts(job) == {"new": 4, "change": 0, "same": 1, "wrong": 0}, "khu phố 1 is there already"
    imports.confirm(org.members[CHI], job)
    school, class_ = chapter_with_code("DOAN-TRUONG-THPT-SAO-MAI"), chapter_with_code("CHI-DOAN-12A1")
    assert school is not None
    assert class_ is not None
    assert org.path(class_) == f"{org.path(school)}{class_}/"
    found = chapter(school)
    assert found is not None
    assert found.kind == "truong", "the name says it"
    assert counts(tree(org, *rows)) == {"new": 0, "change": 0, "same": 5, "wrong": 0}


def test_two_chapters_of_one_name_get_codes_of_their_own_and_a_doubtful_one_is_asked_for(org: Organisation) -> None:
    job = tree(
        org,
        [1, "Đoàn khu Đông", "", ""],
        [2, "Đoàn khu Tây", "", ""],
        [3, "Chi đoàn 1", "Đoàn khu Đông", ""],
        [4, "Chi đoàn 1", "Đoàn khu Tây", ""],
        [5, "Chi đoàn 1", "Đoàn khu Tây", ""],
        [6, "Tổ 3", "Chi đoàn 1", ""],
        [7, "Tổ 4", "Chi đoàn không có", ""],
        [8, "Vòng A", "Vòng B", ""],
        [9, "Vòng B", "Vòng A", ""],
    )
    problems = said(job)
    assert (6, "name", "same_name") in problems
    assert (7, "parent_name", "two_chapters") in problems
    assert (8, "parent_name", "no_parent") in problems
    assert {row for row, _, _ in problems} == {6, 7, 8, 9, 10}, "nothing is dropped without a word"
    imports.confirm(org.members[CHI], job)
    assert chapter_with_code("CHI-DOAN-1") != chapter_with_code("CHI-DOAN-1-2")


def test_an_empty_cell_leaves_what_is_known_of_a_chapter(org: Organisation) -> None:
    ward = chapter(org.ward)
    assert ward is not None
    job = read(org, ["P", ward.name, "", "", "", ""], kind="chapters")
    assert counts(job)["same"] == 1, "a ward does not become a branch because the list has no kinds"
