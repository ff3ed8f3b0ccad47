"""The settings: one typed object, read once from environment variables that begin with `SCS_`.

A bad value stops the start and names its variable, and so does an unknown name. `SCS_TEST_*` belongs to
the tests and `SCS_FAIL_*` to the fail points. A value that is a secret may also be given as a file:
`SCS_SECRET_KEY_FILE=/run/secrets/key`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app import config_values as texts

PREFIX = "SCS_"
RESERVED = ("SCS_TEST_", "SCS_FAIL_")


class BadSetting(ValueError):
    """A variable has a value the program cannot run with."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


def _as(about: str, read: Callable[[str], Any] = str, shown: str = "") -> dict[str, Any]:
    """A setting's meaning, the way its text is read, and its default as the table shows it."""
    return {"about": about, "read": read, "shown": shown}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of an operator. A field with a meaning is the variable `SCS_<NAME>`; those kept out of `repr` are
    secrets and may come from a file."""

    root: Path
    addresses: tuple[str, ...] = ()
    """The addresses of the running server, the one phones use first. `serve` sets them, not a variable."""
    tls: Path | None = None
    """The folder of `certificate.pem` and `key.pem`, with `--tls`. Set by `serve`, not by a variable."""
    workers: int = 1
    """How many processes serve together. Set by `serve`, not by a variable."""
    worker: int = 0
    """The number of this worker. `serve` sets it, not a variable."""
    instance: Path = field(
        default=Path("instance"), metadata=_as("folder of data, secrets, backups", Path, shown="instance/")
    )
    host: str = field(default="127.0.0.1", metadata=_as("address to listen on; `--lan` listens on all", texts.host))
    port: int = field(default=8000, metadata=_as("port to listen on; 0 takes a free one", texts.number(0, 65535)))
    database_url: str = field(
        default="",
        repr=False,
        metadata=_as("`sqlite:///...` or `postgresql://...`", texts.database, shown="SQLite in the instance"),
    )
    database_connections: int = field(
        default=20, metadata=_as("PostgreSQL connections of one process, at most", texts.number(4, 200))
    )
    redis_url: str = field(
        default="",
        repr=False,
        metadata=_as(
            "Redis or Valkey, for more than one worker",
            texts.address("redis", "rediss", "unix", "valkey"),
            shown="none: one worker",
        ),
    )
    public_url: str = field(
        default="", metadata=_as("the address people type", texts.origin, shown="the address asked for")
    )
    trusted_proxies: int = field(default=0, metadata=_as("proxies in front that set X-Forwarded-*", texts.number(0, 5)))
    secret_key: str = field(
        default="",
        repr=False,
        metadata=_as("key that signs sessions and tickets", texts.secret, shown="made at first run"),
    )
    metrics_token: str = field(
        default="", repr=False, metadata=_as("bearer token of `/metrics`", texts.secret, shown="made at first run")
    )
    signup: str = field(
        default="open",
        metadata=_as("who may make an account: open, invited, closed", texts.one_of("open", "invited", "closed")),
    )
    mail_url: str = field(
        default="",
        repr=False,
        metadata=_as(
            "mail server, `smtp://user:password@host:587` or `smtps://`",
            texts.address("smtp", "smtps"),
            shown="none: no letters",
        ),
    )
    mail_from: str = field(
        default="", metadata=_as("who letters come from", texts.mailbox, shown="no-reply@ the public host")
    )
    oidc_issuer: str = field(
        default="",
        metadata=_as(
            "provider of identities (OpenID Connect), exactly as it writes its issuer",
            texts.issuer,
            shown="none: accounts of this site only",
        ),
    )
    oidc_client_id: str = field(default="", metadata=_as("how that provider knows this site", shown="none"))
    oidc_client_secret: str = field(
        default="", repr=False, metadata=_as("its secret for this site", shown="none: a public client, PKCE alone")
    )
    oidc_name: str = field(default="OpenID", metadata=_as("what people call that provider"))
    signing_key: Path | None = field(
        default=None,
        metadata=_as(
            "PKCS#12 file (.p12) of the key and the certificate that sign documents; needs `add signing`",
            texts.file,
            shown="none: documents are not signed",
        ),
    )
    signing_passphrase: str = field(
        default="", repr=False, metadata=_as("what opens that file", shown="none: the file is open")
    )
    signing_roots: Path | None = field(
        default=None,
        metadata=_as(
            "PEM file of the roots of licensed authorities; only a chain to one of them is called “ký số”",
            texts.file,
            shown="none: nothing is called so",
        ),
    )
    triggers: tuple[str, ...] = field(
        default=(),
        metadata=_as(
            "addresses of the hall's machines that are told each moment of a show, separated by blanks",
            texts.web_addresses,
            shown="none",
        ),
    )
    lang: str = field(
        default="vi", metadata=_as("language where a person has chosen none: vi, en", texts.one_of("vi", "en"))
    )
    time_zone: str = field(default="Asia/Ho_Chi_Minh", metadata=_as("time zone of the hours shown", texts.zone))
    log: str = field(
        default="console", metadata=_as("form of the log lines: console, json", texts.one_of("console", "json"))
    )

    @classmethod
    def from_env(cls, environ: Mapping[str, str], root: Path) -> Settings:
        """The settings that `environ` describes, for the checkout at `root`. Raises `BadSetting`."""
        values = {f.name: _read(f, environ) for f in settings_of(cls) if _given(f, environ)}
        instance = (root / values.get("instance", "instance")).resolve()
        values["instance"] = instance
        values.setdefault("database_url", f"sqlite:///{instance / 'sanchoi.db'}")
        for name in ("secret_key", "metrics_token"):
            kept = instance / name
            if name not in values and kept.is_file():
                values[name] = kept.read_text().strip()
        return cls(root=root, **values)

    @property
    def base_url(self) -> str:
        """The address that links and QR codes begin with when no request says better."""
        return self.public_url or next(iter(self.addresses), f"http://127.0.0.1:{self.port}")

    @property
    def sender(self) -> str:
        """Return the address that letters come from."""
        return self.mail_from or f"no-reply@{urlsplit(self.base_url).hostname}"

    @property
    def instance_id(self) -> str:
        """The name that tells this instance's numbers of people from those of another; "-" before the first start."""
        file = self.instance / "instance_id"
        return file.read_text().strip() if file.is_file() else "-"

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, or None where the database is not SQLite."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme == "sqlite" else None


def settings_of(cls: type[Settings] = Settings) -> Iterator[Field[Any]]:
    """The fields an operator can set, in the order of the table."""
    return (f for f in fields(cls) if "about" in f.metadata)


def variable(setting: Field[Any]) -> str:
    """The name of a setting's environment variable."""
    return PREFIX + setting.name.upper()


def unknown_names(environ: Mapping[str, str]) -> list[str]:
    """Variables with our prefix that mean nothing to us, such as a misspelt one."""
    ours = {name for name in environ if name.startswith(PREFIX) and not name.startswith(RESERVED)}
    known = {variable(f) for f in settings_of()}
    files = {variable(f) + "_FILE" for f in settings_of() if not f.repr}
    return sorted(ours - known - files)


def table() -> str:
    """All settings as a Markdown table: name, meaning, default."""
    rows = ["| setting | meaning | default |", "|---|---|---|"]
    for f in settings_of():
        rows.append(f"| `{variable(f)}` | {f.metadata['about']} | {f.metadata['shown'] or f.default} |")
    return "\n".join(rows)


def _given(setting: Field[Any], environ: Mapping[str, str]) -> bool:
    name = variable(setting)
    return bool(environ.get(name)) or (not setting.repr and bool(environ.get(name + "_FILE")))


def _read(setting: Field[Any], environ: Mapping[str, str]) -> Any:
    name = variable(setting)
    text = environ.get(name)
    if not text:
        name += "_FILE"
        try:
            text = Path(environ[name]).read_text().strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise BadSetting(name, f"cannot be read ({problem})") from None
    try:
        return setting.metadata["read"](text)
    except ValueError as problem:
        raise BadSetting(name, str(problem)) from None
