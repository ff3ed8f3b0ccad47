"""The rules page from ranking on: prizes, points, results, fairness. Assembled in whole.py."""

from __future__ import annotations

from collections.abc import Iterator

from quizzes.contest.setup.measures import KEYS
from quizzes.contest.setup.rewards import CollectivePrize, Prize
from quizzes.contest.setup.rules import Prediction, Ranking, Rules, Showing
from quizzes.refusals import N_
from quizzes.settings.said import HalfPoints, Money, Named, Said, Seconds

PREDICTED = {
    ("all_correct", "people", "wave"): N_("số người trả lời đúng tất cả các câu hỏi trong đợt thi"),
    ("all_correct", "people", "contest"): N_("số người trả lời đúng tất cả các câu hỏi trong cả cuộc thi"),
    ("all_correct", "attempts", "wave"): N_("số lượt thi trả lời đúng tất cả các câu hỏi trong đợt thi"),
    ("all_correct", "attempts", "contest"): N_("số lượt thi trả lời đúng tất cả các câu hỏi trong cả cuộc thi"),
    ("entrants", "people", "wave"): N_("số người dự thi trong đợt thi"),
    ("entrants", "people", "contest"): N_("số người dự thi trong cả cuộc thi"),
    ("entrants", "attempts", "wave"): N_("số lượt thi trong đợt thi"),
    ("entrants", "attempts", "contest"): N_("số lượt thi trong cả cuộc thi"),
}


def predicted(asked: Prediction) -> Said:
    """Exactly what is to be predicted: the same words on the form, on the paper and in the results."""
    return Said(PREDICTED[asked.quantity, asked.of, asked.span])


def ranking(rules: Rules) -> Iterator[Said]:
    """The sentences that say how people are ranked, and what is predicted."""
    keys = tuple(Said(KEYS[name].title) for name in rules.ranking.keys)
    yield Said(N_("Xếp hạng lần lượt theo: %(keys)s."), {"keys": keys})
    if "time_used" in rules.ranking.keys:
        step = rules.ranking.time_step_ms
        exact = {"step": step} if step % 1000 else {"step": step // 1000}
        said = (
            N_("Thời gian làm bài tính tròn xuống %(step)s mili giây.")
            if step % 1000
            else N_("Thời gian làm bài tính tròn xuống %(step)s giây.")
        )
        yield Said(said, exact)
    if rules.prediction:
        yield Said(N_("Câu dự đoán: %(what)s."), {"what": predicted(rules.prediction)})
        if rules.prediction.disqualified:
            yield Said(N_("Khi đếm, bài bị hủy kết quả vẫn được tính."))
        else:
            yield Said(N_("Khi đếm, bài bị hủy kết quả không được tính."))
        yield Said(N_("Số người dự thi và bảng xếp hạng được giữ kín cho đến khi không ai còn thi được nữa."))
    else:
        yield from _standings(rules.showing)
    yield Said(
        {
            "share": N_("Bằng nhau mọi tiêu chí thì đồng hạng và cùng nhận giải."),
            "lots": N_("Bằng nhau mọi tiêu chí thì bốc thăm bằng mã đã cam kết trước, ai cũng kiểm tra được."),
        }[rules.ranking.ties]
    )
    if rules.ranking.apart:
        yield Said(N_("Mỗi bảng đối tượng xếp hạng riêng."))
    if rules.ranking.overall != "none":
        yield Said(
            {
                "sum": N_("Bảng chung cả cuộc thi cộng kết quả các đợt."),
                "best": N_("Bảng chung cả cuộc thi lấy đợt tốt nhất của mỗi người."),
            }[rules.ranking.overall]
        )
    yield from _teams(rules.ranking)


def _teams(ranking: Ranking) -> Iterator[Said]:
    if ranking.teams:
        yield Said(
            N_(
                "Tổ công nghệ số, đội hình dự thi do tổ trưởng hoặc tổ phó đăng ký; điểm của tổ là tổng điểm của %(n)s "
                "người cao nhất. Mỗi người thi cho một tổ; ai đã bắt đầu làm bài thì không thêm vào tổ được nữa."
            ),
            {"n": ranking.teams},
        )


def _standings(showing: Showing) -> Iterator[Said]:
    if showing.standings != "live":
        official = showing.score == "official"
        yield Said(
            N_("Bảng xếp hạng hiện khi kết quả được công bố.")
            if official
            else N_("Bảng xếp hạng hiện khi đợt thi kết thúc.")
        )
        return
    yield Said(N_("Thứ hạng tạm thời hiện ngay trong đợt thi."))
    if showing.freeze_minutes:
        sentence = N_("Thứ hạng tạm thời ngừng thay đổi %(minutes)s phút trước khi đợt thi kết thúc.")
        yield Said(sentence, {"minutes": showing.freeze_minutes})


ONE_PRIZE = {
    "best": N_("Mỗi người nhận nhiều nhất một giải cá nhân và giữ giải cao nhất; giải còn lại cho người kế tiếp."),
    "first": N_("Người đã có giải ở một đợt không nhận giải ở đợt sau."),
    "wave": N_("Mỗi người nhận nhiều nhất một giải mỗi đợt."),
    "none": N_("Một người có thể nhận nhiều giải ở các bảng khác nhau."),
}


def prizes(rules: Rules) -> Iterator[Said]:
    for prize in rules.prizes:
        yield _prize(rules, prize)
    if rules.prizes:
        yield Said(ONE_PRIZE[rules.one_prize])


def _prize(rules: Rules, prize: Prize) -> Said:
    about = [Said({"wave": N_("mỗi đợt"), "overall": N_("cả cuộc thi")}[prize.board])] if len(rules.waves) > 1 else []
    if prize.division:
        title = next((one.title for one in rules.divisions if one.key == prize.division), {})
        about.append(Said("%(title)s", {"title": title}))
    if prize.by == "lots":
        about.append(Said(N_("bốc thăm")))
    if prize.least_percent == 100:
        about.append(Said(N_("phải đúng tất cả các câu")))
    elif prize.least_percent:
        about.append(Said(N_("phải đúng ít nhất %(percent)s phần trăm số câu"), {"percent": prize.least_percent}))
    elif prize.by == "rank":
        about.append(Said(N_("phải đúng ít nhất một câu")))
    about += _worth(prize.worth)
    values = {"count": prize.count, "title": prize.title, "about": tuple(about)}
    return Said(N_("%(count)s %(title)s (%(about)s)."), values) if about else Said(N_("%(count)s %(title)s."), values)


def _worth(dong: int) -> list[Said]:
    return [Said(N_("trị giá %(worth)s"), {"worth": Money(dong)})] if dong else []


BY = {
    "entrants": N_("nhiều người dự thi nhất"),
    "rate": N_("tỷ lệ người dự thi trên số đoàn viên đã chốt cao nhất"),
    "weighted": N_("tỷ lệ dự thi quy ra điểm cộng điểm quy đổi của giải cá nhân cao nhất"),
    "fading": N_("tổng điểm giảm dần cao nhất: điểm của người thứ nhất, cộng 0,95 lần điểm người thứ hai, và cứ thế"),
    "winners": N_("nhiều người đạt giải nhất"),
    "all_correct": N_("nhiều người trả lời đúng tất cả nhất"),
    "average": N_("điểm trung bình của người dự thi cao nhất"),
}


def collective(rules: Rules) -> Iterator[Said]:
    for prize in rules.collective:
        values = {"count": prize.count, "title": prize.title, "by": Said(BY[prize.by]), "about": tuple(_limits(prize))}
        yield Said(N_("%(count)s %(title)s: %(by)s (%(about)s)."), values)
    if any(one.by == "weighted" for one in rules.collective):
        sentence = N_("Tỷ lệ dự thi đủ mọi người được %(points)s điểm; giải cá nhân quy đổi: %(prizes)s.")
        converted = tuple(
            Said(N_("%(title)s %(points)s điểm"), {"title": prize.title, "points": HalfPoints(prize.unit_points)})
            for prize in rules.prizes
            if prize.unit_points
        )
        yield Said(sentence, {"points": HalfPoints(rules.rate_points), "prizes": converted})
    if rules.collective:
        yield Said(
            N_("Mỗi người chỉ được tính một lần dù thi nhiều lượt. Số đoàn viên được chốt trước khi mở cuộc thi.")
        )


def _limits(prize: CollectivePrize) -> Iterator[Said]:
    for kind in prize.kinds:
        yield Said("%(kind)s", {"kind": Named("kind", kind)})
    if prize.least_members:
        yield Said(N_("có ít nhất %(count)s đoàn viên"), {"count": prize.least_members})
    yield Said(N_("có ít nhất %(count)s người dự thi"), {"count": prize.least_entrants})
    yield from _worth(prize.worth)


def points(rules: Rules) -> Iterator[Said]:
    formula = rules.points
    parts = (
        (N_("%(points)s điểm tham gia"), formula.entry),
        (N_("%(points)s điểm mỗi đợt"), formula.per_wave),
        (N_("%(points)s điểm mỗi câu đúng"), formula.per_right),
    )
    said = tuple(Said(sentence, {"points": HalfPoints(half)}) for sentence, half in parts if half)
    if said:
        yield Said(N_("Mỗi người một lần cho cả cuộc thi: %(parts)s."), {"parts": said})
    for prize in rules.prizes:
        if prize.points:
            yield Said(
                N_("%(title)s: thêm %(points)s điểm."), {"title": prize.title, "points": HalfPoints(prize.points)}
            )
    if formula.most:
        yield Said(N_("Nhiều nhất %(points)s điểm."), {"points": HalfPoints(formula.most)})


def results(rules: Rules) -> Iterator[Said]:
    days = rules.complaints
    sentence = N_("Kết quả được công bố chậm nhất %(days)s ngày sau khi đợt thi đóng.")
    yield Said(sentence, {"days": days.results_days})
    if days.window_days:
        sentence = N_("Khiếu nại gửi trên trang này trong %(days)s ngày từ khi công bố; sau đó kết quả là chính thức.")
        yield Said(sentence, {"days": days.window_days})
    if rules.contact:
        yield Said(N_("Nơi nhận câu hỏi và khiếu nại: %(contact)s."), {"contact": rules.contact})
    yield Said(N_("Ai cũng tính lại được kết quả từ tệp bài thi đã ẩn danh công bố sau cuộc thi."))


def fairness(rules: Rules) -> Iterator[Said]:
    yield Said(
        N_("Mỗi người dùng một tài khoản, tự làm bài, thông tin đúng sự thật; không thi hộ, không thi theo nhóm.")
    )
    fast = rules.integrity.seconds_per_question
    if fast:
        sentence = N_("Bài bất thường (như trả lời dưới %(time)s một câu) được người xem xét, không bị hủy tự động.")
        yield Said(sentence, {"time": Seconds(fast)})
    yield Said(N_("Bài chỉ bị hủy bằng quyết định có lý do; người dự thi được báo và được khiếu nại."))
    if rules.integrity.focus:
        yield Said(N_("Số lần rời trang thi được ghi lại."))
    yield Said(N_("Không thu số căn cước. Tên trên bảng công khai được che bớt nếu bạn chưa đồng ý nêu tên."))
    yield Said(
        N_("Dữ liệu thiết bị, địa chỉ mạng và dấu hiệu chờ xem xét bị xóa sau 90 ngày, bài làm có tên sau 12 tháng.")
    )
