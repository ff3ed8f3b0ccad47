"""A small server of the real templates and the real scripts on made-up scenes, under the strict CSP of the site.

    python -m tests.look.harness [PORT]        then open /  for the list of scenes

The only thing replaced is vendor/socket.io: its stand-in connects at once and hands out the scene.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import segno
from flask import Flask, Response, current_app, render_template, request, send_from_directory
from flask_babel import Babel
from jinja2 import StrictUndefined

from app import assets, compiled, fragments
from app.cli import words
from app.language import after, say, sentence, unit
from app.live.screens.drawing import html_of
from app.one_and_many import Sentences
from app.pages.movement.campaign import polar
from app.pages.parts.cards import labelled
from quizzes.formats import FORMATS
from quizzes.movement.spread import Mark, Node, picture
from quizzes.questions import QUESTION_TYPES
from quizzes.show.grounds import grounds
from tests.look import scenes

ROOT = Path(__file__).resolve().parents[2]
CSP = (
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
)
TYPES = tuple(sorted(QUESTION_TYPES))
LINKS = {
    "join": "/join",
    "shown": "192.168.1.20:8000",
    "stage": "/stage",
    "results": "/results",
    "qr": "/qr.svg",
    "pin": "482915",
    "campaign": "look",
}
FAKE_IO = """
export function io() {
  const handlers = {};
  const acks = window.acks = [];
  const socket = { connected: false, on(name, run) { handlers[name] = run; return socket; }, disconnect() { socket.connected = false; },
    connect() { fetch("/scene" + location.search).then((r) => r.json()).then((messages) => {
      socket.connected = true; handlers.connect?.(); for (const [name, payload] of messages) handlers[name]?.(payload);
      document.documentElement.dataset.ready = ""; }); },
    timeout: () => socket,
    emitWithAck: async (event, payload) => { acks.push([event, payload]); return window.answer ? window.answer(event, payload) : { ok: true, v: 1 }; } };
  window.socket = socket; window.deliver = (name, payload) => handlers[name]?.(payload);
  return socket;
}
"""


def named(scene: dict[str, str]) -> dict[str, Any]:
    """The view of a query such as role=stage&phase=open&kind=single&count=8&long=1&fmt=buzzer."""
    role, phase, fmt = scene.get("role", "player"), scene.get("phase", "open"), scene.get("fmt", "speed")
    kind = scene.get("kind", "word" if fmt == "poll" else "single")
    question = scenes.face(
        kind, scenes.LONG if scene.get("long") else scenes.TEXT, int(scene.get("count", 4)), bool(scene.get("long"))
    )
    if scene.get("short"):
        for one, said in zip(
            [*question["options"], *question.get("rows", ())],
            ("Ví điện tử", "Cổng Dịch vụ công", "Ứng dụng VNeID", "Thẻ căn cước", *"EFGH"),
            strict=False,
        ):
            one["text"] = said
    if scene.get("unbreakable"):
        question["text"] = scenes.UNBREAKABLE * 3
        for one in question["options"]:
            one["text"] = f"https://dichvucong.gov.vn.{scenes.UNBREAKABLE}.xyz/dang-nhap"
    if scene.get("media"):
        question["media"] = {"name": "picture.svg", "alt": "Trống đồng Ngọc Lũ"}
    own = {"buzzer": scenes.BUZZED, "poll": scenes.WORDS if kind == "word" else {"kind": "vote", "total": 404}}.get(fmt)
    if fmt == "golden_bell":
        own = scenes.bell(int(scene.get("of", 100)), phase)
    more: dict[str, Any] = {"format": own} if own else {}
    if fmt == "speed" and phase == "revealed":
        more["format"] = {
            "fastest": [{"seat": seat, "time_us": us} for seat, us in ((3, 1_240_000), (9, 1_900_000), (6, 2_310_000))]
        }
    if fmt == "buzzer" and phase == "revealed":
        more["format"] = {**scenes.BUZZED, "verdicts": [{"seat": 2, "right": False}, {"seat": 3, "right": True}]}
    if scene.get("group"):
        more["group"] = scene["group"]
    if scene.get("void"):
        more["void"] = [
            {
                "no": 7,
                "round": 1,
                "question": 7,
                "why": "void",
                "reason": scene.get("reason", "Đáp án có hai cách hiểu."),
            }
        ]
    if scene.get("reading"):
        more["reading"] = True
    more["counting"] = bool(scene.get("reading") or scene.get("left"))
    if scene.get("spread"):
        more["spread"] = scenes.spread(scene["spread"], bool(scene.get("long")))
    if scene.get("awards"):
        more["awards"] = scenes.awards(int(scene["awards"]) - 1, bool(scene.get("long")), int(scene.get("winners", 34)))
    if scene.get("take"):
        more["take"] = scene["take"]
    if scene.get("unveiled"):
        more["unveiled"] = int(scene["unveiled"])
    if scene.get("title"):
        more["title"] = scene["title"]
    if scene.get("hit") or scene.get("missed"):
        said = {name: int(scene[name]) for name in ("hit", "missed") if scene.get(name)}
        more["format"] = {**scenes.BUZZED, "answering": None, "wrong_penalty": 5, **said}
    if scene.get("answer_by"):
        more["format"] = {**scenes.BUZZED, "answer_by": int((__import__("time").time() + 12) * 1_000_000)}
    if scene.get("zero"):
        more["zero"] = True
    ask = {"buzzer": "buzz", "poll": "word" if kind == "word" else "vote"}.get(fmt, "question")
    left = float(scene.get("left", 12))
    return scenes.view(role, phase, kind, fmt=fmt, question=question, ask=ask, left_s=left, **more)


def render(view: dict[str, Any], scene: dict[str, str]) -> str:
    """The HTML of a screen, as the live layer renders it."""
    names = scenes.NAMES if "people" not in scene else scenes.people(int(scene["people"]), scene.get("names", ""))
    extra = {"seats": scenes.seats() if view["role"] == "host" else [], "links": LINKS}
    return html_of(current_app, view, names, extra)


def data_of(view: dict[str, Any]) -> dict[str, Any]:
    """A screen's `data` by the protocol: seconds instead of microseconds."""
    s = lambda us: us / 1_000_000 if us else None  # noqa: E731
    asks = [{**one, "opens_at": s(one["opens_at"]), "closes_at": s(one["closes_at"])} for one in view["asks"]]
    import time

    keep = ("phase", "no", "acts", "reveal", "standings", "round")
    found = {key: view[key] for key in keep if view[key] is not None}
    now = time.time()
    closes_at = s(view["closes_at"])
    return found | {
        "question": view["question"],
        "asks": asks,
        "opens_at": s(view["opens_at"]),
        "closes_at": closes_at,
        "sound": view["sound"],
        "closes_in": round(closes_at - now, 3) if closes_at else None,
        "server_time": now,
    }


def own_part(scene: dict[str, str], view: dict[str, Any]) -> dict[str, Any]:
    """`me` of the person whose phone it is: ?answered=1 chose B, ?got=right|wrong|none after the reveal."""
    choice = {
        "multiple": ["k1xq1", "k2xq2"],
        "number": 12.5,
        "text": "vneid",
        "ordering": ["k2xq2", "k3xq3", "k1xq1", "k0xq0"],
        "true_false_set": {"k0xq0": True, "k1xq1": True, "k2xq2": True, "k3xq3": False},
    }.get(scene.get("kind", ""), "k1xq1")
    got = scene.get("got", "")
    choices = {"7": choice if got != "wrong" or choice != "k1xq1" else "k2xq2"} if scene.get("answered") else {}
    last = (
        {"no": 7, "points": 100 if got == "right" else 0, "right": got == "right"}
        if view["phase"] == "revealed"
        else None
    )
    unranked = {"rank": None, "of": 0, "score": 0} if scene.get("unranked") else {}
    return scenes.me(view, choices=choices, last=last, **unranked)


def create_app() -> Flask:
    app = Flask("look", root_path=str(ROOT), template_folder=str(ROOT / "templates"), static_folder=None)
    translations = str(ROOT / "app" / "translations")
    app.config.update(BABEL_DEFAULT_LOCALE="vi", SECRET_KEY="look", BABEL_TRANSLATION_DIRECTORIES=translations)
    for source in Path(translations).glob("*/LC_MESSAGES/*.po"):
        words.compile_catalogue(source)
    Babel(app, locale_selector=lambda: request.args.get("lang", "vi")).domain_instance = Sentences()
    app.jinja_env.globals.update({"_": sentence, "gettext": sentence})
    compiled.install(app)
    fragments.install(app)
    app.jinja_env.filters |= {"labelled": labelled, "say": say, "after": after}
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        unit=unit,
        absolute=lambda path: f"http://localhost{path}",
        asset=lambda path: f"/static/look/{path}",
        media_url=lambda name: f"/media/{name}",
        csrf_token=lambda: "token",
        overheard=lambda: "",
    )
    shell = {
        "title": "Rung chuông số phường Mỹ Tho 2026",
        "show": "look",
        "pin": 482915,
        "types": TYPES,
        "formats": sorted(FORMATS),
        "grounds": grounds(["warm_up", "speed", "golden_bell"]),
        "links": LINKS,
        "ticket": "t",
    }

    @app.context_processor
    def language() -> dict[str, str]:
        return {"lang": request.args.get("lang", "vi")}

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CSP
        return response

    @app.get("/static/look/<path:path>")
    def static_file(path: str) -> Response:
        if path.startswith("vendor/socket.io"):
            return Response(FAKE_IO, mimetype="text/javascript")
        return send_from_directory(ROOT / "static", path)

    @app.get("/media/<name>")
    def media(name: str) -> Response:
        return send_from_directory(ROOT / "static" / "img", "drum.svg")

    @app.get("/qr.svg")
    def qr() -> Response:
        code = segno.make("http://192.168.1.20:8000/vao?pin=482915").svg_inline(scale=8, border=1)
        return Response(code.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1), mimetype="image/svg+xml")

    @app.get("/movement/<name>/spread.svg")
    def drum(name: str) -> Response:
        nodes = [Node(n, n, n % 9, list(Mark)[n % 3], n + 900 if n % 5 == 0 else None, n % 2 == 0) for n in range(900)]
        text = render_template("movement/spread_drum.html", picture=picture(nodes), polar=polar)
        return Response(text, mimetype="image/svg+xml")

    @app.get("/show")
    def show() -> str:
        role = request.args.get("role", "player")
        page = role if role in ("host", "mc", "judge") else "player" if role in ("player", "audience") else "stage"
        worst = {name: request.args[name] for name in ("title", "shown") if name in request.args}
        links = LINKS | ({"shown": worst["shown"]} if "shown" in worst else {})
        return render_template(
            f"live/{page}.html", **shell | {"links": links} | worst, role=role, styled=assets.styled(page)
        )

    @app.get("/scene")
    def scene() -> Any:
        args = request.args.to_dict()
        view = named(args)
        screen = {"v": 1, "html": render(view, args), "data": data_of(view)}
        return [
            ["screen", screen],
            ["me", own_part(args, view)],
            ["tally", {"answered": 231, "present": 480, "counts": scenes.counts(view["question"] or {"options": []})}],
        ]

    @app.get("/join")
    def join() -> str:
        return render_template(
            "live/join.html",
            **shell | {"title": "Vào phòng", "show": ""},
            play="/show?show=SHOW",
            sign_in="/in",
            member=None,
        )

    @app.get("/page/<path:name>")
    def page(name: str) -> str:
        nav = [
            {"href": "#", "label": "Chương trình", "current": True},
            {"href": "#", "label": "Cuộc thi"},
            {"href": "#", "label": "Xếp hạng"},
        ]
        account = [{"href": "#", "label": "Nguyễn Thị Ngọc Ánh"}, {"href": "#", "label": "Đăng xuất", "post": True}]
        language = [{"href": "?lang=en", "code": "en", "label": "English"}]
        return render_template(
            f"{name}.html",
            **shell,
            nav=nav,
            account=account,
            language_links=language,
            status=404,
            code="not_found",
            message="Không tìm thấy nội dung này.",
            request_id="a1b2c3",
            typed=["Một lý do dài " * 9, "https://dich-vu-cong.example.vn/ho-so"],
            came_from="/shows",
        )

    app.jinja_loader.searchpath.append(str(Path(__file__).parent / "pages"))  # type: ignore[union-attr]
    return app


if __name__ == "__main__":
    create_app().run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 8123, threaded=True)
