"""The declared access table: every route, and who may use it.

The rows stand with their area, in the `ROWS` of its `access.py`. A route without a row is refused (in tests: a
failure); a row without a route fails a test. To add a page: write it, add its row.

    PUBLIC                     everybody
    SIGNED_IN                  every member; the page shows them their own things
    TICKET                     a holder of a show's ticket: the live layer checks it itself
    TOKEN                      a holder of a token in the Authorization header: the page checks it itself
    anywhere("host", ...)      who holds one of the roles in any subtree; the page narrows by `need(...)`, else the
                               service by `require_in`
    in_chapter("organiser")    who holds the role where the route's `chapter_id` lies, there or above; an admin has all
    over_member("organiser")   who holds the role where the route's `member_id` belongs
"""

from __future__ import annotations

from collections.abc import Mapping
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
    """The right to use a route. `where` is the part of the address that names the chapter or member."""

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


ROUTES: dict[str, Rule] = {}
"""The rows of all areas, by endpoint."""


def declare(rows: Mapping[str, Rule]) -> None:
    """Take the rows of one area in. LookupError: another area has given a route other rights."""
    for endpoint, rule in rows.items():
        if ROUTES.setdefault(endpoint, rule) != rule:
            raise LookupError(f"{endpoint} has two rows that differ")


def allows(rule: Rule, member: CurrentMember | None, args: dict[str, Any]) -> bool:
    """True when the rule lets this person in. Raises `not_found` for a chapter or member that is not there."""
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
    """True when a link to this page is worth showing. It is only for rules that need no chapter or member."""
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
                raise LookupError(f"{request.endpoint} has no row in the access.py of its area")
            log.error("route without a row in the access table", endpoint=request.endpoint)
            raise Rejected("forbidden")
        if rule is PUBLIC or allows(rule, current_member(), request.view_args or {}):
            return None
        if current_member() is not None:
            raise Rejected("forbidden")
        if wants_json() or request.method != "GET":
            raise Rejected("sign_in_first")
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
