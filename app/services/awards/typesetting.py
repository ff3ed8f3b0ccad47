"""From an award to its document: what is printed, and the child process that prints it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.models.awards import Award, AwardBatch
from app.services.awards.letterheads import Pictures
from quizzes.awards import kinds
from quizzes.refusals import Rejected

ROOT = Path(__file__).resolve().parents[3]
WALL_S = 300
"""How long the typesetter may take for one batch, seconds."""


@dataclass(frozen=True)
class Giver:
    """The giver of an award and the chapter above it, as printed."""

    name: str
    above: str


def document(batch: AwardBatch, award: Award, giver: Giver, day: date, address: str) -> dict[str, Any]:
    """The data of one document. Official words in Vietnamese are not translated: the paper is an official one."""
    decided = f"Theo Quyết định số {batch.decision_no}" if batch.decision_no else ""
    if decided and batch.decided_on:
        decided += f" ngày {batch.decided_on:%d-%m-%Y}"
    signed_on = kinds.dated(batch.kind, batch.decided_on, day)
    place = f"{batch.place}, " if batch.place else ""
    number = kinds.number_of(batch.kind, award.serial, award.year) if award.serial and award.year else "…"
    return {
        "design": batch.design,
        "heading": kinds.PRINTED[batch.kind],
        "gives": kinds.GIVES[batch.kind],
        "number": number,
        "above": giver.above,
        "organ": giver.name,
        "name": award.name,
        "chapter": award.chapter,
        "prize": award.prize,
        "wording": batch.wording,
        "decision": decided,
        "address": address.partition("://")[2] or address,
        "link": address,
        "dated": f"{place}ngày {signed_on.day:02} tháng {signed_on.month:02} năm {signed_on.year}",
        "signer_title": batch.signer_title,
        "signer": batch.signer,
    }


def typeset(
    documents: Sequence[dict[str, Any]], pictures: Pictures, form: str = "pdf", signing: dict[str, str] | None = None
) -> list[bytes]:
    """The documents, in a process of their own. Rejected: busy, where it did not come to an end.

    `signing`: the job of `signing.document_key`; None leaves them unsigned.
    """
    job = {
        "form": form,
        "documents": list(documents),
        "logo": _base64(pictures.logo),
        "signature": _base64(pictures.signature),
        "signing": signing,
    }
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.services.awards.child"],
            input=json.dumps(job).encode() + b"\n",
            capture_output=True,
            timeout=WALL_S,
            cwd=ROOT,
            env=environment,
            check=True,
        )
    except subprocess.SubprocessError as problem:
        raise Rejected("busy") from problem
    return list(_cut(done.stdout))


def _cut(stream: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(stream):
        end = stream.index(b"\n", at)
        size = int(stream[at:end])
        found.append(stream[end + 1 : end + 1 + size])
        at = end + 1 + size
    return found


def _base64(content: bytes | None) -> str:
    return base64.b64encode(content).decode() if content else ""
