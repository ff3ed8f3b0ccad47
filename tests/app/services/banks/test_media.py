"""Pictures: only pixels are kept, under a name that says nothing."""

import io
import struct
import zlib

import pytest
from PIL import Image

from app.services.banks import media
from app.services.banks.media import encode_picture, store_picture
from quizzes.bank import MEDIA_NAME
from quizzes.refusals import Rejected


def picture(kind="PNG", size=(40, 30), mode="RGB", colour="red", **more):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data), formats=["WEBP"])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_common_kind_becomes_webp(kind, bound):
    name = store_picture(picture(kind))
    assert opened(media.picture(name)).size == (40, 30)


def test_names_are_random_and_fit_the_bank(bound):
    names = {store_picture(picture()) for _ in range(20)}
    assert len(names) == 20
    assert all(MEDIA_NAME.fullmatch(name) for name in names)


def test_place_and_camera_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Máy ảnh"
    stored = opened(encode_picture(picture("JPEG", exif=exif.tobytes())))
    assert stored.size == (30, 40)
    assert not stored.getexif()
    assert not {"exif", "xmp", "icc_profile"} & set(stored.info)


def test_large_pictures_are_made_small_and_keep_their_shape():
    assert opened(encode_picture(picture("JPEG", (4000, 2000)))).size == (1600, 800)


def test_transparency_stays():
    assert opened(encode_picture(picture(mode="RGBA", colour=(255, 0, 0, 9)))).mode == "RGBA"
    assert opened(encode_picture(picture(mode="P"))).mode == "RGB"


def bomb(side):
    """A PNG that says side x side pixels in a few bytes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kind"),
        (b"%PDF-1.7", "kind"),
        (picture("BMP"), "kind"),
        (picture("TIFF"), "kind"),
        (b"RIFF\0\0\0\0WAVEfmt ", "broken"),
        (picture("PNG")[:60], "broken"),
        (picture("JPEG")[:300], "broken"),
        (b"\xff\xd8\xff" + b"junk" * 100, "broken"),
        (bomb(60_000), "pixels"),
        (bomb(10_000), "pixels"),
        (bomb(4_000), "pixels"),
        (bomb(3_000), "broken"),
        (picture("JPEG", (4001, 3000)), "pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * (media.FILE_BYTES + 1), "bytes"),
    ],
)
def test_everything_else_is_refused_before_the_database_is_asked(data, why):
    with pytest.raises(Rejected) as refused:
        store_picture(data)
    assert refused.value.code == "bad_picture"
    assert refused.value.about["why"] == why


def test_pictures_that_lay_in_the_instance_folder_are_carried_over_and_again_after_a_break(bound, tmp_path):
    folder = tmp_path / "media"
    folder.mkdir()
    for name in ("abcdefgh1.webp", "abcdefgh2.webp", "notes.txt"):
        (folder / name).write_bytes(name.encode())
    assert media.carry_over(folder) == 2
    assert media.carry_over(folder) == 0
    assert [path.name for path in folder.iterdir()] == ["notes.txt"], "what is no picture of ours is not touched"
    assert media.picture("abcdefgh2.webp") == b"abcdefgh2.webp"
    (folder / "notes.txt").unlink()
    (folder / "abcdefgh1.webp").write_bytes(b"an older backup's")
    media.carry_over(folder)
    assert media.picture("abcdefgh1.webp") == b"abcdefgh1.webp", "a name stands for one picture for ever"
    assert not folder.exists()
    assert media.carry_over(folder) == 0


def test_a_picture_is_cut_into_corners_without_the_centre_and_the_centre() -> None:
    whole = Image.new("RGBA", (200, 100), (255, 0, 0, 255))
    pieces = media.cut(whole)
    assert [piece.size for piece in pieces] == [(100, 50)] * 4 + [(84, 46)]
    assert pieces[0].getpixel((0, 0)) == (255, 0, 0, 255)
    assert pieces[0].getpixel((99, 49))[3] == 0
    assert pieces[4].getpixel((0, 0)) == (255, 0, 0, 255)
