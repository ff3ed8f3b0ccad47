"""Pictures of a file of questions: those that cost too much are left out and said."""

import base64
import io
import struct
import zlib

import pytest
from PIL import Image

from app.services.banks import imported_pictures, media
from app.services.banks.imported_pictures import with_pictures
from quizzes.importers import Imported


def png(side=8, colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "PNG")
    return out.getvalue()


def vast():
    """A few hundred bytes that say they are 50,000 x 50,000 pixels."""

    def piece(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    about = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", about) + piece(b"IDAT", zlib.compress(b"\0" * 9999)) + piece(b"IEND", b"")
    )


def name_of(letter):
    return letter * 32 + ".webp"


def imported(**pictures):
    """A question for each picture; the one of `o` hangs on an option that says nothing else."""
    drafts = [
        {"options": [{"media": {"name": name_of(one)}}]}
        if one == "o"
        else {"text": {}, "media": {"name": name_of(one)}}
        for one in pictures
    ]
    coded = {name_of(one): base64.b64encode(data).decode() for one, data in pictures.items()}
    places = list(range(1, len(drafts) + 1))
    return Imported(drafts, [], places, len(drafts), rules=[""] * len(drafts), pictures=coded)


@pytest.fixture
def stored(monkeypatch):
    names = []
    monkeypatch.setattr(media, "store_named", lambda name, data: media.encode_picture(data) and names.append(name))
    return names


def test_a_picture_that_says_it_is_vast_is_left_out_and_said(stored):
    found = with_pictures(imported(a=png(), b=vast(), c=b"no picture"))
    assert stored == [name_of("a")]
    assert ["media" in draft for draft in found.drafts] == [True, False, False]
    assert {(one.code, one.line, one.warning) for one in found.problems} == {
        ("picture_left", 2, True),
        ("picture_left", 3, True),
    }


def test_all_pictures_of_a_file_together_cost_a_bounded_number_of_pixels(stored, monkeypatch):
    monkeypatch.setattr(imported_pictures, "PIXELS", 100)
    found = with_pictures(imported(a=png(8), b=png(8, "blue"), c=png(4)))
    assert stored == [name_of("a")]
    assert [one.line for one in found.problems] == [2, 3]


def test_an_option_that_was_nothing_but_its_picture_takes_the_question_along(stored):
    found = with_pictures(imported(a=png(), o=b"no picture"))
    assert (len(found.drafts), found.places) == (1, [1])
    assert [(one.code, one.line) for one in found.errors] == [("picture_left", 2)]


def test_what_a_table_of_another_server_names_is_left_out_and_said_and_ours_stays(monkeypatch):
    clips_here, pictures_here = {"c" * 32 + ".mp4"}, {name_of("a")}
    monkeypatch.setattr(media, "picture", lambda name: b"1" if name in pictures_here else None)
    monkeypatch.setattr(imported_pictures.clips, "clip", lambda name: name if name in clips_here else None)
    holders = [name_of("a"), name_of("b"), "c" * 32 + ".mp4", "d" * 32 + ".mp3"]
    drafts = [{"type": "single", "text": {}, "media": {"name": name}} for name in holders]
    drafts += [{"type": "hotspot", "text": {}, "media": {"name": name_of("e")}}]
    found = with_pictures(Imported(drafts, [], [1, 2, 3, 4, 5], 5, rules=[""] * 5))
    assert ["media" in draft for draft in found.drafts] == [True, False, True, False]
    assert sorted((one.code, one.line, one.warning) for one in found.problems) == [
        ("picture_left", 2, True),
        ("picture_left", 4, True),
        ("picture_left", 5, False),
    ], "a touch needs its picture: that question does not come"
