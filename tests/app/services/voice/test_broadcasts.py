"""Tiếng loa thanh niên: recordings are made anew within limits; a broadcast is heard in parts, copied, and taken
away."""

from __future__ import annotations

import io
import math
import struct
import sys
import wave

import pytest
from flask import Flask
from PIL import Image

from app.services.files.opening import sound_child
from app.services.files.refused import REFUSED
from app.services.files.sound import REFUSALS, made_anew
from app.services.voice import broadcasts
from quizzes.refusals import Rejected
from tests.organisation import browser, form_token, plant, send
from tests.people import AN, BINH

RATE = 8000


def recording(seconds: int) -> bytes:
    """A tone as a WAV file, with a name in it that nobody should pass on."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        tone = b"".join(struct.pack("<h", int(9000 * math.sin(at / 8))) for at in range(RATE))
        file.writeframes(tone * seconds)
    return out.getvalue() + b"LIST\x1a\x00\x00\x00INFOIART\x0e\x00\x00\x00A secret name\x00"


@pytest.fixture(scope="module")
def short() -> tuple[bytes, int]:
    return made_anew(recording(3))


def test_a_recording_becomes_mp3_of_our_own_and_nothing_else_goes_over(short: tuple[bytes, int]) -> None:
    sound, seconds = short
    assert seconds == 3 and len(sound) < 40_000 and b"secret" not in sound
    assert made_anew(sound)[1] in (3, 4)  # what we made can be heard


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sound_bad"),
        (b"<html>no sound</html>" * 99, "sound_bad"),
        (b"x" * 6_300_000, "sound_bad"),
        (recording(0), "sound_none"),
        (recording(303), "sound_long"),
    ],
    ids=["nothing", "a page", "too large", "silence of no length", "too long"],
)
def test_what_is_no_recording_or_too_long_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        made_anew(data)
    assert refusal.value.code in (code, "sound_none")


def test_where_the_reader_is_not_installed_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(SystemExit) as ended:
        sound_child.made_anew(recording(1))
    assert REFUSALS[int(str(ended.value))] == "media_missing"
    assert "python3 -m app add media" in REFUSED["media_missing"][1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_chapter_broadcasts_and_everybody_hears_reads_and_passes_it_on(app: Flask, short: tuple[bytes, int]) -> None:
    org = plant()
    binh, list_ = browser(app, org.members[BINH]), f"/chapters/{org.branch}/voice"
    sent = {"csrf_token": form_token(binh), "title": "Ngày thứ 6 xanh", "text": "Mời bà con.\n" * 90}
    made = binh.post(list_, data=sent | {"sound": (io.BytesIO(short[0]), "a.mp3")}).location
    stranger = browser(app)
    page = stranger.get(made).text
    assert "Ngày thứ 6 xanh" in page and "<audio" in page and "Lời để dán" in page and "Gỡ bản tin" not in page
    part = stranger.get(f"{made}/sound.mp3", headers={"Range": "bytes=0-99"})
    assert part.status_code == 206 and len(part.data) == 100 and part.mimetype == "audio/mpeg"
    with Image.open(io.BytesIO(stranger.get(f"{made}/picture.png").data)) as picture:
        assert picture.size == (1080, 1080)
    assert "Ngày thứ 6 xanh" in browser(app, org.members[AN]).get("/").text
    bad = binh.post(list_, data=sent | {"sound": (io.BytesIO(b"nothing of it"), "a.mp3")})
    assert (bad.status_code == 422 and "tệp âm thanh" in bad.text) or "không có tiếng" in bad.text
    assert send(browser(app, org.members[AN]), f"{made}/remove").status_code == 403
    send(binh, f"{made}/remove")
    assert stranger.get(made).status_code == 404 == stranger.get(f"{made}/sound.mp3").status_code
    assert broadcasts.of_chapters([org.branch]) == []
