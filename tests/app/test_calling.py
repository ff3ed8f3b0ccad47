"""Templates call and look up as Jinja does, in one step where the answer is known."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from jinja2 import UndefinedError, pass_context, pass_environment, pass_eval_context
from jinja2.runtime import Context

from app import calling
from app.live.screens import drawing
from app.services.shows import shows
from quizzes.engine import HOST, Viewer
from tests.app.services.shows.playing import Play

CALLS = """
{%- macro row(name, mark='-') %}<b>{{ name }}{{ mark }}{{ caller() if caller is defined }}</b>{% endmacro %}
{{- row('<An>') }}{{ row(name='Bình', mark='+') }}{% call row('Chi') %}!{% endcall %}
{%- for n in (1, 2) %}{% set one = n %}{{ told() }}{% endfor %}{{ asked() }}{{ escaped() }}{{ made.of('x') }}{{ ' y '.strip() }}{{ kind('z') }}{{ ended() }}"""


class Kind:
    """Something that is called like a function, and wants the context."""

    @pass_context
    def __call__(self, context: Context, text: str) -> str:
        return f"{context['lang']}{text}"


def ended() -> str:
    return str(next(iter(())))


@pytest.mark.parametrize("environment", [Flask.jinja_environment, calling.Lookups])
def test_whatever_is_called_gets_what_it_asks_for(environment: Any) -> None:
    app = Flask("calls")
    app.jinja_environment = environment
    env = app.jinja_env
    env.autoescape = True
    env.globals |= {
        "told": pass_context(lambda context: f"{context['lang']}{context.get('one', '')}"),
        "asked": pass_environment(lambda asked: "env" if asked is env else "another"),
        "escaped": pass_eval_context(lambda context: f"{context.autoescape}"),
        "kind": Kind(),
        "ended": ended,
    }
    said = env.from_string(CALLS).render(lang="vi", made=SimpleNamespace(of=str.upper))
    assert said == "<b>&lt;An&gt;-</b><b>Bình+</b><b>Chi-!</b>vi1vi2envTrueXyviz"
    with pytest.raises(TypeError, match="not more than 2"):
        env.from_string("{% macro row(a, b) %}{% endmacro %}{{ row(1, 2, 3) }}").render()
    with pytest.raises(UndefinedError, match="nothing"):
        env.from_string("{{ nothing() }}").render()


@pytest.mark.parametrize("environment", [Flask.jinja_environment, calling.Lookups])
def test_a_method_comes_before_a_key_and_what_is_missing_is_undefined(environment: Any) -> None:
    app = Flask("lookups")
    app.jinja_environment = environment
    view = {"phase": "open", "items": "no method", "get": "neither", "none": None}
    text = "{{ view.phase }} {{ view.get('phase') }} {{ view.items()|length }} {{ view.none }} {{ view.away is defined }} {{ text.upper() }}"
    assert app.jinja_env.from_string(text).render(view=view, text="a") == "open open 4 None False A"
    with pytest.raises(UndefinedError, match="away"):
        app.jinja_env.from_string("{{ view.away.further }}").render(view=view)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_console_is_drawn_without_detours(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred calls went through Jinja's own before; what is left wants part of the context."""
    detours, play = list[Any](), Play()
    slow = Context.call
    monkeypatch.setattr(
        Context, "call", lambda self, what, *args, **kwargs: detours.append(what) or slow(self, what, *args, **kwargs)
    )
    for _ in range(3):
        drawing.screen(app, shows.replica(play.show_id), Viewer(HOST), {})
        play.host("advance")
    assert [what for what in detours if not hasattr(what, "__next__")] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_people_of_a_console_are_drawn_again_only_when_they_look_different(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_module", drawing._module.__wrapped__)  # another application kept its own
    play, made = Play(questions=1), list[str]()
    people = [{"seat": 1, "name": "An", "code": "AB", "present": True, "answered": False, "score": 0}]
    part = app.jinja_env.globals["part"]

    def counted(name: str, macro: Any, **view: Any) -> Any:
        return part(name, lambda view: made.append(name) or macro(view), **view)

    app.jinja_env.globals["part"] = counted
    for _ in range(2):
        drawing.screen(app, shows.replica(play.show_id), Viewer(HOST), {"seats": people})
    play.host("advance")
    drawing.screen(app, shows.replica(play.show_id), Viewer(HOST), {"seats": people})
    assert made.count("host.people") == 1
    assert made.count("host.script") == 2, "its current question has moved on"
    drawing.screen(app, shows.replica(play.show_id), Viewer(HOST), {"seats": [people[0] | {"score": 1}]})
    assert made.count("host.people") == 2
