"""Every shipped script in real browsers, from the lobby to the podium: stage, console, MC, judge and phones, the screens
of both languages side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.company import Company
from tests.e2e.short import KEYS, shortened
from tests.e2e.test_demo_show import new_show
from tests.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("scripts") / "instance", "--no-demo") as running:
        yield running


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_script_is_played_to_the_podium(server: Server, browser: Browser, tmp_path: Path, key: str) -> None:
    company = Company(browser, key, new_show(server, shortened(key, tmp_path)))
    seen = company.play()
    assert {phase.rpartition(" ")[2] for phase in seen} >= {"lobby", "open", "over"}, seen
    company.podium()
    company.look("podium")
    assert company.complaints() == {}
    company.close()
