"""Words no hall should read on the big screen. Ours, small, for whole words only.

Vietnamese marks make other words: lợn, các, buổi, đeo, cụ, dịt are ordinary, and lon, cac, buoi without
marks may be them. So a word is compared with its marks; a short list names the forms without marks
that mean nothing else. Nothing is ever searched inside a longer word.
"""

from __future__ import annotations

import re
import unicodedata

WITH_MARKS = """
lồn cặc buồi địt đụ đéo đĩ cứt chịch nứng đệch vãi_lồn vãi_cặc chó_đẻ mẹ_mày mả_mẹ tiên_sư_mày tổ_sư_mày
bú_cu đồ_điếm con_điếm gái_điếm làm_điếm đụ_má đù_má đù_mẹ
fuck fucking fucker fck shit bullshit bitch cunt pussy porn sex nigger nigga motherfucker asshole
"""
"""The words themselves; _ joins a phrase."""
WITHOUT_MARKS = """
dm đm dmm đmm dcm đcm cdmm dkm đkm clm clgt cmm cmnr vcl vkl vlon vailon vlz loz lozz l*n c*c đ*t
dit_me đit_me ditme ditmemay dume đume đuma deo_me cai_lon cailon con_cac concac dauboi daubuoi
"""
"""Written without marks, shortened or masked: forms with no ordinary meaning."""
KNOWN = frozenset(WITH_MARKS.split() + WITHOUT_MARKS.split())
LEET = str.maketrans("013457@$", "oieastas")
MASKED = frozenset({"lon", "cac", "dit", "buoi", "deo", "vcl", "fuck", "shit", "sex", "loz", "cut"})
"""Meant only when digits or signs stand for letters: l0n, c4c, d1t, bu0i."""
TOKEN = re.compile(r"[^\s]+")
SPLIT = re.compile(r"[^\w*@$]+|_+")


def is_decent(text: str) -> bool:
    """True when no word or phrase of the lists stands in the text, also dotted (đ.m), stretched (đéooo) or in digits
    (l0n)."""
    words = [word for token in TOKEN.findall(_plain(text)) for word in _words(token)]
    singles = {form for word in words for form in (word, _unstretched(word))}
    phrases = {"_".join(words[at : at + size]) for size in (2, 3) for at in range(len(words) - size + 1)}
    return not (singles | phrases) & KNOWN and not any(_is_masked(word) for word in words)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


def _words(token: str) -> list[str]:
    """The words of one token; single letters divided by signs are one word: đ.m, v-c-l."""
    parts = [part for part in SPLIT.split(token) if part]
    return ["".join(parts)] if len(parts) > 1 and all(len(part) == 1 for part in parts) else parts


def _unstretched(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


def _is_masked(word: str) -> bool:
    meant = word.translate(LEET)
    if meant == word or not any(ch.isalpha() for ch in word) or len(word) < 3:
        return False
    bare = "".join(ch for ch in unicodedata.normalize("NFD", meant.replace("đ", "d")) if ch.isalpha())
    return bare in MASKED
