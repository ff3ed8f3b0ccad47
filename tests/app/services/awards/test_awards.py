"""Awards: two people, numbers without gaps, printing that goes on after a restart, what is erased, revoked, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import segno
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.engines import Database
from app.models.people import Chapter
from app.services.awards import batches, ceremony, demo, personal, printing, proposing, reading
from app.services.awards.proposing import Draft
from app.services.commit import writing
from app.services.movement import demo_removal
from app.services.people.membership import add_member
from app.services.people.person import Person
from app.services.people.roles import grant_role, revoke_role
from app.services.standings import opened, standings
from quizzes.refusals import Rejected
from tests import movement
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

DRAFT = Draft(
    "certificate",
    "Giải tháng 11",
    "wave",
    "Đã đạt giải cuộc thi thử",
    "Theo kết quả chính thức.",
    [("DV-1", "Giải Nhất"), ("DV-4", ""), ("P", "Giải tập thể")],
)


@pytest.fixture
def org(bound: Database) -> Organisation:
    found = plant()
    grant_role(None, found.members[DUNG], "organiser", found.province)
    grant_role(None, found.members[BINH], "organiser", found.province)
    return found


def given(org: Organisation, draft: Draft = DRAFT) -> str:
    made = proposing.propose(org.members[CHI], org.province, draft)
    proposing.decide(org.members[BINH], made, True)
    return made


def test_two_people_give_and_neither_may_be_given_anything(org: Organisation) -> None:
    made = proposing.propose(org.members[CHI], org.province, DRAFT)
    for actor, code in ((CHI, "second_person"), (DUNG, "second_person"), (AN, "forbidden")):
        with pytest.raises(Rejected, match=code):
            proposing.decide(org.members[actor], made, True)
    assert printing.print_due() == 0
    proposing.decide(org.members[BINH], made, True)
    with pytest.raises(Rejected, match="already_decided"):
        proposing.decide(org.members[BINH], made, False)
    _batch, lines = batches.batch(made)
    assert [(line.name, line.serial) for line in lines] == [
        ("Nguyễn Thị An", 1),
        ("Nguyễn Thị Dũng", 2),
        ("Đoàn phường Sao Mai", 3),
    ]
    assert [line.serial for line in batches.batch(given(org))[1]] == [4, 5, 6]


def test_a_second_person_whose_role_was_taken_meanwhile_agrees_to_nothing(org: Organisation) -> None:
    made = proposing.propose(org.members[CHI], org.province, DRAFT)
    grant = grant_role(None, org.members[BINH], "organiser", org.province)
    grant_role(None, org.members[AN], "admin", None)
    revoke_role(org.members[AN], grant)
    with pytest.raises(Rejected, match="forbidden"):
        proposing.decide(org.members[BINH], made, True)
    assert printing.print_due() == 0


DECIDED = {"decision_no": "15-QĐ/ĐTN", "decided_on": date(2026, 11, 20), "signer": "Trần Văn Ẵng"}
NOT_PRINTED: list[tuple[str, dict[str, object]]] = [
    ("award_level", {"kind": "merit", "where": "ward"}),
    ("award_level", {"kind": "praise", "where": "branch"}),
    ("award_decision", {"kind": "praise", "decided_on": date(2026, 11, 20), "signer": "Trần Văn Ẵng"}),
    ("award_decision", {"kind": "merit", "decision_no": "15-QĐ/ĐTN", "signer": "Trần Văn Ẵng"}),
    ("award_decision", {"kind": "merit", "decision_no": "15-QĐ/ĐTN", "decided_on": date(2026, 11, 20)}),
    ("award_decision", {**DECIDED, "kind": "praise", "decision_no": "…/QĐ-ĐTN"}),
    ("award_decision", {**DECIDED, "kind": "praise", "signer": "..."}),
    ("award_decision", {**DECIDED, "kind": "merit", "decision_no": " \u200b\u00ad "}),
    ("award_decided_later", {**DECIDED, "kind": "merit", "decided_on": date(2199, 1, 1)}),
    ("award_praise", {"wording": "Được tặng GIẤY KHEN của Tỉnh đoàn"}),
    ("award_praise", {"lines": [("DV-1", "bằng  khen")]}),
    ("award_guardians", {"guardians": "ừ"}),
    ("award_kind", {"kind": "medal"}),
    ("award_nobody", {"lines": []}),
    ("award_too_many", {"lines": [("DV-1", str(n)) for n in range(1001)]}),
    ("award_unknown", {"lines": [("DV-1", ""), ("DV-99", "")]}),
    ("award_unknown", {"lines": [("DV-4", "")], "where": "ward"}),
    ("award_twice", {"lines": [("DV-1", ""), ("DV-1", "")]}),
    ("reason_needed", {"reason": "vì thế"}),
    ("award_letter", {"lines": [("DV-1", "Giải Nhất 🎉")]}),
    ("award_letter", {"wording": "Đã đạt giải 王"}),
]


def test_what_is_not_printed(org: Organisation) -> None:
    for code, change in NOT_PRINTED:
        where = getattr(org, str(change.get("where", "province")))
        draft = replace(DRAFT, **{name: value for name, value in change.items() if name != "where"})  # type: ignore[arg-type]
        with pytest.raises(Rejected, match=code):
            proposing.propose(org.members[CHI], where, draft)


def test_printing_goes_on_after_a_restart_and_only_the_very_file_is_known_again(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "SLICE", 2)
    made = given(org)
    assert printing.print_due(most=1) == 2
    assert batches.progress(made) == (2, 3)  # the worker dies here; another one goes on
    assert printing.print_due() == 1
    assert printing.print_due() == 0
    _batch, lines = batches.batch(made)
    file = reading.content_of(lines[0].public_id)
    assert file
    assert file.startswith(b"%PDF")
    found = reading.of_file(file)
    assert found
    assert (found.public_id, found.number.split("/")[0]) == (lines[0].public_id, "1")
    edited = file.replace(b"%PDF-1.7", b"%PDF-1.6")
    forged = reading.content_of(lines[1].public_id) or b""
    assert edited != file
    assert reading.of_file(edited) is None
    assert reading.of_file(file + b"\n") is None
    other = reading.of_file(forged)
    assert other
    assert other.public_id != found.public_id


def test_a_printed_slice_that_was_lost_is_printed_by_the_next_worker_when_its_lease_is_over(org: Organisation) -> None:
    made = given(org)
    assert printing._take() is not None  # taken, and the process died
    assert printing.print_due() == 0
    _let_the_lease_end()
    assert printing.print_due() == 3
    assert batches.progress(made) == (3, 3)


def test_a_slice_is_taken_without_drawing_its_codes(org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(*_args: object, **_more: object) -> None:
        raise AssertionError("fifty codes take a tenth of a second, in which nobody else writes")

    given(org)
    monkeypatch.setattr(segno, "make", drawn)
    piece = printing._take()
    assert piece and len(piece.documents) == 3


def test_the_invented_province_has_a_finished_season_that_goes_with_it(bound: Database) -> None:
    movement.bind()
    with movement.at_noon():
        held = standings.standing(demo.plant() or "")
    found = opened.snapshot(held.id, 1)
    assert found
    assert (len(found.rows), len(found.groups)) == (20, 4)
    assert any(row.score for row in found.rows)
    (batch,) = batches.batches([held.path])
    assert batch.count == batch.printed >= 4
    assert demo.plant() is None
    demo_removal.remove(None)  # type: ignore[arg-type]
    assert standings.listed() == []


@writing
def _let_the_lease_end(db: object) -> None:
    from sqlalchemy import text

    db.execute(text("UPDATE award_batch SET leased_until = 1"))  # type: ignore[attr-defined]


def test_what_stands_on_a_document_stays_on_its_page_when_a_chapter_is_renamed(org: Organisation) -> None:
    decided = {
        "decision_no": "15-QĐ/ĐTN",
        "decided_on": date(2026, 11, 20),
        "signer": "Trần Văn Ẵng",
        "place": "Mỹ Tho",
    }
    made = proposing.propose(
        org.members[CHI], org.ward, replace(DRAFT, kind="praise", lines=DRAFT.lines[:1], **decided)
    )
    proposing.decide(org.members[BINH], made, True)
    _renamed({org.ward: "Đoàn phường Mới", org.province: "Tỉnh đoàn Mới"})
    document = printing.one_document(batches.batch(made)[1][0].public_id)
    found = reading.shown(batches.batch(made)[1][0].public_id)
    assert (found.giver, found.above) == (document["organ"], document["above"])
    assert (found.giver, found.above) == ("Đoàn phường Sao Mai", "Tỉnh đoàn Thử")
    assert document["dated"] == f"{found.place}, ngày 20 tháng 11 năm 2026"
    assert found.dated == date(2026, 11, 20), "the day on the paper, not that of the second person"


@writing
def _renamed(db: Session, names: dict[int, str]) -> None:
    for number, name in names.items():
        db.execute(update(Chapter).where(Chapter.id == number).values(name=name))


def test_revoked_by_a_decision_and_erased_on_request(org: Organisation) -> None:
    made = given(org)
    printing.print_due()
    _batch, lines = batches.batch(made)
    an = lines[0].public_id
    with pytest.raises(Rejected, match="award_decision"):
        proposing.revoke(org.members[CHI], an, "", "Nhầm người cùng tên.")
    with pytest.raises(Rejected, match="forbidden"):
        proposing.revoke(org.members[AN], an, "16-QĐ/ĐTN", "Nhầm người cùng tên.")
    proposing.revoke(org.members[CHI], an, "16-QĐ/ĐTN", "Nhầm người cùng tên.")
    found = reading.shown(an)
    assert found.revoked_at
    assert found.revoked_decision == "16-QĐ/ĐTN"
    (copied,) = _copied(org.members[AN])
    assert copied["revoked_reason"] == "Nhầm người cùng tên."
    _erased(org.members[AN])
    assert reading.shown(an).name == ""
    assert reading.content_of(an) is None
    assert printing.print_due() == 0
    assert batches.progress(made) == (2, 2), "the bar waits for nobody who was erased"


@writing
def _copied(db: object, member: int) -> list[dict[str, object]]:
    return list(personal.PARTS[0].copy(db, member))  # type: ignore[arg-type]


@writing
def _erased(db: object, member: int) -> None:
    erase = personal.PARTS[0].erase
    assert erase
    erase(db, member)  # type: ignore[arg-type]


CHILD = Person("Phạm Bé Na", date.today().year - 12, "TE-1", nickname="Sóc Nâu")
OF_A_CHILD = replace(DRAFT, lines=[("TE-1", "Giải Ba")])


def test_a_child_is_named_by_nickname_on_paper_and_on_the_page_behind_its_code(org: Organisation) -> None:
    add_member(None, org.branch, CHILD)
    (line,) = batches.batch(given(org, OF_A_CHILD))[1]
    assert (line.name, line.full_name) == ("Sóc Nâu", "Phạm Bé Na"), "organisers see who that is"
    assert printing.one_document(line.public_id)["name"] == "Sóc Nâu"
    found = reading.shown(line.public_id)
    assert (found.name, found.by_nickname, found.named_on_paper) == ("Sóc Nâu", True, False)


def test_paper_names_a_child_where_it_is_said_how_the_guardian_agreed(org: Organisation) -> None:
    add_member(None, org.branch, CHILD)
    made = given(org, replace(OF_A_CHILD, guardians="Phiếu đồng ý ngày 20-11, lưu ở Đoàn trường"))
    batch, (line,) = batches.batch(made)
    assert batch.guardians.startswith("Phiếu đồng ý")
    assert printing.one_document(line.public_id)["name"] == line.name == "Phạm Bé Na"
    found = reading.shown(line.public_id)
    assert (found.name, found.by_nickname, found.named_on_paper) == ("Sóc Nâu", True, True)


def test_all_of_a_large_batch_come_on_the_last_ones_together(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ceremony, "MOST", 3)
    made = given(org, replace(DRAFT, lines=[("DV-1", f"Giải {number}") for number in range(1, 23)]))
    held = ceremony.ceremony(made, org.path(org.province))
    assert held and (held.groups, held.last_step) == (3, 7)
    seen = []
    for step in range(held.last_step + 2):
        alone = held.on_stage(step)
        seen.append([alone.prize] if alone else [one.prize for one in ceremony.together(held, step)])
    names = [[f"Giải {number}" for number in range(*ends)] for ends in ((22, 23), (13, 22), (4, 13))]
    assert seen == [[], *names, ["Giải 3"], ["Giải 2"], ["Giải 1"], [], []]


def test_a_hall_can_tell_winners_of_one_name_apart(org: Organisation) -> None:
    year = date.today().year - 20
    for code, chapter, name in (
        ("B-1", org.branch, "Lê Bình"),
        ("B-2", org.branch, "Lê Bình"),
        ("C-1", org.branch, "Đỗ Chi"),
        ("C-2", org.village, "Đỗ Chi"),
    ):
        add_member(None, chapter, Person(name, year, code))
    lines = [(code, f"Giải {at}") for at, code in enumerate(("B-1", "B-2", "C-1", "C-2", "DV-1", "DV-1"), 1)]
    held = ceremony.ceremony(given(org, replace(DRAFT, lines=lines)), org.path(org.province))
    assert held
    first, second, chi, other, an, again = held.winners
    assert held.apart(first, False) == first.number != held.apart(second, False) == second.number
    assert held.apart(first) == f"{first.chapter} · {first.number}"
    assert (held.apart(chi), held.apart(other)) == (chi.chapter, other.chapter) and chi.chapter != other.chapter
    assert {held.apart(one, False) for one in (chi, other, an, again)} == {""}
    assert held.apart(an) == "", "one person with two prizes is one person"
    behind = replace(held, winners=())  # as of a large batch, where they come on together
    assert behind.apart(first, False) == "" and behind.apart(first, False, held.winners) == first.number
