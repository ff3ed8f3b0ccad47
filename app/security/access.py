"""The declared access table: every route and every socket event, and who may use it.

One row per line, sorted by area. A route without a row is refused (in tests: a failure); a row without
a route fails a test. To add a page: write it, add its row.

    PUBLIC                     everybody
    SIGNED_IN                  every member; the page shows them their own things
    TICKET                     a holder of a show's ticket: the live layer checks it itself
    TOKEN                      a holder of a token in the Authorization header: the page checks it itself
    anywhere("host", ...)      who holds one of the roles in any subtree; the page narrows by `need(...)`
    in_chapter("organiser")    who holds the role where the route's `chapter_id` lies
    over_member("organiser")   who holds the role where the route's `member_id` belongs
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, current_app, redirect, request, url_for

from app.errors import wants_json
from app.security.sessions import current_member, signed_in
from app.services.people.chapters import path_of_chapter
from app.services.people.members import path_of_member
from app.services.people.sign_ins import CurrentMember
from quizzes.refusals import Rejected

log = structlog.get_logger()


@dataclass(frozen=True)
class Rule:
    """Who may use a route. `where` is the part of the address that names the chapter or member."""

    kind: str
    roles: frozenset[str] = frozenset()
    where: str = ""


PUBLIC, SIGNED_IN, TICKET, TOKEN = Rule("public"), Rule("signed in"), Rule("ticket"), Rule("token")


def anywhere(*roles: str) -> Rule:
    """Holding one of the roles somewhere is enough to come in."""
    return Rule("role", frozenset(roles))


def in_chapter(*roles: str, where: str = "chapter_id") -> Rule:
    """Holding one of the roles over the chapter the address names."""
    return Rule("chapter", frozenset(roles), where)


def over_member(*roles: str, where: str = "member_id") -> Rule:
    """Holding one of the roles over the home chapter of the member the address names."""
    return Rule("member", frozenset(roles), where)


ROUTES: dict[str, Rule] = {
    # the frame
    "healthz": PUBLIC,
    "metrics": TOKEN,
    "static_file": PUBLIC,
    "home.index": PUBLIC,
    "home.language": PUBLIC,
    "home.privacy": PUBLIC,
    # accounts
    "accounts.activate": PUBLIC,
    "accounts.first": PUBLIC,
    "accounts.guardian": PUBLIC,
    "accounts.invited": PUBLIC,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_out": PUBLIC,
    "accounts.sign_up": PUBLIC,
    "accounts.waiting": PUBLIC,
    # administration
    "admin.audit": anywhere("admin"),
    "admin.grant": anywhere("admin", "organiser"),
    "admin.index": anywhere("admin", "organiser"),
    "admin.revoke": anywhere("admin", "organiser"),
    "admin.list_roles": anywhere("admin", "organiser"),
    # banks of questions; each page asks for the right in the bank's chapter
    "bank_files.confirm": anywhere("author", "organiser"),
    "bank_files.drop": anywhere("author", "organiser"),
    "bank_files.export": anywhere("author", "reviewer", "organiser"),
    "bank_files.preview": anywhere("author", "organiser"),
    "bank_files.problems": anywhere("author", "organiser"),
    "bank_files.template": anywhere("author", "reviewer", "organiser"),
    "bank_files.upload": anywhere("author", "organiser"),
    "banks.edit": anywhere("author", "organiser"),
    "banks.index": anywhere("author", "reviewer", "organiser"),
    "banks.of_chapter": in_chapter("author", "organiser"),
    "banks.one": anywhere("author", "reviewer", "organiser"),
    "banks.question": anywhere("author", "reviewer", "organiser"),
    "banks.rename": anywhere("author", "organiser"),
    "banks.step": anywhere("author", "reviewer", "organiser"),
    "banks.step_one": anywhere("author", "reviewer", "organiser"),
    "banks.write_new": anywhere("author", "organiser"),
    # chapters
    "chapters.change": in_chapter("organiser"),
    "chapters.close": in_chapter("organiser"),
    "chapters.find": PUBLIC,
    "chapters.index": PUBLIC,
    "chapters.invite": in_chapter("organiser"),
    "chapters.move": in_chapter("organiser"),
    "chapters.new": in_chapter("organiser"),
    "chapters.new_root": anywhere("admin"),
    "chapters.show": PUBLIC,
    # complaints: one's own; organisers see those about their contests, the pages see to it
    "complaints.mine": SIGNED_IN,
    "complaints.of_contest": anywhere("organiser", "admin"),
    "complaints.one": SIGNED_IN,
    # the desk of organisers: the pages narrow to the contest's chapter
    "contest_desk.decide": anywhere("organiser", "admin"),
    "contest_desk.index": anywhere("organiser", "admin"),
    "contest_desk.publish": anywhere("organiser", "admin"),
    "contest_desk.signal": anywhere("organiser", "admin"),
    "contest_desk.signals": anywhere("organiser", "admin"),
    "contest_figures.entrants_csv": anywhere("organiser", "admin"),
    "contest_figures.statistics": anywhere("organiser", "admin"),
    "contest_figures.statistics_xlsx": anywhere("organiser", "admin"),
    "contest_minutes.paper": anywhere("organiser", "admin"),
    # results of contests, as far as their rules show them
    "contest_files.export": PUBLIC,
    "contest_files.key": PUBLIC,
    "contest_files.page": PUBLIC,
    "contest_results.chapters": PUBLIC,
    "contest_results.one": PUBLIC,
    # contests: drafts are there for organisers of their chapter only, the pages see to it
    "contest_setup.cancel": anywhere("organiser"),
    "contest_setup.check": anywhere("organiser"),
    "contest_setup.discard": anywhere("organiser"),
    "contest_setup.copy": anywhere("organiser"),
    "headcounts.index": anywhere("organiser"),
    "headcounts.upload": anywhere("organiser"),
    "headcounts.table": anywhere("organiser"),
    "contest_setup.new": anywhere("organiser"),
    "contest_setup.open_now": anywhere("organiser"),
    "contest_setup.setup": anywhere("organiser"),
    "contests.index": PUBLIC,
    "contests.one": PUBLIC,
    "contests.rules_page": PUBLIC,
    # imports
    "imports.confirm": anywhere("organiser"),
    "imports.drop": anywhere("organiser"),
    "imports.new": in_chapter("organiser"),
    "imports.preview": anywhere("organiser"),
    "imports.problems": anywhere("organiser"),
    "imports.template": anywhere("organiser"),
    # live: tickets are the live layer's own business
    "live.answer": TICKET,
    "live.by_pin": PUBLIC,
    "live.host": TICKET,
    "live.join": PUBLIC,
    "live.media": PUBLIC,
    "live.play": PUBLIC,
    "live.player": PUBLIC,
    "live.qr": PUBLIC,
    "live.screen": TICKET,
    "live.short": PUBLIC,
    "live.stage": TICKET,
    # members
    "members.change": over_member("organiser"),
    "members.confirm": over_member("organiser"),
    "members.disable": over_member("organiser"),
    "members.erase": over_member("organiser"),
    "members.export": in_chapter("organiser"),
    "members.index": in_chapter("organiser"),
    "members.leave": over_member("organiser"),
    "members.link": over_member("organiser"),
    "members.move": over_member("organiser"),
    "members.new": in_chapter("organiser"),
    "members.show": over_member("organiser"),
    # my data
    "my_data.change": SIGNED_IN,
    "my_data.consents": SIGNED_IN,
    "my_data.copy": SIGNED_IN,
    "my_data.erase": SIGNED_IN,
    "my_data.index": SIGNED_IN,
    "my_data.login": SIGNED_IN,
    "my_data.password": SIGNED_IN,
    "my_data.end_sign_ins": SIGNED_IN,
    # ranking
    "ranking.index": PUBLIC,
    # results
    "results.download": anywhere("host", "organiser", "admin"),
    "results.one": PUBLIC,
    # shows
    "shows.compose": anywhere("host", "organiser", "admin"),
    "shows.guests": anywhere("host", "organiser", "admin"),
    "shows.index": anywhere("host", "organiser", "admin"),
    "shows.new": anywhere("host", "organiser", "admin"),
    "shows.one": anywhere("host", "organiser", "admin"),
    # taking a contest: one's own tries only, others are not found
    "taking.enter": SIGNED_IN,
    "extra_time.index": anywhere("organiser", "admin"),
    "taking.paper": SIGNED_IN,
    "taking.result": SIGNED_IN,
    "taking.start": SIGNED_IN,
}

DOORS: dict[str, Rule] = {
    # addresses answered in front of Flask
    "/taking": TICKET,
}

EVENTS: dict[str, frozenset[str]] = {
    # socket event, also where it comes over HTTP -> sides of a ticket that may send it; the rest is the show's state
    "act": frozenset({"public", "staff"}),
    "answer": frozenset({"public"}),
    "sync": frozenset({"public", "staff"}),
}


def may_send(event: str, side: str) -> bool:
    """Whether the table lets this side of a ticket send this socket event."""
    return side in EVENTS.get(event, frozenset())


def need_side(event: str, side: str) -> None:
    """Refuse an event that the table does not give to this side of a ticket."""
    if not may_send(event, side):
        raise Rejected("not_in_round")


def allows(rule: Rule, member: CurrentMember | None, args: dict[str, Any]) -> bool:
    """Whether the rule lets this person in. A chapter or member that is not there is `not_found`."""
    if rule.kind in ("public", "ticket", "token"):
        return True
    if member is None:
        return False
    if rule.kind == "role":
        return any(member.has(role) for role in rule.roles)
    if rule.kind in ("chapter", "member"):
        path = (path_of_chapter if rule.kind == "chapter" else path_of_member)(args[rule.where])
        if path is None:
            raise Rejected("not_found" if any(member.has(role) for role in rule.roles) else "forbidden")
        return any(member.may(role, path) for role in rule.roles)
    return rule.kind == "signed in"


def open_to(endpoint: str, member: CurrentMember | None) -> bool:
    """Whether a link to this page is worth showing. Only for rules that need no chapter or member."""
    rule = ROUTES.get(endpoint)
    return rule is not None and endpoint in current_app.view_functions and allows(rule, member, {})


def need(role: str, path: str) -> CurrentMember:
    """The person asking, who holds `role` at `path`; else refuses."""
    member = signed_in()
    if not member.may(role, path):
        raise Rejected("forbidden")
    return member


def install(app: Flask) -> None:
    """Hold every request against the table."""

    @app.before_request
    def check() -> Any:
        if request.endpoint is None:
            return None
        rule = ROUTES.get(request.endpoint)
        if rule is None:
            if app.testing:
                raise LookupError(f"{request.endpoint} has no row in app/security/access.py")
            log.error("route without a row in the access table", endpoint=request.endpoint)
            raise Rejected("forbidden")
        if rule is PUBLIC or allows(rule, current_member(), request.view_args or {}):
            return None
        if current_member() is not None:
            raise Rejected("forbidden")
        if wants_json() or request.method != "GET":
            raise Rejected("sign_in_first")
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
