"""PAdES signatures of PDF files, for child processes only: `python -m app.services.awards.pades < job and file`.

The library is the extra `signing` of the installation. A child that is asked what a file's signature is worth gets one
JSON line {"own": PEM of this site's certificate or "", "roots": PEM or "", "moment": seconds or null}, then the file;
it writes one JSON line, `asdict(Found)`. It bounds itself first: the file may come from anybody.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

FIELD = "SanChoiSo"
UNSIGNED, OWN, LICENSED, FOREIGN, CHANGED, UNREADABLE = (
    "unsigned",
    "own",
    "licensed",
    "foreign",
    "changed",
    "unreadable",
)
CPU_S, MEMORY = 20, 1024 * 1024 * 1024
"""The bounds of the process that signs a document: CPU seconds and bytes of address space."""


@dataclass(frozen=True)
class Found:
    """The worth of a file's last signature.

    unsigned    there is none
    changed     the file is not what was signed, or something was added afterwards
    licensed    whole, and its certificate leads to a root the operator calls a licensed authority's
    own         whole, by the certificate of this site
    foreign     whole, by somebody this site does not know
    unreadable  no PDF that can be read
    """

    state: str
    signer: str = ""
    authority: str = ""


def signer(file: str, passphrase: str) -> Any:
    """The key and certificates of a PKCS#12 file."""
    return SimpleSigner.load_pkcs12(file, passphrase=passphrase.encode() or None)


def signed(content: bytes, by: Any) -> bytes:
    """The PDF with a signature over all of it (PAdES, profile B-B: no other server is asked for the time)."""
    about = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    out = io.BytesIO()
    PdfSigner(about, by).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), output=out)
    return out.getvalue()


def judged(content: bytes, own: str, roots: str, moment: datetime | None) -> Found:
    """Judges the last signature of a file. `moment`: when this site is known to have had the file."""
    try:
        signatures = PdfFileReader(io.BytesIO(content), strict=False).embedded_signatures
        return _judged(signatures[-1], own, roots, moment) if signatures else Found(UNSIGNED)
    except Exception:
        return Found(UNREADABLE)


def _judged(signature: Any, own: str, roots: str, moment: datetime | None) -> Found:
    trusted = list(load_certs_from_pemder_data(roots.encode())) if roots else []
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=moment)
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    status = validate_pdf_signature(
        signature, signer_validation_context=context, skip_diff=True, key_usage_settings=usage
    )
    by = status.signing_cert
    names = (_named(by.subject), _named(by.issuer))
    whole = signature.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and whole):
        return Found(CHANGED, *names)
    if trusted and status.trusted:
        return Found(LICENSED, *names)
    mine = own and next(iter(load_certs_from_pemder_data(own.encode()))).sha256 == by.sha256
    return Found(OWN if mine else FOREIGN, *names)


def _named(whom: Any) -> str:
    """The name in a certificate, where it has one, without its labels."""
    return str(whom.native.get("common_name") or whom.human_friendly)


def main() -> None:
    """Judge one file."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job = json.loads(sys.stdin.buffer.readline())
    moment = datetime.fromtimestamp(job["moment"], UTC) if job["moment"] else None
    sys.stdout.write(json.dumps(asdict(judged(sys.stdin.buffer.read(), job["own"], job["roots"], moment))))


if __name__ == "__main__":
    main()
