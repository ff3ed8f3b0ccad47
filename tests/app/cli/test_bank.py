"""Banks from the command line: loaded whole or not at all, errors with their lines, pictures re-encoded."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path

from PIL import Image

from tests.serving import DATABASE, command

GOOD = """title: {vi: Ngân hàng thử}
topics:
  thu: {vi: Thử}
questions:
- id: thu-mot
  type: true_false
  topic: thu
  difficulty: 1
  text: {vi: Trái Đất quay quanh Mặt Trời.}
  answer: true
  explanation: {vi: Một vòng mỗi năm.}
  source: Sách giáo khoa
"""


def test_a_bank_is_loaded_and_listed(tmp_path: Path) -> None:
    (tmp_path / "thu.yaml").write_text(GOOD)
    assert command(tmp_path / "i", "bank", "import", str(tmp_path / "thu.yaml")).stdout == "thu: 1\n"
    assert "Ngân hàng thử" in command(tmp_path / "i", "bank", "list").stdout


def test_a_wrong_file_is_refused_with_the_line_of_each_error(tmp_path: Path) -> None:
    (tmp_path / "thu.yaml").write_text(
        GOOD.replace("answer: true", "answer: maybe").replace("difficulty: 1", "difficulty: 9")
    )
    done = command(tmp_path / "i", "bank", "import", str(tmp_path / "thu.yaml"))
    assert done.returncode == 1
    assert "thu.yaml:8:" in done.stderr
    assert "thu.yaml:10:" in done.stderr
    assert command(tmp_path / "i", "bank", "list").stdout == ""


def test_a_picture_is_stored_under_a_name_that_says_nothing(tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(drawn, "PNG")
    (tmp_path / "the-answer-is-B.png").write_bytes(drawn.getvalue())
    name = command(tmp_path / "i", "bank", "picture", str(tmp_path / "the-answer-is-B.png")).stdout.strip()
    with closing(sqlite3.connect(tmp_path / "i" / DATABASE)) as db:
        assert db.execute("SELECT name FROM picture").fetchall() == [(name,)]
    assert "answer" not in name
