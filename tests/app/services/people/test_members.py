"""Members, their lists and what strangers may read of them."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from app.models.engines import database
from app.services.people import members, public_names
from app.services.people.members import list_members, member, member_with_code
from app.services.people.membership import add_member, change_member, change_own, confirm_member, move_member, set_left
from app.services.people.person import Person
from app.services.people.public_names import initials, is_child, public_name, this_year
from quizzes.refusals import Rejected
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def test_people_are_listed_by_given_name_as_vietnamese_lists_are(org: Organisation) -> None:
    for name in ("Lê Ánh", "Phạm Ân", "Đỗ Văn Đức", "Trần An"):
        add_member(org.members[CHI], org.village, Person(name))
    names = [one.name for one in list_members(org.path(org.village))]
    assert names == ["Trần An", "Lê Ánh", "Phạm Ân", "Nguyễn Thị Dũng", "Đỗ Văn Đức"]


def test_pages_meet_without_gap_or_overlap_also_among_namesakes(org: Organisation) -> None:
    for _ in range(7):
        add_member(org.members[CHI], org.village, Person("Trần Văn Nam"))
    seen: list[int] = []
    after: tuple[str, int] | None = None
    while page := list_members("/", after=after, limit=3):
        seen += [one.id for one in page]
        after = (page[-1].sort_key, page[-1].id)
    assert len(seen) == len(set(seen)) == 11


def test_search_folds_marks_and_finds_codes_inside_the_subtree_only(org: Organisation) -> None:
    assert [one.name for one in list_members("/", words="dung nguyen")] == ["Nguyễn Thị Dũng"]
    assert [one.id for one in list_members("/", words="dv-1")] == [org.members[AN]]
    assert list_members(org.path(org.ward), words="dung") == []


def test_a_code_belongs_to_one(org: Organisation) -> None:
    with pytest.raises(Rejected) as refusal:
        add_member(org.members[CHI], org.village, Person("Lê Thị Em", 2005, "dv-1"))
    assert refusal.value.code == "code_taken"
    assert member_with_code(" Dv-1 ") == member_with_code("ban.an") == org.members[AN]


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (Person("A"), "person_name"),
        (Person("12345"), "person_name"),
        (Person("\u200b\u202e"), "person_name"),
        (Person("Lê Em", 1850), "birth_year"),
        (Person("Lê Em", 2999), "birth_year"),
    ],
)
def test_what_cannot_be_a_person_is_refused(org: Organisation, person: Person, code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        add_member(org.members[CHI], org.village, person)
    assert refusal.value.code == code


def test_moving_takes_the_member_to_the_new_subtree_if_the_mover_may(org: Organisation) -> None:
    with pytest.raises(Rejected) as refusal:
        move_member(org.members[BINH], org.members[AN], org.village)
    assert refusal.value.code == "forbidden"
    move_member(org.members[CHI], org.members[AN], org.village, "Chuyển trường")
    found = member(org.members[AN])
    assert found is not None
    assert found.path == org.path(org.village)


def test_who_left_is_off_the_list_and_can_come_back(org: Organisation) -> None:
    set_left(org.members[CHI], org.members[AN], True)
    assert org.members[AN] not in [one.id for one in list_members("/")]
    assert [one.id for one in list_members("/", left=True)] == [org.members[AN]]
    set_left(org.members[CHI], org.members[AN], False)
    assert org.members[AN] in [one.id for one in list_members("/")]


def test_confirmation_is_kept(org: Organisation) -> None:
    confirm_member(org.members[CHI], org.members[AN])
    found = member(org.members[AN])
    assert found is not None
    assert found.confirmed


def test_a_person_corrects_the_name_but_never_talks_past_the_age_gate(org: Organisation) -> None:
    change_own(org.members[AN], Person("Nguyễn Thị An An", 2003))
    found = member(org.members[AN])
    assert found is not None
    assert (found.name, found.birth_year, found.code) == ("Nguyễn Thị An An", 2003, "DV-1")
    with pytest.raises(Rejected):
        change_own(org.members[AN], Person("Nguyễn Thị An", this_year() - 10))
    change_member(org.members[CHI], org.members[AN], Person("Nguyễn Thị An", this_year() - 10, "DV-1"))
    change_own(org.members[AN], Person("Người Lớn", 1990, nickname="Sóc"))
    child = member(org.members[AN])
    assert child is not None
    assert (child.name, child.birth_year, child.nickname) == ("Nguyễn Thị An", this_year() - 10, "Sóc")


@pytest.mark.parametrize(
    ("years", "agreed", "nickname", "shown"),
    [
        (20, True, "", "Nguyễn Văn An"),
        (20, False, "", "N.V.A."),
        (20, False, "Sóc Nâu", "Sóc Nâu"),
        (15, True, "Sóc Nâu", "Sóc Nâu"),
        (15, True, "", "N.V.A."),
        (16, True, "Sóc Nâu", "Nguyễn Văn An"),
        (None, True, "", "Nguyễn Văn An"),
    ],
)
def test_what_strangers_read(years: int | None, agreed: bool, nickname: str, shown: str) -> None:
    born = None if years is None else this_year() - years
    assert public_name("Nguyễn Văn An", nickname, born, agreed) == shown


def test_the_gate_stands_through_the_whole_sixteenth_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_names, "this_year", lambda: 2026)
    assert is_child(2011)
    assert not is_child(2010)
    assert not is_child(None)


def test_initials() -> None:
    assert initials("Đặng Thị Ánh") == "Đ.T.Á."
    assert initials("…") == "?"


def test_an_ordinary_name_is_not_public_without_consent(org: Organisation) -> None:
    found = member(org.members[DUNG])
    assert found is not None
    assert found.public_name == "N.T.D."


def test_a_large_subtree_is_walked_in_order_and_gives_the_same_list(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        add_member(org.members[CHI], org.branch, Person(f"Trần Văn {['An', 'Bình', 'Chi', 'Dũng'][number % 4]}"))
    ways = [list_members(path, words=words) for path in ("/", org.path(org.ward)) for words in ("", "tran", "an")]
    monkeypatch.setattr(members, "SMALL", 0)
    assert ways == [
        list_members(path, words=words) for path in ("/", org.path(org.ward)) for words in ("", "tran", "an")
    ]
    assert len(ways[0]) == 16


def test_a_page_of_a_large_list_reads_an_index_that_holds_all_it_asks(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database.is_sqlite:
        return  # PostgreSQL decides by its statistics
    monkeypatch.setattr(members, "SMALL", 0)
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(database._walker, "before_cursor_execute", lambda _c, _k, said, given, *_: asked.append((said, given)))
    list_members("/", words="an", limit=5)
    listing, given = next(one for one in asked if "ORDER BY" in one[0] and "member.search LIKE" in one[0])
    with database.read() as db:
        plan = str(db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {listing}", given).all())
    assert "COVERING INDEX ix_member_sort" in plan
    assert "TEMP B-TREE" not in plan
