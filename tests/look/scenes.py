"""Made-up views of every phase, format and question type, with long Vietnamese texts: what the look is tried on.

A scene is (format or "", view, me). Built by hand after the shape of quizzes.show.views.view, so templates can be
seen and measured without a show.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

from app.services.awards.ceremony import Ceremony, code_of
from app.services.awards.reading import Shown
from app.services.movement.on_stage import OnStage
from quizzes.mechanics.yard import MOST_SHOWN, dots
from quizzes.movement.growth import curve
from quizzes.show.standings import BY_POINTS

PHASES = ("lobby", "ready", "open", "closed", "revealed", "standings", "break", "paused", "suspended", "over")
NAMES = dict(
    enumerate(
        (
            "Nguyễn Thị Ngọc Ánh",
            "Trần Quốc Bảo",
            "Lê Đặng Phương Uyên",
            "Phạm Hữu Đức",
            "Võ Hoàng Yến Nhi",
            "Huỳnh Tấn Lộc",
            "Đặng Thùy Trâm",
            "Bùi Minh Khôi",
            "Công Tằng Tôn Nữ Hà My",
            "Đỗ An",
            "Ngô Gia Bảo",
            "Dương Khánh Linh",
            "Lý Thường Kiệt",
            "Mai Phương",
            "Hồ Xuân Hương",
            "Tạ Quang Bửu",
            "Phan Nguyễn Quỳnh Như",
            "Trịnh Công Sơn",
            "Cao Bá Quát",
            "Vũ Trọng Phụng",
        ),
        start=1,
    )
)
LONGEST_NAME = "Công Tằng Tôn Nữ Phương Thảo Nguyên Hạ Hoàng Yến Nhi Ấ"
CHAPTER = "Chi đoàn Khu phố 12, Phường Thới Sơn, xã hội hóa số và dịch vụ công trực tuyến toàn trình"
UNBREAKABLE = "Nguyễnthịphươngthảongọcánhhoàngyếnnhiminhchâu"
TEXT = "Để đăng ký tài khoản định danh điện tử mức độ 2, công dân phải làm việc nào dưới đây?"
LONG = (
    "Theo Luật Bảo vệ dữ liệu cá nhân, khi phát hiện dữ liệu cá nhân của mình bị một tổ chức thu thập mà không có sự "
    "đồng ý, đồng thời bị chuyển giao cho bên thứ ba ở nước ngoài để phục vụ quảng cáo nhắm mục tiêu, công dân có "
    "những quyền nào sau đây và cần gửi yêu cầu tới cơ quan nào trước tiên để được giải quyết?"
)
OPTIONS = (
    "Gọi tổng đài để được cấp mật khẩu",
    "Đến cơ quan công an để thu nhận, đối chiếu thông tin sinh trắc học",
    "Chụp ảnh chân dung gửi qua thư điện tử",
    "Chỉ cần cài ứng dụng VNeID",
    "Ra bưu điện xã, phường, đặc khu",
    "Nhờ người thân làm hộ trên mạng",
    "Đăng ký trên Cổng Dịch vụ công",
    "Không cần làm gì",
)
LONG_OPTIONS = (
    "Quyền yêu cầu chấm dứt xử lý, xóa hoặc hủy dữ liệu; gửi yêu cầu đến chính tổ chức đã thu thập dữ liệu trước",
    "Quyền khởi kiện ngay tại tòa án nhân dân cấp tỉnh mà không cần thông báo cho bên kiểm soát dữ liệu cá nhân",
    "Quyền yêu cầu nhà mạng cung cấp danh sách toàn bộ người đã xem dữ liệu trong mười hai tháng gần nhất",
    "Không có quyền nào, vì dữ liệu đã được chuyển ra ngoài lãnh thổ nên pháp luật Việt Nam không còn áp dụng",
)
WHY = (
    "Tài khoản mức độ 2 cần xác thực sinh trắc học trực tiếp: công dân đến công an cấp xã hoặc nơi làm thủ tục cấp thẻ "
    "căn cước để thu nhận ảnh khuôn mặt, vân tay; sau đó kích hoạt trên ứng dụng VNeID."
)
SOURCE = "Nghị định 69/2024/NĐ-CP, Điều 10; Bộ Công an, hướng dẫn ngày 25-6-2024"


WITHOUT_OPTIONS = ("number", "text", "word", "hotspot")


def options(texts: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"id": f"k{at}xq{at}", "text": text} for at, text in enumerate(texts)]


def face(kind: str, text: str = TEXT, count: int = 4, long: bool = False) -> dict[str, Any]:
    texts: dict[str, tuple[str, ...]] = {"true_false": ("Đúng", "Sai"), **dict.fromkeys(WITHOUT_OPTIONS, ())}
    face = {"type": kind, "text": text, "options": options(texts.get(kind, LONG_OPTIONS if long else OPTIONS[:count]))}
    match kind:
        case "number":
            face["unit"] = "triệu hồ sơ"
        case "matching":
            face["rows"] = [{"id": f"r{at}", "text": one} for at, one in enumerate(texts.get(kind, OPTIONS[:count]))]
        case "hotspot":
            face["media"] = {"name": "picture.svg", "alt": "Trống đồng Ngọc Lũ"}
    return face


def solution(face: dict[str, Any]) -> dict[str, Any]:
    ids = [one["id"] for one in face["options"]]
    texts = [one["text"] for one in face["options"]]
    match face["type"]:
        case "multiple":
            return {"choice": ids[:2], "texts": texts[:2]}
        case "true_false_set":
            return {"choice": {one: at % 2 == 0 for at, one in enumerate(ids)}, "texts": texts}
        case "ordering":
            return {"choice": ids[::-1], "texts": texts[::-1]}
        case "number":
            return {"choice": 12.5, "texts": ["12,5 ± 0,5 triệu hồ sơ"]}
        case "hotspot":
            return {"choice": ["D3", "E3", "E4"], "texts": ["D3, E3, E4"]}
        case "matching":
            return {"choice": ids, "texts": texts}
        case "text" | "word":
            return {"choice": "VNeID", "texts": ["VNeID", "vneid", "Ứng dụng VNeID"]}
    return {"choice": ids[1], "texts": [texts[1]]}


def counts(face: dict[str, Any]) -> dict[str, int]:
    if face.get("type") == "hotspot":
        return {"D3": 48, "E3": 231, "A1": 7}
    if face["options"]:
        return {one["id"]: n for one, n in zip(face["options"], (48, 231, 17, 96, 8, 3, 0, 12), strict=False)}
    return {"right": 187, "partly": 42, "wrong": 103} if "type" in face else {}


def typed(face: dict[str, Any]) -> list[dict[str, Any]]:
    """The texts that the hall typed."""
    if face["options"]:
        return []
    right, wrong = ("12.5", "1500") if face["type"] == "number" else ("VNeID", "Cổng Dịch vụ công quốc gia trực tuyến")
    return [
        {"text": right, "n": 187, "right": 1000},
        {"text": wrong, "n": 61, "right": 0},
        {"text": "125" if face["type"] == "number" else "Zalo", "n": 42, "right": 0},
        {"text": "", "n": 17, "right": 0},
    ]


def standings(count: int = 10) -> list[dict[str, Any]]:
    moves = (3, -1, 8, 0, -2, 14, 0, 1, -3, 0)
    return [
        {
            "seat": at + 1,
            "score": 2310 - 137.5 * at,
            "rank": at + 1 if at != 4 else 4,
            "move": moves[at],
            "gain": (300, 110, 200, 0, 0, 400, 0, 0, 50.5, 0)[at],
        }
        for at in range(count)
    ]


def script() -> list[dict[str, Any]]:
    asked = [{"text": TEXT if at != 3 else LONG, "now": at == 6, "done": at < 6, "void": at == 2} for at in range(10)]
    return [
        {"index": 1, "format": "speed", "title": "Nhanh tay nhanh mắt", "now": True, "done": False, "questions": asked},
        {"index": 2, "format": "buzzer", "title": "Bấm chuông", "now": False, "done": False, "questions": asked[7:]},
        {"index": 3, "format": "poll", "title": "Thăm dò ý kiến", "now": False, "done": False, "questions": asked[8:]},
    ]


def view(
    role: str,
    phase: str,
    kind: str = "single",
    *,
    fmt: str = "speed",
    question: dict[str, Any] | None = None,
    ask: str = "question",
    left_s: float = 12,
    take: str = "first",
    zero: bool = False,
    unveiled: int = 0,
    counting: bool = False,
    **more: Any,
) -> dict[str, Any]:
    now = int(time.time() * 1_000_000)
    question = question or face(kind)
    playing = phase in ("open", "answering", "closed", "revealed") or (phase == "ready" and "reading" in more)
    opens_at, closes_at = now - 8_000_000, now + int(left_s * 1_000_000)
    asks = [
        {
            "no": 7,
            "kind": ask,
            "question": question,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "take": take,
            "part": "main",
            "scored": fmt != "poll",
        }
    ]
    told = {"answer": solution(question) if fmt != "poll" else None, "explanation": WHY, "source": SOURCE}
    screen: dict[str, Any] = {
        "phase": phase,
        "role": role,
        "group": "",
        "title": "Rung chuông số phường Mỹ Tho 2026",
        "round": None
        if phase in ("lobby", "over")
        else {"index": 1, "of": 3, "format": fmt, "title": "Nhanh tay nhanh mắt", "question": 7, "questions": 20},
        "no": None if phase == "lobby" else 7,
        "question": question if playing else None,
        "question_points": None if phase == "lobby" else 100,
        "asks": asks if phase == "open" else [],
        "acts": [],
        "opens_at": opens_at if phase != "ready" else closes_at if counting else None,
        "closes_at": closes_at if phase == "open" else None,
        "remaining_us": 12_000_000 if phase == "paused" else None,
        "reveal": {**told, "counts": counts(question), "typed": typed(question)} if phase == "revealed" else None,
        "standings": standings() if phase in ("revealed", "standings", "break", "over") else None,
        "podium": standings(3) if phase == "over" else None,
        "ranked_by": BY_POINTS,
        "unveiled": unveiled,
        "locked": False,
        "auto_close": True,
        "blackout": False,
        "hidden": [],
        "sound": {"volume": 70, "muted": False, "checks": 0},
        "followed": "",
        "spread": None,
        "awards": None,
        "void": [],
        "format": {},
        "quotes": [],
        "seats": [],
    }
    if role in ("host", "mc"):
        screen |= {"key": told if playing else None, "script": script()}
    if role == "host":
        following = {"lobby": "ready", "ready": "open", "open": "closed", "closed": "revealed", "revealed": "standings"}
        offered = {
            "ready": ["advance", "count_in", "skip"],
            "open": ["advance", "extend", "ask_again"],
            "closed": ["advance", "ask_again"],
        }
        screen["acts"] = [{"do": name, "args": {}} for name in offered.get(phase, ["advance", "show_spread"])]
        screen["next"] = {"phase": following.get(phase, "ready"), "text": TEXT}
    more.pop("reading", None)
    for row in (screen["standings"] or []) + (screen["podium"] or []) if zero else []:
        row["score"] = 0
    return screen | more


def spread(what: str, long: bool = False) -> dict[str, Any]:
    """1+2 over the stage; `long`: the worst names, and a milestone."""
    names = [CHAPTER] * 6 if long else [f"Phường {name}" for name in ("Mỹ Tho", "Đạo Thạnh", "Trung An")]
    taught = {day: 3 + day * day % 31 for day in range(60)}
    told = OnStage(
        "look",
        CHAPTER if long else "Tỉnh đoàn Đồng Tháp",
        sum(taught.values()),
        75,
        tuple((name, 420 - 37 * at, 24 - at) for at, name in enumerate(names)),
        curve(taught, {day + 9: count // 2 for day, count in taught.items() if day < 50}, 0, 59),
        (0, 0),
        500 if long else 0,
        118,
        71,
        36,
        58,
    )
    return {"what": what, "told": told, "ends": ["01/10/2026", "29/11/2026"]}


def awards(step: int, long: bool = False, count: int = 34) -> dict[str, Any]:
    """A prize-giving over the stage; `long`: the worst names; with more than 34 people some come on together."""
    prizes = ("Giải Nhất", "Giải Nhì", "Giải Ba", "Giải Ba", *["Giải Khuyến khích"] * 30)
    one = Shown(
        public_id="abc",
        kind="certificate",
        number="1/2026/GCN",
        name="",
        by_nickname=False,
        named_on_paper=False,
        chapter="",
        prize="",
        wording="Đã đạt giải",
        giver="",
        above="",
        giver_id=1,
        giver_path="/1/",
        decision_no="",
        decided_on=None,
        place="",
        dated=date(2026, 11, 30),
        signer="",
        signer_title="",
        issued_at=0,
        member_id=1,
        chapter_id=None,
        digest="",
        signed=False,
        printed_at=None,
        revoked_at=None,
        revoked_decision="",
        revoked_reason="",
    )
    winners = tuple(
        replace(
            one,
            name=LONGEST_NAME * 2 if long else NAMES[1 + at % len(NAMES)],
            chapter=CHAPTER if long else "Chi đoàn khu phố 1",
            prize=CHAPTER[:120] if long else prize,
        )
        for at, prize in enumerate(prizes)
    )
    told = Ceremony(
        "b7k2m9", 1, CHAPTER if long else "Giải tháng 11", CHAPTER if long else "Đoàn phường Sao Mai", winners, count
    )
    step = min(step, told.last_step)
    code = code_of("abcdefgh23456789") if told.on_stage(step) else ""
    return {
        "of": "b7k2m9",
        "step": step,
        "last": told.last_step,
        "told": told,
        "one": told.on_stage(step),
        "code": code,
        "several": [] if told.before(step) is None else [(each, code_of("abcdefgh23456789")) for each in winners[:9]],
    }


def me(view: dict[str, Any], **more: Any) -> dict[str, Any]:
    own = {
        "v": 1,
        "role": "player",
        "group": view["group"],
        "score": 2310,
        "rank": 12,
        "of": 480,
        "answered": False,
        "choices": {},
        "last": None,
        "code": "K7QM",
    }
    return own | more


def people(count: int, kind: str = "") -> dict[int, str]:
    """The names of so many people; `kind` long, unbreakable or equal decides about their shape."""
    worst = {"long": LONGEST_NAME, "unbreakable": UNBREAKABLE, "equal": "Nguyễn Văn An"}.get(kind)
    usual = list(NAMES.values())
    return {seat: worst or usual[seat % len(usual)] for seat in range(1, count + 1)}


def seats() -> list[dict[str, Any]]:
    return [
        {
            "seat": seat,
            "name": name,
            "code": "K7QM",
            "present": seat % 7 != 3,
            "answered": seat % 3 == 0,
            "score": 2310 - 50 * seat,
        }
        for seat, name in NAMES.items()
    ]


BUZZED = {
    "points": 10,
    "wrong_penalty": 0,
    "answering": 3,
    "answer_by": None,
    "tied": [],
    "tried": [2],
    "order": [
        {"seat": 3, "after_us": 812_345, "tied": False, "lag_us": 34_000},
        {"seat": 1, "after_us": 830_100, "tied": True, "lag_us": 12_000},
    ],
}
SAID = (
    "an toàn",
    "tiện lợi",
    "VNeID",
    "dịch vụ công trực tuyến",
    "số hóa",
    "kết nối",
    "minh bạch",
    "nhanh",
    "thanh toán không tiền mặt",
    "trí tuệ nhân tạo",
    "dữ liệu",
    "cộng đồng",
    "sáng tạo",
    "học tập suốt đời",
)
WORDS = {
    "kind": "word",
    "total": 204,
    "words": [
        {"word": at + 1, "no": 7, "n": max(1, 40 - 5 * at), "shown": at % 4 != 3, "text": text}
        for at, text in enumerate(SAID)
    ],
}


def bell(of: int, phase: str) -> dict[str, Any]:
    """A floor of so many places, a third of them dark and some just now."""
    yard = [[seat, 7 if seat % 7 == 3 else 5 if seat % 4 == 1 else 0] for seat in range(1, of + 1)]
    alive = sum(1 for _, no in yard if not no)
    told = {"fell": sum(1 for _, no in yard if no == 7), "back": 0, "now": 7} if phase == "revealed" else {"now": 7}
    places = {"yard": yard} if of <= MOST_SHOWN else {"dots": dots(range(1, of + 1), dict(yard), 7)}
    return {"alive": alive, "of": of, "rung": False, "bell": False, "rescue": False, "left": [], **places, **told}
