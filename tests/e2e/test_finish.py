"""Finish in a real browser: a package, the star, and a steal that takes the points, to the podium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.e2e.hall import Phone
from tests.e2e.test_demo_show import NAMES, Hall, new_show
from tests.serving import ROOT, Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("finish")) as started:
        yield started


def shortened(folder: Path) -> str:
    """The shipped script without its warm-up: two contestants with a question each, and time for a slow machine."""
    script: dict[str, Any] = yaml.load((ROOT / "quizzes/shows/finish.yaml").read_text(), yaml.CSafeLoader)
    part = script["rounds"].pop()
    part["settings"] |= {"contestants": 2, "each": 1, "times": [120], "steal_seconds": 60}
    part["draw"] |= {"count": 2}
    script["rounds"] = [part]
    (folder / "finish.yaml").write_text(yaml.safe_dump(script, allow_unicode=True))
    return str(folder / "finish.yaml")


def picks(hall: Hall, phone: Phone, value: str) -> None:
    hall.all_reach("open")
    phone.see("Mời bạn chọn")
    phone.page.locator("[data-ask] .opt").filter(has_text=value).click()
    hall.all_reach("ready")


def test_finish_is_played_to_the_podium(server: Server, browser: Browser, tmp_path: Path) -> None:
    show = new_show(server, shortened(tmp_path))
    hall = Hall(browser, show, "vi")
    hall.scene = "finish"
    an, binh, chi = hall.phones
    for phone, name in zip(hall.phones, NAMES, strict=True):
        phone.join(show["join_url"], name)

    hall.scene = "pick"
    hall.host.page.keyboard.press("Space")
    picks(hall, an, "30")
    an.page.locator("[data-act=star]").click()
    an.see("Bạn đã đặt ngôi sao hy vọng ở câu này.")
    hall.stage.see("Ngôi sao hy vọng")
    hall.scene = "star"
    hall.next("open")
    chi.choose(rightly=True)  # the audience answers along
    an.choose(rightly=True)
    hall.all_reach("closed")
    hall.next("revealed")
    expect(an.score).to_have_text("60")
    chi.see("Chính xác!")
    expect(chi.score).to_have_text("0")
    hall.check_accessible()

    hall.scene = "steal"
    hall.host.page.keyboard.press("Space")
    picks(hall, binh, "20")
    hall.next("open")
    binh.choose(rightly=False)
    an.page.locator("button.buzz").click()
    hall.all_reach("answering")
    expect(hall.stage.page.locator("#spot b")).to_have_text(NAMES[0])
    hall.host.page.keyboard.press("KeyD")
    hall.all_reach("closed")
    hall.next("revealed")
    expect(an.score).to_have_text("80")
    expect(binh.score).to_have_text("-20")

    hall.next("standings")
    hall.next("over")
    hall.host.page.keyboard.press("Space")
    expect(hall.stage.page.locator(".steps li[data-step='1'] b")).to_have_text(NAMES[0])
    hall.check_no_complaints()
    hall.close()
