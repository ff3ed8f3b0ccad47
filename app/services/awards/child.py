"""The child process that typesets: `python -m app.services.awards.child < job > documents`.

A job is one JSON line: {"logo": base64 PNG or "", "signature": the same, "form": "pdf", "png" or "share",
"documents": [...], "signing": null or {"file": PKCS#12, "passphrase"}}.
On stdout each document comes as its length on a line, then its bytes. Typesetting 1,000 of them takes a minute and
200 MB: neither belongs into a server.
"""

from __future__ import annotations

import base64
import io
import json
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import segno
import typst

from app.services.files.archive import archived

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "awards"
MEMORY = 1_500_000_000
"""How many bytes of addresses the child may map; the library maps far more than it uses."""
CPU_S = 300
"""Seconds of processor time the child may use."""
PPI = {"png": 72, "share": 144}
"""Dots per inch: of a preview, and of a picture to post elsewhere."""


def main() -> None:
    """Read the job, write the documents."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job: dict[str, Any] = json.loads(sys.stdin.readline())
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copy(FOLDER / "certificate.typ", folder)
        pictures = {name: _picture(folder, name, job[name]) for name in ("logo", "signature")}
        compiler = typst.Compiler(
            folder / "certificate.typ", root=folder, font_paths=[FOLDER / "fonts"], ignore_system_fonts=True
        )
        sign = _signer(job["signing"])
        for document in job["documents"]:
            data = json.dumps(document | pictures | {"qr": _qr(document["link"])}, ensure_ascii=False)
            if job["form"] in PPI:
                content = compiler.compile(format="png", ppi=PPI[job["form"]], sys_inputs={"data": data})
            else:
                content = archived(partial(compiler.compile, format="pdf", sys_inputs={"data": data}))
            assert isinstance(content, bytes)  # noqa: S101  one page each
            content = sign(content)
            sys.stdout.buffer.write(f"{len(content)}\n".encode() + content)
            sys.stdout.buffer.flush()


def _signer(signing: dict[str, str] | None) -> Callable[[bytes], bytes]:
    """The function that finishes a document's file: it signs it, or leaves it as it is."""
    if signing is None:
        return lambda content: content
    from app.services.awards import pades  # an extra of the installation

    return partial(pades.signed, by=pades.signer(signing["file"], signing["passphrase"]))


def _qr(address: str) -> str:
    """The code of an address, as SVG. Drawn here: fifty of them would hold a server's other work up."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=1, dark="#0a1633", light="#ffffff")
    return out.getvalue().decode()


def _picture(folder: Path, name: str, content: str) -> str:
    """The name of the file beside the template; "" where there is none."""
    if not content:
        return ""
    (folder / f"{name}.png").write_bytes(base64.b64decode(content))
    return f"{name}.png"


if __name__ == "__main__":
    main()
