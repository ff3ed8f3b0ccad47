"""A file that cannot be read says where, on every page that takes one."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from app.services.banks import banks, own_banks, question_import
from app.services.contests.setup import headcount_file
from app.services.files.containers import Unreadable
from app.services.people.imports import imports
from tests.app.pages.contests.test_setup import draft
from tests.contests import shipped
from tests.organisation import browser, plant, send
from tests.people import BINH


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_line_is_said_on_every_page_that_takes_a_file(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Unreadable("bad", "Không đọc được tệp này.", line=7)

    for key in ("digital-day", "cashless"):
        banks.replace_bank(key, shipped(key), "test")
    org = plant()
    bank = own_banks.create_bank(org.members[BINH], org.branch, "Của chi đoàn")
    for module, name in ((question_import, "start"), (headcount_file, "read"), (imports, "start")):
        monkeypatch.setattr(module, name, refuse)
    addresses = (
        f"/banks/{bank}/upload",
        f"/contests/{draft(org).public_id}/headcounts/file",
        f"/chapters/{org.branch}/import/members",
    )
    for address in addresses:
        sent = send(browser(app, org.members[BINH]), address, file=(io.BytesIO(b"x"), "a.csv"))
        assert sent.status_code == 422 and "(dòng 7)" in sent.text, address
