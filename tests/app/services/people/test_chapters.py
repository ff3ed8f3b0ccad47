"""The tree of chapters on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.engines import Database
from app.services.people import links, membership
from app.services.people.chapters import ancestors, chapter, children, find_chapters, size_of
from app.services.people.members import list_members, member
from app.services.people.person import Person
from app.services.people.tree import Draft, add_chapter, change_chapter, close_chapter, move_chapter, reopen_chapter
from quizzes.refusals import Rejected
from tests.organisation import plant
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.usefixtures("bound")


def code_of(refusal: pytest.ExceptionInfo[Rejected]) -> str:
    return refusal.value.code


def test_a_path_names_every_step_from_the_root() -> None:
    org = plant()
    found = chapter(org.branch)
    assert found is not None
    assert found.path == f"/{org.province}/{org.ward}/{org.branch}/"
    assert [one.id for one in ancestors(found.path)] == [org.province, org.ward, org.branch]
    assert size_of(org.path(org.province)) == (3, 4)
    assert size_of(org.path(org.ward)) == (1, 2)
    assert size_of("/") == (4, 4)


def test_a_subtree_never_takes_in_a_neighbour_whose_number_begins_alike() -> None:
    roots = [add_chapter(None, None, Draft(f"Đoàn xã số {n}", "xa_phuong")) for n in range(12)]
    inside = add_chapter(None, roots[0], Draft("Chi đoàn thôn 1", "chi_doan"))
    assert f"{roots[9]}".startswith(f"{roots[0]}"), "1 and 10: the case this is about"
    assert {one.id for one in find_chapters("", path=f"/{roots[0]}/", limit=50)} == {roots[0], inside}
    assert size_of(f"/{roots[0]}/") == (1, 0)


def test_lists_are_in_vietnamese_order_and_continue_after_a_key() -> None:
    root = add_chapter(None, None, Draft("Đoàn phường", "xa_phuong"))
    for name in ("Đông", "Dương", "An", "Ánh", "Ân", "Đào"):
        add_chapter(None, root, Draft(f"Chi đoàn {name}", "chi_doan"))
    first = children(root, limit=4)
    rest = children(root, after=(first[-1].sort_key, first[-1].id))
    names = [one.name.removeprefix("Chi đoàn ") for one in [*first, *rest]]
    assert names == ["An", "Ánh", "Ân", "Dương", "Đào", "Đông"]


def test_search_needs_no_marks_and_finds_codes() -> None:
    org = plant()
    assert [one.id for one in find_chapters("khu pho")] == [org.branch]
    assert [one.id for one in find_chapters("KHU PHỐ")] == [org.branch]
    assert [one.id for one in find_chapters("kp1")] == [org.branch]
    assert find_chapters("khu 100%_") == []
    assert find_chapters("zq " * 30_000) == [], "each word is a condition, and a database takes only so many"
    assert list_members("/", words="zq " * 30_000) == []
    assert find_chapters("khu pho")[0].place == "Đoàn phường Sao Mai"


def test_a_branch_moves_with_everything_below_it() -> None:
    org = plant()
    move_chapter(org.members[CHI], org.branch, org.village, "Sắp xếp lại")
    found = chapter(org.branch)
    an = member(org.members[AN])
    assert found is not None
    assert an is not None
    assert found.path == an.path == f"/{org.province}/{org.village}/{org.branch}/"
    assert {one.id for one in list_members(org.path(org.village))} == {org.members[n] for n in ("An", "Bình", "Dũng")}
    assert list_members(org.path(org.ward)) == []


def test_a_ring_is_refused_and_nothing_moves() -> None:
    org = plant()
    with pytest.raises(Rejected) as refusal:
        move_chapter(org.members[CHI], org.ward, org.branch)
    assert code_of(refusal) == "chapter_ring"
    assert org.path(org.ward) == f"/{org.province}/{org.ward}/"


def test_an_organiser_cannot_push_a_branch_into_a_foreign_subtree() -> None:
    org = plant()
    with pytest.raises(Rejected) as refusal:
        move_chapter(org.members[BINH], org.branch, org.village)
    assert code_of(refusal) == "forbidden"
    with pytest.raises(Rejected) as refusal:
        close_chapter(org.members[BINH], org.branch, date(2026, 6, 30), org.village)
    assert code_of(refusal) == "forbidden"


def test_a_merger_hands_over_members_and_chapters_and_keeps_history() -> None:
    org = plant()
    close_chapter(org.members[CHI], org.ward, date(2026, 6, 30), org.village, "Nghị quyết sáp nhập")
    closed = chapter(org.ward)
    assert closed is not None
    assert closed.valid_to == date(2026, 6, 30)
    assert closed.successor_id == org.village
    assert not closed.open_on(date(2026, 7, 1))
    assert closed.open_on(date(2026, 6, 30))
    assert org.path(org.branch) == f"/{org.province}/{org.village}/{org.branch}/"
    assert [one.id for one in find_chapters("sao mai", on=date(2026, 7, 1))] == []
    assert [one.id for one in find_chapters("sao mai")] == [org.ward]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft("X", "chi_doan"), "chapter_name"),
        (Draft("Chi đoàn", "bang_dang"), "chapter_kind"),
        (Draft("Chi đoàn", "chi_doan", "kp 1"), "code_taken"),
        (Draft("Chi đoàn", "chi_doan", "", date(2026, 2, 1), date(2026, 1, 1)), "bad_dates"),
    ],
)
def test_a_bad_draft_is_refused(draft: Draft, code: str) -> None:
    org = plant()
    with pytest.raises(Rejected) as refusal:
        add_chapter(org.members[CHI], org.ward, draft)
    assert code_of(refusal) == code
    with pytest.raises(Rejected):
        change_chapter(org.members[CHI], org.ward, draft)


def test_the_deepest_tree_is_as_fast_to_ask(bound: Database) -> None:
    above = None
    for depth in range(25):
        above = add_chapter(None, above, Draft(f"Cấp {depth}", "khac"))
    assert above is not None
    found = chapter(above)
    assert found is not None
    assert len(ancestors(found.path)) == 25


def test_a_chapter_that_ends_leaves_nobody_inside_unasked_lets_nobody_in_and_can_come_back(bound: object) -> None:
    org = plant()
    chi, day = org.members[CHI], date(2026, 6, 30)
    with pytest.raises(Rejected, match="chapter_not_empty"):
        close_chapter(chi, org.branch, day)
    token = links.invite(org.members[BINH], org.branch, 5)
    close_chapter(chi, org.branch, day, leave=True)
    assert links.link(token, links.INVITATION) is None
    for refused in (
        lambda: links.invite(org.members[BINH], org.branch, 5),
        lambda: membership.add_member(chi, org.branch, Person("Vũ Văn Mới", 2004)),
        lambda: membership.move_member(chi, org.members[DUNG], org.branch),
        lambda: close_chapter(chi, org.village, day, org.branch),
    ):
        with pytest.raises(Rejected, match="chapter_closed"):
            refused()
    with pytest.raises(Rejected, match="forbidden"):
        reopen_chapter(org.members[BINH], org.branch)
    reopen_chapter(chi, org.branch)
    assert links.invite(org.members[BINH], org.branch, 5)
    with pytest.raises(Rejected, match="not_now"):
        reopen_chapter(chi, org.branch)
