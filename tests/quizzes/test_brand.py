"""A show's clothes: a colour that cannot be read is refused, and phones are not told of them."""

import pytest

from quizzes import show
from quizzes.brand import check_brand, contrast
from quizzes.engine import PLAYER, STAGE, Viewer
from quizzes.script import resolved
from quizzes.show.shelf import SPONSOR
from tests.quizzes.people import said, single, speed


def test_contrast_is_that_of_the_standard() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#ffc93c", "#ffc93c") == 1.0


@pytest.mark.parametrize(
    ("colour", "codes"),
    [
        ("#ffc93c", []),
        ("#9be7a5", []),
        ("#0b45b4", ["colour_contrast"]),
        ("#8a1f25", ["colour_contrast"]),
        ("gold", ["colour_shape"]),
        ("", []),
        (7, ["not_a_text", "colour_shape"]),
    ],
)
def test_a_colour_is_taken_where_it_can_be_read(colour: object, codes: list[str]) -> None:
    found = [one.code for one in check_brand({"colour": colour}, ("brand",))]
    assert found[-len(codes) :] == codes if codes else found == []


def test_a_picture_is_named_as_the_shell_names_its_own_and_nothing_else_is_known() -> None:
    assert [one.code for one in check_brand({"logo": "../../etc/passwd"}, ())] == ["bad_picture"]
    assert list(check_brand({"logo": "abcdefgh1234.webp", "partner": "Ngân hàng"}, ())) == []
    assert [one.path for one in check_brand({"font": "x"}, ())] == [("font",)]


def test_the_stage_wears_it_and_phones_are_not_told() -> None:
    script = {"title": said("Thử"), "rounds": [speed()], "brand": {"partner": "Ngân hàng Sao Mai"}}
    assert resolved(script)["brand"] == {"partner": "Ngân hàng Sao Mai"}
    state = show.start(show.create(script, [[single(1)]], "hạt", said("Thử")))
    assert show.view(state, Viewer(STAGE))["brand"] == {"partner": "Ngân hàng Sao Mai"}
    assert "brand" not in show.view(state, Viewer(PLAYER))
    assert SPONSOR == "sponsor"
