"""Setting a contest up through its pages: nothing typed is lost, nothing a draft says leaks, opening is final."""

from __future__ import annotations

import io
import re
import time
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.banks import banks, own_banks
from app.services.contests import contests
from app.services.contests.setup import drafts, units
from app.services.files.containers import Page, open_tables, write_xlsx
from app.services.people.roles import grant_role
from quizzes.contest.setup.rules import plain, read_rules, timetable
from quizzes.hours import DAY, HOUR, day, written
from tests.contests import shipped
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


@pytest.fixture
def org(app: Flask) -> Organisation:
    for key in ("digital-day", "cashless"):
        banks.replace_bank(key, shipped(key), "test")
    return plant()


def bank_ids(org: Organisation) -> dict[str, int]:
    return {one.key: one.id for one in own_banks.banks_for_contests(org.members[BINH])}


def now() -> int:
    return time.time_ns() // 1000


class Fields(HTMLParser):
    """The fields of a form that a browser would send: successful controls, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.select = self.area = ""
        self.option: tuple[str, bool] | None = None
        self.text = ""
        self.first: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        at = dict(attrs)
        name = at.get("name") or ""
        if tag == "input" and name and at.get("type") not in ("checkbox", "radio", "submit", "file"):
            self.sent.append((name, at.get("value") or ""))
        elif tag == "input" and name and "checked" in at:
            self.sent.append((name, at.get("value") or "on"))
        elif tag == "select":
            self.select, self.first = name, None
            self.chosen: str | None = None
        elif tag == "option" and self.select:
            self.first = self.first if self.first is not None else at.get("value") or ""
            self.chosen = (at.get("value") or "") if "selected" in at else self.chosen
        elif tag == "textarea":
            self.area, self.text = name, ""

    def handle_data(self, data: str) -> None:
        self.text += data if self.area else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.sent.append((self.select, self.chosen if self.chosen is not None else self.first or ""))
            self.select = ""
        elif tag == "textarea":
            self.sent.append((self.area, self.text.removeprefix("\n")))
            self.area = ""


def typed(client: FlaskClient, address: str, **changes: Any) -> dict[str, Any]:
    """The fields of the form at `address` as they stand."""
    return fields_of(client.get(address).text) | changes


def fields_of(page: str) -> dict[str, Any]:
    """The fields of the form on this page."""
    form = page[page.index('id="rules"') :]
    found: dict[str, Any] = {}
    for name, value in Fields(form[: form.index("</form>")]).sent:
        found.setdefault(name, []).append(value)
    found.pop("csrf_token", None)
    return found


def draft(org: Organisation, preset: str = "weekly-speed", who: str = BINH, **more: Any) -> contests.ContestLine:
    rules = timetable(read_rules(drafts.presets()[preset])[0], day(now() + DAY))
    data = plain(rules) | {"banks": list(bank_ids(org).values()), "contact": {"vi": "Văn phòng"}} | more
    return contests.contest(drafts.create(org.members[who], org.branch, data))


@pytest.mark.parametrize("preset", sorted(drafts.presets()))
def test_every_preset_comes_through_its_form_unchanged(app: Flask, org: Organisation, preset: str) -> None:
    line = draft(org, preset, who=CHI)
    client = browser(app, org.members[CHI])
    address = f"/contests/{line.public_id}/setup"
    answer = send(client, address, **typed(client, address), do="save")
    assert answer.status_code == 302, re.findall(r'class="flash bad".*?</div>', answer.text, re.S)
    again = contests.contest(line.id)
    assert plain(again.rules) == plain(line.rules) | {"source": plain(line.rules)["source"]}
    assert again.revision == line.revision + 1


def test_a_contest_is_made_from_a_preset_with_exact_hours(app: Flask, org: Organisation) -> None:
    client = browser(app, org.members[BINH])
    answer = send(client, "/contests/new", preset="classic-doan", chapter=org.branch, first_day="2026-12-07")
    line = contests.by_public_id(answer.location.split("/")[2])
    assert [written(wave.opens_at) for wave in line.rules.waves] == [
        "2026-12-07 08:00",
        "2026-12-21 08:00",
        "2027-01-04 08:00",
    ]
    assert line.rules.who.chapters == (org.branch,)
    assert send(client, "/contests/new", preset="classic-doan", chapter=org.village).status_code == 403


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/setup"
    changes = {"timing.seconds": "nhanh", "title.vi": "Tên mới", "who.chapters": "KP1, KHONGCO"}
    answer = send(client, address, **typed(client, address) | changes, do="save")
    assert answer.status_code == 422
    assert "KHONGCO" in answer.text and 'value="Tên mới"' in answer.text and 'value="nhanh"' in answer.text
    answer = send(client, address, **typed(client, address) | changes | {"who.chapters": "KP1"}, do="save")
    assert 'href="#f-timing.seconds"' in answer.text and "Cần một số nguyên." in answer.text
    assert contests.contest(line.id).title == line.title


def test_rows_are_added_dropped_and_filled_without_a_script(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/setup"
    page = send(client, address, **typed(client, address), do="add:prizes").text
    assert 'name="prizes.1.title.vi"' in page
    page = send(client, address, **typed(client, address), do="drop:waves.0").text
    assert 'name="waves.2.opens_at"' in page and 'name="waves.3.opens_at"' not in page
    fill = typed(client, address) | {"first_day": "2027-03-01", "schedule.count": "2", "schedule.opens": "09:30"}
    page = send(client, address, **fill, do="fill:waves").text
    assert 'value="2027-03-01T09:30"' in page and 'name="waves.2.opens_at"' not in page
    assert len(contests.contest(line.id).rules.waves) == 4, "nothing of it is stored"
    answer = send(
        client, address, **typed(client, address) | {"prizes.1.title.vi": "giải Nhì", "prizes.1.count": "2"}, do="save"
    )
    assert answer.status_code == 302
    assert [prize.key for prize in contests.contest(line.id).rules.prizes] == ["top", "giai-nhi"]


def test_a_contest_without_a_timetable_is_saved_and_new_rows_begin_with_the_defaults(
    app: Flask, org: Organisation
) -> None:
    line = contests.contest(drafts.create(org.members[BINH], org.branch, {"title": {"vi": "Trống"}}))
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/setup"
    for do in ("add:waves", "add:blueprint.cells", "add:divisions", "add:prizes", "add:collective"):
        page = send(client, address, **typed(client, address), do=do).text
        fields = fields_of(page)
        name = {
            "add:prizes": "prizes.0.title.vi",
            "add:collective": "collective.0.title.vi",
            "add:divisions": "divisions.0.title.vi",
        }
        answer = send(client, address, **fields | ({name[do]: "Mới"} if do in name else {}) | {"do": "save"})
        assert answer.status_code == 302, (do, re.findall(r'class="flash bad".*?</div>', answer.text, re.S))
    rules = contests.contest(line.id).rules
    assert (rules.blueprint.cells[0].count, rules.prizes[0].count, rules.collective[0].by) == (10, 1, "rate")
    assert (rules.waves, rules.divisions[0].key, rules.prediction) == ((), "moi", None)


def test_a_code_typed_tells_names_of_ones_own_members_only(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/setup"
    fields = typed(client, address) | {"barred.members": "DV-1, DV-4"}
    assert send(client, address, **fields, do="save").status_code == 302
    page = client.get(address).text
    assert "Nguyễn Thị An" in page and "Nguyễn Thị Dũng" not in page
    assert contests.contest(line.id).rules.barred.members == (org.members[AN], org.members[DUNG])


def test_chapters_and_members_are_written_by_name_and_read_again(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/setup"
    fields = typed(client, address) | {"who.chapters": "chi doan khu pho 1", "barred.members": "Nguyễn Thị An"}
    assert send(client, address, **fields, do="save").status_code == 302
    rules = contests.contest(line.id).rules
    assert (rules.who.chapters, rules.barred.members) == ((org.branch,), (org.members[AN],))
    again = typed(client, address)
    assert again["who.chapters"] == ["Chi đoàn khu phố 1 (KP1)"]
    assert send(client, address, **again, do="save").status_code == 302
    assert contests.contest(line.id).rules == rules
    answer = send(client, address, **again | {"who.chapters": "Đoàn"}, do="save")
    assert answer.status_code == 422
    assert "Có nhiều nơi hợp với “Đoàn”" in answer.text and ">\nĐoàn</textarea>" in answer.text.replace("\r", "")


def test_empty_rows_are_left_out_and_unticked_boxes_count(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/setup"
    fields = typed(client, address) | {
        "waves.4.opens_at": "",
        "waves.4.closes_at": "",
        "banks": [""],
        "barred.authors": ["0"],
    }
    assert send(client, address, **fields, do="save").status_code == 302
    rules = contests.contest(line.id).rules
    assert (len(rules.waves), rules.banks, rules.barred.authors) == (4, (), False)


def test_a_prize_with_figures_and_no_name_is_told_about_not_dropped(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/setup"
    new = {"prizes.9.title.vi": "", "prizes.9.count": "2", "prizes.9.worth": "500.000"}
    assert send(client, address, **(typed(client, address) | new), do="save").status_code == 302
    prizes = contests.contest(line.id).rules.prizes
    assert (prizes[-1].title, prizes[-1].count, prizes[-1].worth) == ({}, 2, 500_000)
    assert "Giải chưa có tên." in client.get(address).get_data(as_text=True)


def test_two_organisers_do_not_overwrite_each_other(app: Flask, org: Organisation) -> None:
    line = draft(org)
    binh, chi, address = (
        browser(app, org.members[BINH]),
        browser(app, org.members[CHI]),
        f"/contests/{line.public_id}/setup",
    )
    old = typed(binh, address) | {"title.vi": "Của Bình"}
    assert send(chi, address, **typed(chi, address) | {"title.vi": "Của Chi"}, do="save").status_code == 302
    answer = send(binh, address, **old, do="save")
    assert answer.status_code == 409 and 'value="Của Bình"' in answer.text
    assert contests.contest(line.id).title["vi"] == "Của Chi"


def test_a_draft_is_there_for_its_organisers_only(app: Flask, org: Organisation) -> None:
    line = draft(org)
    grant_role(None, org.members[DUNG], "organiser", org.village)
    for path in ("", "/the-le", "/setup", "/check", "/headcounts"):
        address = f"/contests/{line.public_id}{path}"
        assert browser(app, org.members[BINH]).get(address).status_code == 200, path
        assert browser(app, org.members[DUNG]).get(address).status_code == 404, path
        assert browser(app, org.members[AN]).get(address).status_code in (403, 404), path
    for path in ("open", "cancel", "copy"):
        assert (
            send(
                browser(app, org.members[DUNG]), f"/contests/{line.public_id}/{path}", sure="1", reason="x"
            ).status_code
            == 404
        )


def opened(app: Flask, org: Organisation, **more: Any) -> contests.ContestLine:
    opens = now() - HOUR
    more = {"blueprint": {"cells": [{"count": 4}]}, "waves": [{"opens_at": opens, "closes_at": opens + DAY}]} | more
    line = draft(org, **more)
    client = browser(app, org.members[BINH])
    assert "Không có lỗi nào" in client.get(f"/contests/{line.public_id}/check").text
    answer = send(client, f"/contests/{line.public_id}/open", revision=line.revision)
    assert answer.location.endswith("/check"), "not without saying that one is sure"
    assert (
        send(client, f"/contests/{line.public_id}/open", revision=line.revision, sure="1").location
        == f"/contests/{line.public_id}"
    )
    return contests.contest(line.id)


def test_a_checked_contest_is_opened_and_everybody_sees_it(app: Flask, org: Organisation) -> None:
    line = opened(app, org)
    an, stranger = browser(app, org.members[AN]), browser(app)
    page = an.get(f"/contests/{line.public_id}").text
    assert f"/contests/{line.public_id}/enter" in page
    assert line.title["vi"] in an.get("/contests").text
    rules = stranger.get(f"/contests/{line.public_id}/the-le").text
    assert all(one in rules for one in line.commitments), "the seeds are committed to before anybody starts"
    seeds = contests.frozen(line.id)
    assert seeds.seed not in rules and seeds.lots_seed not in rules
    assert browser(app, org.members[BINH]).get(f"/contests/{line.public_id}/setup").status_code == 302


def test_a_contest_for_another_chapter_is_not_in_ones_list(app: Flask, org: Organisation) -> None:
    line = opened(app, org)
    assert line.title["vi"] not in browser(app, org.members[DUNG]).get("/contests").text


def test_errors_stand_before_opening_with_a_link_to_their_field(app: Flask, org: Organisation) -> None:
    line = draft(org, blueprint={"cells": [{"count": 190}]})
    page = unescape(browser(app, org.members[BINH]).get(f"/contests/{line.public_id}/check").text)
    assert "setup#f-blueprint.cells.0" in page and "Mở cuộc thi</button>" not in page
    answer = send(browser(app, org.members[BINH]), f"/contests/{line.public_id}/open", revision=1, sure="1")
    assert answer.location.endswith("/check") and not contests.contest(line.id).running


CONTRADICTIONS: dict[str, Any] = {
    "waves": [{"opens_at": "2099-01-02 08:00", "closes_at": "2099-01-01 08:00"}, {}],
    "blueprint": {
        "cells": [{"count": 190}, {"topics": ["digital-day"], "count": 20}, {"difficulty": [2, 3], "count": 3}],
        "fixed": ["khong/co"],
    },
    "divisions": [
        {
            "key": "a",
            "title": {"vi": "A"},
            "blueprint": {"cells": [{"count": 199}, {"difficulty": [1, 2], "count": 9}]},
        },
        {"key": "a", "title": {"vi": "B"}, "blueprint": {"cells": []}},
    ],
    "attempts": {"most": 3, "practice": 2},
    "showing": {"score": "at_once", "key": "after_wave"},
    "contact": {},
    "timing": {"seconds": 30},
    "ranking": {"keys": ["distance"]},
    "title": {},
    "prizes": [{"key": "x", "board": "overall", "division": "z"}, {"key": "x"}],
    "collective": [{"key": "k", "by": "rate"}, {"key": "", "by": "weighted"}],
}


def test_every_problem_leads_to_its_field(app: Flask, org: Organisation) -> None:
    bank = bank_ids(org)["digital-day"]
    line = draft(org, **CONTRADICTIONS, banks=[bank], practice_banks=[bank])
    client = browser(app, org.members[BINH])
    form, check = (client.get(f"/contests/{line.public_id}/{page}").text for page in ("setup", "check"))
    ids = re.findall(r'\sid="([^"]+)"', form)
    places = set(re.findall(r'href="#(f-[^"]+)"', form)) | set(re.findall(r'setup#(f-[^"]+)"', check))
    assert len(places) > 12 and places - set(ids) == set()
    assert [one for one in set(ids) if ids.count(one) > 1] == [], "an id stands once"


def test_the_number_of_tries_is_hidden_while_it_is_to_be_predicted(app: Flask, org: Organisation) -> None:
    guess = {"prediction": {"quantity": "entrants"}, "ranking": {"keys": ["score", "distance"]}}
    plain_line, hidden = opened(app, org), opened(app, org, **guess)
    for line in (plain_line, hidden):
        begin_tries(line.id, 137)
    an = browser(app, org.members[AN])
    assert "137 lượt thi" in an.get(f"/contests/{plain_line.public_id}").text
    for who in (AN, BINH):
        assert "137" not in re.sub(
            r"<[^>]*>", " ", browser(app, org.members[who]).get(f"/contests/{hidden.public_id}").text
        )


def begin_tries(contest: int, count: int) -> None:
    from sqlalchemy import update

    from app.models.contests import Contest
    from app.models.engines import database

    database.write(lambda db: db.execute(update(Contest).where(Contest.id == contest).values(next_no=count + 1)))


def test_a_cancelled_contest_says_so_and_cannot_be_entered(app: Flask, org: Organisation) -> None:
    line = opened(app, org)
    client = browser(app, org.members[BINH])
    send(client, f"/contests/{line.public_id}/cancel", reason="Bão số 5")
    page = browser(app, org.members[AN]).get(f"/contests/{line.public_id}").text
    assert "Đã hủy" in page and "/enter" not in page and "Bão số 5" not in page


def test_a_draft_with_extra_time_is_deleted_with_it(app: Flask, org: Organisation) -> None:
    line, client = draft(org), browser(app, org.members[BINH])
    assert send(client, f"/contests/{line.public_id}/extra-time", code="DV-1", percent=50).status_code == 302
    assert send(client, f"/contests/{line.public_id}/discard").status_code == 302
    assert client.get(f"/contests/{line.public_id}").status_code == 404


def test_extra_time_names_nobody_the_contest_is_not_for(app: Flask, org: Organisation) -> None:
    own, guests = draft(org), draft(org, who=CHI)
    said = plain(guests.rules) | {"who": {"chapters": [org.village]}}
    assert drafts.save(org.members[CHI], guests.id, guests.revision, said) == []
    client = browser(app, org.members[BINH])
    for percent in (50, 900):
        foreign, unknown = (
            send(client, f"/contests/{own.public_id}/extra-time", code=code, percent=percent)
            for code in ("DV-4", "DV-9")
        )
        assert foreign.status_code == unknown.status_code == 422
        assert refusals(foreign.text) == refusals(unknown.text) != []
    assert "Nguyễn Thị Dũng" not in client.get(f"/contests/{own.public_id}/extra-time").text
    for code in ("DV-1", "DV-4"):
        assert send(client, f"/contests/{guests.public_id}/extra-time", code=code, percent=50).status_code == 302


def refusals(page: str) -> list[str]:
    return re.findall(r'class="(?:flash bad|error)[^"]*".*?</', page, re.S)


def test_a_draft_is_deleted_an_opened_contest_is_not(app: Flask, org: Organisation) -> None:
    line, running = draft(org), opened(app, org)
    client = browser(app, org.members[BINH])
    assert send(browser(app, org.members[AN]), f"/contests/{line.public_id}/discard").status_code == 403
    assert send(client, f"/contests/{line.public_id}/discard").status_code == 302
    assert client.get(f"/contests/{line.public_id}").status_code == 404
    assert send(client, f"/contests/{running.public_id}/discard").status_code == 409
    assert client.get(f"/contests/{running.public_id}").status_code == 200


def test_headcounts_are_typed_before_opening(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/headcounts"
    assert send(client, address, **{f"members-{org.branch}": "41"}).status_code == 302
    assert 'value="41"' in client.get(address).text
    assert send(client, address, **{f"members-{org.branch}": ""}).status_code == 302
    assert 'value="41"' not in client.get(address).text


def test_a_headcount_that_is_no_number_is_said_and_kept_in_its_field(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/headcounts"
    answer = send(client, address, **{f"members-{org.branch}": "12a"})
    assert answer.status_code == 422 and 'value="12a"' in answer.text and "ví dụ 125" in answer.text
    assert all(one.declared is None for one in units.headcounts(line.id))


def test_a_table_with_many_wrong_rows_says_how_many_more_there_are(app: Flask, org: Organisation) -> None:
    client, address = browser(app, org.members[BINH]), f"/contests/{draft(org).public_id}/headcounts"
    rows = "".join("KP1,hai mươi\n" for _ in range(203))
    answer = send(client, f"{address}/file", file=(io.BytesIO(f"Mã cơ sở,Số chính thức\n{rows}".encode()), "so.csv"))
    assert answer.status_code == 422
    assert answer.text.count('class="num breakable"') == 200 and "Còn 3 vấn đề nữa" in answer.text


def test_headcounts_come_back_in_the_table_that_was_downloaded(app: Flask, org: Organisation) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/headcounts"
    [sheet] = open_tables(client.get(f"{address}.xlsx").data)
    filled = write_xlsx([Page("Sheet", [sheet.rows[0], *([*row[:2], 1250] for row in sheet.rows[1:])])])
    assert send(client, f"{address}/file", file=(io.BytesIO(filled), "so.xlsx")).status_code == 302
    assert client.get(address).text.count('value="1250"') == len(sheet.rows) - 1


@pytest.mark.parametrize(("content", "said"), [
    ("Mã cơ sở,Số chính thức\nKP1,hai mươi\n", "ví dụ 125"),
    ("Mã cơ sở,Số chính thức\nKP1,5\nkp1,6\n", "đã có ở dòng 2"),
    ("Mã cơ sở,Số chính thức\nKP1,5\nXA-LA,6\n", "Không có cơ sở mang mã này"),
    ("Tên,Số\nKP1,5\n", "Mã cơ sở, Số chính thức"),
    ("", "Không đọc được tệp này"),
])  # fmt: skip
def test_a_table_with_a_wrong_row_stores_no_headcount(app: Flask, org: Organisation, content: str, said: str) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/headcounts"
    answer = send(client, f"{address}/file", file=(io.BytesIO(content.encode()), "so.csv"))
    assert answer.status_code == 422 and said in answer.text
    assert all(one.declared is None for one in units.headcounts(line.id))


WEIRD = (
    "title", "title.vi.x", "title.fr", "waves", "waves.x", "waves.0", "waves.99999999.opens_at", "waves.0.title", "who",
    "who.on", "who.chapters", "who.chapters.0", "who.ages", "divisions", "divisions.0", "divisions.0.who",
    "divisions.0.blueprint", "divisions.0.blueprint.on", "divisions.0.blueprint.cells", "prediction", "prediction.on",
    "prediction.on.vi", "schedule", "schedule.on", "banks", "banks.on", "blueprint.cells.0.difficulty", "ranking.keys",
    "marking.points", "timing.seconds.vi", "timing.vi", "barred.members", "prizes.0.key", "prizes.0", "__class__", "do",
)  # fmt: skip


@pytest.mark.parametrize("value", ["", "1", "x\x00"])
def test_whatever_is_sent_is_answered(app: Flask, org: Organisation, value: str) -> None:
    line = draft(org)
    client, address = browser(app, org.members[BINH]), f"/contests/{line.public_id}/setup"
    for name in WEIRD:
        for do in ("save", f"drop:{name}.0"):
            fields = {"do": do, name: value, "first_day": "2027-01-01"}
            fields["revision"] = str(contests.contest(line.id).revision)
            assert send(client, address, **fields).status_code < 500, (name, do)
