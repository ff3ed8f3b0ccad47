"""How days and moments are written."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from app.pages.parts.frame import datum, moment, span
from quizzes.hours import DAY, HOUR

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
AT = 1_796_346_000_000_000  # 8:00 on 4 December 2026 in Việt Nam


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", ("8/3/2026", "08:00 4/12/2026", "08:00 – 09:00 4/12/2026", "08:00 4/12/2026 – 08:00 5/12/2026")),
        (
            "en_GB",
            ("08/03/2026", "04/12/2026, 08:00", "04/12/2026, 08:00 – 09:00", "04/12/2026, 08:00 – 05/12/2026, 08:00"),
        ),
    ],
)
def test_years_are_whole_and_a_day_is_said_once(app: Flask, lang: str, said: tuple[str, ...]) -> None:
    with app.test_request_context("/"), force_locale(lang):
        assert (datum(date(2026, 3, 8)), moment(AT), span(AT, AT + HOUR), span(AT, AT + DAY)) == said
        assert datum(None) == ""
