"""The sounds of the hall: the project itself makes the files, and each moment has its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.app.live.raw_socket import eventually
from tests.look import tune
from tests.look.shoot import SIZES
from tests.look.tab import Tab

STAGE = pytest.mark.parametrize("tab", [SIZES["stage"]], indirect=True)
HEARD = """window.heard.filter((one) => !["", "tick", "think"].includes(one))"""
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


@pytest.fixture
def listening(tab: Tab) -> Iterator[Tab]:
    with tab.begun_by(LISTEN):
        yield tab


@STAGE
def test_each_moment_has_its_sound(listening: Tab) -> None:
    page = listening.show("phase=lobby&role=stage")
    sounds = ["lobby"]
    for v, (query, more) in enumerate(
        (
            ("phase=ready", ["ready"]),
            ("phase=open&left=5", ["open"]),
            ("phase=closed", ["lock"]),
            ("phase=answering&fmt=buzzer", ["buzz"]),
            ("phase=open&fmt=buzzer&missed=3", ["open", "wrong"]),
            ("phase=closed&fmt=buzzer&hit=5", ["lock", "right"]),
            ("phase=standings", ["standings"]),
            ("phase=over&unveiled=1", ["place"]),
            ("phase=over&unveiled=3", ["over"]),
        ),
        start=2,
    ):
        deliver(listening, query, v)
        sounds.extend(more)
        eventually(lambda: len(page.evaluate(HEARD)) >= len(sounds))
        if "left=5" in query:  # the last five seconds are heard
            assert eventually(lambda: "tick" in page.evaluate("window.heard"))
    assert page.evaluate(HEARD) == sounds


@STAGE
def test_the_wipe_between_two_rounds_is_heard(listening: Tab) -> None:
    page = listening.show("phase=lobby&role=stage")
    page.emulate_media(reduced_motion="no-preference")
    deliver(listening, "phase=ready", 2)
    eventually(lambda: "ready" in page.evaluate("window.heard"))
    assert page.evaluate(HEARD) == ["lobby", "wipe", "ready"]
    deliver(listening, "phase=open", 3)
    eventually(lambda: "open" in page.evaluate("window.heard"))
    assert page.evaluate(HEARD).count("wipe") == 1, "only where the light changes"


@STAGE
def test_the_host_hears_whether_the_hall_does_and_volume_is_the_hosts(listening: Tab) -> None:
    page = listening.show("phase=lobby&role=stage")
    page.evaluate("""fetch('/scene?role=stage&phase=lobby').then((r) => r.json()).then(([[, screen]]) => {
      screen.data.sound = { volume: 30, muted: false, checks: 1 }; window.deliver('screen', { ...screen, v: 2 }); })""")
    eventually(lambda: "check" in page.evaluate("window.heard"))
    assert page.evaluate("window.heard").count("check") == 1
