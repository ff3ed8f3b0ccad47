r"""Formulas on pages: what stands between \( and \) in the text of a page becomes MathML, with its words as a label.

It is done in one place, on the finished page, so that no template can forget it; fields, scripts and titles stay.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import tostring

from flask import Flask, Response

from app import language
from app.formulas.spoken import spoken
from app.formulas.tree import tree
from quizzes.formulas import FORMULA

OPENING = r"\("
"""A page without it has no formula."""
TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
PLAIN = ("script", "style", "textarea", "title", "option", "code")
"""Elements whose text is no markup, or is sent back."""


def install(app: Flask) -> None:
    """Write the formulas of every page that is sent."""
    app.after_request(_written)


def _written(response: Response) -> Response:
    if response.mimetype == "text/html" and not response.direct_passthrough and not response.is_streamed:
        text = response.get_data(as_text=True)
        if OPENING in text:
            response.set_data(in_page(text))
    return response


def in_page(html: str) -> str:
    """The page or piece of a page with its formulas written out."""
    if OPENING not in html:
        return html
    found, inside = [], ""
    for at, part in enumerate(TAG.split(html)):
        if at % 2:
            name = part.strip("</> ").partition(" ")[0].partition("\n")[0].lower()
            if not inside and name in PLAIN and not part.startswith("</"):
                inside = name
            elif name == inside and part.startswith("</"):
                inside = ""
        elif not inside and OPENING in part:
            part = FORMULA.sub(lambda one: markup(unescape(one[1])) or one[0], part)
        found.append(part)
    return "".join(found)


def markup(latex: str) -> str:
    """The formula as MathML whose label says it in the current language; "" where it cannot be read."""
    found = tree(latex.strip())
    if found is None:
        return ""
    label = escape(spoken(found))
    inside = "".join(tostring(one, "unicode") for one in found)
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" aria-label="{label}">{inside}</math>'


def given(app: Flask, lang: str, *texts: Any) -> dict[str, Any]:
    """`of` outside of a request. Most screens have no formula, and cost nothing here."""
    if not marked(texts):
        return {}
    with language.speaking(app, lang):
        return of(texts)


def of(texts: Any) -> dict[str, Any]:
    """The part of a screen's data by which a script writes out formulas: each with its marks -> its MathML. Nothing
    where there is none."""
    found = {said: made for said in marked(texts) if (made := markup(said[2:-2]))}
    return {"formulas": found} if found else {}


def marked(value: Any) -> list[str]:
    """The formulas with their marks that stand in a value, however deep."""
    if isinstance(value, str):
        return [one[0] for one in FORMULA.finditer(value)] if OPENING in value else []
    if isinstance(value, dict):
        value = list(value.values())
    return [one for each in value for one in marked(each)] if isinstance(value, (list, tuple)) else []


def unread(texts: Any) -> list[str]:
    """The formulas of texts that cannot be read, and are shown as they were typed."""
    return list(dict.fromkeys(one for one in marked(texts) if tree(one[2:-2].strip()) is None))
