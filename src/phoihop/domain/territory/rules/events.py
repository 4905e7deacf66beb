"""What can happen to an area, and what becomes of the references to one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays

events(
    "area",
    imported=_("nhập danh mục địa bàn"),
    corrected=_("đính chính danh mục địa bàn"),
    share_declared=_("công bố tỷ lệ chia địa bàn"),
    renamed=_("đổi tên, đổi loại địa bàn"),
    moved=_("chuyển địa bàn sang cấp trên khác"),
    merged=_("nhập địa bàn"),
    split=_("chia địa bàn"),
    grouped=_("lập, sửa nhóm xã"),
    bounded=_("nhập ranh giới"),
    drawn=_("vẽ sơ đồ địa bàn"),
)
stays(
    "AreaParent.area", "AreaParent.parent", "AreaClosure.ancestor", "AreaClosure.area", "AreaShape.area",
    why="an area of another day is another area, with parents, ancestors and an outline of its own",
)  # fmt: skip
stays("Succession.old", "Succession.new", why="the succession itself")
