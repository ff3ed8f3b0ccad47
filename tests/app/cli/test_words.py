"""The catalogue: what a person may read is found, and a missing translation is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages import Catalog

from app.cli import words


@pytest.fixture
def catalogue_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small source with three sentences, and the place of its English catalogue."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/pages.py").write_text('say(_("Bắt đầu"))\nSENTENCES = [N_("Kết thúc")]\n')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text("{% trans %}\n  Xin\n  chào\n{% endtrans %}")
    (tmp_path / "pyproject.toml").write_text((words.ROOT / "pyproject.toml").read_text())
    monkeypatch.setattr(words, "ROOT", tmp_path)
    monkeypatch.setattr(words, "CATALOGUE", tmp_path / "app/translations/en/LC_MESSAGES/messages.po")
    return words.CATALOGUE


def test_every_sentence_is_collected_and_asked_for(catalogue_file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert words.run(["--check"]) == 1
    assert not catalogue_file.exists()
    assert words.run([]) == 0
    said = capfd.readouterr().err
    assert all(sentence in said for sentence in ("Bắt đầu", "Kết thúc", "Xin chào"))


def test_a_translation_survives_and_a_guess_does_not_count(catalogue_file: Path) -> None:
    words.run([])
    written = words.read(catalogue_file)
    translate(written, {"Bắt đầu": "Start", "Kết thúc": "End", "Xin chào": "Hello"})
    words.write(written, catalogue_file)
    assert words.run(["--check"]) == 0
    assert catalogue_file.with_suffix(".mo").exists()
    words.run([])
    again = words.read(catalogue_file)
    assert again.get("Bắt đầu").string == "Start"
    again.get("Bắt đầu").flags.add("fuzzy")
    assert words.untranslated(again) == ["Bắt đầu"]


def test_what_is_no_longer_said_leaves_the_catalogue(catalogue_file: Path) -> None:
    words.run([])
    (words.ROOT / "app/pages.py").write_text('say(_("Bắt đầu"))\n')
    words.run([])
    assert {message.id for message in words.read(catalogue_file) if message.id} == {"Bắt đầu", "Xin chào"}
    assert "Kết thúc" not in catalogue_file.read_text()


def translate(catalogue: Catalog, english: dict[str, str]) -> None:
    for sentence, translation in english.items():
        catalogue.get(sentence).string = translation
