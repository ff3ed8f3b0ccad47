"""Every screen in a real browser, under the site's strict policy: accessible, inside its frame, and alive."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.app.live.raw_socket import eventually
from tests.look.shoot import SIZES
from tests.look.tab import Tab, violations

PHASES = ("lobby", "ready", "open", "closed", "revealed", "standings", "break", "paused", "suspended", "over")
STILL = "* { animation: none !important; transition: none !important; }"
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("tab", [SIZES["player"]], indirect=True)
def test_a_phone_is_accessible_in_every_phase(tab: Tab, phase: str) -> None:
    page = tab.show(f"role=player&phase={phase}&answered=1&got=right")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("kind", ["multiple", "true_false", "true_false_set", "number", "text", "ordering"])
@pytest.mark.parametrize("phase", ["open", "revealed"])
def test_every_question_type_is_accessible_on_a_phone(tab: Tab, kind: str, phase: str) -> None:
    page = tab.show(f"role=player&phase={phase}&kind={kind}&answered={1 if phase == 'revealed' else ''}")
    assert page.locator("[data-ask] h1").inner_text().startswith("Để đăng ký")
    assert violations(page) == []


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
def test_the_stage_is_accessible_and_keeps_inside_its_frame(tab: Tab, phase: str) -> None:
    page = tab.show(f"role=stage&phase={phase}&long=1")
    assert_nothing_is_cut(page)
    assert violations(page) == []


@pytest.mark.parametrize("tab", [(1024, 768), (1280, 720), (3840, 2160)], indirect=True)
@pytest.mark.parametrize(
    "query", ["phase=open&long=1", "phase=revealed&long=1", "phase=open&count=8", "phase=standings", "phase=over"]
)
def test_the_stage_fits_every_projector(tab: Tab, query: str) -> None:
    page = tab.show(f"role=stage&{query}")
    assert_nothing_is_cut(page)


def assert_nothing_is_cut(page: Page) -> None:
    """No scrollbar, no text that fits in no way, nothing important outside the window. A line's box is taller than its
    letters by an eighth of the type, which no one sees. A page is looked at until its texts have found their size."""
    page.evaluate(DRAWN)
    eventually(lambda: page.evaluate(CUT) == [], within=60)
    assert page.evaluate(CUT) == []


CUT = """() => {
      const out = [];
      if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth) out.push("page scrolls");
      for (const one of document.querySelectorAll("[data-fit]")) if (one.scrollHeight > one.clientHeight + 3 + 0.13 * parseFloat(getComputedStyle(one).fontSize)) out.push("cut: " + one.className + " " + one.textContent.slice(0, 40));
      for (const one of document.querySelectorAll(".tiles li, .board li, .steps li, .why, .words h1, .ring, .join, .bar, .pin, .strip")) {
        const box = one.getBoundingClientRect();
        if (box.height && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.top < -1)) out.push("outside: " + one.className + " " + one.textContent.slice(0, 40));
      }
      return out; }"""


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("tab", [SIZES["host"]], indirect=True)
def test_the_console_is_accessible_and_needs_no_scrolling_page(tab: Tab, phase: str) -> None:
    page = tab.show(f"role=host&phase={phase}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/page/gallery", "/page/errors/error", "/page/live/qr", "/join"])
def test_ordinary_pages_are_accessible_by_day_and_by_night(tab: Tab, address: str, scheme: str) -> None:
    tab.page.emulate_media(color_scheme=scheme)
    tab.page.goto(tab.base + address)
    tab.page.evaluate("document.fonts.ready")
    assert violations(tab.page) == []
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [320, 360, 390, 1366])
@pytest.mark.parametrize("page", ["worst", "worst_exam"])
def test_the_longest_words_push_no_page_wide(tab: Tab, page: str, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 740})
    tab.page.goto(f"{tab.base}/page/{page}")
    tab.page.evaluate("document.fonts.ready")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    outside = tab.page.evaluate("""[...document.querySelectorAll("main h1, main h2, main p, main li, main button, .exam-top, time-left, .exam-foot button")]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 120))""")
    assert outside == []


@pytest.mark.parametrize("phase", ["lobby", "open", "revealed", "standings", "over"])
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_breaks_a_word_that_has_no_end(tab: Tab, phase: str, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 740})
    page = tab.show(f"role=player&phase={phase}&kind=single&unbreakable=1&answered=1&got=right")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
@pytest.mark.parametrize("query", [
    "phase=lobby&people=300&names=long", "phase=lobby&people=30&names=unbreakable", "phase=lobby&people=0", "phase=open&unbreakable=1",
    "phase=revealed&unbreakable=1", "phase=standings&people=10&names=long", "phase=standings&people=10&names=unbreakable",
    "phase=over&unveiled=4&people=10&names=long", "phase=answering&fmt=buzzer&long=1", "phase=open&fmt=buzzer&long=1", "phase=ready",
])  # fmt: skip
def test_the_worst_content_stays_in_the_picture_with_the_pin(tab: Tab, query: str) -> None:
    title = "Hội thi Chuyển đổi số và Cải cách hành chính phường Hòa Khánh Bắc năm 2026"
    page = tab.show(f"role=stage&{query}&title={title}&shown=hoithichuyendoiso.doanthanhnien-hoakhanhbac.danang.gov.vn")
    assert_nothing_is_cut(page)
    assert page.get_by_text("482").filter(visible=True).count() >= 1, "the PIN is in every picture"
    covered = page.evaluate("""(() => { const h = document.querySelector(".words h1"), s = document.querySelector(".spot");
      return Boolean(h && s && h.getBoundingClientRect().bottom > s.getBoundingClientRect().top + 1); })()""")
    assert not covered, "the gold panel covers the question"


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
@pytest.mark.parametrize("names", ["", "long"])
def test_who_came_stands_whole_under_a_title_of_two_lines(tab: Tab, names: str) -> None:
    page = tab.show(f"role=stage&phase=lobby&people=300&names={names}&title=Contest (rehearsal)")
    assert_nothing_is_cut(page)
    above = page.evaluate("""[...document.querySelectorAll(".came > *, .came li")].filter((one) =>
      one.getBoundingClientRect().top < document.querySelector(".came").getBoundingClientRect().top - 1).length""")
    assert above == 0


# what people do


def test_an_answer_is_called_received_only_after_the_acknowledgement(tab: Tab) -> None:
    page = tab.show("role=player&phase=open")
    page.evaluate("void (window.answer = () => new Promise((ok) => { window.acknowledge = ok; }))")
    page.get_by_role("button", name="Đến cơ quan công an").click()
    expect(page.locator("[data-status]")).to_have_text("Đang gửi…")
    expect(page.locator(".opt[aria-pressed=true]")).to_have_count(1)
    page.evaluate("void window.acknowledge({ ok: true, v: 1 })")
    page.wait_for_selector(".status[data-sent=received]")
    event, payload = tab.acks()[-1]
    assert (event, payload["no"], payload["choice"]) == ("answer", 7, "k1xq1")
    assert page.locator(".opt:enabled").count() == 0


def test_a_refusal_is_said_in_the_words_of_the_server(tab: Tab) -> None:
    page = tab.show("role=player&phase=open")
    page.evaluate("void (window.answer = async () => ({ ok: false, code: 'too_late', message: 'Hết giờ mất rồi.' }))")
    page.get_by_role("button", name="VNeID").click()
    page.wait_for_selector(".status[data-sent=refused]")
    expect(page.locator("[data-status]")).to_have_text("Hết giờ mất rồi.")


def test_an_answer_that_got_lost_is_sent_again_by_itself(tab: Tab) -> None:
    page = tab.show("role=player&phase=open")
    page.evaluate("void (window.answer = async () => { window.answer = null; throw new Error('timeout'); })")
    page.get_by_role("button", name="VNeID").click()
    page.wait_for_selector(".status[data-sent=offline]")
    page.wait_for_selector(".status[data-sent=received]")
    first, second = tab.acks()
    assert first[1] == second[1], "the same answer under the same id"


def test_after_a_reload_the_choice_is_there_again(tab: Tab) -> None:
    page = tab.show("role=player&phase=open&answered=1")
    assert "sinh trắc học" in page.locator(".opt[aria-pressed=true]").inner_text()
    assert page.locator("[data-status]").inner_text() == "Máy chủ đã nhận câu trả lời"


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        ("multiple", ["k0xq0", "k2xq2"]),
        ("ordering", ["k2xq2", "k0xq0", "k1xq1", "k3xq3"]),
        ("number", 1500),
        ("text", "ví điện tử"),
        ("true_false_set", {"k0xq0": True, "k1xq1": False, "k2xq2": True, "k3xq3": True}),
    ],
)
def test_each_kind_of_answer_is_sent_as_the_protocol_says(tab: Tab, kind: str, choice: Any) -> None:
    page = tab.show(f"role=player&phase=open&kind={kind}")
    send = page.locator("[data-ask] .send")
    assert send.is_disabled()
    if kind in ("multiple", "ordering"):
        for option in choice:
            page.locator(f"[data-id={option}]").click()
    elif kind == "true_false_set":
        for option, said in choice.items():
            page.locator(f"[data-id={option}] input[value={str(said).lower()}]").check(force=True)
    else:
        page.locator("[data-value]").fill("1.500" if kind == "number" else choice)
    send.click()
    page.wait_for_selector(".status[data-sent=received]")
    assert tab.acks()[-1][1]["choice"] == choice


def test_what_is_being_typed_outlives_every_new_screen(tab: Tab) -> None:
    page = tab.show("role=player&phase=open&kind=text")
    page.locator("[data-value]").fill("đang gõ")
    page.evaluate(
        "fetch('/scene?role=player&phase=open&kind=text').then((r) => r.json()).then(([[, screen]]) => window.deliver('screen', { ...screen, html: screen.html + '<i id=newer hidden></i>', v: 2 }))"
    )
    page.locator("#newer").wait_for(state="attached")
    expect(page.locator("[data-value]")).to_have_value("đang gõ")


def test_an_older_screen_never_replaces_a_newer_one(tab: Tab) -> None:
    page = tab.show("role=player&phase=open")
    page.evaluate("window.deliver('screen', { v: 0, html: '', data: { phase: 'lobby', asks: [] } })")
    assert page.locator("body").get_attribute("data-phase") == "open"


def test_a_phone_without_a_seat_goes_to_the_door(tab: Tab) -> None:
    with tab.begun_by("localStorage.clear()") as page:
        page.goto(f"{tab.base}/show?role=player")
        page.wait_for_url("**/join")


def test_losing_the_room_is_said_plainly(tab: Tab) -> None:
    page = tab.show("role=player&phase=open")
    page.evaluate("window.deliver('bye', { code: 'kicked' })")
    expect(page.get_by_text("Bạn đã được mời ra khỏi phòng.")).to_be_visible()


@pytest.mark.parametrize("tab", [SIZES["host"]], indirect=True)
def test_the_key_shows_only_while_it_is_held_or_the_screen_is_private(tab: Tab) -> None:
    page = tab.show("role=host&phase=open")
    told = page.locator(".key .told")
    expect(told).to_be_hidden()
    page.keyboard.down("h")
    expect(told).to_be_visible()
    page.keyboard.up("h")
    expect(told).to_be_hidden()
    page.get_by_role("button", name="Màn hình riêng").click()
    expect(told).to_be_visible()


@pytest.mark.parametrize("tab", [SIZES["host"]], indirect=True)
def test_the_space_bar_takes_the_next_step_once_and_says_which_screen_it_saw(tab: Tab) -> None:
    page = tab.show("role=host&phase=open")
    page.keyboard.press("Space")
    assert [(event, payload["do"], payload["v"]) for event, payload in tab.acks()] == [("act", "advance", 1)]


@pytest.mark.parametrize("tab", [SIZES["host"]], indirect=True)
def test_voiding_asks_for_a_reason_and_is_armed_first(tab: Tab) -> None:
    page = tab.show("role=host&phase=closed")
    page.keyboard.press("x")
    page.locator("dialog#void").get_by_label("Lý do").fill("Hai đáp án đúng")
    page.locator("dialog#void").get_by_role("button", name="Hủy câu").click()
    page.wait_for_selector("dialog#void", state="hidden")
    event, payload = tab.acks()[-1]
    sent = {"act": "void", "no": 7, "reason": "Hai đáp án đúng"}
    assert (event, payload["do"], payload["args"]) == ("act", "arm", sent)


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
def test_rows_keep_their_element_when_ranks_change(tab: Tab) -> None:
    page = tab.show("role=stage&phase=standings")
    page.evaluate("""async () => {
      document.querySelector('#s3').marked = true;
      const [[, screen]] = await (await fetch('/scene?role=stage&phase=standings')).json();
      const list = new DOMParser().parseFromString(screen.html, 'text/html');
      list.querySelector('.board').prepend(list.querySelector('#s3'));
      window.deliver('screen', { v: 2, html: list.body.innerHTML, data: screen.data });
    }""")
    assert page.evaluate("document.querySelector('.board li').marked") is True


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
def test_the_old_order_fills_every_place_before_the_rows_glide(tab: Tab) -> None:
    page = tab.show("role=stage&phase=revealed")
    page.emulate_media(reduced_motion="no-preference")
    held = page.evaluate("""async () => {
      const [[, screen]] = await (await fetch('/scene?role=stage&phase=standings')).json();
      window.deliver('screen', { ...screen, v: 2 });
      for (const one of document.getAnimations()) { one.pause(); one.currentTime = 650; }
      const rows = [...document.querySelectorAll('.board li')].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
      const tops = rows.map((one) => Math.round(one.getBoundingClientRect().top));
      return { gaps: tops.slice(1).map((top, at) => top - tops[at]), names: rows.map((one) => one.id), ranks: rows.map((one) => one.querySelector('b').textContent) };
    }""")
    assert max(held["gaps"]) - min(held["gaps"]) <= 2, "one row in each place"
    assert held["names"] == ["s2", "s5", "s1", "s4", "s9", "s7", "s8", "s10", "s3", "s6"]
    assert held["ranks"] == ["1", "2", "4", "4", "6", "7", "9", "10", "11", "20"], "with the ranks of then"


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
def test_a_countdown_runs_on_the_time_of_the_server(tab: Tab) -> None:
    with tab.begun_by("Date.now = () => 0"):  # a machine whose clock is fifty years late
        page = tab.show("role=stage&phase=open&left=12")
        assert 9 <= int(page.get_by_role("timer").locator("output").inner_text()) <= 12


HOST = pytest.mark.parametrize("tab", [SIZES["host"]], indirect=True)


def steps(tab: Tab) -> list[str]:
    """The requests to the server, once the page has had its turns."""
    tab.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    return [payload["do"] for event, payload in tab.acks() if event == "act"]


@HOST
def test_the_big_button_says_the_new_step_also_after_it_was_clicked(tab: Tab) -> None:
    page = tab.show("role=host&phase=open")
    page.locator(".next").click()
    page.locator(".next").focus()
    page.evaluate(
        "fetch('/scene?role=host&phase=closed').then((r) => r.json()).then(([[, screen]]) => window.deliver('screen', { ...screen, v: 2 }))"
    )
    expect(page.locator("body")).to_have_attribute("data-phase", "closed")
    expect(page.locator(".next")).to_contain_text("Hiện đáp án")


@HOST
@pytest.mark.parametrize("key", ["Space", "Enter", "PageDown", "ArrowRight"])
def test_a_held_key_steps_once(tab: Tab, key: str) -> None:
    page = tab.show("role=host&phase=open")
    page.locator(".next").focus()
    for _ in range(5):
        page.keyboard.down(key)  # without an up between them the browser says that it repeats
    page.keyboard.up(key)
    assert steps(tab) == ["advance"]


@HOST
def test_after_a_click_on_a_tool_space_is_the_next_step(tab: Tab) -> None:
    page = tab.show("role=host&phase=open")
    page.get_by_role("button", name="Khóa phòng").click()
    page.keyboard.press("Space")
    assert steps(tab) == ["lock", "advance"]
    page.get_by_role("button", name="Hoàn tác").click()
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog#undo", state="hidden")
    page.keyboard.press("Space")
    assert steps(tab) == ["lock", "advance", "advance"]


@HOST
def test_who_goes_by_the_keyboard_presses_the_tool_that_has_the_focus(tab: Tab) -> None:
    page = tab.show("role=host&phase=open")
    page.get_by_role("button", name="Khóa phòng").focus()
    page.keyboard.press("Space")
    assert steps(tab) == ["lock"]


@HOST
def test_a_double_click_steps_once(tab: Tab) -> None:
    tab.show("role=host&phase=open").locator(".next").dblclick()
    assert steps(tab) == ["advance"]


@HOST
@pytest.mark.parametrize(
    ("key", "does"),
    [
        ("PageDown", ["advance"]),
        ("ArrowRight", ["advance"]),
        ("ArrowDown", ["advance"]),
        (".", ["blackout"]),
        ("PageUp", []),
    ],
)
def test_a_presenters_remote_drives_the_show(tab: Tab, key: str, does: list[str]) -> None:
    tab.show("role=host&phase=closed").keyboard.press(key)
    assert steps(tab) == does


@HOST
def test_arrow_down_in_the_list_of_people_scrolls_it(tab: Tab) -> None:
    page = tab.show("role=host&phase=closed")
    page.locator(".people > ul").focus()
    page.keyboard.press("ArrowDown")
    assert steps(tab) == []


@HOST
def test_the_list_of_who_has_not_answered_follows_the_answers(tab: Tab) -> None:
    page = tab.show("role=host&phase=open")
    page.evaluate("window.deliver('tally', { answered: 18, present: 20, waiting: [2, 5] })")
    waiting = page.locator(".people li[data-seat]:not([data-answered]):not([data-away])")
    expect(waiting).to_have_count(2)
    assert waiting.evaluate_all("rows => rows.map((row) => row.dataset.seat).sort()") == ["2", "5"]
    expect(page.locator("[data-waiting]")).to_have_text("2 người chưa trả lời")


@HOST
def test_after_the_reveal_the_console_shows_the_key_and_marks_it(tab: Tab) -> None:
    page = tab.show("role=host&phase=revealed")
    assert page.locator(".key .told").is_visible()
    assert "sinh trắc học" in page.locator(".choices [data-right]").inner_text()


def test_an_answer_that_may_be_changed_can_be_changed(tab: Tab) -> None:
    page = tab.show("role=player&phase=open&take=last")
    page.get_by_role("button", name="Gọi tổng đài").click()
    page.wait_for_selector(".status[data-changeable]")
    page.get_by_role("button", name="VNeID").click()
    page.locator(".opt[aria-pressed=true]", has_text="VNeID").wait_for()
    assert page.locator(".opt[aria-pressed=true]").count() == 1
    assert "VNeID" in page.locator(".opt[aria-pressed=true]").inner_text()
    assert [payload["choice"] for _, payload in tab.acks()] == ["k0xq0", "k3xq3"]


def test_a_number_that_cannot_be_read_is_said(tab: Tab) -> None:
    page = tab.show("role=player&phase=open&kind=number")
    page.locator("[data-value]").fill("khoảng mười hai")
    expect(page.locator("[data-echo]")).to_contain_text("Chưa đọc được số này")
    page.locator("[data-value]").fill("1,500,000 triệu hồ sơ")
    expect(page.locator("[data-echo]")).to_have_text(re.compile("^= 1\\.500\\.000"))
    expect(page.locator("[data-ask] .send")).to_be_enabled()


def test_a_late_comer_is_not_told_off(tab: Tab) -> None:
    page = tab.show("role=player&phase=closed&group=late")
    assert page.get_by_text("Bạn chơi từ câu tiếp theo").is_visible()
    assert page.locator("[data-status]").inner_text() == ""


def test_who_has_no_rank_is_not_shown_an_empty_one(tab: Tab) -> None:
    for phase, said in (("standings", "Bạn chưa có hạng"), ("over", "Cảm ơn bạn đã tham gia!")):
        page = tab.show(f"role=player&phase={phase}&unranked=1")
        assert page.get_by_text(said).is_visible()
        assert page.get_by_text("trong", exact=False).filter(visible=True).count() == 0


@pytest.mark.parametrize(
    ("code", "said", "ways"),
    [
        ("kicked", "Bạn đã được mời ra khỏi phòng.", 0),
        ("over", "Chương trình đã kết thúc.", 0),
        ("no_such_show", "Chương trình đã kết thúc.", 0),
        ("signed_out", "Bạn đã đăng xuất", 1),
        ("sign_in_first", "Bạn đã đăng xuất", 1),
    ],
)
def test_a_phone_that_is_out_is_told_why_and_offered_no_way_that_is_refused(
    tab: Tab, code: str, said: str, ways: int
) -> None:
    page = tab.show("role=player&phase=open")
    page.evaluate(f"window.deliver('bye', {{ code: '{code}' }})")
    expect(page.get_by_text(said).filter(visible=True)).to_have_count(1)
    expect(page.get_by_role("link", name="Vào phòng lại").filter(visible=True)).to_have_count(ways)


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
def test_nobody_is_crowned_for_no_points(tab: Tab) -> None:
    page = tab.show("role=stage&phase=over&zero=1")
    assert page.locator(".steps").count() == 0
    assert page.get_by_text("Cảm ơn các bạn!").is_visible()
    page = tab.show("role=stage&phase=standings&zero=1")
    assert page.locator(".board [data-place]").count() == 0


@pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
def test_the_void_banner_covers_no_card(tab: Tab) -> None:
    for reason in (
        "",
        "Hai cách hiểu.",
        "Đáp án in sai so với văn bản gốc, ban tổ chức đã thống nhất với hai đội và ban giám khảo. " * 2,
    ):
        page = tab.show(f"role=stage&phase=revealed&void=1&reason={reason}")
        banner = page.locator(".voided").bounding_box()
        assert banner is not None
        cards = [box for one in page.locator(".tiles li").all() if (box := one.bounding_box())]
        assert all(box["y"] + box["height"] <= banner["y"] + 0.5 for box in cards)
        assert banner["y"] + banner["height"] <= 1080
        assert page.evaluate(
            "(() => { const one = document.querySelector('.voided'); return one.scrollHeight <= one.clientHeight + 1; })()"
        )
