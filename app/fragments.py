"""Pieces of screens made once for what they say: of two hundred rows one has changed when somebody comes or goes.

In a template: `{% set row = remembered('host.person', person, words=words) %}`, then `{{ row(one.seat, one.name) }}`
for each. The macro reads nothing but its arguments, plain text and numbers; those that are named depend on the
language only. The first is the piece's own name.

A whole part of a screen likewise: `{{ part('host.shelf', shelf, phase=view.phase, thrown=view.get('thrown')) }}`. The
macro is given what is named here as its only view, so it cannot show what the part was not made for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import msgspec
from flask import Flask
from markupsafe import Markup

from app import language

MOST_KEPT, MOST_PARTS = 5_000, 1_000
"""The most fragments that are kept, and the most parts of one fragment."""


def install(app: Flask) -> None:
    """Give the templates `remembered` and `part`."""
    kept: dict[tuple[Hashable, ...], Markup] = {}
    parts: dict[tuple[Hashable, ...], Markup] = {}

    def remembered(name: str, macro: Callable[..., str], **words: object) -> Callable[..., Markup]:
        which = (name, language.current())

        def piece(*said: Hashable) -> Markup:
            known = kept.get((which, said))
            if known is None:
                if len(kept) >= MOST_KEPT:
                    kept.clear()
                known = kept[which, said] = Markup(macro(*said, **words))  # noqa: S704 (its text is escaped already)
            return known

        return piece

    def part(name: str, macro: Callable[..., str], **view: object) -> Markup:
        try:
            which = (name, language.current(), msgspec.json.encode(view))
        except TypeError:  # something that cannot be written down: it is made each time
            return Markup(macro(view))  # noqa: S704 (the same)
        known = parts.get(which)
        if known is None:
            if len(parts) >= MOST_PARTS:
                parts.clear()
            known = parts[which] = Markup(macro(view))  # noqa: S704 (the same)
        return known

    app.jinja_env.globals |= {"remembered": remembered, "part": part}
