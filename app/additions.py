"""What few need, installed from locks of their own beside the other packages: `python3 -m app add NAME`.

Standard library only, as `app.environment`: what was added is remembered and installed again with a new environment.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from app import environment as environments
from app.telling import tell

EXTRAS = environments.ROOT / "deploy" / "extras"
ADDED = environments.ENVIRONMENTS / "added"


def extras() -> list[str]:
    """What can be added: the names of the locks in `deploy/extras/`."""
    return sorted(one.stem for one in EXTRAS.glob("*.lock"))


def added() -> list[str]:
    """What was added here and is kept when the environment is built anew."""
    names = ADDED.read_text().split() if ADDED.exists() else []
    return [one for one in extras() if one in names]


def add(name: str) -> None:
    """Install the packages of an extra beside the others, now and after every change of the locks."""
    environment = environments.CURRENT.resolve()
    with environments.alone():
        names = sorted({*added(), name})
        _install_extra(environment, name)
        ADDED.parent.mkdir(exist_ok=True)
        ADDED.write_text("\n".join(names) + "\n")


def bring(environment: Path) -> None:
    missing = [one for one in added() if not _extra_mark(environment, one).exists()]
    if missing:
        with environments.alone():
            for one in missing:
                _install_extra(environment, one)


def _install_extra(environment: Path, name: str) -> None:
    tell(f"Đang cài thêm “{name}”. / Adding {name!r}.")
    environments.install(environment, [EXTRAS / f"{name}.lock"])
    _extra_mark(environment, name).touch()


def _extra_mark(environment: Path, name: str) -> Path:
    """A file in the environment that says that this lock of the extra is installed."""
    digest = hashlib.sha256((EXTRAS / f"{name}.lock").read_bytes()).hexdigest()[:10]
    return environment / f"added-{name}-{digest}"
