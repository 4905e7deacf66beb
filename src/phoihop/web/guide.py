"""/huong-dan/: the way into the guide, and the living style guide: every part once, with its real states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.territory.queries import areas_below
from phoihop.kernel.verdict import Verdict

from . import faces
from .base import page, refuse
from .forms import DateField, Form, TextField, TimeField
from .shell import exists, scope_of
from .svg_map import MapView, Shade, province_map


@dataclass(frozen=True, slots=True)
class Chapter:
    path: str
    title: Any
    about: Any
    icon: str


CHAPTERS = [
    Chapter(
        "/huong-dan/giao-dien/", _("Thành phần và trạng thái"), _("Màu, nhãn, nút, lỗi, phím tắt: mỗi thứ một lần, đúng như trên các trang."), icon="palette"
    ),
    Chapter("/gioi-han/", _("Hệ thống không làm gì"), _("Mọi trường được lưu, mọi điều bị từ chối, giữ bao lâu; sinh ra từ mã nguồn."), icon="shield-check"),
]


def chapter(path: str, title: Any, about: Any, icon: str) -> None:
    """A topic adds its page to the index of the guide."""
    CHAPTERS.append(Chapter(path, title, about, icon=icon))


def index(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/index.html", chapters=[c for c in CHAPTERS if exists(c.path)])


def style(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    shown: dict[str, Any] = {
        "all_forces": list(faces.faces().values()), "bars": _BARS, "line": _LINE, "sizes": _SIZES, "ramp": _RAMP, "legend": _LEGEND,
        "deadlines": _deadlines(now), "events": _events(now), "job": _job(), "steps": _steps(), "rows": _rows(now), "table": _table(),
        "refused": _refused_form(), "outcomes": _outcomes(), "present": _present(), "tabs": _tabs(), "map": _map(request),
    }  # fmt: skip
    return page(request, "guide/style.html", **shown)


_BARS = [54, 57, 55, 58, 61, 52, None, 56, 57, 55, 59, 60, 51, 49, 55, 58, 56, 57, 62, 54, 52, 57, 58, 55, 56, 60, 53, 56]
_LINE = [31, 28, 34, 26, 29, 27, 25, 30, 24, 26, 22, 23, 25, 21, 24, 22, 20, 23, 19, 21, 22, 18, 20, 19, 21, 17, 19, 18]
_RAMP = [("s5", "s5"), ("s4", "s4"), ("s3", "s3"), ("s2", "s2"), ("s1", "s1"), ("s0", "s0")]
_SIZES = [
    ("xxl", 26, _("Số lớn 20.629")),
    ("lg", 16, _("Điện thoại")),
    ("md", 14, _("Nội dung chính")),
    ("tb", 13, _("Bảng, danh sách dày")),
    ("xs", 12, _("Nhãn nhỏ nhất, không viết hoa toàn bộ")),
]


def _deadlines(now: datetime) -> list[datetime]:
    return [now - timedelta(minutes=42), now + timedelta(minutes=18), now + timedelta(hours=30), now + timedelta(days=12)]


def _rows(now: datetime) -> list[dict[str, Any]]:
    return [
        {"title": _("Tăng 01 tổ tuần tra chung bãi nghêu"), "url": "#hang-doi", "code": "NV-26-QS86-1190-5", "force": "QS", "about": _("đề nghị"), "due": now + timedelta(minutes=18)},
        {"title": _("Thiếu kết quả tuần tra, bãi nghêu – cửa Ba Lai"), "url": "#hang-doi", "code": "TT-26-QS86-18371-7", "force": "BP", "due": now - timedelta(minutes=12), "urgent": _("Khẩn")},
    ]  # fmt: skip


def _events(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "at": now - timedelta(minutes=18),
            "icon": _EVENT_ICONS[0],
            "kind": "info",
            "force": "BP",
            "says": _("ghi diễn biến"),
            "text": _("Đã qua 3/4 điểm, không phát sinh."),
        },
        {"at": now - timedelta(hours=1), "icon": _EVENT_ICONS[1], "kind": "ok", "force": "MT", "says": _("nhận lời tham gia")},
        {
            "at": now - timedelta(hours=2),
            "icon": _EVENT_ICONS[2],
            "kind": "danger",
            "force": "CA",
            "says": _("từ chối, nêu lý do"),
            "text": _("Tổ đang trực lễ hội."),
        },
    ]


_EVENT_ICONS = ("message", "checks", "x")


def _steps() -> list[dict[str, Any]]:
    return [
        {"label": _("Soạn"), "about": "02/11", "state": "done"},
        {"label": _("Lấy ý kiến"), "about": _("6 góp ý"), "state": "done"},
        {"label": _("Ký liên tịch"), "about": _("3/5 đã ký, hạn 23/11"), "state": "now"},
        {"label": _("Hiệu lực"), "about": _("từ 01/12"), "state": "next"},
    ]


def _job() -> dict[str, Any]:
    steps = [
        {"state": "done", "label": _("Khóa số liệu kỳ"), "about": _("2 giây")},
        {"state": "done", "label": _("Đối chiếu trùng giữa lực lượng"), "about": _("gộp 34")},
        {"state": "now", "label": _("Cộng dồn theo xã"), "about": "86/124"},
        {"state": "next", "label": _("Dựng văn bản NĐ 30"), "about": ""},
    ]
    return {
        "title": _("Tổng hợp báo cáo tháng 10"),
        "done": 86,
        "total": 124,
        "unit": _("xã"),
        "left": _("còn khoảng 40 giây"),
        "steps": steps,
        "finished": True,
    }


class _Sample(Form):
    day = DateField(label=_("Ngày"))
    end = TimeField(label=_("Giờ kết thúc"))
    note = TextField(label=_("Ghi chú"), required=False, help_text=_("Ghi sự việc, không ghi họ tên, số giấy tờ của người dân."))


def _refused_form() -> Form:
    """A form as it comes back: a day that does not exist, and a text for which a gate has a mended one."""
    form = _Sample({"day": "30/02/2026", "end": "20:30", "note": _("Gọi 0900 000 000 khi tới nơi")})
    form.is_valid()
    reason = _("Có vẻ là số điện thoại riêng. Chỉ ghi số trực đã đăng ký.")
    refuse(form, Verdict("private-number", reason, "note", offer=str(_("Gọi trực ban khi tới nơi"))))
    return form


def _outcomes() -> list[dict[str, Any]]:
    said = (_("Không phát sinh"), _("Nhắc nhở"), _("Xử lý vi phạm"), _("Có vụ việc"))
    return [{"value": n, "label": label, "icon": name, "here": n == 1} for n, (label, name) in enumerate(zip(said, _OUTCOME_ICONS, strict=True))]


_OUTCOME_ICONS = ("circle-check", "message-2", "gavel", "alert-triangle")


def _present() -> list[dict[str, Any]]:
    return [{"value": one.code, "label": faces.name_of(one), "force": one.code, "here": n < 2} for n, one in enumerate(list(faces.faces().values())[:4])]


def _map(request: HttpRequest) -> MapView | None:
    """The reader's own province, shaded by nothing but the order of its communes."""
    scope = scope_of(request)
    province = scope.province()
    if province is None:
        return None
    ramp = ("zero", "s1", "s2", "s3", "s4", "s5")
    communes = areas_below(province, scope.day)
    shades = {a.pk: Shade(ramp[n % 6], str(a), f"#c{a.code}", a.name if n % 6 == 0 else "") for n, a in enumerate(communes)}
    return province_map(province, scope.day, shades, title=_("Mẫu bản đồ"), shown=390, table="#the")


_LEGEND = [("s1", "1–2"), ("s2", "3–4"), ("s3", "5–6"), ("s4", "7–9"), ("s5", "10+"), ("zero", "0")]


def _table() -> list[dict[str, Any]]:
    """Communes with their figures; one has handed in nothing, which is not nothing done."""
    return [
        {"name": "Bảo Thạnh", "patrols": 71, "whole": 1000, "trend": [12, 14, 9, 15, 16, 18]},
        {"name": "Thạnh Trị", "patrols": None, "whole": None, "trend": []},
        {"name": "Tân Thủy", "patrols": 37, "whole": 946, "trend": [8, 9, 7, 6, 9, 8]},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": _("Diễn biến"), "url": "#the", "here": True, "n": 14},
        {"label": _("Nhiệm vụ"), "url": "#the", "n": 6},
        {"label": _("Lực lượng"), "url": "#the", "n": 5},
    ]
