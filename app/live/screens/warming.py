"""Compiles the templates of screens and pages before anybody asks for them."""

from __future__ import annotations

import gevent
from flask import Flask
from flask_babel import format_decimal

from app import language

WARM_AFTER_S, PAUSE_S = 15.0, 0.05
"""How long after the start the templates of other pages are compiled, and the pause between two of them, seconds."""
DRAWN_FROM = ("formats", "questions", "live")


def warm(app: Flask) -> None:
    """Compile what shows are drawn from, and read how numbers are written, before anybody comes: each first screen of
    a kind would hold the loop up for up to 70 ms, in the very seconds in which a hall comes back after a crash."""
    for name in app.jinja_env.list_templates():
        if name.partition("/")[0] in (*DRAWN_FROM, name):
            app.jinja_env.get_template(name)
    for lang in language.LANGUAGES:
        with language.speaking(app, lang):
            format_decimal(0.5)


def warm_the_rest(app: Flask) -> None:
    """The templates of every other page, one at a time, once the phones that came back are served: whoever opened a
    page first held everybody up for up to 200 ms."""
    for name in app.jinja_env.list_templates(extensions=("html",)):
        app.jinja_env.get_template(name)
        gevent.sleep(PAUSE_S)
