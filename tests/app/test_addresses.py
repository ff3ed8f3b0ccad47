"""Addresses are written as Werkzeug writes them, by functions that are compiled when they are asked for."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError, Map, Rule

from app.addresses import Address

RULES = (
    ("/a/<int:number>", {}),
    ("/a/<int:number>/p/<int:page>", {"defaults": {"page": 1}}),
    ("/files/<path:rest>/z", {}),
    ("/plain", {}),
    ("/<rule>/c", {}),
)
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/a/<int:number>", {"number": 7, "q": "số 1", "made": "x"}),
    ("/a/<int:number>/p/<int:page>", {"number": 7, "page": 1}),
    ("/files/<path:rest>/z", {"rest": "x/ý y"}),
    ("/plain", {"of": ["1", "2"]}),
    ("/<rule>/c", {"rule": "Đoàn", "self": "s"}),
)


@pytest.mark.parametrize(("endpoint", "values"), ASKED)
def test_an_address_is_written_as_werkzeug_does_also_the_second_time(endpoint: str, values: dict[str, Any]) -> None:
    ours, theirs = (
        Map([kind(rule, endpoint=rule, **more) for rule, more in RULES]).bind("x") for kind in (Address, Rule)
    )
    wanted = theirs.build(endpoint, values)
    assert [ours.build(endpoint, values) for _ in range(2)] == [wanted] * 2
    assert ours.build(endpoint, values, append_unknown=False) == theirs.build(endpoint, values, append_unknown=False)


def test_an_address_without_what_it_needs_is_refused() -> None:
    with pytest.raises(BuildError):
        Map([Address("/a/<int:number>", endpoint="a")]).bind("x").build("a", {})


def test_only_what_is_asked_for_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, compile_one = list[str](), Rule._compile_builder

    def counted(rule: Rule, append_unknown: bool = True) -> Any:
        compiled.append(rule.rule)
        return compile_one(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", counted)
    app = Flask("small", static_folder=None)
    app.url_rule_class = Address
    for rule in ("/of/nobody/else/<int:number>", "/never/asked/for"):
        app.add_url_rule(rule, rule, lambda number=0: "")
    assert compiled == []
    with app.test_request_context():
        written = [url_for("/of/nobody/else/<int:number>", number=number) for number in (1, 2)]
    assert written == ["/of/nobody/else/1", "/of/nobody/else/2"]
    assert compiled == ["/of/nobody/else/<int:number>"]
