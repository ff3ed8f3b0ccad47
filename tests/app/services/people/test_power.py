"""One test decides for every verb who may change whom, and unused links and files end with the power they came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

import pytest

from app.services.audit import log
from app.services.awards import proposing
from app.services.people import accounts, links, logins, members, membership, my_data, own_mail, passwords, slips, tree
from app.services.people.accounts import Agreed, SignUp
from app.services.people.consent import PURPOSES, Proof, Wording
from app.services.people.imports import imports
from app.services.people.notices import told
from app.services.people.person import Person
from app.services.people.public_names import this_year
from app.services.people.roles import grant_role, grants, revoke_role
from app.services.points import adjustments
from quizzes.refusals import Rejected
from tests.app.services.awards.test_awards import DRAFT
from tests.organisation import Organisation, open_account, plant
from tests.people import CHI, DUNG

numbers = count(100)
PASSWORD = "bốn con vịt bơi"


def terms(channel: str = "self") -> Agreed:
    words = {purpose: Wording("vi", words) for purpose, (_, words) in PURPOSES.items()}
    return Agreed(dict.fromkeys(PURPOSES, True), words, Proof("address", "device", channel))


@pytest.fixture
def org(bound: object, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    monkeypatch.setattr(
        passwords, "hashed", lambda password: "no hash: what is tried here is who may, not the password"
    )
    return plant()


@dataclass
class Case:
    """One organiser of the branch and one member of it, both new."""

    org: Organisation
    actor: int
    target: int
    code: str

    @property
    def chi(self) -> int:
        return self.org.members[CHI]


def somebody(where: int, account: bool = True, born: int = 2004) -> tuple[int, str]:
    number = next(numbers)
    code = f"CASE-{number}"
    made = membership.add_member(None, where, Person(f"Trần Văn Số {number}", born, code))
    if account:
        open_account(made, f"case.{number}")
    return made, code


def new_case(org: Organisation, **about: object) -> Case:
    actor, _ = somebody(org.branch)
    grant_role(None, actor, "organiser", org.branch)
    return Case(org, actor, *somebody(org.branch, **about))  # type: ignore[arg-type]


def change(case: Case) -> None:
    membership.change_member(case.actor, case.target, Person("Tên Bị Sửa", 2004, f"{case.code}-X"))


def import_change(case: Case) -> None:
    text = f"Mã đoàn viên,Họ và tên\n{case.code},Tên Bị Sửa\n"
    job = imports.start(case.actor, case.org.branch, "members", "ds.csv", text.encode())
    imports.confirm(case.actor, job)
    found = members.member(case.target)
    if found is None or found.name != "Tên Bị Sửa":
        raise Rejected("row_left_out")


VERBS: dict[str, Callable[[Case], object]] = {
    "change": change,
    "import": import_change,
    "move": lambda case: membership.move_member(case.actor, case.target, case.org.branch),
    "confirm": lambda case: membership.confirm_member(case.actor, case.target),
    "leave": lambda case: membership.set_left(case.actor, case.target, True),
    "return": lambda case: membership.set_left(case.actor, case.target, False),
    "disable": lambda case: logins.set_disabled(case.actor, case.target, True),
    "enable": lambda case: logins.set_disabled(case.actor, case.target, False),
    "password link": lambda case: links.password_link(case.actor, case.target),
    "erase": lambda case: my_data.erase(case.actor, case.target),
}

TARGETS: dict[str, tuple[Callable[[Case], object], str | None]] = {
    "a plain member": (lambda case: None, None),
    "an administrator of everything who lives here": (
        lambda case: grant_role(None, case.target, "admin", None),
        "stronger_role",
    ),
    "an administrator of the ward above": (
        lambda case: grant_role(None, case.target, "admin", case.org.ward),
        "stronger_role",
    ),
    "a reviewer of the ward above": (
        lambda case: grant_role(None, case.target, "reviewer", case.org.ward),
        "stronger_role",
    ),
    "another organiser of the chapter": (
        lambda case: grant_role(None, case.target, "organiser", case.org.branch),
        "stronger_role",
    ),
    "an organiser of another chapter who lives here": (
        lambda case: grant_role(None, case.target, "organiser", case.org.village),
        "stronger_role",
    ),
    "a host of this chapter": (lambda case: grant_role(None, case.target, "host", case.org.branch), None),
    "a member whom another chapter made a host": (
        lambda case: grant_role(None, case.target, "host", case.org.village),
        None,
    ),
    "a member who has moved away": (
        lambda case: membership.move_member(case.chi, case.target, case.org.village),
        "forbidden",
    ),
    "a member, but the organiser's role has fallen": (lambda case: drop_roles(case.chi, case.actor), "forbidden"),
    "a member, but the organiser's account is closed": (
        lambda case: logins.set_disabled(case.chi, case.actor, True),
        "forbidden",
    ),
    "a member, but the organiser's role is in another chapter": (
        lambda case: (drop_roles(case.chi, case.actor), grant_role(None, case.actor, "organiser", case.org.village)),
        "forbidden",
    ),
    "a member, but the organiser is only a host": (
        lambda case: (drop_roles(case.chi, case.actor), grant_role(None, case.actor, "host", case.org.branch)),
        "forbidden",
    ),
    "somebody who was erased": (lambda case: my_data.erase(case.target, case.target), "no_such_member"),
}


def drop_roles(actor: int, member_id: int) -> None:
    for one in grants("/", member_id=member_id):
        revoke_role(actor, one.id)


def test_one_test_decides_for_every_verb_who_may_change_whom(org: Organisation) -> None:
    wrong = []
    for name, (arrange, expected) in TARGETS.items():
        for verb, do in VERBS.items():
            case = new_case(org)
            arrange(case)
            try:
                do(case)
                said = None
            except Rejected as refusal:
                said = refusal.code
            alike = (said is None) == (expected is None) if verb == "import" else said == expected
            if not alike:
                wrong.append(f"{verb} of {name}: {said}, not {expected}")
    assert wrong == []


def test_nobody_takes_their_own_chapter_out_of_the_hands_of_those_above(org: Organisation) -> None:
    case = new_case(org)
    other = tree.add_chapter(None, None, tree.Draft("Đoàn khác", "tinh", "KHAC"))
    grant_role(None, case.actor, "organiser", other)
    for refused in (
        lambda: tree.move_chapter(case.actor, org.branch, other),
        lambda: tree.change_chapter(case.actor, org.ward, tree.Draft("Tên mới", "chi_doan")),
        lambda: tree.close_chapter(case.actor, org.ward, tree.date(2026, 1, 1)),
        lambda: tree.add_chapter(case.actor, org.ward, tree.Draft("Chi đoàn mới", "chi_doan")),
        lambda: tree.add_chapter(case.actor, None, tree.Draft("Đoàn mới", "tinh")),
        lambda: membership.add_member(case.actor, org.ward, Person("Lê Thị Mới", 2004)),
    ):
        with pytest.raises(Rejected, match="forbidden"):
            refused()


def use_password_link(token: str, case: Case) -> None:
    logins.new_password(token, PASSWORD)


def use_opening_link(token: str, case: Case) -> None:
    accounts.activate(token, f"mo.{next(numbers)}", PASSWORD, 2004, terms())


def use_slip(token: str, case: Case) -> None:
    accounts.activate(token, f"phieu.{next(numbers)}", PASSWORD, 2004, terms(), links.SLIP)


def use_invitation(token: str, case: Case) -> None:
    new = SignUp(case.org.branch, 2004, f"moi.{next(numbers)}", PASSWORD, "Lê Thị Mời")
    accounts.sign_up(new, terms(), invitation=token)


def stage(case: Case) -> str:
    text = f"Mã đoàn viên,Họ và tên\n{case.code},Tên Bị Sửa\n"
    return str(imports.start(case.actor, case.org.branch, "members", "ds.csv", text.encode()))


Pending = tuple[Callable[[Case], str], Callable[[str, Case], object], dict[str, object]]
PENDING: dict[str, Pending] = {
    "password link": (lambda case: links.password_link(case.actor, case.target), use_password_link, {}),
    "opening link": (lambda case: links.password_link(case.actor, case.target), use_opening_link, {"account": False}),
    "slip": (lambda case: slips.make(case.actor, case.org.branch, [case.target])[0].code, use_slip, {"account": False}),
    "invitation": (lambda case: links.invite(case.actor, case.org.branch, 5), use_invitation, {}),
    "staged import": (stage, lambda token, case: imports.confirm(case.chi, int(token)), {}),
}

OF_TARGET: dict[str, Callable[[Case], object]] = {
    "became an administrator": lambda case: grant_role(None, case.target, "admin", None),
    "was an administrator for a moment": lambda case: (
        grant_role(None, case.target, "admin", None),
        drop_roles(case.chi, case.target),
    ),
    "was given a role": lambda case: grant_role(None, case.target, "judge", case.org.branch),
    "moved away": lambda case: membership.move_member(case.chi, case.target, case.org.village),
    "moved away and back": lambda case: (
        membership.move_member(case.chi, case.target, case.org.village),
        membership.move_member(case.chi, case.target, case.org.branch),
    ),
    "left and came back": lambda case: (
        membership.set_left(case.chi, case.target, True),
        membership.set_left(case.chi, case.target, False),
    ),
    "was erased": lambda case: my_data.erase(case.chi, case.target),
}
OF_MAKER: dict[str, Callable[[Case], object]] = {
    "maker lost the role": lambda case: drop_roles(case.chi, case.actor),
    "maker lost the role and got it back": lambda case: (
        drop_roles(case.chi, case.actor),
        grant_role(None, case.actor, "organiser", case.org.branch),
    ),
    "maker was locked out": lambda case: logins.set_disabled(case.chi, case.actor, True),
    "maker was locked out and let in again": lambda case: (
        logins.set_disabled(case.chi, case.actor, True),
        logins.set_disabled(case.chi, case.actor, False),
    ),
    "maker was erased": lambda case: my_data.erase(case.chi, case.actor),
    "branch went into other hands": lambda case: (
        tree.move_chapter(case.chi, case.org.branch, case.org.village),
        tree.move_chapter(case.chi, case.org.branch, case.org.ward),
    ),
}


def tried(kind: str, event: Callable[[Case], object], org: Organisation) -> str | None:
    make, use, about = PENDING[kind]
    case = new_case(org, **about)
    token = make(case)
    event(case)
    try:
        use(token, case)
    except Rejected as refusal:
        return refusal.code
    return None


def test_what_waits_for_its_use_ends_with_the_power_it_came_from(org: Organisation) -> None:
    gone = {"staged import": ("not_now", "import_moved")}
    found = {
        (kind, name): tried(kind, event, org)
        for events, kinds in ((OF_MAKER, list(PENDING)), (OF_TARGET, ["password link", "opening link", "slip"]))
        for name, event in events.items()
        for kind in kinds
        if (kind, name) != ("staged import", "branch went into other hands")  # it compares what it read with what is
    }
    assert [one for one, said in found.items() if said not in gone.get(one[0], ("link_gone",))] == []
    assert [kind for kind in PENDING if tried(kind, lambda case: None, org) is not None] == []
    closed = tried("password link", lambda case: logins.set_disabled(case.chi, case.target, True), org)
    assert closed == "link_gone"


def by_mail(case: Case) -> str:
    """The token of the letter that who forgot the password is sent."""
    address = f"{case.code.lower()}@example.org"
    own_mail.confirm(case.target, own_mail._change_login(case.target, case.code.lower(), address).token)
    letter = own_mail.forgotten(address)
    assert letter
    return letter.token


WAYS_IN: dict[str, tuple[Callable[[Case], str], Callable[[str], object]]] = {
    "password link": (
        lambda case: links.password_link(case.actor, case.target),
        lambda token: logins.new_password(token, PASSWORD),
    ),
    "letter": (by_mail, lambda token: own_mail.reset(token, PASSWORD)),
}


def test_links_that_set_a_password_end_when_another_one_is_set(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "matches", lambda stored, typed: True)
    still_good = []
    for kind, (make, use) in WAYS_IN.items():
        for name, (other_make, other_use) in {**WAYS_IN, "inside": (None, None)}.items():
            if name == kind:
                continue
            case = new_case(org)
            token = make(case)
            if other_make is None or other_use is None:
                logins.change_password(case.target, PASSWORD, PASSWORD, keep=0)
            else:
                other_use(other_make(case))
            try:
                use(token)
            except Rejected as refusal:
                assert refusal.code == "link_gone"
            else:
                still_good.append((kind, name))
    assert still_good == []


def test_a_file_read_before_somebody_became_stronger_leaves_them_alone(org: Organisation) -> None:
    case = new_case(org)
    job = int(stage(case))
    grant_role(None, case.target, "admin", None)
    for actor in (case.actor, case.chi):
        with pytest.raises(Rejected, match="import_moved"):
            imports.confirm(actor, job)
    found = members.member(case.target)
    assert found is not None
    assert found.name != "Tên Bị Sửa"


def test_looking_at_a_link_that_has_ended_shows_nothing(org: Organisation) -> None:
    case = new_case(org)
    token = links.password_link(case.actor, case.target)
    assert links.link(token, links.PASSWORD) is not None
    drop_roles(case.chi, case.actor)
    assert links.link(token, links.PASSWORD) is None


def test_the_use_of_a_link_is_on_record_and_the_account_is_told(org: Organisation) -> None:
    case = new_case(org)
    token = links.password_link(case.actor, case.target)
    logins.new_password(token, PASSWORD)
    used = next(line for line in log(org.path(org.branch)) if line.action == "link.used")
    assert used.data == {"made_by": case.actor}
    (notice,) = told(case.target)
    assert (notice.code, notice.by) == ("password_by_link", members.member(case.actor).name)  # type: ignore[union-attr]
    use_invitation(links.invite(case.actor, org.branch, 1), case)
    assert log("/")[0].action == "invitation.used"


def test_a_password_handed_out_brings_no_power_its_maker_could_not_give(org: Organisation) -> None:
    case = new_case(org)
    grant_role(None, case.target, "host", org.village)
    grant_role(None, case.target, "judge", org.branch)
    logins.new_password(links.password_link(case.actor, case.target), PASSWORD)
    assert [(one.role, one.chapter_id) for one in grants("/", member_id=case.target)] == [("judge", org.branch)]
    assert "roles_ended" in {one.code for one in told(case.target)}
    grant_role(None, case.target, "host", org.village)
    logins.new_password(links.password_link(case.chi, case.target), PASSWORD)
    assert {one.role for one in grants("/", member_id=case.target)} == {"judge", "host"}, "who may give it, keeps it"


def test_a_stranger_to_a_file_can_neither_confirm_nor_drop_it(org: Organisation) -> None:
    case = new_case(org)
    job = int(stage(case))
    for verb in (imports.confirm, imports.drop):
        with pytest.raises(Rejected, match="forbidden"):
            verb(org.members[DUNG], job)
    imports.drop(case.actor, job)


def test_a_child_is_no_way_round_either(org: Organisation) -> None:
    case = new_case(org, born=this_year() - 12)
    with pytest.raises(Rejected, match="not_now"):
        links.guardian_link(case.actor, case.target)
    with pytest.raises(Rejected, match="forbidden"):
        links.guardian_link(org.members[DUNG], case.target)


def points_proposed(case: Case) -> Callable[[bool], object]:
    number = adjustments.propose(case.actor, case.target, 20, "Dẫn cả buổi tối ở nhà văn hóa")
    return lambda accept: adjustments.decide(case.chi, number, accept)


def awards_proposed(case: Case) -> Callable[[bool], object]:
    made = proposing.propose(case.actor, case.org.branch, replace(DRAFT, lines=((case.code, "Giải nhất"),)))
    return lambda accept: proposing.decide(case.chi, made, accept)


@pytest.mark.parametrize("propose", [points_proposed, awards_proposed])
def test_what_two_people_give_needs_the_power_of_both_when_it_is_given(
    org: Organisation, propose: Callable[[Case], Callable[[bool], object]]
) -> None:
    for event in (OF_MAKER["maker lost the role"], OF_MAKER["maker was locked out"]):
        case = new_case(org)
        decide = propose(case)
        event(case)
        with pytest.raises(Rejected, match="proposal_gone"):
            decide(True)
        decide(False)
    case = new_case(org)
    propose(case)(True)
