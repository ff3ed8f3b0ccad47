"""The frame of every page: the menu, the account, languages, links at the foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, request, url_for
from flask_babel import format_date, format_datetime, format_decimal, format_time, gettext

from app.language import LANGUAGES, current
from app.pages.parts.cards import labelled
from app.pages.parts.qr import absolute
from app.security import access, current_member
from app.security.headers import INDEXED
from quizzes.refusals import N_

MENU = [
    ("shows.index", N_("Chương trình"), N_("Tạo và điều khiển chương trình trực tiếp.")),
    ("contests.index", N_("Cuộc thi"), N_("Thi trực tuyến theo đợt.")),
    ("goal.index", N_("1+2"), N_("Chỉ cho một người bạn và một người thân.")),
    ("ranking.index", N_("Xếp hạng"), N_("Cơ sở nào đang dẫn đầu, theo tổng điểm và theo đầu người.")),
    ("banks.index", N_("Câu hỏi"), N_("Ngân hàng câu hỏi có nguồn và thời hạn.")),
    ("chapters.index", N_("Cơ sở Đoàn"), N_("Tìm chi đoàn của bạn trong cây tổ chức.")),
    ("admin.index", N_("Quản trị"), N_("Đoàn viên, vai trò, nhật ký của cơ sở bạn phụ trách.")),
]
"""(endpoint, label, what it is for). A page that is not there, or not open to the person, is not shown."""

FOOT = [("help.index", N_("Hướng dẫn")), ("home.privacy", N_("Dữ liệu cá nhân"))]
LANGUAGE_NAMES = {"vi": "VI", "en": "EN"}
DAYS, SHORT = {"vi": "d/M/y"}, {"vi": "HH:mm d/M/y"}
"""Offices write the whole year, which the usual short form of Vietnamese leaves out."""


Links = list[dict[str, Any]]


class Later:
    """Links that are made when a template reads them: pages of a taught person and screens of shows never do."""

    def __init__(self, made: Callable[[], Links]) -> None:
        self._made = cache(made)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._made())

    def __bool__(self) -> bool:
        return bool(self._made())


def around() -> dict[str, Any]:
    """The variables of `base.html`."""
    return {
        "indexed": request.endpoint in INDEXED,
        "nav": Later(_menu),
        "account": Later(_account),
        "language_links": Later(_languages),
        "footer_links": Later(_foot),
        "home": url_for("home.index"),
    }


def _menu() -> Links:
    member, here = current_member(), (request.endpoint or "").partition(".")[0]
    return [
        {
            "href": url_for(page),
            "label": gettext(label),
            "about": gettext(about),
            "current": page.partition(".")[0] == here,
        }
        for page, label, about in MENU
        if access.open_to(page, member)
    ]


def _languages() -> Links:
    return [
        {"href": url_for("home.language", code=code, next=_here()), "code": code, "label": LANGUAGE_NAMES[code]}
        for code in LANGUAGES
        if code != current()
    ]


def _foot() -> Links:
    member = current_member()
    return [{"href": url_for(page), "label": gettext(label)} for page, label in FOOT if access.open_to(page, member)]


def _account() -> Links:
    member = current_member()
    if member is not None:
        given_name = member.name.split()[-1]  # the words by which people here call each other
        return [
            {"href": url_for("my_data.index"), "label": given_name},
            {"href": url_for("accounts.sign_out"), "label": gettext("Đăng xuất"), "post": True},
        ]
    return [{"href": url_for("accounts.sign_in"), "label": gettext("Đăng nhập")}]


def _here() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("home.index")


def moment(at: int | None) -> str:
    """A stored moment as people here read it."""
    return "" if at is None else format_datetime(datetime.fromtimestamp(at / 1e6, UTC), SHORT.get(current(), "short"))


def span(starts: int, ends: int) -> str:
    """Two stored moments; a day is said once where both are of the same."""
    begin, end = moment(starts), moment(ends)
    if day(starts) != day(ends):
        return f"{begin} – {end}"
    first, last = _hour(starts), _hour(ends)
    return begin.replace(first, f"{first} – {last}", 1)


def _hour(at: int) -> str:
    return str(format_time(datetime.fromtimestamp(at / 1e6, UTC), "HH:mm"))


def day(at: int | None) -> str:
    """The day of a stored moment."""
    zone = ZoneInfo(current_app.config["SETTINGS"].time_zone)
    return "" if at is None else datum(datetime.fromtimestamp(at / 1e6, zone).date())


def datum(one: date | None) -> str:
    """A day as people here write it; empty where there is none."""
    return format_date(one, DAYS.get(current(), "short")) if one else ""


def today() -> date:
    """The day it is where the people are."""
    return datetime.now(ZoneInfo(current_app.config["SETTINGS"].time_zone)).date()


def install(app: Flask) -> None:
    """Give every template the frame's variables, `when` and `day`."""
    app.context_processor(around)
    app.jinja_env.globals["absolute"] = absolute
    app.jinja_env.globals["span"] = span
    app.jinja_env.filters["labelled"] = labelled
    app.jinja_env.filters["when"] = moment
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["figure"] = format_decimal
    app.jinja_env.filters["datum"] = datum
