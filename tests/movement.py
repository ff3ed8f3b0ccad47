"""A campaign of 1+2 to test with: An teaches, others are taught; the campaigns' clock is moved, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from app.services.movement import campaigns, check_lists, checking, children, confirming, guardian, teaching
from app.services.movement.clock import Rehearsal, now
from app.services.movement.codes import codes
from app.services.movement.confirming import Confirmation
from app.services.movement.teaching import Browser
from app.services.people.consent import Wording
from app.services.points import checkpoints
from app.services.points.signing import keys
from quizzes.ledger.rules import USUAL
from quizzes.movement.steps import DAY, MINUTE
from tests.organisation import Organisation
from tests.people import AN, BINH, CHI

SECRET = "not a secret, only a test's key"
WORDING = Wording("vi", "Tôi đồng ý.")
SERVICES = ("vneid2", "portal", "payment")
_browsers = count(1)


def bind() -> None:
    """The keys, as the application binds them."""
    keys.bind(SECRET)
    codes.bind(SECRET)


@contextmanager
def at_noon() -> Iterator[None]:
    """The campaigns' clock at the next noon in Việt Nam, so that no confirmation happens at night."""
    Rehearsal.ahead = 0
    Rehearsal.ahead = (5 * 60 * MINUTE - now()) % DAY
    try:
        yield
    finally:
        Rehearsal.ahead = 0


def later(time: int) -> None:
    """Moves the time of the campaigns alone, by microseconds."""
    Rehearsal.ahead += time


def begin(org: Organisation, days: int = 90, title: str = "1+2 Tỉnh đoàn Thử", chapter: int | None = None) -> int:
    """A campaign of the whole province that runs since yesterday."""
    draft = campaigns.Draft(title, SERVICES, now() - DAY, now() + days * DAY)
    return campaigns.start(org.members[CHI], org.province if chapter is None else chapter, draft, USUAL)


def phone(member: int | None = None) -> Browser:
    """A browser nobody else has."""
    return Browser(codes.keyed(f"browser {next(_browsers)}"), "address", member)


def show(member: int, campaign: int, kind: str = "friend") -> str:
    """An shows a code; the teaching's public id."""
    return teaching.show_code(member, campaign, kind, SERVICES)


def open_(public_id: str, browser: Browser) -> None:
    teaching.open_code(teaching.code_of(public_id, now() + 15 * MINUTE), browser)


def confirm(public_id: str, browser: Browser, name: str = "Lê Thị Mận", year: int = 1956) -> None:
    """The first step as a person does it: after a minute of reading."""
    later(MINUTE)
    confirming.confirm(public_id, browser, Confirmation(year, name, True, WORDING))


def child(org: Organisation, campaign: int, kind: str = "friend", who: str = AN) -> tuple[str, Browser]:
    """A child of 2019 whom `who` taught, and its browser, which keeps what we do not."""
    public_id, browser = show(org.members[who], campaign, kind), phone()
    open_(public_id, browser)
    browser = childs(public_id, browser)
    later(MINUTE)
    confirming.confirm(public_id, browser, Confirmation(2019))
    later(10 * MINUTE)
    return public_id, browser


def childs(public_id: str, browser: Browser) -> Browser:
    """The same browser with the text that it keeps of a child."""
    return replace(browser, child=children.code_for(public_id, browser))


def agreed(public_id: str, browser: Browser) -> Browser:
    """A guardian who has agreed; their browser."""
    mother, said = phone(), guardian.Agreement(1985, Confirmation(2019, "Bé Sóc", True, WORDING))
    guardian.agree(children.guardian_code(public_id, browser), mother, said)
    return mother


def taught(
    org: Organisation, campaign: int, kind: str = "friend", name: str = "Lê Thị Mận", who: str = AN
) -> tuple[str, Browser]:
    """Somebody taught by `who`, with a phone of their own: (public id, browser)."""
    public_id, browser = show(org.members[who], campaign, kind), phone()
    open_(public_id, browser)
    confirm(public_id, browser, name)
    later(10 * MINUTE)
    return public_id, browser


def witnessed(org: Organisation, campaign: int, kind: str = "other", name: str = "Phạm Thị Na") -> tuple[str, Browser]:
    """Somebody without a phone whom An taught, seen by Bình: (public id, Bình's browser)."""
    public_id, official = show(org.members[AN], campaign, kind), phone(org.members[BINH])
    open_(public_id, official)
    later(MINUTE)
    confirming.confirm(public_id, official, Confirmation(1948, name, True, WORDING), witnessed=True)
    later(10 * MINUTE)
    return public_id, official


def use(public_id: str, browser: Browser) -> None:
    confirming.use(public_id, browser, "portal.filed")


def verify_all(org: Organisation, campaign: int, outcome: str = "met") -> None:
    """Freeze, two checkpoints, draw, and Chi meets everybody in the sample."""
    later(8 * DAY)
    checking.freeze_due(now())
    for _ in range(2):
        checkpoints.make(now())
        later(DAY)
    checking.draw_due()
    for one in check_lists.lists(campaign):
        for item in check_lists.items(one.id):
            if not item.outcome:
                code = next((code for step, code, _ in check_lists.asked_of(item.teaching_id) if step == item.step), "")
                checking.decide(org.members[CHI], one.id, item.teaching_id, item.step, outcome, code)
