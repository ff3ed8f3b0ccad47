"""Components of ordinary pages: what other templates rely on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, current_app
from markupsafe import Markup

from quizzes.formats import FORMATS
from quizzes.show.commands import MOVES
from tests.look import harness


@pytest.fixture(scope="module")
def macros() -> Iterator[Any]:
    app: Flask = harness.create_app()
    with app.test_request_context("/"):
        yield app.jinja_env.get_template("_macros.html").module


def test_a_field_ties_label_hint_and_error_to_its_input(macros: Any) -> None:
    text = str(macros.field("name", "Họ tên", value="An", hint="Như trên thẻ", error="Quá dài", required=True))
    assert '<label for="f-name">Họ tên' in text
    assert 'aria-describedby="f-name-hint f-name-error"' in text
    assert 'aria-invalid="true"' in text
    assert 'value="An"' in text


def test_a_password_is_never_written_back(macros: Any) -> None:
    assert "bí mật" not in str(macros.field("password", "Mật khẩu", "password", value="bí mật"))


def test_values_are_text(macros: Any) -> None:
    assert '"><script>' not in str(macros.field("name", "Họ tên", value='"><script>'))


def test_other_keywords_become_attributes(macros: Any) -> None:
    text = str(macros.field("pin", "PIN", inputmode="numeric", data_kind="pin", autofocus=True, hidden=False))
    assert 'inputmode="numeric" data-kind="pin" autofocus' in text
    assert "hidden" not in text


def test_the_chosen_option_is_chosen_whatever_its_type(macros: Any) -> None:
    text = str(macros.field("n", "Số", "select", 2, options=[(1, "một"), (2, "hai")]))
    assert '<option value="2" selected>hai' in text
    assert text.count("selected") == 1


def test_pages_far_away_are_left_out(macros: Any) -> None:
    text = str(macros.pagination(10, 40, "?page={}".format))
    assert [f'href="?page={n}"' in text for n in (1, 7, 8, 12, 13, 40)] == [True, False, True, True, False, True]
    assert text.count('class="gap"') == 2
    assert str(macros.pagination(1, 1, "?page={}".format)).strip() == ""


@pytest.mark.parametrize(("move", "said"), [(3, "lên"), (-2, "xuống"), (0, "giữ nguyên")])
def test_a_move_is_said_in_words_too(macros: Any, move: int, said: str) -> None:
    assert said in str(macros.moved(move))


def test_the_console_has_a_name_for_every_phase_of_a_show_and_of_every_format(macros: Any) -> None:
    phases = {*MOVES, *(phase for fmt in FORMATS.values() for mechanic in fmt.mechanics for phase in mechanic.moves)}
    console = current_app.jinja_env.get_template("live/_host.html").module
    names = {phase: str(console.phase_name(phase)).strip() for phase in phases}  # type: ignore[attr-defined]
    assert [phase for phase, name in names.items() if name in (phase, "")] == []


def test_a_table_of_cards_names_each_figure_and_stays_a_table_to_who_hears_it(macros: Any) -> None:
    rows = '<tr><th scope="row">An &lt;td&gt;</th>\n<td class="num">7</td><td>x</td></tr><tr><th>B</th><td>8</td></tr>'
    text = str(macros.table_of(["Tên", "Đã có & còn"], cards=True, caller=lambda: Markup(rows)))
    assert '<tr role="row"><th role="rowheader" data-label="Tên" scope="row">An &lt;td&gt;</th>' in text
    assert '<td role="cell" data-label="Đã có &amp; còn" class="num">7</td><td role="cell" data-label="">x</td>' in text
    assert text.count('role="row"') == 3 and 'role="table"' in text and text.count('role="columnheader"') == 2
    assert "data-label" not in str(macros.table_of(["Tên"], caller=lambda: Markup(rows)))
