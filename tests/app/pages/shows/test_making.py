"""Making a show from the banks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from quizzes.formats import FORMATS
from tests.organisation import browser, plant
from tests.people import CHI


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_new_format_with_answers_is_offered_and_a_poll_is_not(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "relay", replace(FORMATS["speed"], key="relay", title="Tiếp sức"))
    page = browser(app, plant().members[CHI]).get("/shows/compose").text
    offered = {key: f'<option value="{key}"' in page for key in FORMATS}
    assert offered == {key: one.needs_answer for key, one in FORMATS.items()}
    assert offered["relay"]
    assert not offered["poll"]
