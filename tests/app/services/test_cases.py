"""Small files that once broke something (tests/cases), each read as its right values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.services.files.containers import open_questions
from app.services.files.opening.tables import read_tables
from app.services.people.imports import imports
from app.services.people.members import member, member_with_code
from tests.organisation import Organisation, plant
from tests.people import CHI

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def taken(org: Organisation, name: str) -> tuple[Any, dict[str, Any]]:
    """The job that read a list of people, and code -> member once it was confirmed."""
    job = imports.start(org.members[CHI], org.branch, "members", name, (CASES / name).read_bytes())
    found = imports.job(job)
    imports.confirm(org.members[CHI], job)
    codes = ("DV-T-001", "DV-T-002", "00012", "00013", "12", "13")
    return found, {code: member(number) for code in codes if (number := member_with_code(code))}


def test_a_birthday_split_over_two_columns_is_one_and_the_hidden_sheet_is_named(org: Organisation) -> None:
    _, people = taken(org, "members-birth-split.xlsx")
    assert {code: one.birth_year for code, one in people.items()} == {"DV-T-001": 2001, "DV-T-002": 2010}
    sheets = {one.name: one.unread for one in read_tables((CASES / "members-birth-split.xlsx").read_bytes())}
    assert sheets == {"DSDV": False, "DATA": True}


@pytest.mark.parametrize("name", ["codes-with-zeros.xlsx", "heading-above-semicolons.csv"])
def test_codes_keep_the_zeros_that_are_shown(org: Organisation, name: str) -> None:
    found, people = taken(org, name)
    assert (found.counts["new"], found.counts["wrong"]) == (2, 0)
    assert sorted(people) == ["00012", "00013"]


def rows(name: str) -> list[list[Any]]:
    return [list(row) for row in read_tables((CASES / name).read_bytes())[0].rows[1:]]


def test_what_a_cell_shows_is_what_is_read() -> None:
    shown = [row[4:8] for row in rows("shown-against-stored.xlsx")]
    assert shown[0] == ["50%", "25%", "12,5%", "100%"]
    assert shown[1][0] == "02/09/1945" and shown[2][0] == "26-Mar" and shown[3][1] == "0:00"
    assert shown[5] == ["0113", "0007", "1022", "0005"] and shown[6][:2] == ["12:00", "48:00"]


def test_a_merged_value_counts_for_all_its_rows_and_a_filtered_row_is_known_as_hidden() -> None:
    (table,) = read_tables((CASES / "merged-topic.xlsx").read_bytes())
    assert [(row[1], row[10]) for row in table.rows[1:4]] == [("Chủ đề gộp", "Nguồn gộp")] * 3
    assert [table.rows[hidden - 1][3] for hidden in table.hidden] == ["Mẫu dòng bị lọc ẩn"]


def test_columns_a_to_d_are_options_and_what_the_file_lacks_is_asked_once() -> None:
    data = (CASES / "columns-a-to-d.xlsx").read_bytes()
    _, found = open_questions(data, "columns-a-to-d.xlsx")
    assert found.asked == ["type", "topic", "difficulty", "source"]
    assert found.problems == []
    given = {"type": "single", "topic": "Chung", "difficulty": "2", "source": "Tài liệu lớp"}
    _, whole = open_questions(data, "columns-a-to-d.xlsx", given=given)
    (one,) = whole.drafts
    assert len(one["options"]) == 4
    assert (one["type"], one["topic"], one["source"]) == ("single", "chung", "Tài liệu lớp")
