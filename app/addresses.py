"""Addresses of pages. A function that writes one is compiled when it is first asked for.

Werkzeug compiles two for each of four hundred addresses when the application is made: that was a third of a second of
each start, also in the middle of a show, and most of them are never asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Rule


class Address(Rule):
    """The rule of an address."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            if not made:
                made.append(Rule._compile_builder(rule, append_unknown))
            return made[0](rule, **values)

        return build
