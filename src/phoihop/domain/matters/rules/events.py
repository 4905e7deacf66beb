"""What can happen to a matter and to this node; and what stays with its day when a unit or an area is succeeded."""

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays

events(
    "node",
    founded=_("lập máy chủ"),
    head_signed=_("ký đầu nhật ký trong ngày"),
    erased=_("xóa nội dung hết hạn giữ"),
)
events(
    "matter",
    asked=_("đề nghị tham gia"),
    answered=_("trả lời đề nghị tham gia"),
    informed=_("cho theo dõi"),
    ask_withdrawn=_("thôi đề nghị tham gia"),
    lead_passed=_("chuyển chủ trì"),
    granted=_("cho xem"),
    grant_ended=_("thôi cho xem"),
    join_requested=_("xin tham gia hoặc xin xem"),
    request_declined=_("không đáp ứng việc xin tham gia, xin xem"),
    noted=_("ghi diễn biến"),
    noted_privately=_("ghi chú riêng của đơn vị"),
    attached=_("đính kèm tệp"),
    closed=_("kết thúc việc"),
    recall_asked=_("đề nghị thu hồi nội dung"),
    recalled=_("thu hồi nội dung"),
)
stays(
    "LeadTerm.unit", "Note.unit", "Attachment.unit",
    why="history: the unit that led, wrote or sent on that day",
)  # fmt: skip
stays("Matter.area", why="a matter happened in the area of its day; figures convert, records do not")
