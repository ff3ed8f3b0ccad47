"""The text that a spreadsheet shows for a number: "50%", "02/09/1945", "0113", "1/2". Vietnamese signs: 1.500.000,5.

`shown(0.5, "0%")` gives ("50%", ""). The second word says why another machine may show something else:
"scientific" (the number itself is no longer seen), "rounded", or "regional" (decimal sign, names of months).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@",
}  # fmt: skip
"""The formats that a file names by number alone (ECMA-376, 18.8.30); 14 is the machine's own short date."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[(h+|m+|s+)\]|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(AM/PM|A/P)|'
    r"(General)|(y+|m+|d+|h+|s+(?:\.0+)?|b+|g+|e+(?![+-]))|(E[+-]0+)|([0#?]+/[0-9?#]+|[0#?][0#?,.]*|\.[0#?]+)|(.)",
    re.IGNORECASE | re.DOTALL,
)
FRACTION = re.compile(r"([#0?]+\s+)?[#0?]+\s*/\s*([0-9?#]+)")
LONGEST_WHOLE = 10**11
"""Excel shows whole numbers of up to eleven digits in the format General."""
GENERAL_DIGITS = 10  # digits shown without a format


def is_date(code: str) -> bool:
    """True when a number in this format is a day or a time."""
    bare = re.sub(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General', "", code, flags=re.IGNORECASE)
    return bool(re.search(r"[ymdhs]", bare.split(";")[0], re.IGNORECASE))


def shown(value: float, code: str, since_1904: bool = False) -> tuple[str, str]:
    """(what the cell shows, why it may show something else elsewhere, or "")."""
    if code in ("General", "@", ""):
        return _general(value)
    if is_date(code):
        return _moment(value, code.split(";")[0], since_1904)
    sections = re.findall(r'(?:"[^"]*"|\\.|[^;])+|(?<=;)(?=;)', code) or [code]
    negative = value < 0
    section = sections[0]
    if negative and len(sections) > 1:
        section, negative = sections[1], False
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    text, doubt = _number(abs(value), section)
    return ("-" if negative and re.search("[1-9]", text) else "") + text.strip(), doubt


def day_of(value: float, code: str, since_1904: bool = False) -> str:
    """The day a cell means, as 2026-07-01; "" for a number, a time or a length of time."""
    if not is_date(code) or not re.search("[yd]|m{3,}", re.sub(r'"[^"]*"|\\.', "", code), re.IGNORECASE):
        return ""
    moment = _at(value, since_1904)
    return moment.date().isoformat() if moment else ""


def _general(value: float) -> tuple[str, str]:
    if value == int(value) and abs(value) < 10**15:
        return str(int(value)), "scientific" if abs(value) >= LONGEST_WHOLE else ""
    if abs(value) >= LONGEST_WHOLE or abs(value) < 1e-9:
        return f"{value:.5E}", "scientific"
    exact = Decimal(repr(value))
    places = max(0, GENERAL_DIGITS - len(str(int(abs(value)))))
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".").replace(".", ",")
    return text, "rounded" if rounded != exact else "regional"


def _number(value: float, section: str) -> tuple[str, str]:
    tokens = list(TOKEN.finditer(section))
    runs = [one[9] for one in tokens if one[9]]
    digits = runs[0] if runs else ""
    if any(one[8] for one in tokens):
        return f"{value:.2E}", "scientific"
    if FRACTION.search(re.sub(r'"[^"]*"', "", section)):
        return _fraction(value, section), ""
    if len(runs) > 1 and not re.search("[.,]", "".join(runs)):
        return _grouped(value, tokens), ""
    percents = sum(one[10] == "%" for one in tokens)
    scaled = Decimal(repr(float(value))) * 100**percents
    while digits.endswith(","):
        digits, scaled = digits[:-1], scaled / 1000
    text, doubt, written = _digits(scaled, digits), "", False
    if not digits and any(one[6] for one in tokens):
        text, doubt = _general(float(scaled))
    if "," in text or "." in text:
        doubt = doubt or "regional"
    out = []
    for one in tokens:
        if one[9] or one[6]:
            out += [] if written else [text]
            written = True
        else:
            out.append(one[1] or one[2] or one[4] or one[10] or one[7] or "")
    return "".join(out), doubt


def _grouped(value: float, tokens: list[re.Match[str]]) -> str:
    """A number whose digits stand in groups, as telephone numbers do: 0000 000 000."""
    places = sum(len(one[9]) for one in tokens if one[9])
    left = _digits(Decimal(round(value)), "".join(one[9] for one in tokens if one[9])).rjust(places)
    out: list[str] = []
    at = len(left) - places
    for one in tokens:
        if one[9]:
            at, start = at + len(one[9]), 0 if not out else at
            out.append(left[start:at])
        else:
            out.append(one[1] or one[2] or one[4] or one[10] or "")
    return "".join(out).strip()


def _digits(value: Decimal, pattern: str) -> str:
    """The number in a pattern of 0, # and ?, grouped where the pattern has a comma."""
    whole, _, decimals = pattern.partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    while right and right.endswith("0") and decimals[len(right) - 1] != "0":
        right = right[:-1]
    left = left.lstrip("0").rjust(whole.replace(",", "").lstrip("#?").count("0"), "0")
    if "," in whole:
        left = f"{int(left or 0):,}".replace(",", ".").rjust(len(left)) if left else ""
    return left + ("," + right if right else "")


def _fraction(value: float, section: str) -> str:
    found = FRACTION.search(section)
    below = found[2] if found else "?"
    part = Fraction(value).limit_denominator(10 ** len(below) - 1)
    if below.isdigit():
        part = Fraction(round(value * int(below)), int(below))
    whole, rest = divmod(part, 1) if found and found[1] else (0, part)
    pieces = [str(whole)] if whole or not rest else []
    return " ".join([*pieces, f"{rest.numerator}/{rest.denominator}"] if rest else pieces)


def _at(value: float, since_1904: bool) -> datetime | None:
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    try:
        return start + timedelta(seconds=round(value * 86400))
    except (OverflowError, ValueError):
        return None


def _moment(value: float, code: str, since_1904: bool) -> tuple[str, str]:
    moment = _at(value, since_1904)
    if moment is None or value < 0:
        return "#####", "scientific"
    tokens = list(TOKEN.finditer(code))
    letters = [one[7].lower() if one[7] else "" for one in tokens]
    half = any(one[5] for one in tokens)
    out: list[str] = []
    doubt = before = ""
    for place, one in enumerate(tokens):
        word = letters[place]
        if one[3]:
            seconds = round(value * 86400)
            unit = {"h": 3600, "m": 60, "s": 1}[one[3][0].lower()]
            out.append(str(seconds // unit).rjust(len(one[3]), "0"))
            before = one[3][0].lower()
        elif word:
            after = next((other for other in letters[place + 1 :] if other), "")
            minutes = word in ("m", "mm") and (before == "h" or after.startswith("s"))
            out.append(_part(moment, word, minutes, half))
            doubt = "regional" if word.startswith(("mmm", "ddd")) else doubt
            before = word[0]
        elif one[5]:
            out.append("AM" if moment.hour < 12 else "PM")
        else:
            out.append(one[1] or one[2] or one[4] or one[9] or one[10] or "")
    return "".join(out).strip(), doubt


def _part(moment: datetime, word: str, minutes: bool, half: bool) -> str:
    """One piece of a moment: a day, a month's name, an hour."""
    hour = (moment.hour % 12 or 12) if half else moment.hour
    named = {
        "mmm": MONTHS[moment.month - 1],
        "mmmm": moment.strftime("%B"),
        "mmmmm": MONTHS[moment.month - 1][0],
        "ddd": DAYS[moment.weekday()],
        "dddd": moment.strftime("%A"),
    }
    if word in named:
        return named[word]
    if word[0] in "yge":
        return f"{moment.year:04}" if len(word) > 2 or word[0] != "y" else f"{moment.year % 100:02}"
    number = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}
    return str(number.get(word[0], "")).rjust(min(len(word.partition(".")[0]), 2), "0")
