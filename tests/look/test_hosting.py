"""A host's acts besides the next step, and what hall and phones see of them, in a real browser."""

from __future__ import annotations

import pytest

from tests.look.shoot import SIZES
from tests.look.tab import Tab, violations
from tests.look.test_pages import HOST, assert_nothing_is_cut, steps

VERDICT = """() => window.deliver("screen", { v: 2, data: { phase: "answering" }, html: '<div class="judge"><p class="verdict">' +
  '<button data-act="right">Đúng</button><button data-act="wrong">Sai</button></p></div>' })"""
STAGE = pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)


@HOST
def test_many_are_picked_and_shown_out_together_also_when_the_list_is_drawn_anew(tab: Tab) -> None:
    page = tab.show("role=host&phase=lobby")
    page.locator("#p3 [data-pick]").check()
    page.locator("#p5 [data-pick]").check()
    page.evaluate(
        "fetch('/scene?role=host&phase=lobby').then((r) => r.json()).then(([[, screen]]) => window.deliver('screen', { ...screen, v: 2 }))"
    )
    page.locator("#p3 [data-pick]:checked").wait_for()
    page.get_by_role("button", name="Mời ra 2 người đã chọn").click()
    page.locator("dialog#kick").get_by_role("button", name="Mời ra").click()
    page.wait_for_selector("dialog#kick", state="hidden")
    event, payload = tab.acks()[-1]
    assert (event, payload["do"], payload["args"]) == ("act", "kick", {"seats": [3, 5]})
    page.get_by_role("button", name="Bỏ chọn").click()
    assert page.locator("[data-picked]").is_hidden()


@HOST
@pytest.mark.parametrize(
    "where", ["#p3 [data-pick]", "#p3 summary", "[data-private]", "input[data-name=volume]", "#rows", ".script", ".now"]
)
@pytest.mark.parametrize("key", ["Space", "PageDown", "ArrowDown"])
def test_wherever_the_mouse_has_clicked_the_next_step_is_a_key_away(tab: Tab, where: str, key: str) -> None:
    page = tab.show("role=host&phase=revealed")
    page.locator(where).first.click(position={"x": 5, "y": 5})
    before = steps(tab)
    page.keyboard.press(key)
    assert steps(tab) == [*before, "advance"]


@HOST
def test_counts_beside_long_options_stand_on_one_line(tab: Tab) -> None:
    page = tab.show("role=host&phase=revealed&long=1")
    heights = page.locator(".choices b").evaluate_all(
        "all => all.map((one) => one.offsetHeight / parseFloat(getComputedStyle(one).fontSize))"
    )
    assert heights
    assert max(heights) < 2


@HOST
def test_the_big_button_counts_in_and_other_keys_give_time_and_skip(tab: Tab) -> None:
    page = tab.show("role=host&phase=ready")
    page.keyboard.press("Space")
    page.keyboard.press("n")
    page.locator("dialog#confirm").get_by_role("button", name="Đồng ý").click()
    assert steps(tab) == ["count_in", "skip"]
    page = tab.show("role=host&phase=open")
    page.keyboard.press("+")
    page.keyboard.press("t")
    assert steps(tab) == ["extend", "hide_names"]
    page.get_by_role("button", name="Hỏi lại").click()
    page.locator("dialog#ask_again").get_by_label("Lý do").fill("Mất điện giữa chừng")
    page.locator("dialog#ask_again").get_by_role("button", name="Hỏi lại").click()
    page.wait_for_selector("dialog#ask_again", state="hidden")
    assert tab.acks()[-1][1]["args"] == {"act": "ask_again", "reason": "Mất điện giữa chừng"}


@HOST
def test_volume_and_mute_stand_on_the_console_and_the_sound_is_tried_before_the_start(tab: Tab) -> None:
    page = tab.show("role=host&phase=lobby")
    page.get_by_label("Âm lượng").fill("40")
    page.get_by_role("button", name="Thử tiếng").click()
    page.keyboard.press("m")
    assert steps(tab) == ["sound", "check_sound", "sound"]
    assert [payload["args"] for _, payload in tab.acks()] == [{"volume": 40}, {}, {"muted": True}]
    assert page.get_by_text("hội trường phải nghe ba tiếng trống").is_visible()
    assert violations(page) == []


@HOST
def test_at_the_end_the_same_people_can_play_again(tab: Tab) -> None:
    page = tab.show("role=host&phase=over&zero=1")
    page.locator(".next").click()
    page.locator("dialog#confirm").get_by_role("button", name="Đồng ý").click()
    assert steps(tab) == ["again"]


@STAGE
def test_bars_of_a_poll_grow_with_the_answers_and_show_no_percent(tab: Tab) -> None:
    page = tab.show("role=stage&phase=open&fmt=poll&kind=single")
    page.evaluate(
        "window.deliver('tally', { answered: 8, present: 9, counts: { k0xq0: 6, k1xq1: 2, k2xq2: 0, k3xq3: 0 } })"
    )
    assert page.locator(".tiles .n").all_inner_texts() == ["6", "2", "0", "0"]
    assert page.locator(".tiles rect").first.evaluate("one => one.style.transform") == "scaleX(1)"
    assert "%" not in page.locator(".tiles").inner_text()
    page = tab.show("role=stage&phase=open&kind=single")
    assert page.locator(".tiles .n").count() == 0, "a question with a key shows nothing before its reveal"


@STAGE
@pytest.mark.parametrize("kind", ["text", "number"])
def test_what_the_hall_typed_is_told_alike_together_with_the_right_one_marked(tab: Tab, kind: str) -> None:
    page = tab.show(f"role=stage&phase=revealed&kind={kind}")
    rows = page.locator(".given li")
    assert rows.count() == 4
    assert page.locator(".given [data-right=yes]").count() == 1
    assert rows.last.inner_text().split("\n")[0] == "Các câu khác"
    assert page.get_by_text("Trả lời sai").count() == 0
    assert_nothing_is_cut(page)


@STAGE
def test_the_longest_names_of_the_fastest_are_read_whole_with_their_times(tab: Tab) -> None:
    page = tab.show("role=stage&phase=revealed&format=speed&people=30&names=long")
    cut = page.locator(".fastest").evaluate(
        "line => [...line.querySelectorAll('b span, small')].filter((one) => one.scrollHeight > one.clientHeight + 1"
        " || one.getBoundingClientRect().right > line.getBoundingClientRect().right).map((one) => one.textContent)"
    )
    assert cut == []


@STAGE
def test_three_two_one_fills_the_picture_before_a_question_opens(tab: Tab) -> None:
    page = tab.show("role=stage&phase=ready&left=2.9")
    assert page.locator(".count-in").inner_text() in ("3", "2")
    page.locator(".count-in", has_text="1").wait_for()
    page = tab.show("role=stage&phase=ready&left=30")
    assert page.locator(".count-in").inner_text() == ""


@STAGE
def test_no_frame_between_two_screens_is_empty(tab: Tab) -> None:
    page = tab.show("role=stage&phase=standings")
    page.emulate_media(reduced_motion="no-preference")
    first = page.evaluate("""async () => {
      const [[, screen]] = await (await fetch('/scene?role=stage&phase=open')).json();
      window.deliver('screen', { ...screen, v: 2 });
      for (const one of document.getAnimations()) { one.pause(); one.currentTime = 0; }
      const goes = document.querySelector('.leaving');
      return { text: goes?.textContent.includes('Bảng xếp hạng'), opacity: goes && getComputedStyle(goes).opacity, ids: document.querySelectorAll('.leaving [id]').length };
    }""")
    assert first == {"text": True, "opacity": "1", "ids": 0}
    page.evaluate("for (const one of document.getAnimations()) one.play()")
    page.wait_for_selector(".leaving", state="detached")


def test_the_verdict_fills_the_phone_it_is_about_and_is_a_line_on_others(tab: Tab) -> None:
    page = tab.show("role=player&phase=closed&fmt=buzzer&hit=5")  # the seat of this phone
    assert page.locator(".verdict.yes").is_visible()
    assert page.locator(".verdict").inner_text().split() == ["ĐÚNG", "+10"]
    page = tab.show("role=player&phase=answering&fmt=buzzer&missed=3")
    assert page.locator(".verdict").is_hidden()
    assert "SAI" in page.locator(".of-another").inner_text()


def test_who_has_to_speak_sees_the_time_that_is_left(tab: Tab) -> None:
    page = tab.show("role=player&phase=answering&fmt=buzzer&group=answering&answer_by=1")
    assert 9 <= int(page.locator(".still time-left output").inner_text()) <= 12


@STAGE
def test_the_way_to_the_results_stands_in_the_last_picture(tab: Tab) -> None:
    page = tab.show("role=stage&phase=over&unveiled=4&people=10&names=long")
    box = page.locator(".take-home").bounding_box()
    assert box is not None
    for name in page.locator(".steps .who").all():
        other = name.bounding_box()
        assert other is not None
        apart = other["x"] + other["width"] <= box["x"] or other["y"] >= box["y"] + box["height"]
        assert apart, "it covers nobody's name"


@STAGE
@pytest.mark.parametrize(
    ("kind", "count"),
    [("single", 2), ("single", 4), ("single", 6), ("single", 8)]
    + [(kind, 4) for kind in ("multiple", "true_false_set", "ordering", "matching")],
)
def test_short_options_are_read_from_thirty_metres(tab: Tab, kind: str, count: int) -> None:
    """72 px at 1920 and more, where the words fit: letters of 10 cm on a screen 4 m wide."""
    page = tab.show(f"role=stage&phase=open&short=1&kind={kind}&count={count}")
    sizes = page.locator(".tiles .text").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= (72 if count <= 4 else 60)
    assert_nothing_is_cut(page)


@STAGE
@pytest.mark.parametrize("reveal", ["key", "explanation"])
@pytest.mark.parametrize("kind", ["single", "multiple", "true_false_set", "ordering", "matching"])
def test_they_are_read_from_there_after_the_reveal_too(tab: Tab, kind: str, reveal: str) -> None:
    page = tab.show(f"role=stage&phase=revealed&short=1&kind={kind}&count=4&{reveal}=1")
    sizes = page.locator(".tiles .text, .partners span").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 72
    assert_nothing_is_cut(page)


@HOST
def test_phones_without_the_question_are_marked_and_counted_beyond_the_list(tab: Tab) -> None:
    page, line = tab.show("role=host&phase=open"), tab.page.locator(".people [data-late]")
    tell = "late => window.deliver('tally', { answered: 0, present: 900, delivered: 260, late, waiting: [] })"
    page.evaluate(tell, [2, 5])
    assert page.locator("[data-slow]").count() == 2 and line.inner_text().startswith("2 ")
    page.evaluate(tell, list(range(1, 201)))
    assert line.inner_text().startswith("640 "), "two hundred are named, the others counted"
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.get_by_text("640 máy chưa nhận").first.is_visible(), "above the question on a phone"
    page.evaluate("window.deliver('tally', { answered: 900, present: 900 })")
    assert page.locator("[data-slow]").count() == 0 and line.is_hidden()


@HOST
def test_the_list_of_people_changes_only_where_a_row_says_something_else(tab: Tab) -> None:
    page = tab.show("role=host&phase=ready")
    page.locator("#p4 summary").click()
    found = page.evaluate("""async () => {
      const list = document.querySelector('[data-rows]'), changed = new Set();
      const scene = async (phase) => (await (await fetch('/scene?role=host&phase=' + phase)).json())[0][1];
      const watch = new MutationObserver((records) => { for (const one of records) changed.add((one.target.closest ? one.target : one.target.parentElement).closest('li')?.id ?? 'list'); });
      watch.observe(list, { childList: true, subtree: true, characterData: true, attributes: true });
      const same = await scene('ready');
      const scored = same.html.replace(/(id="p7"[^]*?<output>)[^<]*/, '$1777');
      window.deliver('screen', { ...same, html: scored, v: 2 });
      await Promise.resolve();
      const once = [...changed];
      const rows = [...list.children];
      window.deliver('screen', { ...(await scene('open')), v: 3 });
      return { once, score: document.querySelector('#p7 output').textContent, same: document.querySelector('[data-rows]') === list,
               kept: rows.every((row) => row.isConnected), open: document.querySelector('#p4 details').open };
    }""")
    assert found["once"] == ["p7"]
    assert (found["same"], found["kept"], found["open"]) == (True, True, True)


@pytest.mark.parametrize("tab", [(390, 780)], indirect=True)
def test_a_judges_two_buttons_are_green_and_red(tab: Tab) -> None:
    buttons = tab.show("role=judge&phase=open").locator(".verdict button")
    tab.page.evaluate(VERDICT)
    colours = buttons.evaluate_all("all => all.map((one) => getComputedStyle(one).backgroundColor)")
    assert colours == ["rgb(12, 122, 71)", "rgb(138, 31, 37)"]


@pytest.mark.parametrize("tab", [SIZES["mc"]], indirect=True)
def test_the_mc_reads_the_whole_key_above_the_standings(tab: Tab) -> None:
    key = tab.show("role=mc&phase=revealed&long=1&kind=ordering").locator(".mc .key")
    assert key.evaluate("one => one.scrollHeight <= one.clientHeight")


@STAGE
def test_a_projector_loads_pictures_sound_and_film_before_the_show_and_says_how_many_it_has(tab: Tab) -> None:
    page = tab.show("role=stage&phase=lobby")
    wanted = ["/media/one-picture.webp", "/media/one-sound.mp3", "/media/one-film.mp4"]
    with page.expect_request("**/*.mp3"), page.expect_request("**/*.mp4"):
        page.evaluate(
            "media => fetch('/scene?role=stage&phase=lobby').then((r) => r.json()).then(([[, screen]]) =>"
            " window.deliver('screen', { ...screen, v: 2, data: { ...screen.data, media } }))",
            wanted,
        )
    page.wait_for_function("() => window.acks.some(([, one]) => one.do === 'report' && one.args.media === 3)")
    said = [payload["args"] for event, payload in tab.acks() if payload.get("do") == "report"]
    assert said[-1] == {"sound": False, "media": 3, "of": 3}
