"""Guides for hosts and organisers, in both languages."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from app import language
from quizzes.refusals import N_

pages = Blueprint("help", __name__)

GUIDES = {"host": N_("Hướng dẫn người dẫn chương trình"), "organiser": N_("Hướng dẫn cán bộ tổ chức")}


@pages.get("/help")
def index() -> str:
    """The host's guide: most who look for help stand before a hall."""
    return guide("host")


@pages.get("/help/<key>")
def guide(key: str) -> str:
    """One guide; its text stands in templates/help, a file for each language."""
    if key not in GUIDES:
        raise NotFound
    guides = [(one, gettext(title)) for one, title in GUIDES.items()]
    return render_template(
        "help/_page.html", guides=guides, key=key, title=gettext(GUIDES[key]), lang=language.current()
    )
