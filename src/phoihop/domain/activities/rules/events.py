"""What can happen to routes, patrols and imports; and why their places and units stay with their day."""

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays

SUBJECTS = ("patrol", "route", "campaign", "import")
"""The first parts of the names of all events of this topic. What they tell of changes nothing in the topics before it."""

events(
    "patrol",
    planned=_("lên lịch"),
    changed=_("sửa lịch"),
    cancelled=_("hủy"),
    started=_("xuất phát"),
    tapped=_("chạm giờ tại điểm kiểm tra"),
    reported=_("ghi kết quả"),
    corrected=_("sửa kết quả"),
    confirmed=_("xác nhận"),
    disputed=_("không xác nhận"),
    link_made=_("tạo liên kết xác nhận"),
)
events("route", drawn=_("lập tuyến"), changed=_("sửa tuyến"), ended=_("thôi dùng tuyến"))
events("campaign", opened=_("mở đợt cao điểm"), joined=_("đưa cuộc tuần tra vào đợt"))
events(
    "import",
    begun=_("đưa sổ vào"),
    read=_("đọc thêm dòng của sổ"),
    mended=_("sửa dòng"),
    mended_all=_("sửa các dòng giống nhau"),
    mapped=_("sửa cách hiểu cột"),
    skipped=_("bỏ qua dòng"),
    released=_("cho nhập"),
    ran=_("nhập xong các dòng sẵn sàng"),
    halted=_("tạm dừng nhập"),
    withdrawn=_("rút lại lần nhập"),
    undone=_("rút xong lần nhập"),
    erased=_("xóa nội dung các dòng của lần nhập"),
)
stays(
    "RouteArea.area", "Checkpoint.area", "Leg.area", "Route.area", "CheckTap.unit", "Confirmation.unit", "Activity.recorder",
    "PaperList.lead", "PaperList.party", "ConfirmLink.unit", "ImportRun.lead",
    why="history: where it was and who took part on that day; an heir speaks for the unit of that day",
)  # fmt: skip
