"""The composition that a locality asks of a tổ công nghệ số cộng đồng, as data, and what a team still lacks of it, with
reasons.

Two sets are shipped. Đà Nẵng (from 4-2022): five people, at least two of them youth-union members, the leader of the
tổ dân phố leads, a youth-union member is deputy. Đông Hà (3-2023): the secretaries and deputies of school unions and
the secretaries of neighbourhood chapters. Each locality may write its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from quizzes.refusals import N_, Rejected

LEADER, DEPUTY, MEMBER = "leader", "deputy", "member"
PARTS: dict[str, str] = {LEADER: N_("Tổ trưởng"), DEPUTY: N_("Tổ phó"), MEMBER: N_("Thành viên")}

POSTS: dict[str, str] = {
    "": N_("không nêu"),
    "residents_leader": N_("lãnh đạo tổ dân phố, thôn, ấp"),
    "school_secretary": N_("bí thư đoàn trường"),
    "school_deputy": N_("phó bí thư đoàn trường"),
    "area_secretary": N_("bí thư chi đoàn khu phố, thôn, ấp"),
    "official": N_("cán bộ, công chức"),
    "other": N_("chức danh khác"),
}
"""The posts that people may hold outside the team."""

MOST = 50  # people of a team


@dataclass(frozen=True)
class Rules:
    """`leads`: the post the leader has to hold. `youth_deputy`: a youth-union member has to be deputy. `posts`: nobody
    else may stand in the team; `each`: each of these posts has to be there, one of a `/` group is enough."""

    fewest: int = 1
    most: int = 0
    youth: int = 0
    leads: str = ""
    youth_deputy: bool = False
    posts: tuple[str, ...] = ()
    each: tuple[str, ...] = ()


DA_NANG = Rules(fewest=5, most=5, youth=2, leads="residents_leader", youth_deputy=True)
DONG_HA = Rules(
    fewest=2,
    posts=("school_secretary", "school_deputy", "area_secretary"),
    each=("school_secretary/school_deputy", "area_secretary"),
)
FREE = Rules()
SHIPPED: dict[str, tuple[str, Rules]] = {
    "da_nang": (N_("Năm người, ít nhất hai đoàn viên (như Đà Nẵng 2022)"), DA_NANG),
    "dong_ha": (N_("Bí thư đoàn trường và khu phố (như Đông Hà 2023)"), DONG_HA),
    "free": (N_("Không quy định"), FREE),
}

REASONS: dict[str, str] = {
    "too_few": N_("Cần ít nhất %(wanted)s người, đang có %(have)s."),
    "too_many": N_("Nhiều nhất %(wanted)s người, đang có %(have)s."),
    "youth": N_("Cần ít nhất %(wanted)s đoàn viên, đang có %(have)s."),
    "no_leader": N_("Chưa có tổ trưởng."),
    "two_leaders": N_("Có %(have)s tổ trưởng; chỉ một người."),
    "leader_post": N_("Tổ trưởng phải là: %(post)s."),
    "deputy": N_("Chưa có đoàn viên làm tổ phó."),
    "post_missing": N_("Chưa có: %(post)s."),
    "post_foreign": N_("%(have)s người không thuộc thành phần quy định."),
}


@dataclass(frozen=True)
class Person:
    """One of a team as the rules see them."""

    part: str = MEMBER
    post: str = ""
    youth: bool = False


@dataclass(frozen=True)
class Lack:
    """A reason why a team is not as it should be. `posts`: keys of POSTS that stand in its sentence."""

    code: str
    wanted: int = 0
    have: int = 0
    posts: tuple[str, ...] = ()


def lacks(rules: Rules, people: Sequence[Person]) -> list[Lack]:
    """The people missing or too many, in the order in which they are put right; an empty list means that the team is
    complete."""
    found, leaders = list[Lack](), [one for one in people if one.part == LEADER]
    youth = sum(one.youth for one in people)
    if len(people) < rules.fewest:
        found.append(Lack("too_few", rules.fewest, len(people)))
    if rules.most and len(people) > rules.most:
        found.append(Lack("too_many", rules.most, len(people)))
    if youth < rules.youth:
        found.append(Lack("youth", rules.youth, youth))
    if len(leaders) > 1:
        found.append(Lack("two_leaders", 1, len(leaders)))
    if rules.leads:
        found += _led(rules.leads, leaders)
    if rules.youth_deputy and not any(one.part == DEPUTY and one.youth for one in people):
        found.append(Lack("deputy"))
    return found + _posts(rules, people)


def _led(post: str, leaders: Sequence[Person]) -> list[Lack]:
    if not leaders:
        return [Lack("no_leader")]
    return [] if any(one.post == post for one in leaders) else [Lack("leader_post", posts=(post,))]


def _posts(rules: Rules, people: Sequence[Person]) -> list[Lack]:
    held = {one.post for one in people}
    groups = [tuple(group.split("/")) for group in rules.each]
    found = [Lack("post_missing", posts=group) for group in groups if not held & set(group)]
    foreign = sum(one.post not in rules.posts for one in people) if rules.posts else 0
    return found + ([Lack("post_foreign", have=foreign)] if foreign else [])


def from_data(data: Mapping[str, object]) -> Rules:
    """Rules as stored or typed, or Rejected("bad_setting") with the field that is out of bounds."""
    values: dict[str, object] = {}
    for one in fields(Rules):
        value = data.get(one.name, one.default)
        if one.name in ("fewest", "most", "youth"):
            good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
        elif one.name in ("posts", "each"):
            value = tuple(value) if isinstance(value, list | tuple) else ()
            good = all(part in POSTS for said in value for part in str(said).split("/"))
        else:
            good = isinstance(value, bool) if one.name == "youth_deputy" else value in POSTS
        if not good:
            raise Rejected("bad_setting", field=one.name)
        values[one.name] = value
    rules = Rules(**values)  # type: ignore[arg-type]
    if rules.most and rules.most < max(rules.fewest, rules.youth):
        raise Rejected("bad_setting", field="most")
    return rules


def to_data(rules: Rules) -> dict[str, object]:
    return asdict(rules)
