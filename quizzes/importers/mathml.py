r"""MathML in a file as LaTeX between \( and \): what its writer says it is, else what its form says."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

from quizzes.formulas import FORMULA, LONGEST
from quizzes.importers.elements import name_of, words

DEPTH = 40  # levels of nested elements
IN_HTML = re.compile(r"<((?:\w+:)?math)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
ROOTS = {"msqrt": r"\sqrt{%s}", "menclose": "%s", "mphantom": ""}
OVER = {
    "→": r"\vec{%s}",
    "⃗": r"\vec{%s}",
    "^": r"\widehat{%s}",
    "ˆ": r"\widehat{%s}",
    "¯": r"\overline{%s}",
    "―": r"\overline{%s}",
}
OVER |= {"‾": r"\overline{%s}", "_": r"\overline{%s}", "̂": r"\widehat{%s}"}
NAMED = {"sin", "cos", "tan", "cot", "log", "ln", "lim", "max", "min", "exp", "arcsin", "arccos", "arctan"}
ESCAPED = {"%": r"\%", "#": r"\#", "&": r"\&", "{": r"\{", "}": r"\}", "$": r"\$", "−": "-", "\u2061": "", "\u2062": ""}


def latex_in(root: Element) -> None:
    """Put the LaTeX of every formula in place of its element, so that it is read like words."""
    for above in list(root.iter()):
        for one in [each for each in above if name_of(each) == "math"]:
            at = list(above).index(one)
            said = _marked(one) + (one.tail or "")
            if at:
                above[at - 1].tail = (above[at - 1].tail or "") + said
            else:
                above.text = (above.text or "") + said
            above.remove(one)


def latex_in_html(html: str) -> str:
    """The same for a piece of HTML; one that is no XML is left to its letters."""
    return IN_HTML.sub(_read, html) if "math" in html.lower() else html


def _read(found: re.Match[str]) -> str:
    try:
        said = _marked(fromstring(re.sub(r"(</?)\w+:", r"\1", found[0])))  # noqa: S314 (a fragment has no DTD)
    except ParseError:
        return found[0]
    return said.replace("&", "&amp;").replace("<", "&lt;")


def _marked(one: Element) -> str:
    named = next((words(each) for each in one.iter() if name_of(each) == "annotation" and _is_tex(each)), "")
    said = (named or latex(one)).strip()
    whole = rf"\({said}\)"
    return whole if said and len(said) <= LONGEST and FORMULA.fullmatch(whole) else words(one)


def _is_tex(one: Element) -> bool:
    return "tex" in (one.get("encoding") or "").lower()


def latex(one: Element, depth: int = 0) -> str:
    """A formula's form in LaTeX: fractions, roots, powers, indices, tables, signs above; of the rest the letters."""
    name = name_of(one)
    if depth > DEPTH or name in ("annotation", "annotation-xml"):
        return ""
    parts = [latex(each, depth + 1) for each in one]
    if name == "mfrac" and len(parts) == 2:
        return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
    if name == "mroot" and len(parts) == 2:
        return rf"\sqrt[{parts[1]}]{{{parts[0]}}}"
    if name in ROOTS:
        return ROOTS[name].replace("%s", " ".join(parts))
    if name in ("msup", "msub", "mover", "munder") and len(parts) == 2:
        return _with_end(name, parts, words(one[1]))
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return rf"{_base(parts[0])}_{{{parts[1]}}}^{{{parts[2]}}}"
    if name == "mtable":
        rows = (" & ".join(latex(cell, depth + 1) for cell in row) for row in one)
        return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"
    if parts:
        return " ".join(part for part in parts if part)
    return _leaf(name, words(one))


def _with_end(name: str, parts: list[str], end: str) -> str:
    if name == "mover" and end in OVER:
        return OVER[end].replace("%s", parts[0])
    return rf"{_base(parts[0])}{'^' if name in ('msup', 'mover') else '_'}{{{parts[1]}}}"


def _base(said: str) -> str:
    return (
        said
        if re.fullmatch(r"\\?\w+|.", said) and (len(said) == 1 or said.startswith("\\") or said.isdigit())
        else f"{{{said}}}"
    )


def _leaf(name: str, said: str) -> str:
    if name == "mtext":
        return rf"\text{{{said}}}" if said else ""
    if said in NAMED:
        return rf"\{said}"
    text = "".join(ESCAPED.get(letter, letter) for letter in said.replace("\\", r"\backslash "))
    return rf"\mathrm{{{text}}}" if name == "mi" and len(said) > 1 else text
