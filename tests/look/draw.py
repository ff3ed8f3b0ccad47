"""Draws static/img: the Đông Sơn drum, the marks (option shapes and icons) and the site icon.

    python tests/look/draw.py

A drum face reads from the middle outwards: sun star, feathers between its points, tangent circles with a
dot, birds in flight, saw teeth, the great birds, ladders. Only numbers stand here, so the art can be re-cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin
from pathlib import Path

IMG = Path(__file__).resolve().parents[2] / "static" / "img"
BIRD = (
    "M80 -2 L46 -9 C43 -13 37 -14 33 -11 L2 -25 L28 -8 C26 -4 21 -2 15 -3 C13 -15 3 -30 -18 -40 "
    "C-9 -27 -8 -14 -12 -4 L-66 0 L-42 5 L-70 12 L-42 12 L-62 23 L-24 15 C-6 19 14 15 27 6 C34 2 41 1 47 -1 Z"
)
DANCER = "M0 16 L-5 16 L-3 2 L-12 -4 L-10 -7 L-2 -4 L-3 -9 C-10 -14 -9 -24 -2 -30 C0 -24 1 -18 2 -14 L3 -8 L12 -12 L14 -9 L4 -1 L5 16 Z"
SHAPES = {
    "sao": '<path d="M12 1.4l3.2 6.9 7.5.9-5.6 5.1 1.5 7.4L12 18l-6.6 3.7 1.5-7.4L1.3 9.2l7.5-.9z"/>',
    "sen": '<path d="M12 2.2c2.5 2.5 3.6 5.7 3.4 9 1.3-2.5 3.6-4.2 7-4.7-.1 7.2-4 12.3-10.4 14.5C5.6 18.8 1.7 13.7 1.6 6.5c3.4.5 5.7 2.2 7 4.7-.2-3.3.9-6.5 3.4-9z"/>',
    "song": '<path fill="none" stroke="currentColor" stroke-width="3.3" stroke-linecap="round" d="M2 6.5c3.3-3.7 6.6-3.7 10 0s6.7 3.7 10 0M2 12.8c3.3-3.7 6.6-3.7 10 0s6.7 3.7 10 0M2 19.1c3.3-3.7 6.6-3.7 10 0s6.7 3.7 10 0"/>',
    "la": '<path d="M22 2C9.5 2 2.5 7.5 2.5 15c0 1.9.4 3.4 1.2 4.7C6 14.5 10 10.8 15.6 8.6 11 11.9 7.8 16 6.2 21.5c1.3.6 2.7.9 4.3.9C18.5 22.4 22 14 22 2z"/>',
    "trang": '<path d="M14.8 1.6A10.6 10.6 0 1 0 22.3 15.8 8.8 8.8 0 0 1 14.8 1.6z"/>',
    "nui": '<path d="M1 21L9.2 5.2l3.9 6.9 2.5-3.8L23 21z"/>',
    "non": '<path d="M12 3.2L23 17.4c-1.1 2.2-5.7 3.6-11 3.6S2.1 19.6 1 17.4z"/>',
    "chim": f'<g transform="translate(11.2 15.5) scale(.152 .265)"><path d="{BIRD}"/></g>',
}
ICONS = {
    "day": '<path fill-rule="evenodd" d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2.5v15a7.5 7.5 0 0 1 0-15z"/>',
    "check": '<path fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round" stroke-linejoin="round" d="M3.5 13l5.5 5.5L20.5 6"/>',
    "cross": '<path fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="round" d="M5 5l14 14M19 5L5 19"/>',
    "sound": '<path d="M3 9v6h4l6 5V4L7 9z"/><path fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" d="M16.5 8.5a5 5 0 0 1 0 7M19.3 5.5a9 9 0 0 1 0 13"/>',
    "mute": '<path d="M3 9v6h4l6 5V4L7 9z"/><path fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" d="M16.5 9.5l5 5M21.5 9.5l-5 5"/>',
    "lock": '<path fill-rule="evenodd" d="M6 10V7.5a6 6 0 0 1 12 0V10h1v11H5V10zm2.5 0h7V7.5a3.5 3.5 0 0 0-7 0z"/>',
    "up": '<path d="M12 4l9 15H3z"/>',
    "pause": '<path d="M6 4h4v16H6zM14 4h4v16h-4z"/>',
    "crown": '<path d="M2 7l5.5 4.5L12 4l4.5 7.5L22 7l-2.5 13h-15z"/>',
}


def star(points: int, outer: float, inner: float) -> str:
    at = [(outer if k % 2 == 0 else inner, pi * k / points - pi / 2) for k in range(2 * points)]
    return " ".join(f"{r * cos(a):.1f},{r * sin(a):.1f}" for r, a in at)


def around(count: int, radius: float, shape: str, half: float = 0) -> Iterator[str]:
    for k in range(count):
        yield f'<use href="#{shape}" transform="rotate({360 * (k + half) / count:.2f})translate(0 -{radius:g})"/>'


def circles(*rings: tuple[float, float]) -> Iterator[str]:
    for radius, width in rings:
        yield f'<circle r="{radius:g}" fill="none" stroke-width="{width:g}"/>'


def drum() -> str:
    parts = [f'<polygon points="{star(14, 96, 36)}" stroke="none"/>', *around(14, 66, "feather", 0.5)]
    parts += circles((106, 3), (113, 1.2), *[(r, 1.2) for r in (146, 152)], (158, 2.5))
    parts += around(44, 129.5, "eye")
    parts += [*around(36, 184, "dancer"), *circles((210, 2.5), (217, 1.2))]
    parts += [*around(80, 230, "tooth"), *circles((243, 1.2), (249, 2.5))]
    parts += [*around(16, 291, "bird"), *circles((334, 2.5), (341, 1.2))]
    parts += [*around(96, 356, "eye"), *circles((371, 1.2))]
    parts += [*around(160, 382, "rung"), *circles((393, 1.2), (401, 6))]
    defs = (
        '<path id="feather" d="M-5 24L0 -10L5 24M-11 26L0 -2L11 26" fill="none" stroke-width="1.8"/>'
        '<g id="eye"><circle r="7.5" fill="none" stroke-width="2"/><circle r="2.4" stroke="none"/></g>'
        f'<path id="dancer" d="{DANCER}" stroke="none"/><path id="tooth" d="M-9 9L0 -9L9 9z" stroke="none"/>'
        f'<path id="bird" d="{BIRD}" stroke="none" transform="scale(.620)"/><path id="rung" d="M0 -7V7" stroke-width="2.4"/>'
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-406 -406 812 812" fill="#fff" stroke="#fff">'
        f"<defs>{defs}</defs>{''.join(parts)}</svg>\n"
    )


def small_drum() -> str:
    """The brand: star and rings, legible at 24 px."""
    eyes = "".join(
        f'<circle cx="{73 * sin(2 * pi * k / 24):.1f}" cy="{-73 * cos(2 * pi * k / 24):.1f}" r="5"/>' for k in range(24)
    )
    return (
        f'<polygon points="{star(12, 56, 21)}"/>{eyes}<circle r="62" fill="none" stroke="currentColor" stroke-width="3"/>'
        '<circle r="84" fill="none" stroke="currentColor" stroke-width="3"/><circle r="94" fill="none" stroke="currentColor" stroke-width="7"/>'
    )


def teeth() -> str:
    """Sixty teeth around a clock: the ring of a countdown is cut out of them."""
    one = "M-2.6 3.2L0 -3.6L2.6 3.2z"
    return "".join(f'<path d="{one}" transform="rotate({6 * k})translate(0 -44)"/>' for k in range(60))


def marks() -> str:
    square = "".join(
        f'<symbol id="{key}" viewBox="0 0 24 24" fill="currentColor">{art}</symbol>'
        for key, art in (SHAPES | ICONS).items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg">{square}'
        f'<symbol id="drum" fill="currentColor" viewBox="-100 -100 200 200" overflow="visible">{small_drum()}</symbol>'
        f'<symbol id="bird" fill="currentColor" viewBox="-72 -42 154 68"><path d="{BIRD}"/></symbol>'
        f'<symbol id="teeth" fill="currentColor" viewBox="-50 -50 100 100">{teeth()}</symbol></svg>\n'
    )


def icon() -> str:
    art = small_drum().replace("currentColor", "#ffc93c")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-120 -120 240 240"><rect x="-120" y="-120" width="240" height="240" '
        f'rx="54" fill="#0b45b4"/><g fill="#ffc93c">{art}</g></svg>\n'
    )


def drawings() -> dict[str, str]:
    return {"drum.svg": drum(), "marks.svg": marks(), "icon.svg": icon()}


if __name__ == "__main__":
    for name, text in drawings().items():
        (IMG / name).write_text(text, encoding="utf-8")
