"""Pictures of a letterhead: whatever somebody sends is refused in words, or printed."""

from __future__ import annotations

import io
import zlib

import pytest
from flask import Flask
from PIL import Image

from app.pages.awards import desk
from app.services.awards import letterheads, printing, typesetting
from quizzes.hours import local
from tests.contests import now
from tests.organisation import browser, form_token, plant
from tests.people import CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def drawn(mode: str, form: str, size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **more)
    return out.getvalue()


def huge() -> bytes:
    """A PNG whose head says that it is 60,000 pixels wide and high."""
    head = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")


PRINTED = {
    "a photo for print": drawn("CMYK", "JPEG"),
    "sixteen bits": drawn("I;16", "PNG"),
    "see-through": drawn("RGBA", "PNG"),
    "few colours": drawn("P", "GIF", transparency=0),
    "one point": drawn("RGB", "PNG", (1, 1)),
    "a line": drawn("L", "PNG", (4000, 2)),
    "a pillar": drawn("L", "PNG", (2, 4000)),
    "large": drawn("RGB", "PNG", (3900, 3000)),
}
REFUSED = {
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "a word": b"logo",
    "half of one": drawn("RGB", "PNG", (640, 480))[:90],
    "a bomb": huge(),
    "too many points": drawn("L", "PNG", (5000, 4000)),
}


@pytest.mark.parametrize("name", [*PRINTED, *REFUSED])
def test_any_picture_is_printed_or_refused_in_words_and_made_beside_the_loop(
    app: Flask, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    org, apart = plant(), []
    chi = browser(app, org.members[CHI])
    monkeypatch.setattr(desk, "apart", lambda work, *args: apart.append(work) or work(*args))
    address = f"/chapters/{org.province}/letterhead"
    data = PRINTED.get(name) or REFUSED[name]
    sent = {"csrf_token": form_token(chi), "signer": "Trần Văn Ẵng", "logo": (io.BytesIO(data), "logo.png")}
    answer = chi.post(address, data=sent, content_type="multipart/form-data")
    assert apart == [letterheads.as_png], "so that no show stands still meanwhile"
    if name in REFUSED:
        assert answer.status_code == 422 and 'role="alert"' in answer.text
        assert "Trần Văn Ẵng" in answer.text, "what was typed stays"
        assert letterheads.head(org.province).pictures.logo is None
        return
    assert answer.status_code == 302
    document, pictures = printing.example(org.province, "certificate", "drum", local(now()).date())
    assert pictures.logo
    (page,) = typesetting.typeset([document], pictures)
    assert page.startswith(b"%PDF")
