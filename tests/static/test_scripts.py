"""The browser's pure modules under Node's own test runner, and what every script must keep to.

Node comes with Playwright's wheel, so nothing has to be installed for it.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import playwright
import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
NODE = Path(playwright.__file__).parent / "driver" / "node"
OURS = sorted((STATIC / "js").rglob("*.js"))
MOST_LINES = 150


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_pure_module(path: Path) -> None:
    done = subprocess.run(
        [NODE, "--test", "--no-warnings", path], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    passed = re.search(r"pass (\d+)", done.stdout)
    assert passed
    assert int(passed[1]) > 0


def test_scripts_stay_short_and_keep_to_the_content_security_policy() -> None:
    for path in OURS:
        text = path.read_text("utf-8")
        assert text.count("\n") <= MOST_LINES, f"{path.name} is too long"
        for barred in (".innerHTML", "eval(", "new Function", "document.write", ".randomUUID(", 'setAttribute("style"'):
            assert barred not in text, f"{barred} in {path.name}"


def test_scripts_import_by_relative_paths_that_exist() -> None:
    for path in OURS:
        for target in re.findall(r"""^import .*?["'](.+?)["'];""", path.read_text("utf-8"), re.MULTILINE):
            assert target.startswith("."), f"{path.name} imports {target}"
            assert (path.parent / target).is_file(), f"{path.name} imports {target}"


def test_scripts_hold_no_sentences() -> None:
    """Every word a person reads is translated in a template."""
    vietnamese = re.compile("[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]", re.IGNORECASE)
    for path in OURS:
        found = vietnamese.search(path.read_text("utf-8"))
        assert not found, f"{path.name}: {found}"


def test_vendored_files_are_the_ones_that_were_taken() -> None:
    rows = json.loads((STATIC / "vendor" / "VENDOR.json").read_text("utf-8"))
    for row in rows:
        assert hashlib.sha256((STATIC / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
    named = {row["file"] for row in rows}
    shipped = {
        str(path.relative_to(STATIC)) for folder in ("vendor", "fonts") for path in (STATIC / folder).glob("*.*")
    }
    assert shipped - {"vendor/VENDOR.json"} == named


def test_styles_and_drawings_call_no_other_site() -> None:
    for path in [*(STATIC / "css").rglob("*.css"), *STATIC.glob("img/*.svg")]:
        addresses = set(re.findall(r"https?://[^\s\"')]+", path.read_text("utf-8")))
        assert addresses <= {"http://www.w3.org/2000/svg"}, path.name
