"""Makes static/sounds: all that a hall hears, out of numbers. The same numbers give the same files.

    python tests/look/tune.py

A bronze drum, plucked strings of the five-note scale, a wooden tick. Files are WAV, one channel, 16,000 samples a
second, each one byte by the mu-law (G.711), which every browser plays: a second is 16 KB.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from math import exp, pi, sin
from pathlib import Path

SOUNDS = Path(__file__).resolve().parents[2] / "static" / "sounds"
RATE = 16_000
SCALE = (293.66, 329.63, 392.0, 440.0, 493.88, 587.33, 659.25, 783.99, 880.0)
BEAT = 0.4
PARTIALS = ((311.0, 0.16), (463.0, 0.1), (742.0, 0.06))

Voice = Callable[[float], float]
"""Seconds since it was struck -> -1..1."""
Struck = tuple[float, float, Voice]
"""When, how loud, what."""


def drum(t: float) -> float:
    """The tone falls from 150 to 52 Hz while it dies away; bronze rings above it."""
    phase = 2 * pi * (52 * t + 98 * (1 - exp(-12 * t)) / 12)
    ring = sum(share * sin(2 * pi * partial * t) * exp(-5 * t) for partial, share in PARTIALS)
    return sin(phase) * exp(-4.5 * t) + ring


def pluck(note: int) -> Voice:
    tone = SCALE[note]
    return lambda t: (
        sin(2 * pi * tone * t) * exp(-4 * t)
        + 0.32 * sin(2 * pi * 2.005 * tone * t) * exp(-7 * t)
        + 0.12 * sin(2 * pi * 3.01 * tone * t) * exp(-11 * t)
    )


def knock(t: float) -> float:
    return (sin(2 * pi * 880 * t) + 0.5 * sin(2 * pi * 2130 * t)) * exp(-60 * t)


def gong(t: float) -> float:
    return sum(
        sin(2 * pi * tone * t) * exp(-fall * t) * share
        for tone, fall, share in (
            (130.8, 1.6, 0.6),
            (261.2, 2.0, 0.35),
            (349.9, 2.6, 0.22),
            (587.1, 3.4, 0.14),
            (822.4, 4.4, 0.08),
        )
    )


def falling(t: float) -> float:
    """Two low notes, the second lower: wrong, but nobody is mocked."""
    tone = 220.0 if t < 0.28 else 174.6
    since = t if t < 0.28 else t - 0.28
    return (sin(2 * pi * tone * t) + 0.3 * sin(4 * pi * tone * t)) * exp(-3.2 * since)


def roll(seconds: float, loud: float) -> list[Struck]:
    """Beats that come closer and grow."""
    beats, at = [], 0.0
    while at < seconds:
        beats.append((at, loud * (0.3 + 0.7 * at / seconds), drum))
        at += 0.13 - 0.05 * at / seconds
    return beats


def melody(notes: Iterable[int], every: float, loud: float, at: float = 0.0) -> list[Struck]:
    return [(at + place * every, loud, pluck(note)) for place, note in enumerate(notes)]


LOBBY = (0, 2, 4, 5, 4, 2, 3, 1, 0, 2, 3, 5, 7, 5, 4, 2)
THINK = (0, 4, 0, 5, 0, 4, 0, 3)
CUES: dict[str, tuple[float, list[Struck]]] = {
    # name -> (seconds, what is struck); a bed's end runs on into its beginning
    "lobby": (16 * BEAT, [*melody(LOBBY, BEAT, 0.3), *((place * 4 * BEAT, 0.35, drum) for place in range(4))]),
    "think": (8 * BEAT, [*melody(THINK, BEAT, 0.16), *((place * 2 * BEAT, 0.3, drum) for place in range(4))]),
    "check": (1.6, [(0.0, 0.8, drum), (0.4, 0.8, drum), (0.8, 0.9, drum)]),
    "count": (0.7, [(0.0, 0.9, drum)]),
    "wipe": (0.9, [*roll(0.5, 0.5), *melody((7, 4, 2, 0), 0.09, 0.3, 0.2)]),
    "ready": (0.9, [(0.0, 0.7, drum), *melody((2,), 0.1, 0.3, 0.1)]),
    "open": (1.1, [(0.0, 0.9, drum), (0.2, 0.6, drum), *melody((5, 7), 0.12, 0.4, 0.4)]),
    "lock": (0.8, [(0.0, 0.85, drum), (0.13, 0.85, drum)]),
    "bars": (1.0, melody((0, 1, 2, 3, 4, 5, 6, 7), 0.1, 0.32)),
    "buzz": (2.0, [(0.0, 0.9, gong), (0.0, 0.4, drum)]),
    "right": (1.6, [*melody((0, 2, 4, 7), 0.1, 0.5), *((0.5, 0.4, pluck(note)) for note in (2, 4, 7))]),
    "wrong": (1.1, [(0.0, 0.5, falling), (0.0, 0.3, drum)]),
    "tick": (0.12, [(0.0, 0.5, knock)]),
    "standings": (1.3, [*roll(0.8, 0.6), *melody((4, 7), 0.12, 0.4, 0.85)]),
    "place": (2.4, [*roll(1.0, 0.7), *melody((0, 4, 7), 0.12, 0.5, 1.05)]),
    "over": (4.0, [*roll(1.4, 0.8), *melody((0, 2, 4, 5, 7), 0.14, 0.55, 1.5), *((2.4, 0.45, pluck(n)) for n in (0, 4, 7)), (2.4, 0.9, drum)]),
}  # fmt: skip
BEDS = ("lobby", "think")


def samples(seconds: float, struck: Iterable[Struck], around: bool) -> list[float]:
    """Everything struck, added up; `around`: what sounds on after the end sounds on at the beginning."""
    length = round(seconds * RATE)
    out = [0.0] * length
    for at, loud, voice in struck:
        first = round(at * RATE)
        for place in range(min(round(1.6 * RATE), length if around else length - first)):
            t = place / RATE
            fade = min(1.0, place / 32, (1.6 - t) * 20)
            out[(first + place) % length] += loud * fade * voice(t)
    return out


def mu_law(value: float) -> int:
    """One byte of G.711."""
    linear = max(-32_635, min(32_635, round(value * 26_000)))
    sign, size = (0x80, -linear) if linear < 0 else (0, linear)
    size += 132
    exponent = max(0, size.bit_length() - 8)
    return ~(sign | exponent << 4 | (size >> exponent + 3) & 0x0F) & 0xFF


def wav(values: Iterable[float]) -> bytes:
    data = bytes(mu_law(round(value, 7)) for value in values)
    head = struct.pack("<HHIIHHH", 7, 1, RATE, RATE, 1, 8, 0)
    body = b"WAVEfmt " + struct.pack("<I", len(head)) + head + b"fact" + struct.pack("<II", 4, len(data))
    body += b"data" + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def file_of(name: str) -> bytes:
    seconds, struck = CUES[name]
    return wav(samples(seconds, struck, name in BEDS))


if __name__ == "__main__":
    SOUNDS.mkdir(exist_ok=True)
    for cue in CUES:
        (SOUNDS / f"{cue}.wav").write_bytes(file_of(cue))
