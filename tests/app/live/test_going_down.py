"""A planned restart: every phone is told before it is cut, and comes back anywhere in the time it was told."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from app.load import phone as browser
from app.load.crowd import Crowd
from app.load.phone import Phone
from app.load.wire import Screen
from app.serving import SPREAD_S
from tests.app.live.hall import SPEED, new_show, port_of
from tests.serving import serving

PHONES = 60


class Told(Crowd):
    """Phones of which is known what each had been told when it was cut, and when it dialled again."""

    def __init__(self, port: int) -> None:
        super().__init__([("127.0.0.1", port)], PHONES, "h")
        self.told: list[float] = []
        self.dialed: list[float] = []

    def _lost(self, phone: Phone) -> None:
        self.told.append(phone.spread_s)
        super()._lost(phone)

    def _saw(self, phone: Phone, screen: Screen) -> None:
        if self.comes_back and phone.dialed_at:
            self.dialed.append(phone.dialed_at)
        super()._saw(phone, screen)


def test_everybody_is_told_before_a_planned_restart_and_comes_back_spread_over_the_time_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "FIRST_WAIT_S", 0.0)  # who has been told nothing comes back at once
    with serving(tmp_path / "instance", "--no-demo") as server:
        crowd = Told(port_of(server))
        crowd.join([new_show(server, SPEED)["pin"]], 400.0)
        assert len(crowd.connect(400.0)) == PHONES
        assert not crowd.told
        crowd.wait_for_cut()
        server.process.send_signal(signal.SIGUSR2)
        assert len(crowd.are_back(30.0)) == PHONES
        assert crowd.told == [SPREAD_S] * PHONES
        after = sorted(at - min(crowd.dialed) for at in crowd.dialed)
        assert len(after) == PHONES
        assert after[-1] > SPREAD_S / 2
        assert after[PHONES // 4] > SPREAD_S / 20, "a quarter of them is not back in one instant"
        for phone in crowd.phones:
            phone.hang_up()
