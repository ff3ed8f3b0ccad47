"""Sound and film of questions: made anew without what was hidden, kept in parts, served by ranges."""

from __future__ import annotations

import io
import resource
import signal
import struct
import subprocess
import sys
import wave
import zlib
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.errors import sentence
from app.services.clips import clips
from app.services.files.opening.clip_child import MOST_BYTES
from quizzes.refusals import Rejected
from tests.app.services.shows.playing import Play
from tests.organisation import browser, form_token, plant
from tests.people import AN, DUNG
from tests.serving import ROOT

av: Any = import_module("av")  # an extra that the test command brings; without it these tests fail
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def film(seconds: float = 1.0, side: int = 96) -> bytes:
    """A grey film that grows lighter, with a name in it."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as sink:
        sink.metadata["title"] = "Nhà riêng của An"
        stream = sink.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = side, side, "yuv420p"
        for at in range(int(seconds * 10)):
            frame = av.VideoFrame(side, side, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([at % 250]) * plane.buffer_size)
            frame.pts, frame.time_base = at, Fraction(1, 10)
            sink.mux(stream.encode(frame))
        sink.mux(stream.encode(None))
    return out.getvalue()


def sound(seconds: float) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\1\2" * int(8000 * seconds))
    return out.getvalue()


def whole(name: str) -> bytes:
    found = clips.clip(name)
    assert found
    data = b"".join(clips.part(name, number) for number in range(-(-found.size // clips.PART)))
    assert len(data) == found.size
    return data


def refused(data: bytes) -> str:
    with pytest.raises(Rejected) as refusal:
        clips.store_clip(data)
    return refusal.value.code


def test_a_film_is_made_anew_and_keeps_nothing_else(app: Flask) -> None:
    given = film()
    assert "Nhà riêng".encode() in given
    name = clips.store_clip(given)
    made = whole(name)
    assert name.endswith(".mp4") and "Nhà riêng".encode() not in made
    assert made.index(b"moov") < made.index(b"mdat"), "it plays while it loads"
    with av.open(io.BytesIO(made)) as read:
        assert (read.streams.video[0].codec_context.name, read.streams.video[0].width) == ("h264", 96)


def test_sound_becomes_mp3_and_what_is_none_or_too_long_is_refused(app: Flask) -> None:
    assert clips.store_clip(sound(1)).endswith(".mp3")
    assert [refused(data) for data in (b"", b"no film", sound(63))] == ["clip_bad", "clip_bad", "clip_long"]


def huge() -> bytes:
    """A picture of 16,000 x 16,000 in 40 KB: opened, it would take 768 MB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 16_000, 16_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * (1 + 3 * 16_000) * 64)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_each_limit_is_refused_with_its_own_sentence(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(b"\0" * (MOST_BYTES + 1)) == "clip_big"
    assert refused(huge()) == "clip_heavy"
    monkeypatch.setattr("app.services.files.sound.WALL_S", 0)
    assert refused(sound(1)) == "clip_slow"
    with app.test_request_context("/?lang=vi"):
        said = {code: sentence(code) for code in ("clip_big", "clip_long", "clip_slow", "clip_heavy")}
    for code, number in (
        ("clip_big", "40 MB"),
        ("clip_long", "60 giây"),
        ("clip_slow", "120 giây"),
        ("clip_heavy", "512 MB"),
    ):
        assert number in said[code]


@pytest.mark.parametrize(
    ("code", "expected"), [(-signal.SIGXCPU, "clip_slow"), (-signal.SIGKILL, "clip_heavy"), (1, "clip_bad")]
)
def test_a_child_that_the_machine_stops_is_one_refusal(
    app: Flask, monkeypatch: pytest.MonkeyPatch, code: int, expected: str
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: subprocess.CompletedProcess(args, code, b"", b""))
    assert refused(sound(1)) == expected


def test_the_child_bounds_itself_before_it_reads(database_url: str) -> None:
    code = "from app.services.files.opening import clip_child as it, sound_child; import resource as r; it.bound();"
    code += "print(r.getrlimit(r.RLIMIT_CPU)[0], r.getrlimit(r.RLIMIT_AS)[0], *r.getrlimit(r.RLIMIT_FSIZE))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT).stdout
    assert told.split() == ["120", str(512 * 1024 * 1024), "0", "0"]
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != 512 * 1024 * 1024, "the server itself stays as it is"


def test_a_file_over_the_limit_is_refused_before_it_is_read(app: Flask) -> None:
    dung = browser(app, plant().members[DUNG])
    headers = {"X-CSRFToken": form_token(dung), "Accept": "application/json"}
    big = b"\0" * (MOST_BYTES + 2 * 1024 * 1024)
    answer = dung.post("/clips", data=big, content_type="application/octet-stream", headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (413, "file_too_big")


def test_nothing_is_made_anew_beside_an_open_question(app: Flask) -> None:
    Play().until("open")
    assert refused(sound(1)) == "clip_show_on"


def test_a_browser_is_given_the_part_it_asks_for(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "PART", 1000)
    monkeypatch.setattr("app.live.doors.clips.PART", 1000)
    name, client = clips.store_clip(sound(1)), app.test_client()
    data = whole(name)
    assert client.get(f"/media/{name}").data == data

    def part(asked: str) -> tuple[int, bytes, str]:
        answer = client.get(f"/media/{name}", headers={"Range": f"bytes={asked}"})
        return answer.status_code, answer.data, answer.headers.get("Content-Range", "")

    size = len(data)
    assert part("0-") == (206, data[:1000], f"bytes 0-999/{size}"), "to the end of its row"
    assert part("990-1009") == (206, data[990:1000], f"bytes 990-999/{size}")
    assert part("1500-1509") == (206, data[1500:1510], f"bytes 1500-1509/{size}")
    assert part("-10") == (206, data[-10:], f"bytes {size - 10}-{size - 1}/{size}")
    assert part(f"{size}-")[0] == 416
    assert client.get("/media/khongcogi.mp4").status_code == 404


def test_who_writes_questions_may_bring_a_clip_larger_than_a_form(app: Flask) -> None:
    org = plant()
    dung = browser(app, org.members[DUNG])
    big = sound(1) + b"\0" * (7 * 1024 * 1024)

    def bring(client: FlaskClient, data: bytes) -> TestResponse:
        headers = {"X-CSRFToken": form_token(client)}
        return client.post("/clips", data=data, content_type="application/octet-stream", headers=headers)

    assert bring(dung, big).get_json()["name"].endswith(".mp3")
    assert bring(browser(app, org.members[AN]), big).status_code == 403
    assert dung.post("/clips", data=big, content_type="application/octet-stream").status_code == 400
    bad = bring(dung, b"nothing")
    assert (bad.status_code, "Không đọc được" in bad.get_json()["sentence"]) == (400, True)


def test_nothing_is_made_anew_between_the_questions_of_a_show_that_is_played(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = Play()
    assert clips.store_clip(sound(1)), "nobody has begun it"
    played.until("revealed")
    assert refused(sound(1)) == "clip_show_on"
    monkeypatch.setattr(clips, "QUIET", -(10**18))
    assert clips.store_clip(sound(1)), "nothing was done in it for a while"
