"""Setting a contest up and opening it: what is frozen, what forbids it, who may."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question, ShowQuestion
from app.models.contests import Contest
from app.models.engines import database
from app.models.shows import Show
from app.services.banks import banks, own_banks, question_import, question_reviews, question_use, review_desk
from app.services.commit import reading, writing
from app.services.contests import contests
from app.services.contests.setup import drafts, opening, units
from app.services.shows import scripts, shows
from quizzes.contest.setup.rules import plain
from quizzes.engine import HOST, Actor, Command
from quizzes.hours import DAY, HOUR
from quizzes.refusals import Rejected
from tests.app.services.banks.test_own_banks import row, table
from tests.contests import shipped
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI


def now() -> int:
    return time.time_ns() // 1000


def settings(bank: int, chapter: int, **changes: Any) -> dict[str, Any]:
    """A short contest of one day, from an hour from now."""
    opens = (now() // HOUR + 1) * HOUR
    return {
        "title": {"vi": "Cuộc thi của chi đoàn"},
        "contact": {"vi": "Văn phòng Đoàn"},
        "waves": [{"opens_at": opens, "closes_at": opens + DAY}],
        "who": {"chapters": [chapter]},
        "banks": [bank],
        "blueprint": {"cells": [{"count": 3}]},
    } | changes


@reading
def bank_id(db: Session, key: str) -> int:
    return db.scalars(select(Bank.id).where(Bank.key == key)).one()


@writing
def set_state(db: Session, bank: int, state: str, most: int = 1000) -> None:
    some = list(db.scalars(select(Question.id).where(Question.bank_id == bank).order_by(Question.key).limit(most)))
    db.execute(update(Question).where(Question.id.in_(some)).values(state=state))


@reading
def revision(db: Session, contest: int) -> int:
    return db.get_one(Contest, contest).revision


@pytest.fixture
def org(bound: Any) -> Organisation:
    for key in ("digital-day", "cashless"):
        banks.replace_bank(key, shipped(key), "test")
    return plant()


def draft(org: Organisation, **changes: Any) -> int:
    """A draft of Bình's chi đoàn, ready to be opened."""
    contest = drafts.create(org.members[BINH], org.branch, {})
    said = settings(bank_id("digital-day"), org.branch, **changes)
    assert drafts.save(org.members[BINH], contest, 1, said) == []
    return contest


def opened(org: Organisation, **changes: Any) -> int:
    contest = draft(org, **changes)
    assert opening.open_contest(org.members[BINH], contest, 2) == []
    return contest


def codes(problems: Any) -> set[str]:
    return {one.code for one in problems}


def test_opening_freezes_rules_questions_and_headcounts(org: Organisation) -> None:
    contest = opened(org)
    frozen = contests.frozen(contest)
    assert frozen.rules.title == {"vi": "Cuộc thi của chi đoàn"}
    assert frozen.paper and all(
        name == one["id"] and name.startswith("digital-day/") for name, one in frozen.paper.items()
    )
    assert [(unit.id, unit.parent, unit.members) for unit in frozen.units] == [(org.branch, None, 2)]
    set_state(bank_id("digital-day"), "retired")
    assert contests._read_frozen(contest) == frozen, "a question retired later stays in the contest"


def test_only_the_chapters_own_organisers_set_its_contests_up(org: Organisation) -> None:
    with pytest.raises(Rejected, match="forbidden"):
        drafts.create(org.members[AN], org.branch, {})
    with pytest.raises(Rejected, match="forbidden"):
        drafts.create(org.members[BINH], org.village, {})
    contest = draft(org)
    for verb in (
        lambda: drafts.save(org.members[AN], contest, 2, {}),
        lambda: opening.open_contest(org.members[AN], contest, 2),
        lambda: drafts.cancel(org.members[AN], contest, "không thích"),
        lambda: drafts.copy(org.members[AN], contest),
        lambda: units.declare(org.members[AN], contest, {org.branch: 3}),
    ):
        with pytest.raises(Rejected, match="forbidden"):
            verb()


def test_people_outside_the_subtree_cannot_be_invited(org: Organisation) -> None:
    contest = drafts.create(org.members[BINH], org.branch, {})
    said = settings(bank_id("digital-day"), org.village)
    assert codes(drafts.save(org.members[BINH], contest, 1, said)) == {"foreign_chapter"}
    said = settings(bank_id("digital-day"), org.branch, who={})
    assert codes(drafts.save(org.members[BINH], contest, 1, said)) == {"no_chapters"}
    assert drafts.save(org.members[CHI], contest, 1, said) == [], "who administers everything may invite everybody"


def test_two_organisers_cannot_overwrite_each_other(org: Organisation) -> None:
    contest = draft(org)
    said = settings(bank_id("digital-day"), org.branch)
    assert drafts.save(org.members[CHI], contest, 2, said) == []
    with pytest.raises(Rejected, match="old_revision"):
        drafts.save(org.members[BINH], contest, 2, said | {"title": {"vi": "Tên khác"}})
    with pytest.raises(Rejected, match="old_revision"):
        opening.open_contest(org.members[BINH], contest, 2)


def test_after_opening_nothing_can_be_saved_or_opened_again(org: Organisation) -> None:
    contest = opened(org)
    with pytest.raises(Rejected, match="not_now"):
        drafts.save(org.members[BINH], contest, 2, settings(bank_id("digital-day"), org.branch))
    with pytest.raises(Rejected, match="not_now"):
        opening.open_contest(org.members[BINH], contest, 2)
    with pytest.raises(Rejected, match="not_now"):
        units.declare(org.members[BINH], contest, {org.branch: 300})


def test_errors_forbid_opening_and_are_all_told(org: Organisation) -> None:
    contest = draft(org, blueprint={"cells": [{"count": 150}]}, waves=[])
    found = opening.open_contest(org.members[BINH], contest, 2)
    assert "no_waves" in codes(found)
    contest = draft(org, blueprint={"cells": [{"count": 150}]})
    assert codes(opening.open_contest(org.members[BINH], contest, 2)) == {"too_few_questions"}
    assert not contests.contest(contest).running


def test_drafts_and_expired_questions_do_not_enter_a_paper(org: Organisation) -> None:
    bank = bank_id("digital-day")
    whole = len(opening.candidates([bank]))
    set_state(bank, "reviewed", most=5)
    contest = opened(org)
    assert len(contests.frozen(contest).paper) == whole - 5
    assert opening.findings(None, contest).unusable == 5


def test_a_public_bank_is_warned_about_where_there_are_prizes(org: Organisation) -> None:
    prize = {"key": "first", "title": {"vi": "giải Nhất"}, "count": 1}
    found = opening.findings(None, draft(org, prizes=[prize])).problems
    assert "public_bank" in codes(found) and "public_bank" not in codes(opening.findings(None, draft(org)).problems)


def test_the_check_says_how_alike_papers_are_and_how_much_they_differ(org: Organisation) -> None:
    (figures,) = opening.findings(None, draft(org)).plans
    assert figures.size == 3 and 0 < (figures.shared or 0) < 1000 and (figures.evenness or 0) > 0


def test_the_form_counts_what_opening_can_use(org: Organisation) -> None:
    bank = bank_id("digital-day")
    set_state(bank, "reviewed", most=4)
    scripts.create("own", script=SHOW)
    contest = draft(org)
    counted = sum(row[3] for row in opening.stock(contests.contest(contest).rules, [bank]))
    assert counted == len(contests.frozen(opened(org)).paper)


def test_who_wrote_or_reviewed_a_question_knows_it(org: Organisation) -> None:
    own = own_banks.create_bank(org.members[BINH], org.branch, "Của chi đoàn")
    job = question_import.start(
        org.members[CHI], own, "a.csv", table(*(row(f"Câu {n}?", f"cau-{n}") for n in range(3)))
    )
    question_import.confirm(org.members[CHI], job)
    for to in ("reviewed", "approved"):
        seen = {one.id: one.revision for one in own_banks.questions(own)[0]}
        question_reviews.step(org.members[BINH], seen, to)
    contest = draft(org, banks=[own], blueprint={"cells": [{"count": 2}]})
    assert opening.open_contest(org.members[BINH], contest, 2) == []
    with database.read() as db:
        known = {name: len(contests.wrote_in(db, contest, org.members[name])) for name in (AN, BINH, CHI)}
    assert known == {AN: 0, BINH: 3, CHI: 3}


def test_practice_has_its_own_frozen_pool(org: Organisation) -> None:
    contest = opened(org, attempts={"practice": 2}, practice_banks=[bank_id("cashless")])
    frozen = contests.frozen(contest)
    assert frozen.practice and not set(frozen.practice) & set(frozen.paper)


def test_declared_headcounts_are_locked_and_add_up(org: Organisation) -> None:
    contest = drafts.create(org.members[CHI], org.province, {})
    drafts.save(org.members[CHI], contest, 1, settings(bank_id("digital-day"), org.province))
    units.declare(org.members[CHI], contest, {org.branch: 40, org.village: 60})
    assert opening.open_contest(org.members[CHI], contest, 2) == []
    locked = {unit.id: unit.members for unit in contests.frozen(contest).units}
    assert locked == {org.branch: 40, org.ward: 40, org.village: 60, org.province: 101}, "Chi is the province's own"


def test_a_copy_has_new_seeds_and_no_hours(org: Organisation) -> None:
    contest = opened(org)
    again = contests.contest(drafts.copy(org.members[BINH], contest))
    assert again.opened_at is None and again.rules.waves[0].opens_at == 0
    assert set(again.commitments).isdisjoint(contests.contest(contest).commitments)
    assert plain(again.rules)["banks"] == [bank_id("digital-day")]


def test_cancelling_needs_a_reason_and_is_for_good(org: Organisation) -> None:
    contest = opened(org)
    with pytest.raises(Rejected, match="reason_needed"):
        drafts.cancel(org.members[BINH], contest, " ")
    drafts.cancel(org.members[BINH], contest, "Bão số 5")
    assert not contests.contest(contest).running
    with pytest.raises(Rejected, match="not_now"):
        opening.open_contest(org.members[BINH], contest, 2)


def test_every_preset_becomes_a_draft_that_keeps_its_settings(org: Organisation) -> None:
    for key, preset in drafts.presets().items():
        contest = contests.contest(drafts.create(org.members[BINH], org.branch, preset))
        assert contest.title["vi"] == preset["title"]["vi"], key
        assert contest.rules.who.chapters == (org.branch,)
        assert contest.rules.schedule, key


def test_a_title_written_anew_leaves_no_english_of_the_preset_behind(org: Organisation) -> None:
    preset = drafts.presets()["classic-doan"]
    number = drafts.create(org.members[BINH], org.branch, preset)
    for title in ({"vi": "Đêm Sao Mai", "en": preset["title"]["en"]}, {"vi": "Đêm Sao Mai", "en": "Sao Mai night"}):
        held = contests.contest(number)
        assert drafts.save(org.members[BINH], number, held.revision, plain(held.rules) | {"title": title}) == []
        assert contests.contest(number).title.get("en") == (
            None if title["en"] == preset["title"]["en"] else "Sao Mai night"
        )


SHOW = {
    "title": {"vi": "Chương trình"},
    "rounds": [
        {"format": "speed", "title": {"vi": "Một"}, "settings": {}, "draw": {"count": 3, "banks": ["digital-day"]}}
    ],
}


def test_a_question_of_an_open_contest_is_not_shown_live(org: Organisation) -> None:
    opened(org)
    with pytest.raises(scripts.BadScript, match="đang dùng trong cuộc thi"):
        scripts.create("own", script=SHOW)
    named = {"title": {"vi": "Hai"}, "rounds": [SHOW["rounds"][0] | {"questions": ["day-ngay-cds"]}]}
    named["rounds"][0].pop("draw")
    with pytest.raises(scripts.BadScript, match="day-ngay-cds"):
        scripts.create("own", script=named)


def test_the_page_of_a_question_knows_where_it_is_in_use(org: Organisation) -> None:
    show = scripts.create("own", script=SHOW)
    shown = set(drawn(show.show_id))
    contest = opened(org)
    asked = {number for number in everything() if question_use.use_of(number)[0]}
    assert {number for number in everything() if question_use.use_of(number)[1]} == shown
    assert len(asked) == len(contests.frozen(contest).paper) and not asked & shown


def test_where_a_question_was_used_is_told_with_when_people_may_have_seen_it(org: Organisation) -> None:
    show, rehearsal = scripts.create("own", script=SHOW), scripts.create("own", script=SHOW, stakes="rehearsal")
    for one in (show, rehearsal):
        (first, *_) = drawn(one.show_id)
        assert told(first)[one.public_id] is None, "nothing was asked yet"
        shows.perform(one.show_id, Command("advance", Actor(HOST), now()))
    assert told(drawn(show.show_id)[0])[show.public_id] is not None, "it runs, and is seen"
    end_show(show.show_id)
    assert told(drawn(show.show_id)[0])[show.public_id] is not None
    assert told(drawn(rehearsal.show_id)[0])[rehearsal.public_id] is None, "a rehearsal is not public"


def test_a_contest_cancelled_before_it_began_has_shown_nothing(org: Organisation) -> None:
    contest = opened(org)
    drafts.cancel(org.members[BINH], contest, "Bão số 5")
    begins(contest, now() + HOUR)
    (number, *_) = [one for one in everything() if review_desk.uses(one)]
    begins(contest, cancelled(contest) + 1)
    assert set(told(number).values()) == {None}
    begins(contest, cancelled(contest) - 1)
    assert None not in told(number).values(), "it had begun"


def test_a_question_of_practice_has_been_seen_since_the_contest_opened(org: Organisation) -> None:
    contest = opened(org, attempts={"practice": 2}, practice_banks=[bank_id("cashless")])
    since = opened_at(contest)
    assert {at for one in everything() for at in told(one).values()} == {None, since}, "the paper is still secret"


@reading
def opened_at(db: Session, contest: int) -> int | None:
    return db.get_one(Contest, contest).opened_at


def told(question: int) -> dict[str, int | None]:
    return {one.public_id: one.shown_at for one in review_desk.uses(question)}


@writing
def begins(db: Session, contest: int, at: int) -> None:
    db.execute(update(Contest).where(Contest.id == contest).values(first_at=at))


@reading
def cancelled(db: Session, contest: int) -> int:
    return db.get_one(Contest, contest).cancelled_at or 0


@reading
def drawn(db: Session, show: int) -> list[int]:
    return list(db.scalars(select(ShowQuestion.question_id).where(ShowQuestion.show_id == show)))


@reading
def everything(db: Session) -> list[int]:
    return list(db.scalars(select(Question.id)))


def test_what_a_cancelled_contest_or_a_draft_would_ask_may_be_shown(org: Organisation) -> None:
    draft(org)
    assert scripts.create("own", script=SHOW).show_id
    contest = opened(org, blueprint={"cells": [{"count": 2}]})
    drafts.cancel(org.members[BINH], contest, "Bão số 5")
    assert scripts.create("own", script=SHOW).show_id


def test_a_question_of_a_planned_show_does_not_enter_a_contest(org: Organisation) -> None:
    whole = len(opening.candidates([bank_id("digital-day")]))
    show = scripts.create("own", script=SHOW)
    assert len(contests.frozen(opened(org)).paper) == whole - 3
    end_show(show.show_id)
    assert len(contests.frozen(opened(org)).paper) == whole, "a show that is over bars nothing"


def test_a_show_that_waited_too_long_does_not_begin_with_what_a_contest_asks(org: Organisation) -> None:
    late, other = (scripts.create("own", script=SHOW).show_id for _ in range(2))
    age(late, 15 * DAY)
    contest = opened(org)
    begin = Command("advance", Actor(HOST), now())
    with pytest.raises(Rejected, match="in_a_contest"):
        shows.perform(late, begin)
    assert shows.perform(other, begin).state.phase != "lobby", "a planned show keeps its questions"
    drafts.cancel(org.members[BINH], contest, "Bão số 5")
    assert shows.perform(late, begin).state.phase != "lobby"


@writing
def age(db: Session, show_id: int, by: int) -> None:
    db.execute(update(Show).where(Show.id == show_id).values(created_at=Show.created_at - by))


def test_a_contest_that_opened_while_a_show_was_drawn_wins(org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = scripts.draw_rounds

    def slow(*args: Any) -> Any:
        found = drawn(*args)
        opened(org)
        return found

    monkeypatch.setattr(scripts, "draw_rounds", slow)
    with pytest.raises(Rejected, match="in_a_contest"):
        scripts.create("own", script=SHOW)


@writing
def end_show(db: Session, show_id: int) -> None:
    db.execute(update(Show).where(Show.id == show_id).values(over_at=now()))
