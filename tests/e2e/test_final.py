"""A four-round final in a real browser: two contestants and the audience, through every round to the podium."""

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

SHORT: dict[str, dict[str, Any]] = {
    "warm_up": {"contestants": 2, "each": 1, "common": 1, "buzz_seconds": 60, "answer_seconds": 60},
    "obstacle": {"contestants": 2, "seconds": 120, "answer_seconds": 60},
    "acceleration": {"contestants": 2, "times": [120]},
    "finish": {"contestants": 2, "each": 1, "times": [120], "steal_seconds": 60},
    "tie_break": {"contestants": 2},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("final")) as started:
        yield started


def shortened(folder: Path) -> str:
    """The shipped script with a question or two in each round, and time for a slow machine."""
    script: dict[str, Any] = yaml.load((ROOT / "quizzes/shows/final.yaml").read_text(), yaml.CSafeLoader)
    for part in script["rounds"]:
        part["settings"] = {**part.get("settings", {}), **SHORT[part["format"]]}
        if "draw" in part:
            part["draw"] |= {"count": {"warm_up": 3, "acceleration": 1, "finish": 2}.get(part["format"], 1)}
    script["rounds"][2]["draw"]["types"] = ["number"]
    (folder / "final.yaml").write_text(yaml.safe_dump(script, allow_unicode=True))
    return str(folder / "final.yaml")


def press(hall: Hall, key: str, *phases: str) -> None:
    hall.host.page.keyboard.press(key)
    hall.all_reach(*phases)


def picks(hall: Hall, phone: Phone, choice: str) -> None:
    phone.see("Mời bạn chọn")
    phone.page.locator("[data-ask] .opt").filter(has_text=choice).first.click()
    hall.all_reach("ready")


def types(phone: Phone, text: str) -> None:
    phone.page.locator("[data-ask] [data-value]").fill(text)
    phone.page.locator("[data-ask] .send").click()
    phone.see("Máy chủ đã nhận câu trả lời")


def test_a_final_is_played_to_the_podium(server: Server, browser: Browser, tmp_path: Path) -> None:
    show = new_show(server, shortened(tmp_path))
    hall = Hall(browser, show, "vi")
    hall.scene = "final"
    an, binh, chi = hall.phones
    for phone, name in zip(hall.phones, NAMES, strict=True):
        phone.join(show["join_url"], name)
    warm_up(hall, an, binh)
    obstacle(hall, an, binh)
    hall.scene = "acceleration"
    hall.next("ready")
    hall.next("open")
    an.choose(rightly=True)
    binh.choose(rightly=True)
    chi.choose(rightly=True)
    hall.all_reach("closed")
    expect(hall.stage.page.locator(".answers li")).to_have_count(2)
    hall.next("revealed")
    expect(an.score).to_have_text("110")
    expect(binh.score).to_have_text("35")
    hall.next("standings")
    hall.next("break")
    finish(hall, an, binh)
    hall.next("break")
    hall.next("over")  # nobody is equal: the tie-break is passed over
    for brought_on in range(2):
        expect(hall.stage.page.locator(".steps li")).to_have_count(brought_on)
        hall.host.page.keyboard.press("Space")
    expect(hall.stage.page.locator(".steps li[data-step='1'] b")).to_have_text(NAMES[0])
    hall.check_no_complaints()
    hall.close()


def warm_up(hall: Hall, an: Phone, binh: Phone) -> None:
    """An and Bình answer alone; then Bình buzzes while the question is read, and is wrong."""
    hall.scene = "warm-up"
    for phone in (an, binh):
        press(hall, "Space", "ready")
        press(hall, "Space", "open")
        phone.see("Tới lượt bạn!")
        hall.host.page.keyboard.press("Space")
        expect(hall.host.page.locator(".next")).to_contain_text("Đóng và chấm")
        press(hall, "KeyD" if phone is an else "KeyS", "revealed")
    expect(an.score).to_have_text("10")
    press(hall, "Space", "ready")
    press(hall, "Space", "open")
    binh.page.locator("button.buzz").click()
    hall.all_reach("answering")
    expect(hall.stage.page.locator("#spot b")).to_have_text(NAMES[1])
    press(hall, "KeyS", "revealed")
    expect(binh.score).to_have_text("-5")
    hall.next("standings")
    hall.next("break")


def obstacle(hall: Hall, an: Phone, binh: Phone) -> None:
    """Bình knows the row; An says the keyword after it."""
    hall.scene = "obstacle"
    press(hall, "Space", "open")
    picks(hall, an, "1")
    hall.next("open")
    types(an, "không biết")
    types(binh, "mat khau")
    hall.all_reach("closed")
    press(hall, "Space", "revealed")
    expect(hall.stage.page.locator(".rows [data-row=open]")).to_have_count(1)
    an.page.locator("button.bell").click()
    hall.all_reach("answering")
    press(hall, "KeyD", "closed")
    press(hall, "Space", "revealed")
    expect(an.score).to_have_text("70")
    hall.host.page.keyboard.press("Space")
    expect(hall.stage.page.locator(".keyword .cells[data-open]")).to_be_attached()
    hall.check_accessible()
    hall.next("standings")
    hall.next("break")


def finish(hall: Hall, an: Phone, binh: Phone) -> None:
    """An is right; Bình fails and An, who buzzes, is wrong."""
    hall.scene = "finish"
    press(hall, "Space", "open")
    picks(hall, an, "30")
    hall.next("open")
    an.choose(rightly=True)
    hall.all_reach("closed")
    hall.next("revealed")
    expect(an.score).to_have_text("140")
    press(hall, "Space", "open")
    picks(hall, binh, "20")
    hall.next("open")
    binh.choose(rightly=False)
    an.page.locator("button.buzz").click()
    hall.all_reach("answering")
    press(hall, "KeyS", "closed")
    hall.next("revealed")
    expect(an.score).to_have_text("130")
    hall.next("standings")
