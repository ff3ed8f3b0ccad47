"""The graphics for OGraf renderers: their manifests fit the EBU's definition, and a host page plays them from load to
stopAction, as a renderer would."""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Iterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
GRAPHICS = ROOT / "static" / "ograf"
SCHEMA = json.loads((ROOT / "tests" / "static" / "graphics.schema.json").read_text())
MANIFESTS = sorted(GRAPHICS.glob("*.ograf.json"))
KINDS: Mapping[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float)}
DATA: Mapping[str, Any] = {
    "lower-third": {"name": "Công Tằng Tôn Nữ Phương Thảo Nguyên Hạ", "about": "Bí thư chi đoàn khu phố 12"},
    "score-bar": {"rows": [{"name": f"Đội {number}", "score": number * 10} for number in range(9)]},
    "question": {"text": "Ngày Chuyển đổi số quốc gia là ngày nào?", "options": ["10/10", "26/3", "2/9", "19/5"]},
}


def faults(value: Any, schema: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Yields the parts of a value that break the schema, by the few words of JSON Schema that the definition uses."""
    if "type" in schema and (
        not isinstance(value, KINDS[schema["type"]]) or (value is True and schema["type"] == "number")
    ):
        yield f"{path or '/'} is no {schema['type']}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{path} is not {schema['const']}"
    if isinstance(value, dict):
        yield from (f"{path}/{name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, one in value.items():
            if name in schema.get("properties", {}):
                yield from faults(one, schema["properties"][name], f"{path}/{name}")
            elif schema.get("additionalProperties") is False and not any(
                re.search(pattern, name) for pattern in schema.get("patternProperties", {})
            ):
                yield f"{path}/{name} is not known"
    if isinstance(value, list) and "items" in schema:
        for at, one in enumerate(value):
            yield from faults(one, schema["items"], f"{path}/{at}")


def unmet(schema: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Yields the parts of a graphic's data that the definition of data (gdd/object.json, gdd/basic-types.json) would
    refuse: each has a type, lists name their items, objects their properties, a default is of the type."""
    kind = schema.get("type")
    if kind not in {*KINDS, "integer"}:
        yield f"{path or '/'} has no type"
    elif "default" in schema and not isinstance(schema["default"], KINDS.get(kind, int)):
        yield f"{path}: the default is no {kind}"
    if kind == "array":
        yield from unmet(schema.get("items", {}), f"{path}/items")
    if kind == "object":
        if "properties" not in schema:
            yield f"{path or '/'} names no properties"
        for name, one in schema.get("properties", {}).items():
            yield from unmet(one, f"{path}/{name}")


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name.partition(".")[0])
def test_a_manifest_fits_the_definition(path: Path) -> None:
    manifest = json.loads(path.read_text())
    assert list(faults(manifest, SCHEMA)) == []
    assert (GRAPHICS / manifest["main"]).is_file()
    assert list(unmet(manifest["schema"])) == []
    needs = [one.get("accessToPublicInternet", {}) for one in manifest.get("renderRequirements", [])]
    assert all("exact" not in one for one in needs), "a renderer with and one without internet may both play it"
    assert list(faults({**manifest, "colour": 1}, SCHEMA)) == ["/colour is not known"]
    assert list(faults({**manifest, "stepCount": "2"}, SCHEMA)) == ["/stepCount is no number"]


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript"}

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(GRAPHICS)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def renderer(files: str, browser: Browser) -> Iterator[Page]:
    """A page that does what an OGraf renderer does: defines the exported element and calls its methods."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(f"{files}/graphic.mjs")
    page.set_content("<body></body>")
    yield page
    page.close()


@pytest.mark.parametrize("name", DATA)
def test_a_host_page_plays_it_from_load_to_stop(name: str, files: str, renderer: Page) -> None:
    manifest = json.loads((GRAPHICS / f"{name}.ograf.json").read_text())
    said = renderer.evaluate(
        """async ([address, name, data, steps]) => {
          const { default: Element } = await import(address);
          customElements.define(`graphic-${name}`, Element);
          const one = document.createElement(`graphic-${name}`);
          document.body.replaceChildren(one);
          const plate = () => one.shadowRoot.querySelector(".plate");
          const log = [(await one.load({ renderType: "realtime", data })).statusCode, plate().hidden];
          for (let step = 0; step < steps; step += 1) log.push((await one.playAction({ delta: 1, skipAnimation: step > 0 })).currentStep, plate().hidden);
          const box = plate().getBoundingClientRect();
          const shown = plate().innerText;
          log.push((await one.updateAction({ data: { name: "Bình", text: "Câu khác", rows: [{ name: "Chi", score: 7 }] } })).statusCode);
          const updated = plate().innerText;
          log.push((await one.stopAction({ skipAnimation: true })).statusCode, plate().hidden);
          log.push((await one.playAction({ goto: steps - 1, skipAnimation: true })).currentStep);
          log.push((await one.playAction({ delta: 1, skipAnimation: true })).currentStep ?? "over");
          log.push((await one.customAction({ id: "none" })).statusCode, (await one.dispose()).statusCode, one.shadowRoot.childElementCount);
          return { log, shown, updated, fits: box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight };
        }""",
        [f"{files}/{manifest['main']}", name, DATA[name], manifest["stepCount"]],
    )
    steps = manifest["stepCount"]
    played = [part for step in range(steps) for part in (step, False)]
    assert said["log"] == [200, True, *played, 200, 200, True, steps - 1, "over", 404, 200, 0]
    assert said["fits"], "it stays inside the picture with the longest words"
    assert said["shown"] != said["updated"]
    if name == "score-bar":
        assert said["shown"].count("Đội") == 6, "no more than the bar can hold"
