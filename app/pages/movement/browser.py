"""The browser that a taught person's page is shown in: which one it is, and what it keeps."""

from __future__ import annotations

from flask import Response, g, request

from app.security import current_member
from app.security.headers import address, is_secure, settings
from app.services.movement import rows
from app.services.movement.children import holds
from app.services.movement.clock import now
from app.services.movement.codes import codes
from app.services.movement.rows import Seen
from app.services.movement.teaching import Browser
from quizzes.movement import steps
from quizzes.refusals import Rejected

COOKIE, CARD_COOKIE, GUARDIAN_COOKIE = "taught", "witness", "guardian"
CHILD_COOKIE, CHILDREN_COOKIE = "child", "children"
"""A taught child's text, for its own page alone; and that a child was taught on this browser at all."""


def stage_of(seen: Seen) -> str:
    """The state of a slot of 1+2, as its own browser sees it."""
    known = steps.Teaching(
        seen.id,
        seen.member_id,
        0,
        seen.kind,
        seen.way,
        seen.confirmed_at,
        seen.used_at,
        withdrawn=seen.state == steps.WITHDRAWN,
    )
    return steps.stage(known, now())


def mine(public_id: str) -> Seen:
    seen = held(public_id)
    if seen is None:
        raise Rejected("code_gone")
    return seen


def held(public_id: str) -> Seen | None:
    """A teaching, where this browser is its person's."""
    seen = rows.teaching(public_id)
    if seen is None:
        return None
    at = 0 if seen.browser is not None else now()  # only what a child's browser keeps is over one day
    return seen if holds(seen, this_browser(), at) else None


def this_browser(token: str | None = None) -> Browser:
    """This browser, as the services know it: digests only we could compare with. `token`: one that it is given now."""
    if token is not None:
        return _browser(token)
    if "browser" not in g:
        g.browser = _browser(request.cookies.get(COOKIE, ""))
    found: Browser = g.browser
    return found


def _browser(token: str) -> Browser:
    member = current_member()
    return Browser(
        codes.keyed(f"browser {token}") if token else "",
        codes.keyed(f"address {address()}"),
        member.id if member else None,
        request.cookies.get(CARD_COOKIE, ""),
        request.cookies.get(CHILD_COOKIE, ""),
        CHILDREN_COOKIE in request.cookies,
    )


def keep(response: Response, name: str, value: str, seconds: int, path: str = "/t") -> None:
    response.set_cookie(
        name, value, max_age=seconds, path=path, httponly=True, samesite="Lax", secure=is_secure(settings())
    )
