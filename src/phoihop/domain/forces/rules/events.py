"""What can happen to forces and units, and what becomes of the references to one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays

events("force", defined=_("đặt lực lượng, màu, tuyến báo cáo"))
events(
    "unit",
    made=_("lập các đơn vị của một tỉnh"),
    founded=_("lập đơn vị"),
    ground_laid=_("lập nền của một tỉnh: địa bàn, lực lượng, đơn vị, sơ đồ"),
    succeeded=_("đơn vị được kế thừa"),
    related=_("đặt quan hệ giữa hai đơn vị"),
    relation_ended=_("kết thúc quan hệ giữa hai đơn vị"),
    covering=_("đặt địa bàn phụ trách"),
    headed=_("đặt thể thức văn bản của đơn vị"),
    equipped=_("ghi số phương tiện"),
)
events("contact", published=_("công bố đầu mối trực"), ended=_("thôi dùng đầu mối trực"), tested=_("thử đầu mối trực"))
stays(
    "Unit.area", "UnitArea.area",
    why="a unit has the area of its founding and of its coverage; when the area ends, the units of the new area take over (actions.succession)",
)  # fmt: skip
stays("UnitClosure.ancestor", "UnitClosure.unit", why="projection of the relations, worked out anew")
stays("UnitSuccession.old", "UnitSuccession.new", why="the succession itself")
stays("Means.unit", "Letterhead.unit", why="counts and heads are as of a day; the heir records its own")
