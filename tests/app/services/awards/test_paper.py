"""Documents as they are printed: the longest texts there may be stand above the date of signing, in every design."""

from __future__ import annotations

import io
from datetime import date

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


def printed(name: str) -> bytes:
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
    document = typesetting.document(batch, award, Giver("", ""), date(2026, 11, 30), "https://thi.example.vn/c/a")
    (page,) = typesetting.typeset([document], Pictures())
    return page


def test_every_letter_that_may_be_printed_has_a_font_and_another_one_stops_no_batch() -> None:
    every = "".join(chr(one) for low, high in kinds.LETTERS for one in range(low, high + 1))
    assert b"pdfaid" in printed(visible(every)), "PDF/A, which lacks no letter"
    assert [kinds.unprintable(text) for text in (visible(every), "Nguyễn 🎉", "王")] == ["", "🎉", "王"]
    assert b"pdfaid" not in printed("王"), "accepted by an earlier version"
