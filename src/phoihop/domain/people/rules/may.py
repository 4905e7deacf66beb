"""Who may do what: the whole permission table, on one screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import YES, Verdict, no_unless

from ..models import Post, Role

_SEE = {"matter.view", "figure.view", "report.view"}
_ANSWER = {"matter.answer", "note.write", "file.attach", "task.answer", "patrol.confirm", "recall.ask", "agreement.opine"}
_DUTY = _SEE | _ANSWER | {"patrol.start", "patrol.result", "patrol.plan", "patrol.cancel", "contact.test", "task.give", "task.close"}
_STAFF = _DUTY | {
    "matter.ask", "matter.lead", "matter.grant", "matter.close", "patrol.import", "paper.confirm", "route.manage", "campaign.open",
    "report.print", "figure.enter", "contact.manage", "means.record", "letterhead.manage", "post.deputise", "agreement.draft", "agreement.paper",
    "agreement.register", "agreement.cascade", "agreement.adopt", "norm.set",
}  # fmt: skip
_SIGN = {"agreement.sign", "key.make"}

MAY: dict[str, frozenset[str]] = {
    Role.DUTY: frozenset(_DUTY),
    Role.STAFF: frozenset(_STAFF),
    Role.COMMANDER: frozenset(_STAFF | _SIGN | {"recall.agree", "token.issue", "token.revoke"}),
    Role.PARTNER: frozenset(_SEE | _ANSWER | _SIGN | {"agreement.paper", "agreement.adopt", "report.print", "contact.test", "post.deputise"}),
    Role.ADMIN: frozenset({"user.manage", "unit.manage", "unit.succeed", "area.manage", "line.manage", "holiday.manage", "node.manage", "contact.manage", "letterhead.manage", "token.revoke", "structure.view", "instrument.manage"}),
    Role.AUDITOR: frozenset({"structure.view", "journal.view"}),
    Role.NODE: frozenset({"node.manage", "unit.manage", "unit.succeed", "area.manage", "line.manage", "holiday.manage", "user.manage", "figure.enter", "instrument.manage", "duty.open"}),
}  # fmt: skip

PERMISSIONS: frozenset[str] = frozenset().union(*MAY.values())

# In the order in which the page of roles shows them.
PERMISSION_NAMES: dict[str, Any] = {
    "matter.view": _("Xem việc của đơn vị mình và việc được chia sẻ"),
    "figure.view": _("Xem số liệu"),
    "report.view": _("Xem báo cáo"),
    "matter.answer": _("Trả lời đề nghị tham gia"),
    "note.write": _("Ghi diễn biến"),
    "file.attach": _("Đính kèm tệp"),
    "task.answer": _("Trả lời nhiệm vụ"),
    "patrol.confirm": _("Xác nhận cuộc tuần tra cho đơn vị mình"),
    "recall.ask": _("Đề nghị thu hồi nội dung"),
    "agreement.opine": _("Góp ý dự thảo văn bản phối hợp"),
    "patrol.plan": _("Lên lịch tuần tra"),
    "patrol.start": _("Ghi xuất phát, chạm giờ điểm kiểm tra"),
    "patrol.result": _("Ghi kết quả tuần tra"),
    "patrol.cancel": _("Hủy cuộc tuần tra"),
    "contact.test": _("Thử đầu mối liên lạc"),
    "task.give": _("Giao, đề nghị nhiệm vụ"),
    "task.close": _("Kết thúc nhiệm vụ"),
    "matter.ask": _("Đề nghị đơn vị khác tham gia"),
    "matter.lead": _("Chuyển chủ trì"),
    "matter.grant": _("Cho đơn vị khác xem"),
    "matter.close": _("Kết thúc việc"),
    "patrol.import": _("Nhập sổ tuần tra từ tệp"),
    "paper.confirm": _("Nhập bản xác nhận giấy"),
    "route.manage": _("Lập, sửa tuyến tuần tra"),
    "campaign.open": _("Mở đợt cao điểm"),
    "report.print": _("In báo cáo"),
    "figure.enter": _("Nhập số liệu tổng hợp có nguồn"),
    "contact.manage": _("Quản lý đầu mối liên lạc"),
    "means.record": _("Ghi phương tiện"),
    "letterhead.manage": _("Sửa tiêu đề văn bản"),
    "post.deputise": _("Cử người làm thay chức trách của mình"),
    "agreement.draft": _("Soạn, gửi lấy ý kiến, trình ký văn bản phối hợp"),
    "agreement.paper": _("Ghi nhận bản giấy, tệp đã ký cho đơn vị mình"),
    "agreement.register": _("Giữ sổ văn bản: ghi bản giấy, số, căn cứ, nơi nhận, rà soát"),
    "agreement.cascade": _("Yêu cầu cấp dưới ban hành, nhắc đơn vị chưa trả lời"),
    "agreement.adopt": _("Trả lời cho đơn vị mình khi cấp trên yêu cầu ban hành"),
    "norm.set": _("Đặt, rút chu kỳ, thời hạn, tiêu chí riêng của địa bàn mình"),
    "agreement.sign": _("Ký, không ký văn bản phối hợp cho đơn vị mình"),
    "key.make": _("Tạo khóa ký của mình"),
    "recall.agree": _("Đồng ý thu hồi nội dung"),
    "token.issue": _("Cấp mã truy cập cho máy làm việc dưới chức trách của đơn vị mình"),
    "token.revoke": _("Thu hồi mã truy cập của máy"),
    "structure.view": _("Xem tổ chức, tài khoản, chức trách"),
    "journal.view": _("Xem nhật ký hệ thống"),
    "user.manage": _("Quản lý tài khoản, chức trách"),
    "unit.manage": _("Quản lý đơn vị"),
    "unit.succeed": _("Sắp xếp lại đơn vị"),
    "area.manage": _("Quản lý địa bàn"),
    "line.manage": _("Quản lý tuyến báo cáo"),
    "holiday.manage": _("Quản lý ngày nghỉ"),
    "instrument.manage": _("Quản lý danh mục văn bản pháp lý"),
    "node.manage": _("Vận hành máy chủ"),
    "duty.open": _("Mở nhiệm vụ định kỳ theo văn bản có hiệu lực"),
}


def holds(post: Post, on: date) -> bool:
    """Whether the post is held on a day: its period contains it."""
    return post.valid_from <= on and (post.valid_until is None or on < post.valid_until)


def may(post: Post, permission: str) -> bool:
    """Whether the role of this post carries the permission. A permission outside the table is a mistake, not a no."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return permission in MAY[post.role]


def is_held(post: Post, on: date) -> Verdict:
    return no_unless(holds(post, on), "post-ended", _("Chức trách này đã kết thúc hoặc chưa bắt đầu. Hãy chọn chức trách khác ở góc trên bên phải."))


def allowed(post: Post, permission: str, on: date) -> Verdict:
    """Yes if the post is held on the day and its role carries the permission."""
    if not (held := is_held(post, on)):
        return held
    return YES if may(post, permission) else Verdict("not-your-role", _("Vai của bạn không được làm việc này."), permission=permission)


def roles_with(permission: str) -> list[Role]:
    """The roles of people that carry a permission, in the order of the table."""
    return [Role(role) for role, carried in MAY.items() if permission in carried and role != Role.NODE]
