"""A show of a hall without internet comes to the province's server as one signed file: by page and by command."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.app.live.hall import SPEED, Hall
from tests.e2e.hall import HOST, Window
from tests.e2e.members import window
from tests.organisation import Organisation, plant
from tests.people import BINH, DUNG
from tests.serving import Server, command, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The hall's machine: an instance of its own, with a key of its own."""
    with serving(tmp_path_factory.mktemp("hall") / "instance", "--no-demo") as started:
        yield started


def played(server: Server) -> str:
    """A show is played to its end on the hall's machine; its public id."""
    hall = Hall.open(server, SPEED)
    an = hall.join("An")
    hall.advance("ready")
    hall.advance("open")
    an.answer(an.data["question"]["options"][0]["id"])
    hall.wait("closed")
    for _ in range(40):
        if hall.host.phase == "over":
            break
        hall.act("advance")
    hall.wait("over")
    return str(hall.show["show"])


def said(server: Server, *words: str) -> dict[str, str]:
    done = command(server.instance, "parcel", *words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_a_show_is_carried_by_command_and_read_in_on_the_page_once(
    app: Flask, site: str, browser: Browser, server: Server, tmp_path: Path
) -> None:
    org: Organisation = plant()
    file, edited = tmp_path / "hall.parcel", tmp_path / "edited.parcel"
    key = said(server, "key")["key"]
    said(server, "write", played(server), str(file))
    edited.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()).replace(b'"An"', b'"Ba"')))

    binh = window(app, browser, site, "binh", org.members[BINH], HOST)
    page = f"{site}/chapters/{org.branch}/parcels"
    reads(binh, page, file)
    expect(binh.page.locator("main")).to_contain_text("Chưa ai duyệt")
    binh.page.fill("[name=name]", "Nhà văn hóa")
    binh.page.fill("[name=key]", key)
    binh.follow(binh.page.get_by_role("button", name="Duyệt khóa"))
    expect(binh.page.locator("main")).to_contain_text("Nhà văn hóa")
    reads(binh, page, edited)
    expect(binh.page.locator("main")).to_contain_text("Chữ ký không khớp")
    binh.complaints.clear()  # forms that are refused are answered by 4xx
    reads(binh, page, file)
    expect(binh.page.locator(".flash.good")).to_contain_text("Đã nhận.")
    first = binh.page.url
    binh.check_accessible()
    reads(binh, page, file)
    expect(binh.page.locator(".flash.warn[role=status]")).to_contain_text("đã nhận trước đây")
    assert binh.page.url == first
    assert binh.complaints == []
    dung = window(app, browser, site, "dung", org.members[DUNG], HOST)
    refused = dung.page.goto(page)
    assert refused
    assert refused.status == 403, "a host of another chapter"


def reads(one: Window, page: str, file: Path) -> None:
    one.page.goto(page)
    one.page.locator("[name=parcel]").set_input_files(file)
    one.follow(one.page.get_by_role("button", name="Nhận gói"))
