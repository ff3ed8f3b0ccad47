"""What the hall hears: the files are made by the project itself, and each moment has its own."""

from __future__ import annotations

import pytest

from tests.look import tune
from tests.look.shoot import SIZES
from tests.look.test_pages import Tab, tab

__all__ = ["tab"]

STAGE = pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
LISTEN = """window.heard = []; for (const kind of ["cue", "bed"]) document.addEventListener(kind, (event) => window.heard.push(event.detail));"""


def test_the_files_are_what_the_numbers_make_of_them_and_small() -> None:
    files = {file.stem: file for file in tune.SOUNDS.glob("*.wav")}
    assert files.keys() == tune.CUES.keys()
    for name in ("tick", "count", "wrong", "open"):  # the long beds cost seconds
        assert files[name].read_bytes() == tune.file_of(name), "python tests/look/tune.py"
    assert sum(file.stat().st_size for file in files.values()) < 500_000


def test_a_bed_goes_round_without_a_gap() -> None:
    values = tune.samples(0.4, [(0.3, 0.5, tune.drum)], around=True)
    assert any(values[: tune.RATE // 20]), "what is struck near the end sounds on at the beginning"
    assert not any(tune.samples(0.4, [(0.3, 0.5, tune.drum)], around=False)[: tune.RATE // 20])


def deliver(tab: Tab, query: str, v: int) -> None:
    tab.page.evaluate(
        f"""fetch('/scene?role=stage&{query}').then((r) => r.json()).then(([[, screen]]) => window.deliver('screen', {{ ...screen, v: {v} }}))"""
    )
    tab.page.wait_for_timeout(60)


@STAGE
def test_each_moment_has_its_sound(tab: Tab) -> None:
    tab.page.add_init_script(LISTEN)
    page = tab.show("phase=lobby&role=stage")
    for v, query in enumerate((
        "phase=ready", "phase=open&left=5", "phase=closed", "phase=answering&fmt=buzzer", "phase=open&fmt=buzzer&missed=3",
        "phase=closed&fmt=buzzer&hit=5", "phase=standings", "phase=over&unveiled=1", "phase=over&unveiled=3",
    ), start=2):  # fmt: skip
        deliver(tab, query, v)
        if "left=5" in query:
            page.wait_for_timeout(1_100)
    heard = page.evaluate("window.heard")
    assert [one for one in heard if one not in ("", "tick", "think")] == [
        "lobby", "ready", "open", "lock", "buzz", "open", "wrong", "lock", "right", "standings", "place", "over",
    ]  # fmt: skip
    assert "tick" in heard, "the last five seconds are heard"


@STAGE
def test_the_host_hears_whether_the_hall_does_and_volume_is_the_hosts(tab: Tab) -> None:
    tab.page.add_init_script(LISTEN)
    page = tab.show("phase=lobby&role=stage")
    page.evaluate("""fetch('/scene?role=stage&phase=lobby').then((r) => r.json()).then(([[, screen]]) => {
      screen.data.sound = { volume: 30, muted: false, checks: 1 }; window.deliver('screen', { ...screen, v: 2 }); })""")
    page.wait_for_timeout(60)
    assert page.evaluate("window.heard").count("check") == 1
