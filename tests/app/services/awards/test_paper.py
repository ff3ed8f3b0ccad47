"""Documents as they are printed: the longest texts there may be stand above the date of signing, in every design."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from PIL import Image

from app.models.awards import Award, AwardBatch
from app.services.awards import typesetting
from app.services.awards.letterheads import Pictures
from app.services.awards.typesetting import Giver
from quizzes.awards import kinds
from quizzes.text import visible

MM = 72 / 25.4
LONGEST = "Đã có thành tích xuất sắc trong đợt thi đua chuyển đổi số của thanh niên toàn tỉnh năm 2026 và 1+2 " * 3
CHAPTER = "Chi đoàn Khu phố 12, Phường Thới Sơn, xã hội hóa số và dịch vụ công trực tuyến toàn trình"


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "blue").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("design", kinds.DESIGNS)
def test_the_longest_texts_stand_above_the_date_of_signing(design: str) -> None:
    batch = AwardBatch(
        kind=kinds.MERIT,
        design=design,
        wording=LONGEST[:300],
        decision_no="15-QĐ/ĐTN",
        decided_on=date(2026, 11, 20),
        signer="Trần Văn Ẵng",
        signer_title="TM. Ban Thường vụ, Phó Bí thư Thường trực",
        place="Mỹ Tho",
    )
    award = Award(
        name="Công Tằng Tôn Nữ Phương Thảo Nguyên Hạ " * 3, chapter=CHAPTER, prize=CHAPTER, serial=1, year=2026
    )
    document = typesetting.document(
        batch, award, Giver(CHAPTER, CHAPTER), date(2026, 11, 30), "https://thi.example.vn/c/a"
    )
    (page,) = typesetting.typeset([document], Pictures(logo(), logo()), "png")
    with Image.open(io.BytesIO(page)) as picture:
        band = picture.convert("L").crop((round(31 * MM), round(141.4 * MM), round(266 * MM), round(142.6 * MM)))
        darkest, _ = band.getextrema()
    assert darkest > 200, "only what lies behind the words"


def lower_edge(design: str, **signed: str) -> bytes:
    """Returns the pixels of what lies below the place of the signature, down to the edge of the paper."""
    words = {"wording": "Đã đạt giải", "decision_no": "", "signer": "", "signer_title": "", "place": ""} | signed
    batch = AwardBatch(kind=kinds.CERTIFICATE, design=design, decided_on=None, **words)
    award = Award(name="Nguyễn Thị An", chapter="", prize="", serial=1, year=2026)
    document = typesetting.document(batch, award, Giver("", ""), date(2026, 11, 30), "https://thi.example.vn/c/a")
    (page,) = typesetting.typeset([document], Pictures(signature=logo() if signed else None), "png")
    with Image.open(io.BytesIO(page)) as picture:
        return picture.convert("RGB").crop((round(160 * MM), round(191 * MM), *picture.size)).tobytes()


@pytest.mark.parametrize("design", kinds.DESIGNS)
def test_the_longest_signature_stays_inside_the_frame(design: str) -> None:
    name, post = ("Công Tằng Tôn Nữ Phương Thảo Nguyên Hạ " * 4)[:120], ("Phó Bí thư Thường trực, " * 6)[:120]
    signed = {"signer": name, "signer_title": post, "place": ("Thành phố Mỹ Tho, " * 4)[:60]}
    assert lower_edge(design, **signed) == lower_edge(design), "nothing is written there"


def test_a_logo_as_long_as_a_banner_is_shown_whole() -> None:
    out = io.BytesIO()
    banner = Image.new("RGB", (700, 16), "white")
    banner.paste("red", (0, 0, 40, 16))
    banner.paste("lime", (660, 0, 700, 16))
    banner.save(out, "PNG")
    (page,) = typesetting.typeset([a_document("An")], Pictures(logo=out.getvalue()), "png")
    with Image.open(io.BytesIO(page)) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    assert {(255, 0, 0), (0, 255, 0)} <= colours, "both ends"


def printed(name: str) -> bytes:
    (page,) = typesetting.typeset([a_document(name)], Pictures())
    return page


def a_document(name: str) -> dict[str, Any]:
    batch = AwardBatch(
        kind=kinds.CERTIFICATE,
        design="drum",
        wording="Đã đạt giải",
        decision_no="",
        decided_on=None,
        signer="",
        signer_title="",
        place="",
    )
    award = Award(name=name, chapter="", prize="", serial=1, year=2026)
    return typesetting.document(batch, award, Giver("", ""), date(2026, 11, 30), "https://thi.example.vn/c/a")


def test_every_letter_that_may_be_printed_has_a_font_and_another_one_stops_no_batch() -> None:
    every = "".join(chr(one) for low, high in kinds.LETTERS for one in range(low, high + 1))
    assert b"pdfaid" in printed(visible(every)), "PDF/A, which lacks no letter"
    assert [kinds.unprintable(text) for text in (visible(every), "Nguyễn 🎉", "王")] == ["", "🎉", "王"]
    assert b"pdfaid" not in printed("王"), "accepted by an earlier version"
