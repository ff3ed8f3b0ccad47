"""Pieces of screens that are made once for what they say."""

from __future__ import annotations

import pytest
from flask import Flask

from app import fragments, language

ROW = """{% macro row(name, score, words) %}<li title="{{ words.title }}">{{ made(name) }} {{ score }}</li>{% endmacro %}
{%- set piece = remembered('row', row, words={'title': title}) %}{% for name, score in rows %}{{ piece(name, score) }}{% endfor %}"""


class Page:
    """A page with rows; `made` are the names of the rows that had to be made."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.app = Flask("fragments")
        self.app.config["SETTINGS"] = type("Settings", (), {"time_zone": "UTC", "lang": "vi"})
        self.app.jinja_env.autoescape = True
        language.install(self.app)
        fragments.install(self.app)
        self.app.jinja_env.globals["made"] = lambda name: self.made.append(name) or name

    def shown(self, *rows: tuple[str, int], lang: str = "vi") -> str:
        self.made.clear()
        with language.speaking(self.app, lang):
            return self.app.jinja_env.from_string(ROW).render(rows=rows, title={"vi": "Người", "en": "Person"}[lang])


def test_only_a_row_that_says_something_else_is_made_again() -> None:
    page = Page()
    page.shown(("An", 0), ("Bình", 0))
    assert page.shown(("An", 10), ("Bình", 0)).count("<li") == 2
    assert page.made == ["An"]


def test_each_language_has_its_own() -> None:
    page = Page()
    assert "Người" in page.shown(("An", 0))
    assert "Person" in page.shown(("An", 0), lang="en")


def test_a_name_is_escaped_once_however_often_it_is_shown() -> None:
    page = Page()
    for _ in range(2):
        assert "&lt;b&gt;An 0" in page.shown(("<b>An", 0))


def test_a_sentence_is_looked_up_once_a_language_and_what_is_put_in_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    page, looked = Page(), list[str]()
    words = type("Words", (), {"ugettext": staticmethod(lambda text: looked.append(text) or f"<b>{text}</b>")})
    monkeypatch.setattr(language, "_words", lambda: words)
    monkeypatch.setattr(language, "_sentences", {})
    monkeypatch.setattr(language, "_whole", {})
    template = page.app.jinja_env.from_string("{{ _('Chào %(name)s', name=name) }}")
    for lang in ("vi", "en", "vi"):
        for name in ("An", "<i>"):
            with language.speaking(page.app, lang):
                said = template.render(name=name)
    assert said == "<b>Chào &lt;i&gt;</b>", "the sentence is ours, the name is not"
    assert looked == ["Chào %(name)s"] * 2


PART = """{% macro shelf(view) %}<p>{{ made(view.phase) }} {{ view.title }} {{ view.get('key') }}</p>{% endmacro %}
{{- part('shelf', shelf, phase=view.phase, title=view.title) }}"""


def test_a_part_of_a_screen_is_made_again_only_when_what_it_is_made_of_has_changed() -> None:
    page = Page()
    template = page.app.jinja_env.from_string(PART)
    for title in ("<b>An", "<b>An", "Bình", object()):
        with language.speaking(page.app, "vi"):
            said = template.render(view={"phase": "open", "title": title, "key": "C"})
        if isinstance(title, str):
            assert said == f"<p>open {title.replace('<', '&lt;').replace('>', '&gt;')} None</p>", (
                "it is given what is named and nothing else"
            )
    assert page.made == ["open"] * 3, "the second was known, and the last cannot be remembered"


def test_parts_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "MOST_LETTERS", 50)
    page = Page()
    template = page.app.jinja_env.from_string(PART)
    for key in ("one", "two", "three", "three"):
        with language.speaking(page.app, "vi"):
            template.render(view={"phase": key, "title": "An"})
    assert page.made == ["one", "two", "three"]
    with language.speaking(page.app, "vi"):
        template.render(view={"phase": "one", "title": "An"})
    assert page.made[3:] == ["one"], "it was forgotten with the others"


def test_a_number_is_written_once_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    page, written = Page(), list[float]()
    monkeypatch.setattr(language, "_numbers", {})
    write = language.format_number
    monkeypatch.setattr(language, "format_number", lambda value: written.append(value) or write(value))
    template = page.app.jinja_env.from_string("{{ n|numberformat }}")
    said = []
    for lang, n in (("vi", 1234), ("en", 1234), ("vi", 1234), ("vi", 1234.5)):
        with language.speaking(page.app, lang):
            said.append(template.render(n=n))
    assert said == ["1.234", "1,234", "1.234", "1.234,5"]
    assert written == [1234, 1234, 1234.5]
