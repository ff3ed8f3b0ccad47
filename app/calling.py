"""How templates call and look things up: the same as Jinja's own, without its questions where the answer is known.

A console makes three hundred calls and four hundred look-ups; Jinja asks of each, with five `hasattr`, whether it wants
the context, and looks for an attribute of a dictionary before its key. That was a third of its drawing.
"""

from __future__ import annotations

from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode

MARK = "jinja_pass_arg"
"""The attribute of a function that wants the context, or part of it, before its arguments."""
PLAIN = (FunctionType, MethodType)
OF_DICTIONARIES = frozenset(dir(dict))


class Calls(Context):
    """A context that calls macros, functions and methods without detours; everything else as Jinja does."""

    @internalcode
    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        kind = type(__obj)
        if kind is Macro:
            args = (__self.eval_ctx, *args)
        elif __obj is not dict and kind is not BuiltinMethodType and (kind not in PLAIN or hasattr(__obj, MARK)):
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        try:
            return __obj(*args, **kwargs)
        except StopIteration:
            return __self.environment.undefined("a callable raised StopIteration")


class Lookups(Environment):
    """Flask's environment, which looks for a dictionary's own keys first where no method bears the name."""

    context_class = Calls

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, or else a key, of an object."""
        if type(obj) is dict and attribute not in OF_DICTIONARIES:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def install(app: Flask) -> None:
    """Make the application's templates of this environment; a line with nothing but a tag leaves none."""
    app.jinja_environment = Lookups
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
