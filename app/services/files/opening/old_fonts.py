"""Text written for fonts of former times: bytes that ".VnTime" or "VNI-Times" draw as Vietnamese letters, as Unicode.

The font of a cell says which it is. Of a file without fonts only a doubt can be said: `is_doubtful`.
"""

from __future__ import annotations

import re
import unicodedata

TCVN3, VNI = "tcvn3", "vni"
_ABC = (
    "¸áµà¶ả·ã¹ạ¨ă¾ắ»ằ¼ẳ½ẵÆặ©âÊấÇầÈẩÉẫËậ®đÐéÌèÎẻÏẽÑẹªêÕếÒềÓểÔễÖệÝí×ìØỉÜĩÞị"
    "ãóßòáỏâõäọ«ôèốåồæổçỗéộ¬ơíớêờëởìỡîợóúïùñủòũôụ\u00adưøứõừöử÷ữùựýýúỳûỷüỹþỵ¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư"
)
FROM_TCVN3 = {ord(drawn): letter for drawn, letter in zip(_ABC[::2], _ABC[1::2], strict=True)}
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROOF = {"á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323", "â": ""}
_BREVE = {"é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323", "ê": ""}
_PAIRS = {
    **_TONES,
    **{sign: "\u0302" + tone for sign, tone in _ROOF.items()},
    **{sign: "\u0306" + tone for sign, tone in _BREVE.items()},
}
"""The sign behind a vowel -> the marks the font draws over it."""
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_WITH = re.compile(f"([aeiouyôö])([{''.join(_PAIRS)}])", re.IGNORECASE)
_ODD = re.compile(
    r"[¨®ª«¬\u00ad¸µ¶·¹º»¼½×÷§¡¢£¤¥¦]|[a-z][ÔÕÒÓÖÊÇÈÉËÑÐÌÎÏÜÝØÆÞ]|[øåðþßØÅÐÞ]"
    r"|[aA][âáàãêéèúùõïûåäëü]|[eE][âáàãùïûåä]|[oO][ùõïûåä]|[uU][ùúïû]|[yY][ùõû]|[ÂâÊêÔôÖö][ùøûõï]|[Ññ](?=[aeiouyAEIOUYôÔöÖ])"
)
"""Signs that no word of Vietnamese has, and a font of former times draws as its letters."""


def kind_of(font: str) -> str:
    """The way a font of this name draws Vietnamese: tcvn3, vni, or "" for Unicode."""
    name = font.strip().casefold()
    return TCVN3 if name.startswith(".vn") else VNI if name.startswith("vni") else ""


def unicode_of(text: str, font: str) -> str:
    """The text as this font shows it. Fonts of TCVN3 whose name ends in H draw capitals only."""
    kind = kind_of(font)
    if kind == TCVN3:
        shown = text.translate(FROM_TCVN3)
        return shown.upper() if font.strip().casefold().endswith("h") else shown
    return _of_vni(text) if kind == VNI else text


def _of_vni(text: str) -> str:
    def together(found: re.Match[str]) -> str:
        vowel = _alone(found[1])
        return unicodedata.normalize("NFC", vowel + _PAIRS[found[2].lower()])

    shown, at = [], 0
    for found in _WITH.finditer(text):
        shown += [*map(_alone, text[at : found.start()]), together(found)]
        at = found.end()
    return "".join([*shown, *map(_alone, text[at:])])


def _alone(letter: str) -> str:
    said = _ALONE.get(letter.lower(), letter)
    return said.upper() if letter.isupper() else said


def is_doubtful(name: str) -> bool:
    """True when a name reads as if a font of former times should draw it: "NguyÔn V¨n", "Nguyeãn Vaên"; one foreign
    letter, as in Zoë, is none."""
    odd = [_ODD.search(word) for word in name.split()]
    found = [one[0] for one in odd if one]
    return len(found) > 1 or any(not sign.isalpha() or sign in "ªº" for sign in found)
