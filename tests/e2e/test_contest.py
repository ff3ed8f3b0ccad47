"""A whole attempt in a real browser: a network that goes away, a second device, the keyboard alone, time that is up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.contests import Held, open_now
from tests.e2e.cable import cable
from tests.e2e.exam import Arena, Taker, arena
from tests.people import AN, BINH, DUNG
from tests.processes import wait_until

SAVED, OFFLINE = "Đã lưu tất cả", "Mất mạng. 2 câu được giữ trên máy này và sẽ tự gửi lại."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    with arena(tmp_path_factory.mktemp("arena")) as made:
        yield made


def stored(site: Arena, held: Held) -> dict[int, Any]:
    """Place -> choice, as it stands in the database."""
    db = sqlite3.connect(site.server.instance / "sanchoi.db")
    query = """SELECT place, choice FROM attempt_answer JOIN attempt ON attempt.id = attempt_id WHERE contest_id = ?"""
    found = {place: json.loads(choice) for place, choice in db.execute(query, (held.id,))}
    db.close()
    return found


def done(*takers: Taker) -> None:
    """Nobody's browser had anything to complain about."""
    assert {one.name: one.complaints for one in takers if one.complaints} == {}
    for one in takers:
        one.page.context.close()


def test_an_attempt_survives_a_cut_network_and_goes_on_on_another_device(site: Arena, browser: Browser) -> None:
    held = site.hold()
    with cable(*site.address) as wire:
        an = site.phone(browser, AN, port=wire.port)
        an.start(held)
        an.choose()
        expect(an.saved).to_have_text(SAVED)

        an.offline = True
        wire.cut()
        an.page.context.set_offline(True)
        for _ in range(2):
            an.next()
            an.choose()
        expect(an.saved).to_have_text(OFFLINE)
        expect(an.state).to_have_text("Chưa lưu lên máy chủ, đang giữ trên máy này")
        assert list(stored(site, held)) == [0]
        an.page.wait_for_timeout(4000)

        tablet = site.phone(browser, AN)
        tablet.page.goto(f"{tablet.site}/contests/{held.public_id}/enter")
        tablet.page.get_by_role("link", name="Làm tiếp").first.click()
        tablet.ready()
        tablet.choose(1)  # the second question: the first is answered
        expect(tablet.saved).to_have_text(SAVED)

        wire.mend()
        an.page.context.set_offline(False)
        expect(an.saved).to_have_text("1 câu khác nhau giữa hai thiết bị, cần bạn chọn")
        an.offline = False
        wait_until(lambda: sorted(stored(site, held)) == [0, 1, 2], about="the third answer")
        theirs = stored(site, held)[1]
        an.page.locator("[data-prev]").click()
        expect(an.question.locator("[data-conflict]")).to_be_visible()
        an.check_accessible()
        an.question.locator("[data-keep-mine]").click()
        expect(an.saved).to_have_text(SAVED)
        assert stored(site, held)[1] != theirs

        hand_in(an)
        expect(an.page.locator("[data-ended-title]")).to_have_text("Đã nộp bài")
        tablet.next()
        tablet.choose()
        expect(tablet.page.locator("[data-ended-title]")).to_have_text("Đã nộp bài")
        an.page.locator("[data-to-result]").click()
        expect(an.page.get_by_text("3 / 6")).to_be_visible()
        done(an, tablet)


def hand_in(taker: Taker) -> None:
    taker.page.locator("[data-list]").click()
    taker.page.locator("[data-to-review]").click()
    taker.page.locator("[data-submit]").click()
    taker.page.locator("[data-confirm-yes]").click()


def test_what_a_closed_page_could_not_send_is_sent_by_the_next_one(site: Arena, browser: Browser) -> None:
    held = site.hold()
    an = site.phone(browser, BINH)
    an.start(held)
    an.offline = True
    an.page.context.set_offline(True)
    an.choose()
    expect(an.saved).to_contain_text("Mất mạng")
    assert stored(site, held) == {}
    address, context = an.page.url, an.page.context
    an.page.close()  # a last try of the closing page may still go out: it is counted once with the next one's
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("[data-saved-line]")).to_have_text(SAVED)
    assert list(stored(site, held)) == [0]
    left = again.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('scs-try')).length")
    assert left == 0
    context.close()


def test_questions_with_times_of_their_own_go_on_by_themselves(site: Arena, browser: Browser) -> None:
    held = site.hold(timing={"kind": "each", "seconds": 10})
    an = site.phone(browser, DUNG)
    an.start(held)
    number = an.page.locator("article.question .number")
    for n in range(1, 7):
        expect(number).to_have_text(f"Câu {n} / 6")
        if n != 2:  # the second one is left until its time is up
            an.choose()
            expect(an.state).to_have_text("Đã lưu")
        if n in (1, 3, 4, 5, 6):
            an.next()
    expect(an.page.locator("[data-ended-title]")).to_have_text("Đã nộp bài")
    assert sorted(stored(site, held)) == [0, 2, 3, 4, 5]
    done(an)


def test_the_time_is_up_and_what_is_saved_is_handed_in(site: Arena, browser: Browser) -> None:
    held = site.hold(timing={"kind": "whole", "seconds": 12})
    an = site.phone(browser, AN)
    an.start(held)
    an.choose()
    expect(an.saved).to_have_text(SAVED)
    expect(an.page.locator("[data-ended]")).to_be_visible()
    an.follow(an.page.locator("[data-to-result]"))
    expect(an.page.get_by_text("1 / 6")).to_be_visible()
    done(an)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_view_fits_a_phone_and_axe_has_no_objection(site: Arena, browser: Browser, lang: str) -> None:
    held = site.hold(preset="classic-doan", waves=open_now(2))
    an = site.phone(browser, AN, lang)
    an.page.goto(f"{an.site}/contests/{held.public_id}/enter")
    an.check_accessible()
    an.start(held)
    seen = set()
    for place in range(15):
        fits(an)
        kind = an.page.evaluate(f"JSON.parse(document.getElementById('paper').textContent).faces[{place}].type")
        if kind not in seen:
            an.check_accessible()
        seen.add(kind)
        an.next()
    predicted = an.page.locator("[data-predicted]")
    predicted.fill("một nghìn")
    expect(an.page.locator("[data-predict-error]")).to_be_visible()
    predicted.fill("1.250")
    expect(an.page.locator("[data-predict] [data-state]")).to_have_text({"vi": "Đã lưu", "en": "Saved"}[lang])
    an.check_accessible()
    an.page.locator("[data-list]").click()
    expect(an.page.locator("#map-panel")).to_be_visible()
    an.check_accessible()
    an.page.locator("[data-view-switch]").click()
    expect(an.page.locator("#map-panel")).to_be_hidden()
    fits(an)
    an.check_accessible()
    an.next()
    expect(an.page.locator("[data-review]")).to_be_visible()
    an.check_accessible()
    an.page.locator("[data-submit]").click()
    expect(an.page.locator("[data-confirm]")).to_be_visible()
    an.check_accessible()
    an.page.locator("[data-confirm-yes]").click()
    an.follow(an.page.locator("[data-to-result]"))
    fits(an)
    an.check_accessible()
    assert stored(site, held) == {-1: 1250}
    done(an)


def fits(taker: Taker) -> None:
    assert taker.loaded().evaluate("document.documentElement.scrollWidth") <= 360


def test_an_attempt_with_the_keyboard_alone(site: Arena, browser: Browser) -> None:
    held = site.hold(attempts={"most": 2})
    an = site.phone(browser, DUNG)
    an.start(held)
    keys = an.page.keyboard
    for _ in range(6):
        expect(an.question).to_be_visible()
        if an.question.locator("[data-value]").count():
            tab_to(an, "[data-value]")
            keys.type("2025")
        elif an.question.locator(".pair").count():
            for row in range(an.question.locator(".row").count()):
                tab_to(an, f".row:nth-child({row + 1}) input")
                keys.press("Space")
        else:
            for option in range(an.question.locator(".opt").count()):
                tab_to(an, f".opt:nth-child({option + 1})")
                keys.press("Space")
                if not an.question.locator("[data-collect=order]").count():
                    break
        expect(an.state).to_have_text("Đã lưu")
        tab_to(an, "[data-next]")
        keys.press("Enter")
    tab_to(an, "[data-submit]")
    keys.press("Enter")
    keys.press("Tab")  # the dialog begins with its first button
    tab_to(an, "[data-confirm-yes]")
    keys.press("Enter")
    expect(an.page.locator("[data-ended-title]")).to_be_focused()
    assert len(stored(site, held)) == 6
    done(an)


def tab_to(taker: Taker, selector: str) -> None:
    """Press Tab until an element that is shown has the focus."""
    there = "(selector) => document.activeElement.matches(selector)"
    for _ in range(60):
        if taker.page.evaluate(there, selector):
            return
        taker.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")
