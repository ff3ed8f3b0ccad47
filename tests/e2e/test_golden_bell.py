"""The golden bell in a real browser: people fall, one is rescued by a question, and the last one rings the bell."""

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
    with serving(tmp_path_factory.mktemp("bell")) as started:
        yield started


def shortened(folder: Path) -> str:
    """The shipped script with four questions, a rescue after the first, and time for a slow machine."""
    script: dict[str, Any] = yaml.load((ROOT / "quizzes/shows/golden_bell.yaml").read_text(), yaml.CSafeLoader)
    (part,) = script["rounds"]
    part["settings"] |= {"seconds": 120, "rescue_after": 1, "cut_at": []}
    part["draw"] |= {"count": 4, "types": ["single"]}
    (folder / "bell.yaml").write_text(yaml.safe_dump(script, allow_unicode=True))
    return str(folder / "bell.yaml")


def answered(hall: Hall, right: tuple[Phone, ...], wrong: tuple[Phone, ...]) -> None:
    """The next question is asked and answered by all three, on the floor or along."""
    hall.next("ready")
    hall.next("open")
    for phone in (*right, *wrong):
        phone.choose(rightly=phone in right)


def test_the_golden_bell_is_played_to_the_podium(server: Server, browser: Browser, tmp_path: Path) -> None:
    show = new_show(server, shortened(tmp_path))
    hall = Hall(browser, show, "vi")
    hall.scene = "bell"
    an, binh, chi = hall.phones
    for phone, name in zip(hall.phones, NAMES, strict=True):
        phone.join(show["join_url"], name)

    answered(hall, right=(an,), wrong=(binh, chi))
    hall.all_reach("closed")
    expect(binh.page.locator(".late")).to_have_count(0)  # nobody is out before the key is shown
    hall.next("revealed")
    binh.see("Bạn đã rời sàn.")
    hall.stage.see("2 bạn rời sàn")

    hall.scene = "rescue"
    hall.next("ready")
    hall.stage.see("Cứu trợ")
    hall.next("open")
    an.see("Bạn đang trên sàn")
    binh.see("Câu cứu trợ: trả lời đúng, bạn trở lại sàn!")
    binh.choose(rightly=True)
    chi.choose(rightly=False)
    hall.all_reach("closed")
    hall.next("revealed")
    hall.stage.see("1 bạn trở lại sàn")

    hall.scene = "floor"
    answered(hall, right=(an, chi), wrong=(binh,))  # Chi answers along
    hall.all_reach("closed")
    hall.next("revealed")
    chi.see("Chính xác!")
    expect(chi.score).to_have_text("0")
    binh.see("Bạn đã rời sàn.")

    hall.scene = "last"
    hall.next("ready")
    hall.stage.see("Trả lời đúng, bạn sẽ rung chuông vàng.")
    hall.stage.see(NAMES[0])
    hall.next("open")
    an.choose(rightly=True)
    hall.all_reach("closed")
    hall.next("revealed")
    hall.stage.check_no_scrollbars()
    hall.next("over")
    hall.host.page.keyboard.press("Space")
    expect(hall.stage.page.locator(".steps li[data-step='1'] b")).to_have_text(NAMES[0])
    hall.check_accessible()
    hall.check_no_complaints()
    hall.close()
