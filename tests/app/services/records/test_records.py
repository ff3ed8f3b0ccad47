"""Records of members: noted once, taken back in sight, from a file, with history in the export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.models.engines import Database
from app.services.files.containers import write_csv
from app.services.lists import lists
from app.services.records import records
from quizzes.refusals import Rejected
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

DAY = date(2026, 3, 26)
HEAD = ["Mã đoàn viên", "Nghiệp vụ", "Ngày", "Số văn bản", "Nội dung"]


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as refusal:
        work()
    return refusal.value.code


def test_an_operation_is_noted_once_and_taken_back_in_sight(org: Organisation) -> None:
    binh, an = org.members[BINH], org.members[AN]
    records.note(binh, an, "admitted", DAY, "12-QĐ", "")
    assert refused(lambda: records.note(binh, an, "admitted", DAY, " 12-QĐ ", "")) == "record_known"
    assert refused(lambda: records.note(org.members[DUNG], an, "admitted", DAY, "", "")) == "forbidden"
    assert refused(lambda: records.note(binh, an, "crowned", DAY, "", "")) == "activity_kind"
    (line,) = records.of_member(an)
    assert refused(lambda: records.take_back(binh, line.id, " ")) == "reason_needed"
    records.take_back(binh, line.id, "Nhầm ngày")
    records.note(binh, an, "admitted", DAY, "12-QĐ", "")  # right after all
    assert [one.why for one in records.of_member(an)] == ["", "Nhầm ngày"]
    assert len(records.of_chapter(org.path(org.branch))) == 1
    assert (
        len(records.exported(binh, org.branch)) == 2
        and refused(lambda: records.exported(an, org.branch)) == "forbidden"
    )


def test_a_file_of_records_comes_in_once_with_what_is_wrong_by_cell(org: Organisation) -> None:
    rows = [
        ["DV-1", "Kết nạp đoàn viên mới", "26/3/2026", "12-QĐ", ""],
        ["DV-2", "xếp loại", "2026-12-31", "", "Xuất sắc"],
        ["DV-9", "Đoàn viên ưu tú", "1/1/2026", "", ""],
        ["DV-1", "đăng quang", "mai", "", ""],
    ]
    data = write_csv([HEAD, *rows])
    job = lists.start(org.members[CHI], org.province, "records", "nv.csv", data)
    assert {(one.row, one.column, one.code) for one in lists.job(job).problems} == {
        (5, "operation", "operation"),
        (5, "on", "date"),
        (4, "code", "no_member"),
    }
    assert lists.confirm(org.members[CHI], job) == 2
    again = lists.start(org.members[CHI], org.province, "records", "nv.csv", data)
    assert lists.confirm(org.members[CHI], again) == 0
    wrong = next(one.id for one in records.of_member(org.members[AN]))
    records.take_back(org.members[CHI], wrong, "Nhầm người")
    again = lists.start(org.members[CHI], org.province, "records", "nv.csv", data)
    (told,) = (one for one in lists.job(again).problems if one.code == "record_back")
    assert (told.row, told.about["why"]) == (2, "Nhầm người"), "no file brings back what was wrong"
    records.note(org.members[CHI], org.members[AN], "admitted", DAY, "12-QĐ", "")
    again = lists.start(org.members[CHI], org.province, "records", "nv.csv", data)
    assert lists.confirm(org.members[CHI], again) == 0 and len(records.of_member(org.members[AN])) == 2
    exported = [one for one in records.exported(org.members[CHI], org.province) if one.taken_back_at is None]
    back = write_csv(
        [HEAD, *([one.code, one.operation, one.on.isoformat(), one.document, one.text] for one in exported)]
    )
    assert back.count(b"DV-") == 2 and records.counts(exported)["rated"] == 1
