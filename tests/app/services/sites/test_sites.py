"""Sites: marked with evidence, recognised only by the chapter above and only whole, criteria in other words looked at
anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.models.engines import Database
from app.services.banks.media import picture
from app.services.sites import sites
from quizzes.refusals import Rejected
from quizzes.sites.criteria import Criterion
from tests.organisation import Organisation, browser, plant
from tests.people import AN, BINH, CHI


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as refusal:
        work()
    return refusal.value.code


def test_a_street_is_recognised_by_the_chapter_above_when_all_nine_are_met(org: Organisation) -> None:
    binh, chi = org.members[BINH], org.members[CHI]
    made = sites.make(binh, org.branch, "street", "Đường Ấp Bắc", "", "")
    assert refused(lambda: sites.make(binh, org.branch, "street", "đường ấp bắc", "", "")) == "site_known"
    keys = [one.key for one in sites.site(made).criteria]
    assert refused(lambda: sites.mark(binh, made, keys[0], True, " ")) == "site_evidence"
    assert refused(lambda: sites.mark(org.members[AN], made, keys[0], True, "x")) == "forbidden"
    for key in keys[1:]:
        sites.mark(binh, made, key, True, "Biên bản 3-2026")
    assert refused(lambda: sites.recognise(chi, made, True, "QĐ 5")) == "site_not_ready"
    sites.mark(binh, made, keys[0], True, "Ảnh chụp", ("a.webp", b"x"))
    assert refused(lambda: sites.recognise(binh, made, True, "QĐ 5")) == "forbidden"
    sites.recognise(chi, made, True, "QĐ 5")
    assert sites.site(made).recognised_at and sites.site(made).met == 9
    assert picture("a.webp") == b"x"
    sites.mark(binh, made, keys[0], False, "")
    assert sites.site(made).recognised_at is None and sites.site(made).met == 8
    assert picture("a.webp") is None, "it goes with what it showed"


def test_a_locality_writes_its_own_and_other_words_are_looked_at_anew(org: Organisation) -> None:
    binh, chi = org.members[BINH], org.members[CHI]
    made = sites.make(binh, org.branch, "market", "Chợ Thạnh Trị", "", "")
    ours = sites.site(made).criteria
    sites.mark(binh, made, ours[0].key, True, "30 trên 40 quầy")
    sites.set_criteria(chi, org.province, "market", [ours[0], Criterion("Nhóm", "Tiêu chí riêng")], "HD 7")
    assert [one.met for one in sites.of_chapter("/")] == [1] and len(sites.site(made).criteria) == 2
    sites.set_criteria(binh, org.branch, "market", [Criterion("Nhóm", "Khác hẳn")], "HD 8")
    assert sites.site(made).met == 0
    assert refused(lambda: sites.set_criteria(binh, org.province, "market", ours, "")) == "forbidden"


def test_recognised_by_other_criteria_it_has_to_be_looked_at_again(org: Organisation) -> None:
    chi = org.members[CHI]
    made = sites.make(org.members[BINH], org.branch, "market", "Chợ Thạnh Trị", "", "")
    ours = sites.site(made).criteria
    for one in ours:
        sites.mark(org.members[BINH], made, one.key, True, "30 trên 40 quầy")
    sites.recognise(chi, made, True, "QĐ 5")
    assert sites.site(made).recognised
    sites.set_criteria(chi, org.province, "market", [*ours[1:], Criterion("Nhóm", "Tiêu chí riêng")], "HD 7")
    assert sites.site(made).recognised_at and not sites.site(made).recognised
    sites.mark(org.members[BINH], made, Criterion("Nhóm", "Tiêu chí riêng").key, True, "Ảnh chụp")
    sites.recognise(chi, made, True, "QĐ 9")
    assert sites.site(made).recognised and sites.site(made).decision == "QĐ 9"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_words_of_a_locality_are_shown_as_they_are(app: Flask) -> None:
    org = plant()
    theirs = [Criterion("Nhóm <i>A</i> 50 %", "80 % hộ <b>dân</b> %(x)s")]
    sites.set_criteria(org.members[CHI], org.province, "market", theirs, "HD 7")
    made = sites.make(org.members[CHI], org.ward, "market", "Chợ 100 %", "", "")
    page = browser(app, org.members[CHI]).get(f"/sites/{made}")
    assert (
        page.status_code == 200
        and "80 % hộ &lt;b&gt;dân&lt;/b&gt; %(x)s" in page.text
        and "Nhóm &lt;i&gt;A" in page.text
    )
