"""The tables. Importing this package makes every one of them known to `Base.metadata`."""

from importlib import import_module
from pkgutil import iter_modules

from app.models.base import Base

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["Base"]
