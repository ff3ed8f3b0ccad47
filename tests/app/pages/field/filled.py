"""The forms of a page as somebody fills them in who leaves nothing out."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from PIL import Image

from app.services.files.containers import write_csv

NAMED = {"member": "DV-2", "owner": "DV-2", "chapter": "", "quiz": "", "count": "1", "ends": "2040-12-04T11:00",
         "ends_on": "2040-12-31", "until": "2040-12-30", "baseline": "0", "first": "0"}  # fmt: skip
"""By the name of a field: who is meant, what ends after it has begun, what may be left out."""
TYPED = {"date": "2026-11-20", "datetime-local": "2040-12-04T08:00", "number": "5"}
"""By the type of a field."""
WORDS = "Việc đôi\nViệc ba"


@dataclass
class Filled:
    """One form: its address, its fields, its buttons that say something, and files to choose."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)

    def sending(self, button: int) -> dict[str, Any]:
        """The fields that one of its buttons sends."""
        sent: dict[str, Any] = {}
        for name, value in [*self.fields, *self.buttons[button : button + 1]]:
            sent.setdefault(name, []).append(value)
        return sent | {name: chosen(accept) for name, accept in self.files.items()}

    @property
    def kind(self) -> tuple[str, ...]:
        """Forms of a page that say the same about different things are of one kind."""
        return tuple(sorted({name if name != "what" else f"what={value}" for name, value in self.fields}))


def chosen(accept: str) -> tuple[io.BytesIO, str]:
    """A file of a kind that is taken."""
    if ".pdf" in accept:
        return io.BytesIO(b"%PDF-1.7 not much"), "a.pdf"
    if "csv" in accept:
        return io.BytesIO(
            write_csv([["Mã đoàn viên", "Nghiệp vụ", "Ngày"], ["DV-1", "Khen thưởng", "1/2/2026"]])
        ), "a.csv"
    if "audio" in accept:
        return io.BytesIO(b""), ""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "steelblue").save(out, "PNG")
    return io.BytesIO(out.getvalue()), "a.png"


class Page(HTMLParser):
    """Collects the forms of a page that change something."""

    def __init__(self, text: str, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Filled]()
        self.now: Filled | None = None
        self.select = self.area = self.typed = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = Filled(at.get("action") or self.address) if at.get("method", "").lower() == "post" else None
            self.forms += [self.now] if self.now else []
        elif self.now is None or "disabled" in at:
            return
        elif tag == "input":
            self._input(self.now, at)
        elif tag == "button" and at.get("name"):
            self.now.buttons.append((at["name"], at.get("value", "")))
        elif tag == "select":
            self.select = at.get("name", "")
        elif tag == "option" and self.select and self.select not in self.now.chosen and at.get("value"):
            self.now.chosen.add(self.select)
            self.now.fields.append((self.select, at["value"]))
        elif tag == "textarea":
            self.area, self.typed = at.get("name", ""), ""

    def _input(self, form: Filled, at: dict[str, str]) -> None:
        name, kind, value = at.get("name", ""), at.get("type", "text"), at.get("value", "")
        if not name or kind == "submit":
            return
        if kind == "file":
            form.files[name] = at.get("accept", "")
        elif kind in ("radio", "checkbox"):
            if (kind == "checkbox" and name != "counts") or name not in form.chosen:
                form.chosen.add(name)
                form.fields.append((name, value or "on"))
        elif kind == "hidden" or value:
            form.fields.append((name, value))
        else:
            other = "5" if at.get("inputmode") == "numeric" else TYPED.get(kind, WORDS.split("\n")[0])
            form.fields.append((name, NAMED.get(name, other)))

    def handle_data(self, data: str) -> None:
        self.typed += data if self.area else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.now and self.area:
            self.now.fields.append((self.area, self.typed.strip() or WORDS))
            self.area = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.now = None
