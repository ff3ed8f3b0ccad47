"""One person, one member: found, brought together, taken apart again."""

from __future__ import annotations

import pytest

from app.models.engines import now_us
from app.models.people import MemberMerge
from app.services.audit import log
from app.services.commit import reading, writing
from app.services.people import accounts, members, membership, merging, my_data, passwords, queue, slips
from app.services.people.accounts import SignUp
from app.services.people.chapters import size_of
from app.services.people.consent import given_consents
from app.services.people.links import invite
from app.services.people.notices import told
from app.services.people.person import Person
from app.services.people.roles import grant_role
from app.services.points import balance, post, season_of, sums
from quizzes.ledger import Due
from quizzes.refusals import Rejected
from tests.app.services.people.test_power import PASSWORD, terms
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: object, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    monkeypatch.setattr(passwords, "hashed", lambda password: "no hash: the password is not what is tried here")
    return plant()


def listed(org: Organisation, name: str = "Lê Thị Em", year: int | None = 2004) -> int:
    return membership.add_member(None, org.branch, Person(name, year))


def signed_up(org: Organisation, name: str = "Lê Thị Em", login: str = "em.le", **more: str) -> int:
    return accounts.sign_up(SignUp(org.branch, 2004, login, PASSWORD, name), terms(), **more).member_id


def season() -> int:
    return season_of(at())


@reading
def at(db) -> int:  # type: ignore[no-untyped-def]
    return now_us(db)


def test_who_is_on_the_list_and_signs_up_waits_in_a_queue_that_proposes_them(org: Organisation) -> None:
    before = size_of(org.path(org.branch))
    em, namesake, other = listed(org), listed(org, year=1999), listed(org, "Lê Thị Êm")
    path = org.path(org.ward)
    alone = signed_up(org)
    new = signed_up(org, "Vũ Văn Mới", "moi.vu")
    invited = signed_up(org, "LÊ THỊ EM", "em.moi", invitation=invite(org.members[BINH], org.branch, 5))
    at_once = signed_up(org, "Bùi Văn Mời", "moi.bui", invitation=invite(org.members[BINH], org.branch, 5))
    assert size_of(org.path(org.branch))[1] == before[1] + 4, "three of the list and who was vouched for"
    assert queue.count(path) == 3
    alike = {one.member.id: [other.id for other in one.alike] for one in queue.waiting(path)}
    assert alike == {alone: [em, other], invited: [em, other], new: []}
    assert {one.member.id for one in queue.waiting(path, alike=True)} == {alone, invited}
    assert [one.member.id for one in queue.waiting(path, words="moi")] == [new]
    assert membership.confirm_members(org.members[BINH], [new, at_once]) == 1, "one was confirmed before"
    assert [one.code for one in told(new)] == ["confirmed"]
    with pytest.raises(Rejected, match="forbidden"):
        membership.confirm_members(org.members[DUNG], [alone])
    assert namesake not in alike[alone]


def test_a_merger_carries_account_history_and_points_and_goes_back(org: Organisation) -> None:
    em, alone = listed(org), signed_up(org)
    post("show", 1, {alone: Due(20, None), org.members[AN]: Due(4, None)})
    post("show", 2, {em: Due(6, None), alone: Due(10, None)})
    people = size_of(org.path(org.branch))
    merging.merge(org.members[BINH], em, alone, "Cùng một người")
    assert size_of(org.path(org.branch)) == people
    assert (balance(em, season()), balance(alone, season())) == (18.0, 0.0)
    assert members.member(em).account == "active" and members.member(alone).account is None  # type: ignore[union-attr]
    assert members.member_with_code("em.le") == em
    assert members.member_with_code(members.member(alone).code) == em  # type: ignore[union-attr]
    assert given_consents(em) and [one.code for one in told(em)] == [one.code for one in told(alone)] == ["merged"]
    assert log("/", limit=1)[0].action == "member.merged"
    post("show", 2, {em: Due(6, None), alone: Due(12, None)})
    assert sums("show", 2) == {em: 18, alone: 0}, "what a result says later of the one counts for the other"
    with pytest.raises(Rejected, match="merged_already"):
        membership.set_left(org.members[BINH], alone, False)
    (one,) = merging.merged(em)
    merging.undo(org.members[BINH], one.id)
    assert (balance(em, season()), balance(alone, season())) == (4.0, 15.0)
    assert members.member(em).account is None and members.member(alone).account == "active"  # type: ignore[union-attr]
    assert given_consents(em) == set()
    post("show", 2, {em: Due(6, None), alone: Due(12, None)})
    assert sums("show", 2) == {em: 6, alone: 12}
    assert size_of(org.path(org.branch)) == people and queue.count("/") == 1
    assert [line.action for line in log("/", limit=1)] == ["member.unmerged"]
    with pytest.raises(Rejected, match="link_gone"):
        merging.undo(org.members[BINH], one.id)


def test_after_thirty_days_it_stays(org: Organisation) -> None:
    em, alone = listed(org), signed_up(org)
    merging.merge(org.members[BINH], em, alone)
    (one,) = merging.merged(em)
    _backdate(one.id)
    assert merging.merged(em) == []
    with pytest.raises(Rejected, match="link_gone"):
        merging.undo(org.members[BINH], one.id)
    my_data.erase(org.members[CHI], em)
    gone = members.member(alone)
    assert gone and gone.erased and gone.name == "", "who is erased is erased under both numbers"


@writing
def _backdate(db, merge_id: int) -> None:  # type: ignore[no-untyped-def]
    db.get_one(MemberMerge, merge_id).made_at -= merging.UNDO_US


def test_nobody_gets_a_role_or_an_account_by_being_taken_for_somebody(org: Organisation) -> None:
    em, alone, bad = listed(org), signed_up(org), signed_up(org, "Nguyễn Thị Bình", "gia.mao")
    for actor, kept, gone, code in (
        (CHI, org.members[BINH], bad, "merge_roles"),
        (BINH, org.members[CHI], bad, "stronger_role|forbidden"),
        (DUNG, em, alone, "forbidden"),
        (BINH, em, em, "same_member"),
    ):
        with pytest.raises(Rejected, match=code):
            merging.merge(org.members[actor], kept, gone)
    grant_role(None, em, "admin", org.branch)
    with pytest.raises(Rejected, match="stronger_role"):
        merging.merge(org.members[BINH], em, alone)


def test_of_two_accounts_the_one_of_who_is_kept_stays(org: Organisation) -> None:
    alone = signed_up(org)
    merging.merge(org.members[BINH], org.members[AN], alone)
    assert [members.member(one).account for one in (org.members[AN], alone)] == ["active", "disabled"]  # type: ignore[union-attr]
    merging.undo(org.members[BINH], merging.merged(org.members[AN])[0].id)
    assert members.member(alone).account == "active"  # type: ignore[union-attr]


def test_a_slip_links_at_once_who_signed_up_before(org: Organisation) -> None:
    em, alone = listed(org), signed_up(org, "Em")
    (slip,) = slips.make(org.members[BINH], org.branch, [em])
    with pytest.raises(Rejected, match="not_now"):
        merging.claim(slip.code, org.members[AN])
    merging.claim(slip.code, alone)
    assert members.member_with_code("em.le") == em and queue.count("/") == 0
