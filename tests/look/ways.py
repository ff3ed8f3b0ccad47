"""Pages that no link leads to: the answer to a form or a file, opened by a code, or by an address that is sent."""

from __future__ import annotations

import io
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Contest
from app.models.movement import Campaign
from app.models.publications import Publication
from app.services.activities import planning
from app.services.commit import reading
from app.services.movement import campaigns, cards, teaching
from app.services.movement.clock import now
from app.services.people import accounts, links, membership, slips
from app.services.people.accounts import SignUp
from app.services.people.person import Person
from app.services.people.public_names import this_year
from quizzes.movement.steps import DAY, MINUTE
from tests import movement
from tests.app.pages.banks.test_desk import written
from tests.app.pages.movement import test_taught_pages as phones
from tests.look.reader import SITE, Drawn, Watch
from tests.look.scenes import LONG, LONGEST_NAME, UNBREAKABLE
from tests.organisation import Organisation, browser, send
from tests.people import AN, BINH, CHI

PASSWORD = "bốn con vịt bơi"
MEMBERS = f"Mã đoàn viên,Họ và tên,Năm sinh\nM1,{LONGEST_NAME},2001\nM2,,2002\n{UNBREAKABLE},{UNBREAKABLE},x\n"
DEEDS = f"Cơ sở,Việc,Số lượng,Ngày\n{UNBREAKABLE},{LONG[:90]},x,32/13/2026\n"
RECORDS = f"Mã đoàn viên,Nghiệp vụ,Ngày,Số văn bản,Nội dung\nDV-1,{UNBREAKABLE},32/13/2026,{LONG[:90]},x\n,,,,\n"
QUESTIONS = f"Câu hỏi,A,B,C,D,Đáp án\n{LONG},{UNBREAKABLE},{UNBREAKABLE},x,y,A\n{UNBREAKABLE},,,,,Z\n"


class Walk:
    """Asks for pages as many people; what was drawn stands in `drawn`."""

    def __init__(self, app: Flask, org: Organisation, watch: Watch) -> None:
        self.app, self.org, self.watch, self.drawn = app, org, watch, list[Drawn]()
        self.chi, self.an = self.browser(CHI), self.browser(AN)

    def browser(self, who: str = "") -> FlaskClient:
        return browser(self.app, self.org.members[who] if who else None)

    def get(self, client: FlaskClient, *addresses: str, status: int = 200) -> None:
        for address in addresses:
            self.watch.now.clear()
            answer = client.get(address, base_url=SITE)
            assert answer.status_code == status, f"{address}: {answer.status_code} {answer.text[-1500:]}"
            self.kept(address, answer)

    def sent(self, client: FlaskClient, address: str, **form: Any) -> None:
        """A form is sent, and the page after it is looked at."""
        self.watch.now.clear()
        answer = send(client, address, **form)
        if answer.status_code in (302, 303):
            return self.get(client, answer.headers["Location"])
        assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[-1500:]}"
        return self.kept(address, answer)

    def kept(self, address: str, answer: Any) -> None:
        drawn = self.watch.kept(address, answer)
        assert drawn, address
        self.drawn.append(drawn)


def ways(app: Flask, org: Organisation, watch: Watch) -> list[Drawn]:
    """Everything there is besides what links lead to."""
    walk = Walk(app, org, watch)
    for way in (files, doors, taught, sent_addresses, contests, made):
        way(walk)
    return walk.drawn


def files(walk: Walk) -> None:
    """Lists that were sent, looked at and confirmed."""
    for address, text in (
        (f"/chapters/{walk.org.branch}/import/members", MEMBERS),
        (f"/chapters/{walk.org.branch}/deeds/import", DEEDS),
        (f"/chapters/{walk.org.branch}/lists/records", RECORDS),
    ):
        walk.sent(walk.chi, address, file=(io.BytesIO(text.encode()), f"{UNBREAKABLE}.csv"))
    walk.sent(walk.chi, f"/chapters/{walk.org.branch}/slips", members=str(newcomer(walk)))


def newcomer(walk: Walk) -> int:
    return membership.add_member(None, walk.org.branch, Person(LONGEST_NAME, 2004))


def doors(walk: Walk) -> None:
    """Ways to an account."""
    org, stranger = walk.org, walk.browser()
    (slip,) = slips.make(org.members[BINH], org.branch, [newcomer(walk)])
    child = accounts.sign_up(SignUp(org.branch, this_year() - 12, "soc.nau", PASSWORD, nickname="Sóc Nâu"), None)
    parent = f"/guardian/{child.guardian_token}"
    year = f"/sign-up?chapter={org.branch}"
    walk.get(stranger, "/sign-up?q=h", year, f"{year}&born=2004", f"{year}&born={this_year() - 12}", parent)
    walk.get(stranger, f"/password/{links.password_link(None, org.members[AN])}", f"/slip/{slip.code}")
    walk.get(walk.an, f"/slip/{slip.code}")
    form = {"username": "soc.be", "password": PASSWORD, "nickname": "Sóc Bé"}
    walk.sent(stranger, f"{year}&born={this_year() - 12}", **form)
    agreed = {
        "name": LONGEST_NAME,
        "nickname": "Sóc",
        "guardian": LONGEST_NAME,
        "relation": "mother",
        "is_guardian": "on",
        "consent_contest": "on",
    }
    walk.sent(walk.browser(), parent, **agreed)
    walk.sent(walk.chi, f"/chapters/{org.branch}/invite", uses=3)
    walk.sent(walk.chi, f"/members/{org.members[AN]}/link")
    walk.get(walk.an, "/me/outside", "/me/records")


def taught(walk: Walk) -> None:
    """Somebody is taught on their own phone; a child is, with a guardian; a witness sees another."""
    with movement.at_noon():
        campaign = campaigns.campaign_numbered(last_campaign())
        walk.sent(walk.chi, f"/movement/{campaign.public_id}/card", label=UNBREAKABLE)
        walk.get(walk.browser(), "/t", "/t/card")
        shown = phones.shown(walk.app, walk.org, campaign, "other")
        walk.get(walk.an, f"/movement/codes/{shown}")
        phone, here = phones.opened(walk.app, shown), f"/t/{shown}"
        walk.get(phone, here)
        movement.later(MINUTE)
        own = {"year": 1956, "name": LONGEST_NAME, "agreed": 1}
        walk.sent(phone, f"{here}/say", step="year", year=1956)
        walk.sent(phone, f"{here}/say", step="year", year=2018)
        walk.sent(phone, f"{here}/say", step="agree", **own)
        walk.sent(phone, f"{here}/say", step="questions", **own, **phones.RIGHT)
        movement.later(8 * DAY)
        walk.get(phone, here)
        witness = walk.browser()
        send(walk.chi, f"/movement/{campaign.public_id}/card", label=UNBREAKABLE)
        phones.scan(witness, cards.cards(campaign.id, now())[0].code)
        phones.scan(witness, teaching.visit_code(walk.org.members[AN], shown))
        walk.get(witness, "/t/card", f"{here}/visit")
        child, held = phones.a_child(walk.app, walk.org, campaign, "other")
        walk.get(held, f"/t/{child}")
        mother, yes = walk.browser(), {"own_year": 1985, "name": "Bé Sóc", "year": 2018, "agreed": 1}
        phones.scan(mother, phones.guardians_code(walk.app, child, held))
        walk.get(mother, f"/t/{child}/guardian")
        walk.sent(mother, f"/t/{child}/guardian", **yes)
        walk.sent(phone, f"{here}/withdraw")


def sent_addresses(walk: Walk) -> None:
    """Addresses that are typed, scanned or sent."""
    org = walk.org
    walk.get(walk.an, *(f"/activities/{one.public_id}/here" for one in planning.of_chapter(org.branch)))
    walk.get(walk.an, "/deeds/my-code", "/deeds/partner")
    walk.get(walk.chi, "/hall", f"/chapters/{org.branch}/queue", f"/chapters/{org.province}/queue")
    walk.get(walk.browser(), "/hall/phone", "/announcements/1")
    walk.get(walk.browser(), f"/{UNBREAKABLE}", status=404)
    walk.sent(walk.chi, f"/chapters/{org.branch}/deeds/card", label=UNBREAKABLE)


def contests(walk: Walk) -> None:
    """Forms of a contest that is not open yet, what was published, a signal."""
    rows, published = contests_there()
    walk.get(walk.chi, f"/contests/{published}/publications/1.html")
    for public_id, opened in rows:
        walk.get(walk.chi, f"/contests/{public_id}/headcounts")
        if opened is None:
            walk.get(walk.chi, f"/contests/{public_id}/setup", f"/contests/{public_id}/check")


@reading
def last_campaign(db: Session) -> int:
    return db.scalars(select(Campaign.id).order_by(Campaign.id.desc())).first() or 0


@reading
def contests_there(db: Session) -> tuple[list[tuple[str, int | None]], str]:
    """Each with when it was opened, and one that is published."""
    rows = [(one, opened) for one, opened in db.execute(select(Contest.public_id, Contest.opened_at))]
    published = db.scalars(select(Contest.public_id).join(Publication, Publication.contest_id == Contest.id)).first()
    return rows, published or ""


def made(walk: Walk) -> None:
    """A question and a script that somebody writes."""
    found = re.findall(r"/banks/(\d+)", walk.an.get("/banks").text)
    bank = next(one for one in found if walk.an.get(f"/banks/{one}/new").status_code == 200)
    walk.sent(walk.an, f"/banks/{bank}/look", **written(text=LONG, option_A=UNBREAKABLE))
    walk.sent(walk.an, f"/banks/{bank}/upload", file=(io.BytesIO(QUESTIONS.encode()), f"{UNBREAKABLE}.csv"))
    for who in walk.chi, walk.an:
        for script in set(re.findall(r"/scripts/([\w-]+)/remove", who.get("/shows").text)):
            walk.get(who, f"/scripts/{script}/look")
