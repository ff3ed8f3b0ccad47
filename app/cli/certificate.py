"""`--tls` without a certificate authority: an own certificate for the addresses of this machine.

A browser warns about it once. After that the page is a secure context: camera, wake lock, installing.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from app.cli import Stop

DAYS = 397  # how long a certificate of ours is valid, days


def for_addresses(folder: Path, hosts: list[str]) -> Path:
    """The folder of `certificate.pem` and `key.pem` for `hosts`, made anew when they are others."""
    names = ",".join(["DNS:localhost", *(f"IP:{host}" for host in hosts)])
    kept = folder / "names"
    if kept.is_file() and kept.read_text() == names:
        return folder
    if not shutil.which("openssl"):
        raise Stop("Cần openssl cho --tls. / --tls needs the program openssl, which is not here.")
    folder.mkdir(mode=0o700, exist_ok=True)
    done = subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            str(DAYS),
            "-subj",
            "/CN=San Choi So",
            "-addext",
            f"subjectAltName={names}",
            "-keyout",
            str(folder / "key.pem"),
            "-out",
            str(folder / "certificate.pem"),
        ],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Stop(f"openssl: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
    (folder / "key.pem").chmod(0o600)
    kept.write_text(names)
    return folder


def fingerprint(folder: Path) -> str:
    """The SHA-256 of the certificate, to compare with what a browser shows."""
    done = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", str(folder / "certificate.pem")],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.partition("=")[2].strip()
