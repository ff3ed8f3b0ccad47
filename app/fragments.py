"""Pieces of screens made once for what they say: of two hundred rows one has changed when somebody comes or goes.

In a template: `{% set row = remembered('host.person', person, words=words) %}`, then `{{ row(one.seat, one.name) }}`
for each. The macro reads nothing but its arguments, plain text and numbers; those that are named depend on the
language only. The first is the piece's own name.

A whole part of a screen likewise: `{{ part('host.shelf', shelf, phase=view.phase, thrown=view.get('thrown')) }}`. The
macro is given what is named here as its only view, so it cannot show what the part was not made for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import blake2b

import msgspec
from flask import Flask
from markupsafe import Markup

from app import language

MOST_KEPT, MOST_LETTERS = 5_000, 30_000_000
"""The most pieces that are kept, and the most letters of all parts together."""


class Parts:
    """The parts that were made, by what they say: a digest of it, for the people of a hall are a long list."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, bytes], Markup] = {}
        self._letters = 0

    def one(self, name: str, said: bytes, make: Callable[[], Markup]) -> Markup:
        """The part of this name that says this; made where it is not known."""
        which = (name, language.current(), blake2b(said, digest_size=16).digest())
        known = self._known.get(which)
        if known is None:
            known = make()
            if self._letters + len(known) > MOST_LETTERS:
                self._known.clear()
                self._letters = 0
            self._known[which] = known
            self._letters += len(known)
        return known


def install(app: Flask) -> None:
    """Give the templates `remembered` and `part`."""
    kept: dict[tuple[Hashable, ...], Markup] = {}
    parts = Parts()

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
            said = msgspec.json.encode(view)
        except TypeError:  # something that cannot be written down: it is made each time
            return Markup(macro(view))  # noqa: S704 (its text is escaped already)
        return parts.one(name, said, lambda: Markup(macro(view)))  # noqa: S704 (the same)

    app.jinja_env.globals |= {"remembered": remembered, "part": part}
