"""The millionaire evening in a real browser: the fastest finger climbs, is helped, and walks away with its points."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.e2e.test_demo_show import NAMES, Hall, new_show
from tests.serving import ROOT, Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("ladder")) as started:
        yield started


def shortened(folder: Path) -> str:
    """The shipped script's first climb, with two rungs and time for a slow machine."""
    script: dict[str, Any] = yaml.load((ROOT / "quizzes/shows/ladder.yaml").read_text(), yaml.CSafeLoader)
    script["rounds"] = script["rounds"][:2]
    finger, climb = script["rounds"]
    finger["settings"] |= {"seconds": 120}
    finger["draw"] = {"count": 1, "types": ["single"]}
    climb["settings"] |= {"prizes": [10, 20], "milestones": [], "vote_seconds": 120, "talk_seconds": 120}
    climb["draw"] |= {"count": 2}
    script["settings"]["breaks"] = False
    (folder / "ladder.yaml").write_text(yaml.safe_dump(script, allow_unicode=True))
    return str(folder / "ladder.yaml")


def test_the_fastest_finger_climbs_is_helped_and_walks_away(server: Server, browser: Browser, tmp_path: Path) -> None:
    show = new_show(server, shortened(tmp_path))
    hall = Hall(browser, show, "vi")
    hall.scene = "finger"
    an, binh, chi = hall.phones
    for phone, name in zip(hall.phones, NAMES, strict=True):
        phone.join(show["join_url"], name)

    hall.next("ready")
    hall.next("open")
    an.choose(rightly=False)
    binh.choose(rightly=True)
    chi.choose(rightly=False)
    hall.all_reach("closed")
    hall.next("revealed")
    expect(hall.stage.page.locator(".fastest .yes")).to_contain_text(NAMES[1])

    hall.scene = "climb"
    hall.next("ready")
    binh.see("Bậc 1")
    hall.next("open")
    chi.choose(rightly=True)
    binh.page.locator("[data-act=help]").filter(has_text="50 : 50").click()
    expect(binh.page.locator("[data-ask] .opt")).to_have_count(2)
    expect(hall.stage.page.locator(".tiles li")).to_have_count(2)
    binh.page.locator("[data-act=help]").filter(has_text="Hỏi khán giả").click()
    an.see("Thí sinh hỏi khán giả: bạn khuyên chọn phương án nào?")
    for phone in (an, chi):
        phone.choose(rightly=True)
    expect(hall.stage.page.locator(".tiles .n")).to_have_count(2)
    hall.check_accessible()
    binh.choose(rightly=True)
    binh.status.get_by_text("Máy chủ đã nhận câu trả lời").wait_for()
    hall.next("closed")
    expect(hall.stage.page.locator(".tiles [data-chosen]")).to_have_count(1)
    hall.next("revealed")
    expect(binh.score).to_have_text("10")
    expect(chi.page.locator("#screen [data-mine='along.rank']")).to_have_text("1")

    hall.scene = "walk"
    hall.next("ready")
    hall.next("open")
    binh.page.locator("[data-act=walk_away]").click()
    binh.page.locator("#confirm button[value=yes]").click()
    hall.all_reach("closed")
    hall.next("revealed")
    binh.see("Bạn mang về 10 điểm.")
    hall.next("over")
    hall.host.page.keyboard.press("Space")
    expect(hall.stage.page.locator(".steps li[data-step='1'] b")).to_have_text(NAMES[1])
    hall.check_no_complaints()
    hall.close()
