"""Makes values from others: a changed copy of a frozen one, as `dataclasses.replace` does but without asking every
field again, and tables laid over each other. A show changes its state some twenty times for each answer and
verdict, and copying was most of what that cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # the same to whoever checks types: names and types of the changes are looked at there
    from dataclasses import replace
else:

    def replace(of: Any, /, **changes: Any) -> Any:
        """The same value with these fields changed. What a cached property has kept is worked out anew."""
        new = object.__new__(of.__class__)
        kept = new.__dict__
        kept.update(of.__dict__)
        for name in _kept_names(of.__class__):
            kept.pop(name, None)
        kept.update(changes)
        return new


@cache
def _kept_names(cls: type) -> tuple[str, ...]:
    """The attributes in which the cached properties of a class keep their values. Raises TypeError for a class with
    `__post_init__`."""
    if hasattr(cls, "__post_init__"):
        raise TypeError(f"{cls.__name__} checks itself when it is made: use dataclasses.replace")
    return tuple(name for one in cls.__mro__ for name, it in vars(one).items() if isinstance(it, cached_property))


T = TypeVar("T")


def merged(tables: Iterable[Mapping[str, T]]) -> dict[str, T]:
    """All entries; where a name stands in several, the last one's."""
    return {name: value for table in tables for name, value in table.items()}


__all__ = ["merged", "replace"]
