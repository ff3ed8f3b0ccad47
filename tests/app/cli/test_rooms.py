"""The drawing of the rooms is that of the code."""

from app.cli import rooms


def test_the_page_shows_the_rooms_as_they_are() -> None:
    page = rooms.PAGE.read_text()
    assert rooms.with_drawing(page) == page, "run: python3 -m app rooms --write"


def test_an_arrow_is_an_import() -> None:
    assert "  services --> models" in rooms.drawing()
    assert "  models --> services" not in rooms.drawing()
