"""Pays once in a process for what each test would pay anew: addresses of pages, and statements, are compiled once.

Nothing is left out: applications, databases and engines are each test's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from app.models import engines, sqlite_engines

MOST_STATEMENTS = 5_000
"""Compiled statements kept for each engine."""


@contextmanager
def addresses() -> Iterator[None]:
    """Each application compiles an expression and two functions for each of its four hundred addresses, and hundreds of
    tests make one: that was nine tenths of making it. Equal addresses share them here."""
    compiled, known = Rule.compile, dict[Any, Any]()

    def once(rule: Rule) -> None:
        assert rule.map is not None
        what = rule.rule, rule.subdomain, rule.host, rule.merge_slashes, rule.map.host_matching, repr(rule.defaults)
        if what not in known:
            compiled(rule)
            build, unknown = rule._build.__func__, rule._build_unknown.__func__  # type: ignore[attr-defined]
            known[what] = rule._parts, rule._trace, rule._converters, rule.arguments, build, unknown
            return
        parts, trace, converters, arguments, build, unknown = known[what]
        rule._parts, rule._trace, rule._converters = list(parts), list(trace), dict(converters)
        rule.arguments = set(arguments)
        rule._build, rule._build_unknown = build.__get__(rule, None), unknown.__get__(rule, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", once)
        yield


@contextmanager
def statements() -> Iterator[None]:
    """Every test binds a database of its own, and a new engine has compiled nothing. All of one kind share a dialect, and
    with it what was compiled. Nor do they wait for the disk: no test of this process is about a machine that loses power."""
    known: dict[tuple[str, str], list[tuple[Any, Any]]] = {}

    def sharing(make: Callable[..., Engine]) -> Callable[..., Engine]:
        def made(*args: Any, **options: Any) -> Engine:
            engine = make(*args, **options)
            of_kind = known.setdefault((engine.dialect.name, engine.dialect.driver), [])
            asked = (one for one in of_kind if one[0].server_version_info is not None)  # it has seen its server
            if (shared := next(asked, None)) is None:
                of_kind.append(shared := (engine.dialect, LRUCache(MOST_STATEMENTS)))
            engine.dialect, engine._compiled_cache = shared
            return engine

        return made

    def restless(*args: Any, **options: Any) -> Engine:
        engine = made_sqlite(*args, **options)
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        return engine

    made_sqlite = engines.sqlite_engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "sqlite_engine", restless)
        patch.setattr(engines, "create_engine", sharing(engines.create_engine))
        patch.setattr(sqlite_engines, "create_engine", sharing(sqlite_engines.create_engine))
        yield
