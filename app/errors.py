"""What a person is told: the one table of refusal codes, and how a refusal becomes a page or JSON.

`Rejected(code)` is what somebody may not do now. Everything else is our bug, logged with its request id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from app.measures import REFUSALS
from quizzes.refusals import N_, Rejected

log = structlog.get_logger()

SENTENCES: dict[str, tuple[int, str]] = {
    # joining
    "bad_request": (400, N_("Yêu cầu không đọc được.")),
    "bad_name": (400, N_("Tên này chưa dùng được. Hãy chọn tên khác từ 2 đến 24 ký tự.")),
    "sign_in_first": (401, N_("Bạn cần đăng nhập trước.")),
    "bad_ticket": (401, N_("Vé vào phòng không còn giá trị. Hãy nhập lại mã PIN.")),
    "room_locked": (403, N_("Phòng đã khóa, người dẫn chương trình không nhận thêm người.")),
    "kicked": (403, N_("Bạn đã được mời ra khỏi phòng.")),
    "no_such_show": (404, N_("Không có chương trình nào với mã PIN này.")),
    "name_taken": (409, N_("Tên này đã có người dùng trong phòng.")),
    "asked_host": (202, N_("Đã hỏi người dẫn. Bạn mang số %(number)s: hãy giơ tay để người dẫn thấy bạn…")),
    "claim_refused": (403, N_("Người dẫn chương trình không nhận ra bạn. Hãy vào bằng tên khác.")),
    "seated_already": (409, N_("Người này đã vào phòng bằng một tên khác.")),
    "over": (410, N_("Chương trình đã kết thúc.")),
    "slow_down": (429, N_("Nhanh quá! Hãy thử lại sau ít giây.")),
    "slow_down_scan": (429, N_("Nhiều người đang gõ mã PIN. Hãy quét mã QR để vào ngay, hoặc thử lại sau ít giây.")),
    "full": (503, N_("Phòng đã đủ người.")),
    # answering and driving
    "too_late": (409, N_("Hết giờ trước khi câu trả lời tới nơi.")),
    "not_open": (409, N_("Câu hỏi này chưa mở hoặc đã đóng.")),
    "paused": (409, N_("Chương trình đang tạm dừng.")),
    "already": (409, N_("Bạn đã trả lời câu này rồi.")),
    "not_in_round": (403, N_("Bạn không ở trong lượt chơi này.")),
    "bad_choice": (400, N_("Câu trả lời không hợp lệ.")),
    "too_slow": (408, N_("Dữ liệu gửi lên quá chậm hoặc bị đứt giữa chừng. Hãy gửi lại.")),
    "busy": (503, N_("Máy chủ đang bận, hãy gửi lại.")),
    "internal": (500, N_("Có lỗi ở máy chủ. Chúng tôi đã ghi lại.")),
    "unknown": (400, N_("Máy chủ không hiểu yêu cầu này.")),
    "stale": (409, N_("Màn hình đã chuyển sang bước khác.")),
    "not_now": (409, N_("Chưa làm được việc này lúc này.")),
    "not_yours": (403, N_("Bạn không có quyền làm việc này.")),
    "key_shown": (409, N_("Đáp án đã hiện ra nên không mở lại được câu này, chỉ có thể hủy câu.")),
    # boards of chapters
    "announcement_empty": (400, N_("Thông báo cần tiêu đề và nội dung.")),
    "poll_options": (400, N_("Thăm dò cần câu hỏi và từ 2 đến %(most)s phương án khác nhau.")),
    "poll_closed": (409, N_("Thăm dò này đã đóng.")),
    # awards
    "award_kind": (400, N_("Hãy chọn loại giấy trong danh sách.")),
    "award_level": (403, N_("Cấp này không tặng được loại giấy ấy: giấy khen từ cơ sở trở lên, bằng khen từ tỉnh.")),
    "award_decision": (400, N_("Giấy khen, bằng khen và việc thu hồi cần số quyết định, ngày và người ký.")),
    "award_title": (400, N_("Tên đợt trao cần từ 3 đến 120 ký tự.")),
    "award_wording": (400, N_("Nội dung ghi trên giấy cần từ 3 đến 300 ký tự, và một mẫu trong danh sách.")),
    "award_nobody": (400, N_("Hãy ghi ít nhất một người hoặc một cơ sở được trao.")),
    "award_too_many": (413, N_("Nhiều nhất %(most)s giấy một đợt. Hãy chia thành nhiều đợt.")),
    "award_unknown": (404, N_("Dòng %(line)s: không có mã %(name)s trong cơ sở này.")),
    "award_twice": (409, N_("Dòng %(line)s: mã %(name)s đã có với giải này.")),
    "award_printing": (409, N_("Giấy này đang được in. Hãy thử lại sau ít phút.")),
    # activities
    "activity_title": (400, N_("Tên cần từ 2 đến 160 ký tự.")),
    "activity_kind": (400, N_("Hãy chọn một loại trong danh sách.")),
    "activity_points": (400, N_("Điểm từ 0 đến %(most)s.")),
    "activity_quiz": (400, N_("Hãy dán địa chỉ một cuộc thi hoặc bài luyện tập của trang này, dạng …/contests/….")),
    "activity_over": (410, N_("Hoạt động đã kết thúc hoặc đã hủy, không điểm danh được nữa.")),
    "not_open_yet": (409, N_("Chưa tới giờ. Điểm danh mở trước giờ bắt đầu một tiếng.")),
    "code_old": (410, N_("Mã này đã đổi. Hãy quét lại mã đang hiện trên màn hình của người tổ chức.")),
    "one_phone": (409, N_("Máy này đã điểm danh cho một người khác. Hãy nhờ người tổ chức điểm danh cho bạn.")),
    "not_invited": (403, N_("Hoạt động này của một cơ sở khác. Hãy báo người tổ chức nếu bạn được mời.")),
    "text_too_long": (400, N_("Nội dung dài quá %(most)s ký tự.")),
    "too_many_rows": (409, N_("Nhiều nhất %(most)s mục. Hãy bỏ bớt trước.")),
    "document_kind": (400, N_("Chỉ nhận tệp PDF, DOCX, XLSX, PPTX, PNG hoặc JPEG.")),
    "document_size": (413, N_("Tệp lớn quá 5 MB.")),
    "partner_needed": (400, N_("Hãy ghi tên đối tác.")),
    "proof_needed": (400, N_("Hãy ghi minh chứng trước khi ghi là đã hoàn thành.")),
    # broadcasts
    "sound_bad": (400, N_("Không đọc được tệp âm thanh này. Hãy dùng bản thu của điện thoại, nhiều nhất 6 MB.")),
    "sound_none": (400, N_("Tệp này không có tiếng.")),
    "sound_long": (400, N_("Bản thu dài quá %(minutes)s phút.")),
    "share_consent": (400, N_("Hãy đánh dấu đồng ý: ảnh có họ tên của bạn, ai nhận được cũng đọc được.")),
    "share_child": (403, N_("Giấy của người dưới 16 tuổi không làm thành ảnh để đăng.")),
    # teams, records, sites
    "team_known": (409, N_("Đã có một tổ, đội hình mang tên này.")),
    "squad_of_squad": (400, N_("Đội hình nằm trong một tổ của cùng cơ sở, không nằm trong đội hình khác.")),
    "record_known": (409, N_("Nghiệp vụ này đã được ghi.")),
    "criteria": (
        400,
        N_("Ghi nhóm bằng dòng bắt đầu bằng #, rồi mỗi tiêu chí khác nhau một dòng; nhiều nhất %(most)s."),
    ),
    "site_known": (409, N_("Đã có một nơi mang tên này.")),
    "site_evidence": (400, N_("Hãy ghi minh chứng của tiêu chí này.")),
    "site_not_ready": (409, N_("Còn %(missing)s tiêu chí chưa đạt.")),
    # scorecards
    "scorecard_title": (400, N_("Tên bảng chấm điểm cần từ 3 đến 120 ký tự.")),
    "scorecard_empty": (400, N_("Hãy viết ít nhất một tiêu chí.")),
    "scorecard_over": (409, N_("Đã hết hạn tự chấm, hoặc bảng đã khóa.")),
    "evidence_needed": (400, N_("Điểm tự chấm cần minh chứng: số văn bản, địa chỉ hoặc mô tả.")),
    "score_value": (400, N_("Giá trị này không có trong tiêu chí.")),
    # standings
    "standing_title": (400, N_("Tên bảng cần từ 3 đến 120 ký tự.")),
    "bad_setting": (400, N_("Giá trị này không dùng được. Hãy xem lại giới hạn của ô.")),
    # composing
    "too_many_scripts": (409, N_("Bạn đã có rất nhiều kịch bản. Hãy bỏ bớt kịch bản không dùng nữa.")),
    "script_too_large": (413, N_("Kịch bản quá dài. Hãy chia thành hai chương trình.")),
    "show_running": (409, N_("Chương trình đang diễn ra. Hãy kết thúc trước, rồi bỏ.")),
    # taking a contest
    "changed_elsewhere": (409, N_("Câu này vừa được sửa trên một thiết bị khác của bạn.")),
    "submitted": (409, N_("Bài đã nộp nên không sửa được nữa.")),
    "cancelled": (410, N_("Lượt thi này đã được hủy vì sự cố kỹ thuật. Bạn được thi lại.")),
    "contest_over": (410, N_("Cuộc thi đã kết thúc.")),
    "rules_unread": (400, N_("Hãy đọc thể lệ, rồi đánh dấu vào ô đồng ý.")),
    "no_tries": (409, N_("Bạn đã dùng hết lượt thi.")),
    "unfinished": (409, N_("Bạn còn một lượt thi đang làm dở.")),
    "barred": (403, N_("Theo thể lệ, bạn không được dự thi cuộc thi này.")),
    "not_eligible": (403, N_("Bạn không thuộc đối tượng dự thi của cuộc thi này.")),
    "birth_year_needed": (409, N_("Cuộc thi hỏi tuổi. Hãy bổ sung năm sinh trong mục Dữ liệu của tôi.")),
    # people and chapters
    "wrong_password": (401, N_("Tên đăng nhập hoặc mật khẩu chưa đúng.")),
    "wait_a_while": (429, N_("Đã sai nhiều lần. Hãy thử lại sau %(seconds)s giây.")),
    "account_waiting": (403, N_("Tài khoản đang chờ cha, mẹ hoặc người giám hộ đồng ý.")),
    "account_disabled": (403, N_("Tài khoản này đã bị khóa. Hãy hỏi người tổ chức của cơ sở bạn.")),
    "sign_up_closed": (403, N_("Trang này không mở đăng ký. Hãy hỏi người tổ chức của cơ sở bạn.")),
    "stronger_role": (403, N_("Người này giữ vai trò mà bạn không có quyền thay đổi.")),
    "foreign_form": (403, N_("Yêu cầu đến từ một trang khác nên không được thực hiện.")),
    "old_form": (400, N_("Trang đã mở quá lâu. Hãy tải lại trang rồi gửi lần nữa.")),
    "link_gone": (410, N_("Liên kết này đã dùng hoặc đã hết hạn. Hãy xin liên kết mới.")),
    "slip_gone": (410, N_("Không có phiếu này, hoặc phiếu đã dùng, hết hạn hay được in lại. Hãy hỏi người tổ chức.")),
    "no_such_chapter": (404, N_("Không có cơ sở này.")),
    "several_chapters": (400, N_("Nhiều cơ sở có tên như vậy: %(names)s. Hãy chọn một hoặc gõ mã.")),
    "several_members": (400, N_("Nhiều người có tên như vậy: %(names)s. Hãy chọn một hoặc gõ mã.")),
    "no_such_member": (404, N_("Không có đoàn viên này.")),
    "key_refused": (403, N_("Không nhận được khóa này. Hãy thử lại, hoặc đăng nhập bằng mật khẩu.")),
    "outside_refused": (403, N_("Chưa xác nhận được tài khoản ở nơi kia. Hãy thử lại từ trang đăng nhập.")),
    "outside_unknown": (
        403,
        N_("Chưa có tài khoản nào gắn với tài khoản ấy. Hãy đăng nhập bằng mật khẩu, rồi gắn ở Dữ liệu của tôi."),
    ),
    "outside_taken": (409, N_("Tài khoản ấy đã gắn với một người khác.")),
    "outside_down": (503, N_("Nơi cung cấp tài khoản không trả lời. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu.")),
    "too_many_keys": (409, N_("Tài khoản đã có nhiều khóa. Hãy bỏ bớt một khóa trước.")),
    "nothing_ticked": (400, N_("Chưa chọn ai hay mục nào. Hãy đánh dấu trong danh sách.")),
    "same_member": (400, N_("Đây là cùng một hồ sơ. Hãy chọn hồ sơ thứ hai.")),
    "merge_roles": (409, N_("Hai hồ sơ giữ vai trò khác nhau nên không gộp được. Hãy thu hồi vai trò trước.")),
    "merged_already": (409, N_("Hồ sơ này đã được gộp vào một hồ sơ khác.")),
    "chapter_not_empty": (409, N_("Còn %(members)s đoàn viên và %(chapters)s đơn vị bên trong. Hãy chọn nơi nhận.")),
    "chapter_closed": (409, N_("Cơ sở này đã kết thúc. Hãy chọn cơ sở đang hoạt động, hoặc mở lại.")),
    "chapter_ring": (409, N_("Không thể đặt một cơ sở vào bên dưới chính nó.")),
    "chapter_name": (400, N_("Tên cơ sở cần từ 2 đến 200 ký tự.")),
    "chapter_kind": (400, N_("Hãy chọn loại cơ sở trong danh sách.")),
    "bad_dates": (400, N_("Ngày không hợp lệ, hoặc ngày kết thúc ở trước ngày bắt đầu.")),
    "code_taken": (409, N_("Mã này đã có nơi khác dùng, hoặc dài quá 40 ký tự.")),
    "bad_code": (400, N_("Mã đoàn viên dài nhất 40 ký tự, không chứa @ và không bắt đầu bằng #.")),
    "person_name": (400, N_("Họ tên cần từ 2 đến 100 ký tự và có chữ cái.")),
    "nickname_is_name": (400, N_("Tên gọi này cho biết họ tên thật. Hãy chọn tên gọi khác.")),
    "guardians_own": (403, N_("Hãy mở liên kết này trên máy của cha, mẹ hoặc người giám hộ, không phải máy của trẻ.")),
    "birth_year": (400, N_("Năm sinh chưa đúng. Hãy nhập bốn chữ số, ví dụ 2006.")),
    "mail_lines": (400, N_("Không đọc được địa chỉ thư ở dòng %(lines)s. Mỗi dòng một địa chỉ.")),
    "too_many_letters": (400, N_("Mỗi lần gửi tối đa %(most)s thư.")),
    "username": (400, N_("Tên đăng nhập gồm 3 đến 32 ký tự: chữ không dấu, số, dấu chấm, gạch nối.")),
    "username_taken": (409, N_("Tên đăng nhập này đã có người dùng.")),
    "email": (400, N_("Địa chỉ thư điện tử này không dùng được.")),
    "password_too_short": (400, N_("Mật khẩu cần ít nhất 8 ký tự.")),
    "password_too_long": (400, N_("Mật khẩu dài quá 128 ký tự.")),
    "password_too_common": (400, N_("Mật khẩu này quá dễ đoán. Hãy ghép vài từ mà chỉ bạn nghĩ ra.")),
    "passwords_differ": (400, N_("Hai lần nhập mật khẩu không giống nhau.")),
    "consent_needed": (400, N_("Cần sự đồng ý này thì mới lập được tài khoản.")),
    "relation": (400, N_("Hãy cho biết quan hệ với trẻ.")),
    "last_admin": (409, N_("Đây là quản trị viên cuối cùng. Hãy giao quyền cho người khác trước.")),
    "bad_file": (400, N_("Không đọc được tệp này. Hãy dùng tệp CSV hoặc XLSX theo mẫu.")),
    "bad_picture": (400, N_("Không nhận được hình này. Hãy dùng JPEG, PNG, GIF hoặc WebP tối đa 12 triệu điểm ảnh.")),
    "file_too_big": (413, N_("Tệp quá lớn hoặc có quá nhiều dòng.")),
    "no_titles": (400, N_("Không thấy dòng tiêu đề. Tệp cần có các cột: %(titles)s.")),
    "twins_open": (400, N_("Hãy chọn cho từng người trùng tên và năm sinh: người khác, cùng một người, hay bỏ qua.")),
    "import_moved": (409, N_("Danh sách đã thay đổi từ lúc đọc tệp. Hãy nhập lại tệp.")),
    "confirm_word": (400, N_("Chữ xác nhận chưa đúng.")),
    # setting contests up
    "no_such_contest": (404, N_("Không có cuộc thi này.")),
    "old_revision": (409, N_("Người khác đã lưu thay đổi trong lúc bạn sửa. Hãy tải lại trang.")),
    "in_a_contest": (409, N_("Có câu hỏi đang dùng trong một cuộc thi chưa kết thúc, nên chưa chiếu lên được.")),
    "same_question": (409, N_("Ngân hàng đã có câu hỏi với nội dung này. Hãy tìm và sửa câu đó.")),
    "bank_title": (400, N_("Tên ngân hàng cần từ 2 đến 200 ký tự.")),
    "reason_needed": (400, N_("Hãy ghi lý do.")),
    "too_few_questions": (409, N_("Ngân hàng không còn đủ câu hỏi dùng được cho đề thi.")),
    "not_yet": (409, N_("Chưa hết giờ: ban tổ chức đã cho thêm thời gian.")),
    "wave_over": (409, N_("Đợt thi này đã kết thúc hẳn, không dời được nữa.")),
    "wave_begun": (409, N_("Đợt thi đã mở, giờ mở không đổi được nữa.")),
    "only_later": (400, N_("Chỉ dời muộn hơn giờ đã hứa, và phải sau lúc này.")),
    "hours_overlap": (400, N_("Giờ mới lấn sang đợt sau. Hãy dời đợt sau trước.")),
    "wave_too_long": (400, N_("Đợt thi dài quá 200 ngày.")),
    "bad_moment": (400, N_("Cần ngày và giờ, như 07/12/2026 08:00.")),
    # results of contests
    "bad_headcount": (400, N_("Số đoàn viên phải là số nguyên từ 0 đến %(most)s, ví dụ 125.")),
    "bad_decision": (400, N_("Quyết định này không hợp với câu hỏi: hãy xem lại câu hỏi và đáp án.")),
    "paragraph_needed": (400, N_("Hãy chọn mục của thể lệ mà việc hủy kết quả dựa vào.")),
    "no_such_entrant": (404, N_("Người này không có lượt thi nào trong cuộc thi.")),
    "no_such_attempt": (404, N_("Không có lượt thi này, hoặc lượt đã bị hủy rồi.")),
    "nothing_settled": (409, N_("Chưa có đợt thi nào kết thúc hẳn để công bố.")),
    "still_grading": (409, N_("Còn bài đang chấm. Hãy thử lại sau ít phút.")),
    "not_published": (409, N_("Cần công bố kết quả tạm thời trước, để người dự thi kịp khiếu nại.")),
    "window_open": (409, N_("Thời hạn khiếu nại chưa hết, chưa công bố chính thức được.")),
    "complaints_open": (409, N_("Còn %(count)s khiếu nại chưa trả lời.")),
    "complaint_words": (400, N_("Hãy viết nội dung từ 10 đến 2000 ký tự.")),
    "complaint_late": (409, N_("Ngoài thời hạn nhận khiếu nại về việc này.")),
    "complaint_closed": (409, N_("Khiếu nại này đã khép lại.")),
    "too_many_complaints": (429, N_("Bạn đang có nhiều khiếu nại chờ trả lời. Hãy viết thêm vào khiếu nại đã gửi.")),
    # points and 1+2
    "bad_points": (400, N_("Số điểm ở đây phải là số nguyên trong khoảng cho phép.")),
    "own_points": (403, N_("Không ai tự điều chỉnh điểm của mình.")),
    "second_person": (403, N_("Cần một người thứ hai: không phải người đề nghị hay người được điều chỉnh.")),
    "already_decided": (409, N_("Việc này đã được quyết định rồi.")),
    "same_rules": (409, N_("Cách tính điểm này giống hệt cách đang áp dụng.")),
    "code_gone": (410, N_("Mã này đã hết hạn hoặc không dùng được nữa. Hãy nhờ mở mã mới.")),
    "code_used": (410, N_("Mã này đã mở trên một máy khác. Hãy nhờ mở mã mới.")),
    "place_taken": (409, N_("Chỗ này đã có người rồi.")),
    "campaign_over": (409, N_("Đợt 1+2 này chưa mở hoặc đã kết thúc.")),
    "campaign_title": (400, N_("Tên đợt cần từ 3 đến 120 ký tự.")),
    "campaign_services": (400, N_("Hãy chọn ít nhất một việc để chỉ; ứng dụng của tỉnh cần có tên.")),
    "teach_what": (400, N_("Hãy chọn ít nhất một việc đã chỉ.")),
    "taught_consent": (400, N_("Cần đánh dấu đồng ý thì mới lưu được. Không muốn lưu thì cứ đóng trang này.")),
    "taught_already": (409, N_("Bạn đã là đoàn viên và đã được tính một lần rồi.")),
    "own_browser": (403, N_("Cần mở bằng máy của chính người giám hộ, không phải máy của cháu hay của người chỉ.")),
    "grown_up": (400, N_("Người đồng ý phải từ 18 tuổi trở lên.")),
    "child_year": (400, N_("Năm sinh này không phải của người dưới 16 tuổi.")),
    "day_name": (400, N_("Hãy ghi tên ngày này, từ 2 đến 80 ký tự.")),
    "incident_words": (400, N_("Cần viết vài lời cho mục này, để cơ quan đọc hiểu.")),
    "other_year": (403, N_("Năm sinh này không khớp. Hãy thử lại, hoặc mở trang trên máy cũ.")),
    "did_what": (400, N_("Hãy chọn một việc đã tự làm.")),
    "witness_needed": (403, N_("Cần một cán bộ có tài khoản, hoặc người giữ thẻ chứng kiến của ngày hôm nay.")),
    "own_number": (400, N_("Số điện thoại cần từ 9 đến 12 chữ số.")),
    "wrong_code": (400, N_("Mã này không đúng với mã trên trang của người được chỉ.")),
    "own_chapter": (403, N_("Việc này cần một người ngoài cơ sở đó.")),
    "demo_in_use": (409, N_("Có người đã dùng dữ liệu mẫu này, nên không xóa cả được. Hãy xóa từng phần.")),
    "deed_kind": (400, N_("Hãy chọn việc đã làm.")),
    "deed_day": (400, N_("Ngày làm phải trong 30 ngày qua.")),
    "deed_count": (400, N_("Số lượng phải từ 1 đến %(most)s.")),
    "deed_words": (400, N_("Ghi chú dài nhất %(most)s ký tự.")),
    "deed_number": (400, N_("Đừng ghi số điện thoại hay số giấy tờ của ai. Hãy bỏ dãy số dài.")),
    "deed_partner": (
        400,
        N_("Đến hộ gia đình cần một đoàn viên và một người có uy tín: hãy quét mã của người ấy hoặc thẻ."),
    ),
    "deed_partner_day": (400, N_("Mã của người có uy tín không phải của ngày này, hoặc gửi muộn quá 7 ngày.")),
    "deed_kind_name": (400, N_("Tên loại việc cần từ 3 đến 80 ký tự.")),
    "no_account": (400, N_("Người này chưa có tài khoản. Hãy dùng thẻ một ngày.")),
    "local_title": (400, N_("Hãy ghi chức danh, ví dụ: Trưởng khu phố 3.")),
    "too_many": (413, N_("Nhiều nhất %(most)s mục mỗi lần gửi.")),
    "target_title": (400, N_("Tên chỉ tiêu cần từ 3 đến 200 ký tự.")),
    "target_goal": (400, N_("Đích phải là số lớn hơn 0; phần trăm thì từ 1 đến 100.")),
    "target_ways": (400, N_("Hãy chọn ít nhất một cách tính, và điều được đếm.")),
    "target_number": (400, N_("Hãy ghi một số nguyên từ 0 trở lên.")),
    "target_evidence": (400, N_("Hãy ghi minh chứng: số văn bản, đường dẫn hay nơi lưu.")),
    "target_place": (400, N_("Cơ sở này không thuộc phạm vi của chỉ tiêu.")),
    "card_label": (400, N_("Hãy ghi thẻ dùng ở đâu, ví dụ: Nhà văn hóa khu phố 3.")),
    "answer_needed": (400, N_("Hãy viết câu trả lời cho khiếu nại, ít nhất 10 ký tự.")),
    # everywhere
    "not_found": (404, N_("Không tìm thấy nội dung này.")),
    "forbidden": (403, N_("Bạn không có quyền xem hoặc làm việc này.")),
}


def sentence(code: str, **about: Any) -> str:
    """The sentence for a code in the current language; an unknown code is said as `internal`."""
    return filled(words_of(code), about)


def words_of(code: str) -> str:
    """The same before its numbers and names stand in it."""
    return str(gettext(SENTENCES.get(code, SENTENCES["internal"])[1]))


def filled(words: str, about: Mapping[str, Any]) -> str:
    """A sentence with what it is about; one that names nothing stays as it is."""
    return words % about if about and "%(" in words else words


def status_of(code: str) -> int:
    """The HTTP status that goes with a code; 400 for one that is not in the table."""
    return SENTENCES.get(code, (400, ""))[0]


def wants_json() -> bool:
    """Whether the asker is a program: it sent JSON or prefers it to a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return request.is_json or best == "application/json"


def number_of(code: str) -> dict[str, str]:
    """What a program is told of our bug beside its code: the id under which it stands in the log."""
    return {"id": g.request_id} if code == "internal" and "request_id" in g else {}


def _answer(code: str, message: str, status: int) -> tuple[Response | str, int]:
    if wants_json():
        return jsonify(code=code, message=message, **number_of(code)), status
    page = render_template(
        "errors/error.html", code=code, message=message, status=status, request_id=g.get("request_id")
    )
    return page, status


def install(app: Flask) -> None:
    """Answer refusals, HTTP errors and bugs, as a page or as JSON."""

    @app.before_request
    def say_what_the_transport_refused() -> None:
        if code := request.environ.get("live.refused"):
            raise Rejected(code)

    @app.errorhandler(Rejected)
    def refused(error: Rejected) -> tuple[Response | str, int]:
        REFUSALS.labels(error.code).inc()
        return _answer(error.code, sentence(error.code, **error.about), status_of(error.code))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Any:
        status = error.code or 500
        if status < 400:
            return error
        code = {404: "not_found", 403: "forbidden", 401: "sign_in_first", 429: "slow_down"}.get(status, "bad_request")
        return _answer(code, sentence(code), status)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> tuple[Response | str, int]:
        REFUSALS.labels("internal").inc()
        log.exception("bug", path=request.path)
        return _answer("internal", sentence("internal"), 500)
