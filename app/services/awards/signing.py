"""The key of this site that signs documents, and the question what a file's signature is worth.

The key's file is looked at when the program starts and given to the child processes that sign and that check; its
certificate is "this site", and only a chain to a root the operator has named is called a licensed one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from quizzes.refusals import Rejected

log = structlog.get_logger()
ROOT = Path(__file__).resolve().parents[3]
WALL_S = 40  # how long the child may take
AT_ONCE = threading.BoundedSemaphore(2)
"""Files of strangers that are looked at at a time."""
MARK = b"/ByteRange"
"""The bytes that every signed PDF contains, and hardly any other."""
NOT_READ = "not_read"


class BadKey(ValueError):
    """The key cannot be used. `setting`: which of the fields is wrong."""

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(problem)
        self.setting = setting


@dataclass(frozen=True)
class Signature:
    """The worth of a file's signature: a state of `app.services.awards.pades`, or `not_read` where this installation
    lacks the extra that reads it. `signer` and `authority` stand as in the certificate."""

    state: str
    signer: str = ""
    authority: str = ""


class DocumentKey:
    """The key that signs what this site issues; bound once by the application."""

    def __init__(self) -> None:
        self._file = self._passphrase = self._own = self._roots = ""
        self._ends = datetime.max.replace(tzinfo=UTC)

    def bind(self, key: Path | None, passphrase: str, roots: Path | None) -> None:
        """Take the settings, or raise BadKey: the extra is missing, the file or its passphrase is wrong."""
        self._file = self._passphrase = self._own = self._roots = ""
        if (key or roots) and not readable():
            raise BadKey("signing_key" if key else "signing_roots", "the extra is missing: python3 -m app add signing")
        if key:
            certificate = _certificate(key, passphrase)
            self._own = certificate.public_bytes(Encoding.PEM).decode()
            self._ends = certificate.not_valid_after_utc
            self._file, self._passphrase = str(key), passphrase
        if roots:
            self._roots = roots.read_text(errors="replace")
            try:
                x509.load_pem_x509_certificates(self._roots.encode())
            except ValueError:
                raise BadKey("signing_roots", f"no certificates in PEM form in {roots}") from None

    @property
    def bound(self) -> bool:
        """True when this site signs its documents."""
        return bool(self._file)

    @property
    def ended(self) -> bool:
        """True when it would sign, but its certificate has ended."""
        return self.bound and datetime.now(UTC) >= self._ends

    def job(self) -> dict[str, str] | None:
        """The job of the child process that signs; None where documents are issued without a signature."""
        if self.ended:
            log.error("the certificate that signs documents has ended, they are issued unsigned", ended=str(self._ends))
            return None
        return {"file": self._file, "passphrase": self._passphrase} if self.bound else None

    def judged(self, content: bytes, issued_at: int | None) -> Signature:
        """Judges a file's signature. `issued_at`: since when this site has known this very file, or None. Rejected:
        busy."""
        if MARK not in content:
            return Signature("unsigned")
        if not readable():
            return Signature(NOT_READ)
        asked = {"own": self._own, "roots": self._roots, "moment": issued_at and issued_at // 1_000_000}
        if not AT_ONCE.acquire(timeout=WALL_S):
            raise Rejected("busy")
        try:
            return Signature(**_asked(json.dumps(asked).encode() + b"\n" + content))
        finally:
            AT_ONCE.release()


def _asked(job: bytes) -> dict[str, str]:
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.services.awards.pades"],
            input=job,
            capture_output=True,
            timeout=WALL_S,
            cwd=ROOT,
            env=environment,
            check=True,
        )
        found: dict[str, str] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"state": "unreadable"}
    return found


def readable() -> bool:
    """True when the extra that writes and reads signatures is installed."""
    return find_spec("pyhanko") is not None


def _certificate(file: Path, passphrase: str) -> x509.Certificate:
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(file.read_bytes(), passphrase.encode() or None)
    except ValueError:
        raise BadKey("signing_key", f"{file} is no PKCS#12 file, or the passphrase does not open it") from None
    if key is None or certificate is None:
        raise BadKey("signing_key", f"{file} has no key with a certificate in it")
    return certificate


document_key = DocumentKey()
