"""Rows of a real list that are no rows of its table: headings above the people, titles said again, words beside it."""

from __future__ import annotations

import pytest

from app.services.people.imports import imports
from app.services.people.imports.groups import groups_of
from tests.app.services.people.imports.test_imports import HEAD, said, staged, start
from tests.organisation import Organisation, plant

NUMBERED = ["STT", *HEAD[:3]]


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def notes(job: int) -> list[tuple[str, str]]:
    found = imports.job(job)
    assert found is not None
    return [(note[:12], values["rows"]) for note, values in found.notes if "rows" in values]


def test_people_below_the_heading_of_a_chapter_belong_to_it(org: Organisation) -> None:
    job = start(
        org,
        [
            NUMBERED,
            ["I. CHI ĐOÀN KHU PHỐ 1 (02 đoàn viên)"],
            [1, "M1", "Lê Mận", 2003],
            NUMBERED,
            [2, "M2", "Lê Đào", "ngày 6 tháng 5 năm 2004"],
            ["II", "", "Chi đoàn Không Có"],
            [3, "M3", "Lê Cam", 2004],
            ["Tổng cộng: 3 đoàn viên"],
            [4],
        ],
    )
    branch = "Chi đoàn khu phố 1"
    assert staged(job) == [("M1", "Lê Mận", 2003, branch), ("M2", "Lê Đào", 2004, branch)]
    assert said(job) == [(7, "chapter_name", "no_chapter")], "nobody lands in the chapter above without a word"
    assert notes(job) == [("Các dòng này", "2, 6"), ("Dòng tiêu đề", "4"), ("Các dòng chỉ", "8")]


def test_a_chapter_in_the_own_row_goes_before_the_heading(org: Organisation) -> None:
    rows: list[list[object]] = [
        HEAD,
        ["", "Chi đoàn khu phố 1"],
        ["M1", "Lê Mận", 2003, "P"],
        ["M2", "Lê Đào", 2004, ""],
    ]
    job = start(org, rows)
    assert [(code, place) for code, _, _, place in staged(job)] == [
        ("M1", "Đoàn phường Sao Mai"),
        ("M2", "Chi đoàn khu phố 1"),
    ]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("A - Liên chi đoàn Trường THPT số 2: 120 đồng chí", "Liên chi đoàn Trường THPT số 2"),
        ("3) Tổ 12", "Tổ 12"),
        ("BCH Đoàn phường Sao Mai", "BCH Đoàn phường Sao Mai"),
        ("Chi đoàn 11A1", "Chi đoàn 11A1"),
        ("Tô Văn Bảy", None),
        ("Tổng cộng: 12", None),
        ("NGƯỜI LẬP BIỂU", None),
        ("Đoàn Văn Hậu", None),
    ],
)
def test_a_heading_is_known_by_its_first_words(text: str, head: str | None) -> None:
    assert groups_of([["STT", "Mã"], ["", text]], 1, {1}, heads=True).heads.get(2) == head
    assert not groups_of([["STT", "Mã"], ["", text]], 1, {1}, heads=False).heads
