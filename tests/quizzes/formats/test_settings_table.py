"""The table of quizzes/README.md says of each format in it every setting, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from quizzes.formats import FORMATS
from quizzes.mechanics import asking

PAGE = Path(__file__).resolve().parents[3] / "quizzes" / "README.md"


def named() -> dict[str, set[str]]:
    """Format -> the settings its rows name; a row without a format belongs to the one above."""
    _, _, after = PAGE.read_text().partition("### Settings of the formats")
    found: dict[str, set[str]] = {}
    key = ""
    for row in re.findall(r"^\| *(?:`(\w+)`)? *\| (`.*?) \|", after.partition("\n## ")[0], re.MULTILINE):
        key = row[0] or key
        found.setdefault(key, set()).update(re.findall(r"`(\w+)`", row[1]))
    return found


def test_the_table_names_every_setting_of_its_formats_and_no_other() -> None:
    """A format that is new may stand in it later: adding one turns nothing red."""
    table = named()
    assert len(table) > 10, "the table could not be read"
    assert table == {key: set(FORMATS[key].settings) - set(asking.SETTINGS) for key in table}
