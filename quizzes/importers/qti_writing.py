"""Questions as items of QTI 3.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from quizzes.questions.options import TRUE_AND_FALSE

SPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
CORRECT = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct"
KEPT = ("id", "topic", "difficulty", "source", "author", "valid_from", "valid_to")


def item(one: Mapping[str, Any], topic: str) -> Element:
    """The item of a question that this format holds."""
    kept = {name: one[name] for name in KEPT if one.get(name)} | {"topic": topic}
    label = "; ".join(f"{name}={str(value).replace(';', '&semi;')}" for name, value in kept.items())
    about = {"identifier": f"q-{one['id']}", "title": one["id"], "adaptive": "false", "time-dependent": "false"}
    root = Element("qti-assessment-item", {"xmlns": SPACE, **about, "label": label, "xml:lang": "vi"})
    keys, cardinality, base = _keys(one)
    declared = SubElement(
        root, "qti-response-declaration", {"identifier": "RESPONSE", "cardinality": cardinality, "base-type": base}
    )
    correct = SubElement(declared, "qti-correct-response")
    for key in keys:
        SubElement(correct, "qti-value").text = key
    SubElement(root, "qti-outcome-declaration", {"identifier": "SCORE", "cardinality": "single", "base-type": "float"})
    SubElement(
        root, "qti-outcome-declaration", {"identifier": "FEEDBACK", "cardinality": "single", "base-type": "identifier"}
    )
    _body(SubElement(root, "qti-item-body"), one)
    SubElement(root, "qti-response-processing", {"template": CORRECT})
    if why := (one.get("explanation") or {}).get("vi"):
        told = SubElement(
            root, "qti-modal-feedback", {"outcome-identifier": "FEEDBACK", "identifier": "WHY", "show-hide": "show"}
        )
        _paragraphs(SubElement(told, "qti-content-body"), why)
    return root


def _keys(one: Mapping[str, Any]) -> tuple[list[str], str, str]:
    """(values, cardinality, base type) of the right response."""
    kind, answer = one["type"], one["answer"]
    if kind == "single":
        return [_name(answer)], "single", "identifier"
    if kind == "true_false":
        return [_name(0 if answer else 1)], "single", "identifier"
    if kind in ("multiple", "ordering"):
        return [_name(at) for at in answer], "ordered" if kind == "ordering" else "multiple", "identifier"
    if kind == "true_false_set":
        return [f"S{at} {'T' if said else 'F'}" for at, said in enumerate(answer)], "multiple", "directedPair"
    if kind == "number":
        return [str(answer)], "single", "float"
    return list(answer), "multiple" if len(answer) > 1 else "single", "string"


def _name(place: int) -> str:
    return f"CHOICE_{chr(65 + place)}"


def _paragraphs(above: Element, text: str) -> None:
    """The lines of a text as paragraphs."""
    for line in text.splitlines() or [""]:
        SubElement(above, "p").text = line


def _body(body: Element, one: Mapping[str, Any]) -> None:
    kind, options = one["type"], [option["text"]["vi"] for option in one.get("options") or []]
    _paragraphs(body, one["text"]["vi"])
    if kind in ("single", "multiple", "true_false", "ordering"):
        name = "qti-order-interaction" if kind == "ordering" else "qti-choice-interaction"
        fixed = kind == "true_false" or (one.get("settings") or {}).get("shuffle") == "keep_last"
        most = {} if kind == "ordering" else {"max-choices": "0" if kind == "multiple" else "1"}
        asked = SubElement(body, name, {"response-identifier": "RESPONSE", "shuffle": str(not fixed).lower(), **most})
        for at, text in enumerate(options or TRUE_AND_FALSE["vi"]):
            SubElement(asked, "qti-simple-choice", {"identifier": _name(at)}).text = text
    elif kind == "true_false_set":
        asked = SubElement(body, "qti-match-interaction", {"response-identifier": "RESPONSE", "max-associations": "0"})
        rows, columns = (SubElement(asked, "qti-simple-match-set") for _ in range(2))
        for at, text in enumerate(options):
            SubElement(rows, "qti-simple-associable-choice", {"identifier": f"S{at}", "match-max": "1"}).text = text
        for name, text in zip("TF", TRUE_AND_FALSE["vi"], strict=True):
            SubElement(columns, "qti-simple-associable-choice", {"identifier": name, "match-max": "0"}).text = text
    else:
        SubElement(SubElement(body, "p"), "qti-text-entry-interaction", {"response-identifier": "RESPONSE"})
