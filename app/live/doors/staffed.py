"""The pages of a live show, and who may open those of the people who run it."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request

from app import assets, language
from app.clock import now_us
from app.services.shows import addresses, listing, lives, seats, shows, tickets
from quizzes.engine import HOST, STAGE
from quizzes.formats import FORMATS
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import Rejected
from quizzes.show.grounds import grounds


def staff_page(role: str, text: str) -> Any:
    """The page of who works in a show, for the holder of that seat's ticket."""
    show, made_in = staff_show(role, text)
    links = addresses.of(show, base_url(), current_app.config["SECRET_KEY"], made_in)
    rules = {"rules": f"/rules/{show.public_id}"}
    only_host = links.staff | rules if role == HOST else {}  # a projector is anybody's to look into
    more = {"grounds": grounds(formats_of(show.show_id))} if role == STAGE else {}
    return page(role, show, links.way_in | only_host, ticket=text, **more)


def formats_of(show_id: int) -> list[str]:
    """The formats of a show's rounds, in order."""
    return [one["format"] for one in shows.catch_up(show_id).state.specs]


def staff_show(role: str, text: str) -> tuple[listing.Listed, tuple[int, int]]:
    """The show behind a ticket of this role that still holds, and what it stands on. Rejected: bad_ticket."""
    ticket = tickets.read(current_app.config["SECRET_KEY"], text)
    seat = seats.seat(ticket.show_id, ticket.seat)
    if seat is None or seat.role != role or lives.is_over(ticket, 0, now_us()):
        raise Rejected("bad_ticket")
    current_app.extensions["standing"].ask(ticket)
    return listing.by_id(ticket.show_id), (ticket.sign_in, ticket.member)  # the page behind it ends with it


def page(role: str, show: listing.Listed, links: dict[str, str], **more: Any) -> Any:
    return render_template(
        f"live/{role}.html",
        show=show.public_id,
        title=language.say(show.title),
        pin=show.pin or "",
        links=links,
        types=sorted(QUESTION_TYPES),
        formats=sorted(FORMATS),
        styled=assets.styled(role),
        role=role,
        **more,
    )


def base_url() -> str:
    """The address phones can open: the public one, else the first the server found, else this request's."""
    settings = current_app.config["SETTINGS"]
    return str(settings.public_url or next(iter(settings.addresses), None) or request.host_url).rstrip("/")
