"""Odd numbers in addresses are a person's slip or a stranger's play: never an error of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask, request
from werkzeug.routing import IntegerConverter

from app.numbers import DIGITS
from app.services.banks import own_banks
from tests.organisation import browser, plant
from tests.people import BINH, CHI

HUGE = ("9" * 23, "9" * 15, "9" * DIGITS)
PAGES = Path(__file__).resolve().parents[2] / "app"
ASKED = sorted(
    {
        name
        for file in PAGES.rglob("*.py")
        for name in re.findall(r'(?:args|values)\.get\("(\w+)"(?:(?!\.get\()[^\n])*\bint\)', file.read_text())
    }
)


@pytest.mark.parametrize("number", HUGE)
def test_no_huge_number_in_an_address_is_an_error_of_ours(app: Flask, number: str) -> None:
    org = plant()
    real = {
        "chapter_id": org.branch,
        "member_id": org.members[BINH],
        "bank_id": own_banks.create_bank(org.members[BINH], org.branch, "Ngân hàng của chi đoàn"),
    }
    chi = browser(app, org.members[CHI])
    query = "&".join(f"{name}={number}" for name in ASKED)
    wrong = []
    for route in app.url_map.iter_rules():
        if "GET" not in (route.methods or ()):
            continue
        whole = {name for name, one in route._converters.items() if isinstance(one, IntegerConverter)}
        for known in ({}, real) if whole else ({},):
            address = route.rule
            for name in route.arguments:
                value = known.get(name, number) if name in whole else "x"
                address = re.sub(rf"<(\w+(\([^)]*\))?:)?{name}>", str(value), address)
            status = chi.get(f"{address}?{query}").status_code
            wrong += [f"{address}?{query}: {status}"] if status >= 500 else []
    assert wrong == [] and len(ASKED) >= 4


def test_a_number_too_long_counts_as_not_given(app: Flask) -> None:
    with app.test_request_context(f"/?a=7&b={HUGE[0]}&c=-1&d=x", method="POST", data={"e": "8", "f": HUGE[0]}):
        assert [request.args.get(name, 5, type=int) for name in "abcd"] == [7, 5, -1, 5]
        assert [request.form.get(name, type=int) for name in "ef"] == [8, None]
        assert [request.values.get(name, type=int) for name in "abef"] == [7, None, 8, None]
