"""A picture sent with the composer: kept, replaced, dropped; one that cannot be read loses nothing that was typed."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from PIL import Image, ImageDraw

from app.security.headers import LARGE
from app.services.banks import media
from tests.app.pages.shows.test_making import Desk
from tests.organisation import browser, plant
from tests.people import DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIELD = "r0-m-picture"


def jpeg(colour: str, more: int = 0) -> tuple[io.BytesIO, str]:
    file = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(file, "JPEG")
    return io.BytesIO(file.getvalue() + b"0" * more), "a.jpg"


@pytest.fixture
def desk(app: Flask) -> Desk:
    org = plant()
    found = Desk(browser(app, org.members[DUNG]))
    found.typed["chapter"] = org.village
    found.press("save", **{"r0-format": "obstacle"})
    return found


def shown(page: str) -> list[str]:
    return re.findall(r'class="brand-picture" src="([^"]+)"', page)


def send_picture(desk: Desk, file: tuple[io.BytesIO, str], do: str = "save", **typed: str) -> str:
    """The page after a picture was sent; the next press sends none."""
    desk.press(do, **typed, **{FIELD: file})
    del desk.typed[FIELD]
    return desk.page()


def test_a_picture_is_kept_replaced_and_dropped(desk: Desk) -> None:
    first = shown(send_picture(desk, jpeg("red")))
    desk.press("save")
    assert shown(desk.page()) == first and len(first) == 1
    second = shown(send_picture(desk, jpeg("blue")))
    assert len(second) == 1 and second != first
    desk.press("save", **{f"{FIELD}-drop": "1"})
    assert shown(desk.page()) == []


@pytest.mark.parametrize(
    "file", [(b"this is no picture", "a.jpg"), (b"\xff\xd8\xff" + b"0" * 99, "a.jpg"), (b"<svg/>", "a.svg")]
)
@pytest.mark.parametrize("do", ["save", "create", "add"])
def test_what_is_no_picture_is_told_and_loses_nothing(desk: Desk, file: tuple[bytes, str], do: str) -> None:
    before = shown(send_picture(desk, jpeg("red")))
    page = send_picture(desk, (io.BytesIO(file[0]), file[1]), do, title="Tên vừa gõ")
    assert "Không nhận được hình này" in page and "Tên vừa gõ" in page
    assert shown(page) == before, "the earlier picture stays"
    assert "Không nhận được hình này" not in desk.page(), "it is said once"


def test_a_picture_of_the_bound_passes_the_door_and_one_beyond_it_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGE["scripts.one"] == LARGE["scripts.compose"] > media.FILE_BYTES
    monkeypatch.setattr(media, "FILE_BYTES", 100_000)
    kept = shown(send_picture(desk, jpeg("red", more=90_000)))
    assert len(kept) == 1
    page = send_picture(desk, jpeg("blue", more=100_000), title="Tên vừa gõ")
    assert "Không nhận được hình này" in page and "Tên vừa gõ" in page and shown(page) == kept


def test_a_form_beyond_all_bounds_is_refused_with_a_word_on_its_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LARGE, "scripts.one", 100_000)
    answer = desk.client.post(desk.address, data={FIELD: jpeg("red", more=100_000)})
    assert answer.status_code == 413
    assert "Tệp quá lớn" in answer.text


def logo(colour: str, side: int = 200, ground: str | None = None, **more: object) -> tuple[io.BytesIO, str]:
    picture = Image.new("RGBA", (side, side), ground or (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((side // 8, side // 8, side * 7 // 8, side * 7 // 8), fill=colour)
    file = io.BytesIO()
    picture.save(file, "GIF" if more else "PNG", **more)
    return io.BytesIO(file.getvalue()), "logo.png"


def stored(desk: Desk, file: tuple[io.BytesIO, str]) -> Image.Image:
    """The logo as it is kept."""
    desk.press("save", **{"b-logo": file})
    del desk.typed["b-logo"]
    data = media.picture(shown(desk.page())[0].rpartition("/")[2])
    assert data
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("colour", "ground", "dark"),
    [("white", None, True), ("#ffe9a8", None, True), ("#c8102e", None, False), ("white", "#c8102e", False)],
)
def test_a_light_logo_gets_a_ground_on_which_it_is_seen(
    desk: Desk, colour: str, ground: str | None, dark: bool
) -> None:
    kept = stored(desk, logo(colour, ground=ground)).convert("RGBA")
    edge = kept.getpixel((2, 2))
    assert isinstance(edge, tuple)
    assert (edge[3] == 255 and max(edge[:3]) < 130) is dark
    assert kept.width == (232 if dark else 200)


def test_a_logo_of_one_pixel_or_of_none_is_refused_and_a_moving_one_stands_still(desk: Desk) -> None:
    svg = io.BytesIO(b"<svg xmlns='x'><script>1</script></svg>"), "a.svg"
    refused = "Không nhận được hình"
    for file, said in ((logo("red", 1), "quá nhỏ"), (logo("#ffffff00"), refused), (svg, refused)):
        desk.press("save", **{"b-logo": file})
        assert said in desk.page()
    frames = [Image.new("P", (64, 64), at) for at in range(3)]
    moving = logo("red", 64, save_all=True, append_images=frames)
    assert getattr(stored(desk, moving), "n_frames", 1) == 1
