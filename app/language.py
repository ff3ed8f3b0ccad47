"""Chooses the language a person reads. Vietnamese is the source language; English is its catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, force_locale, format_decimal, format_number, get_locale, get_translations
from markupsafe import Markup, escape

from app.one_and_many import Sentences, counting, counting_markup
from quizzes.refusals import N_

LANGUAGES = ("vi", "en")
COOKIE = "lang"
FORMATS = {"vi": "vi", "en": "en_GB"}
"""The locale whose dates are written: a contest that opens on 1 December must not read 12/1 in Việt Nam."""


def chosen() -> str:
    """The language of this request: the person's choice, else the browser's, else the site's."""
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        return asked
    settings = current_app.config["SETTINGS"]
    return request.accept_languages.best_match(LANGUAGES, default=settings.lang) or "vi"


def current() -> str:
    """The two-letter language sentences are being translated to right now."""
    if spoken := _spoken.get():
        return str(spoken[0])
    locale = get_locale()
    return locale.language if locale else "vi"


@contextmanager
def speaking(app: Flask, lang: str) -> Iterator[None]:
    """Render outside a web request, in one language (live screens, exports, the command line)."""
    if (spoken := _spoken.get()) and spoken[0] == lang:  # around several screens it is begun once
        yield
        return
    with app.request_context(dict(_environment(app))), force_locale(FORMATS.get(lang, "vi")):
        before = _spoken.set((lang, get_translations()))
        try:
            yield
        finally:
            _spoken.reset(before)


_spoken: ContextVar[Any] = ContextVar("spoken", default=None)
"""The language that is spoken and its catalogue: looking it up for each word costs more than the word."""


MOST_SENTENCES = 20_000  # translated sentences kept in memory
_sentences: dict[tuple[str, str], Markup] = {}
_whole: dict[tuple[str, str], Markup] = {}  # those without words to put in


def sentence(text: str, /, **words: object) -> Markup:
    """`_` of the templates: a sentence in the current language, its words put in and escaped. Jinja's own looks each
    one up anew; a console has forty of them, and they were a third of its drawing."""
    spoken = _spoken.get()
    which = (spoken[0] if spoken else current(), text)
    if not words:
        return _whole.get(which) or _kept(_whole, which, _sentence(which) % words)
    return _sentence(which) % words


def _sentence(which: tuple[str, str]) -> Markup:
    said = _sentences.get(which)
    return _kept(_sentences, which, counting_markup(_words().ugettext(which[1]))) if said is None else said


def _kept(known: dict[tuple[str, str], Markup], which: tuple[str, str], said: Markup) -> Markup:
    if len(known) >= MOST_SENTENCES:
        known.clear()
    known[which] = said
    return said


MOST_NUMBERS = 20_000  # written numbers kept in memory
_numbers: dict[tuple[str, int], str] = {}


def number(value: Any, places: int = 0) -> str:
    """`numberformat` of the templates: a number as the current language writes it, with so many decimals where some are
    asked for. Scores come again and again, and to write one down costs as much as a row of the console."""
    if places:
        return str(format_decimal(value, f"#,##0.{'0' * places}"))
    if type(value) is not int:
        return str(format_number(value))
    which = current(), value
    said = _numbers.get(which)
    if said is None:
        if len(_numbers) >= MOST_NUMBERS:
            _numbers.clear()
        said = _numbers[which] = str(format_number(value))
    return said


def ours(text: str) -> str:
    """A text of ours in the current language, or an organiser's as it is; templates escape it."""
    return str(counting(_words().ugettext(text))) if text else ""


POINTS, PEOPLE = N_("%(n)s điểm"), N_("%(n)s người")
"""Said after figures that are drawn apart from their word, here and on phones."""


def after(text: str, figure: object) -> str:
    """The words that follow a figure, where the figure has an element of its own: "điểm", "point", "points"."""
    return str(sentence(text, n=figure)).removeprefix(str(figure)).strip()


def unit(path: str, text: str = POINTS) -> Markup:
    """The same for a figure that the phone fills in: `path` names it among what it knows of itself."""
    one, many = after(text, 1), after(text, 2)
    if one == many:
        return escape(many)
    return Markup('<span data-unit="{}" data-one="{}" data-many="{}">{}</span>').format(path, one, many, many)


def _words() -> Any:
    spoken = _spoken.get()
    return spoken[1] if spoken else get_translations()


@lru_cache(maxsize=4)
def _environment(app: Flask) -> dict[str, Any]:
    """Keep the environment of a request for the first page: it is made once, for it costs half a live screen."""
    return app.test_request_context("/").request.environ


def say(text: object) -> str:
    """One string of a `{"vi": ..., "en": ...}` pair in the current language, Vietnamese where there is no other."""
    if isinstance(text, dict):
        return str(text.get(current()) or text.get("vi") or next(iter(text.values()), ""))
    return "" if text is None else str(text)


def install(app: Flask) -> None:
    """Bind Babel; templates get `say`, `lang` and `languages`."""
    settings = app.config["SETTINGS"]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(Path(app.root_path) / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_DEFAULT_TIMEZONE"] = settings.time_zone
    babel = Babel(app, locale_selector=lambda: FORMATS[chosen() if has_request_context() else settings.lang])
    babel.domain_instance = Sentences()
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda one: _words().ugettext(one), lambda *said: _words().ungettext(*said), newstyle=True
    )
    app.jinja_env.globals.update({"_": sentence, "gettext": sentence})
    app.jinja_env.filters["say"] = say
    app.jinja_env.filters["ours"] = ours
    app.jinja_env.filters["after"] = after
    app.jinja_env.globals["unit"] = unit
    app.jinja_env.filters["numberformat"] = number
    app.context_processor(lambda: {"lang": current(), "languages": LANGUAGES})
