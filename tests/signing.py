"""Keys for tests: a licensed authority that nobody has licensed, and certificates with and without it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

PASSPHRASE = "mật khẩu của tệp khóa"
Signer = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def certificate(name: str, by: Signer | None = None, authority: bool = False, days: int = 30) -> Signer:
    """A key with its certificate: signed by itself, or `by` an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    mine = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(mine)
        .issuer_name(by[1].subject if by else mine)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(not authority, not authority, False, False, False, authority, authority, False, False),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return key, made.sign(by[0] if by else key, SHA256())


def kept(folder: Path, name: str, one: Signer) -> Path:
    """The PKCS#12 file of a key, as an operator gets it."""
    file = folder / f"{name}.p12"
    locked = BestAvailableEncryption(PASSPHRASE.encode())
    file.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), one[0], one[1], None, locked))
    return file


def pem(*certificates: x509.Certificate) -> str:
    return "".join(one.public_bytes(Encoding.PEM).decode() for one in certificates)
