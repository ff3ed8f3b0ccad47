"""Something of everything, in the longest words that fit: what the widths are tried on.

Most is made through the forms that people use, so that what is planted is what may be there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import text

from app.services import points
from app.services.activities import planning
from app.services.awards import batches, printing, proposing
from app.services.banks import banks, own_banks
from app.services.board import boards
from app.services.commit import writing
from app.services.contests import complaints
from app.services.contests.setup import drafts
from app.services.movement import demo
from app.services.people.roles import grant_role
from app.services.sites import sites
from app.services.standings import freezing, snapshots, standings
from app.services.teams import teams
from quizzes.standing.rules import Rules
from tests import movement
from tests.app.pages.banks.test_desk import written
from tests.app.services.awards.test_awards import DRAFT
from tests.contests import hold, now
from tests.finished import sit
from tests.look.scenes import LONG, LONG_OPTIONS, LONGEST_NAME, UNBREAKABLE
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI
from tests.versions import plant as planted

TITLE = "Hội thi Chuyển đổi số và Cải cách hành chính phường Hòa Khánh Bắc năm 2026"
CRITERIA = (
    f"{TITLE[:60]}; Báo cáo tháng {UNBREAKABLE[:40]}; số lượng; 10; 2 mỗi báo cáo\nHai; Ba; số lượng; 10; 2 mỗi báo cáo"
)
HOUR = 3_600_000_000


def fill(app: Flask) -> Organisation:
    """An organisation in which everything has happened once, with the worst names there may be."""
    org = plant()
    banks.load_shipped()
    planted.people(org)
    planted.finished_show(org)
    planted.running_show(org)
    planted.contests(org)
    demo.plant()
    grant_role(None, org.members[AN], "author", org.branch)
    for work in (questions, seasons, meetings, places, prizes, taught, boarded, begun):
        work(app, org)
    worst()
    return org


@writing
def worst(db: Any) -> None:
    """Every name and title becomes the worst there may be."""
    long = {"word": UNBREAKABLE, "name": LONGEST_NAME, "title": TITLE, "json": f'{{"vi": "{TITLE}", "en": "{TITLE}"}}'}
    for statement in (
        "UPDATE chapter SET name = :word || ' ' || :title WHERE id % 2 = 1",
        "UPDATE chapter SET name = :title || ' ' || :word WHERE id % 2 = 0",
        "UPDATE member SET name = :name, public_name = :word, nickname = ''",
        "UPDATE seat SET name = CASE number % 2 WHEN 0 THEN :word ELSE :name END WHERE side = 'public'",
        "UPDATE show SET title = :json",
        "UPDATE contest SET title = :json",
        "UPDATE campaign SET title = :word || ' ' || :title",
        "UPDATE bank SET title = :json",
    ):
        named = {key: value for key, value in long.items() if f":{key}" in statement}
        db.execute(text(statement), named)


def posted(client: Any, address: str, **form: Any) -> str:
    """The address that an accepted form leads to."""
    answer = send(client, address, **form)
    assert answer.status_code == 302, f"{address}: {answer.status_code} {answer.text[:3000]}"
    return str(answer.headers["Location"])


def questions(app: Flask, org: Organisation) -> None:
    an = browser(app, org.members[AN])
    bank = own_banks.create_bank(org.members[BINH], org.branch, TITLE)
    options = {f"option_{letter}": text for letter, text in zip("ABCD", LONG_OPTIONS, strict=True)}
    posted(an, f"/banks/{bank}/new", **written(text=LONG, **options))
    posted(an, f"/banks/{bank}/new", **written(text=UNBREAKABLE * 3, option_A=UNBREAKABLE * 2))


def seasons(app: Flask, org: Organisation) -> None:
    """A standing, live and frozen, a scorecard, targets, a tournament."""
    chi = browser(app, org.members[CHI])
    made = standings.make(
        org.members[CHI], org.province, standings.Draft(TITLE, "xa_phuong", points.season_of(now())), Rules(least=1)
    )
    snapshots.refresh_due()
    freezing.freeze(org.members[CHI], made)
    until = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    card = {"title": TITLE, "kind": "xa_phuong", "until": until, "criteria": CRITERIA}
    posted(chi, f"/chapters/{org.province}/scorecards/new", **card)
    dates = {"starts_on": "2023-01-01", "ends_on": "2040-12-31"}
    posted(chi, f"/chapters/{org.province}/targets/preset", preset="my-tho", **dates)
    names = "\n".join(f"Đội {TITLE[:50]} {n}" for n in range(4))
    cup = {"title": TITLE, "script": "province", "stages": "Bán kết; 2; 2; 1; 0\nChung kết; 1; 2", "names": names}
    one = posted(chi, f"/chapters/{org.branch}/tournaments/new", **cup)
    posted(chi, one, what="draw")


def meetings(app: Flask, org: Organisation) -> None:
    """An activity that goes on, a broadcast."""
    draft = planning.Draft(
        "meeting", TITLE, now() - HOUR // 2, now() + HOUR, plan=f"1. {LONG}\n2. {UNBREAKABLE * 3}", points=5
    )
    planning.plan(org.members[CHI], org.branch, draft)
    posted(
        browser(app, org.members[BINH]), f"/chapters/{org.branch}/voice", title=TITLE, text=f"{LONG}\n{UNBREAKABLE}" * 3
    )


def places(app: Flask, org: Organisation) -> None:
    """A team and a street."""
    teams.make(org.members[BINH], org.branch, TITLE)
    sites.make(org.members[BINH], org.branch, "street", TITLE, UNBREAKABLE, "")


def prizes(app: Flask, org: Organisation) -> None:
    """A batch that is decided and printed; a finished try with a complaint."""
    grant_role(None, org.members[BINH], "organiser", org.province)
    made = proposing.propose(org.members[CHI], org.province, proposing.Draft(**(vars(DRAFT) | {"title": TITLE})))
    proposing.decide(org.members[BINH], made, True)
    printing.print_due(most=1)
    assert batches.batch(made)[1]
    held = hold(org)
    sit(held, org.members[AN], right=2)
    complaints.complain(org.members[AN], held.id, complaints.Draft("technical", f"{LONG} {UNBREAKABLE}"))


def taught(app: Flask, org: Organisation) -> None:
    """An has taught a friend; the other place waits."""
    with movement.at_noon():
        campaign = movement.begin(org)
        movement.taught(org, campaign)


def boarded(app: Flask, org: Organisation) -> None:
    """Something is told and asked on the first page of a chapter."""
    until = now() + 24 * HOUR
    boards.announce(org.members[BINH], org.branch, TITLE, f"{LONG}\n{UNBREAKABLE}" * 3, until)
    boards.ask(org.members[BINH], org.branch, LONG[:200], [TITLE, UNBREAKABLE], until)


def begun(app: Flask, org: Organisation) -> None:
    """A contest and a script that are not finished yet."""
    drafts.copy(org.members[CHI], 1)
    posted(browser(app, org.members[CHI]), "/scripts/from-shipped", script="province")
