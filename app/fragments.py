"""Pieces of screens made once for what they say: of two hundred rows one has changed when somebody comes or goes.

In a template: `{% set row = remembered('host.person', person, words=words) %}`, then `{{ row(one.seat, one.name) }}`
for each. The macro reads nothing but its arguments, plain text and numbers; those that are named depend on the
language only. The first is the piece's own name.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from flask import Flask
from markupsafe import Markup

from app import language

MOST_KEPT = 5_000


def install(app: Flask) -> None:
    """Give the templates `remembered`."""
    kept: dict[tuple[Hashable, ...], Markup] = {}

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

    app.jinja_env.globals["remembered"] = remembered
