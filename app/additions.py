"""Installs additions that few need, from locks of their own beside the other packages: `python3 -m app add NAME`.

Standard library only, as `app.environment`: what was added is remembered and installed again with a new environment.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from app import environment as environments
from app.telling import CannotStart, tell

EXTRAS = environments.ROOT / "deploy" / "extras"
ADDED = environments.ENVIRONMENTS / "added"


def extras() -> list[str]:
    """The possible additions: the names of the locks in `deploy/extras/`."""
    return sorted(one.stem for one in EXTRAS.glob("*.lock"))


def added() -> list[str]:
    """The additions installed here, kept when the environment is built anew."""
    names = ADDED.read_text().split() if ADDED.exists() else []
    return [one for one in extras() if one in names]


def add(name: str) -> None:
    """Install the packages of an extra beside the others, now and after every change of the locks.

    It is remembered first: an installation that is killed is begun again by the next start. One that fails is not kept.
    """
    environment = environments.CURRENT.resolve()
    before = added()
    with environments.alone():
        _remember([*before, name])
        try:
            _install_extra(environment, name)
        except CannotStart:
            _remember(before)
            raise


def bring(environment: Path, wanted: list[str]) -> None:
    """Install those of these extras that the environment does not have, or has only in part."""
    if all(_is_whole(environment, one) for one in wanted):
        return
    with environments.alone():
        for one in wanted:
            if not _is_whole(environment, one):  # another start may have been faster
                _install_extra(environment, one)


def _remember(names: list[str]) -> None:
    ADDED.parent.mkdir(exist_ok=True)
    fresh = ADDED.with_name("added.new")
    fresh.write_text("".join(f"{one}\n" for one in sorted(set(names))))
    fresh.replace(ADDED)


def _install_extra(environment: Path, name: str) -> None:
    """Install an extra. The mark that it is whole comes last; where an earlier try left its packages half-made, an
    installer would take them for whole, so they are written anew."""
    tell(f"Đang cài thêm “{name}”. / Adding {name!r}.")
    begun = environment / f"adding-{name}"
    again = begun.exists()
    begun.touch()
    environments.install(environment, [EXTRAS / f"{name}.lock"], again=again)
    _extra_mark(environment, name).touch()
    begun.unlink()


def _is_whole(environment: Path, name: str) -> bool:
    return _extra_mark(environment, name).exists() and not (environment / f"adding-{name}").exists()


def _extra_mark(environment: Path, name: str) -> Path:
    """A file in the environment that says that this lock of the extra is installed."""
    digest = hashlib.sha256((EXTRAS / f"{name}.lock").read_bytes()).hexdigest()[:10]
    return environment / f"added-{name}-{digest}"
