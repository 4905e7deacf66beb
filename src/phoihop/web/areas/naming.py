"""An area as an administrator writes it into a form: by name or code, for the day that the form is about. Of one that has ended, what it became is offered."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as now_

from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import area_at, clear, resolve_place, today_of
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.figures_text import reader

from ..forms import Unclear

_CODE = re.compile(r"^[0-9A-Z.]{2,16}$")


def area_named(text: str, day: date, within: Area | None = None) -> Area:
    """The area of that day which is meant; what an old name became is taken where it is one. Raises Unclear, with those that may be meant.

    ``within``: a name is looked for in there first, and one that is only found elsewhere is asked back: communes of two provinces bear one name.
    """
    said = text.strip()
    if _CODE.match(said):
        return _by_code(said, day)
    inside = resolve_place(said, day, within)
    if chosen := clear(inside):
        return chosen.area
    candidates = inside or (resolve_place(said, day) if within else [])
    offers = [(c.area.code, f"{c.area}, {c.where}" if c.where else str(c.area)) for c in candidates]
    if within and not inside and offers:
        raise Unclear(now_("Không có địa bàn này trong %(within)s. Ở nơi khác thì có: chọn nếu đúng là nơi ấy.") % {"within": within}, offers)
    raise Unclear(now_("Có nhiều địa bàn như vậy. Hãy chọn một.") if offers else now_("Không có địa bàn này vào ngày đó. Tra ở trang Địa bàn."), offers)


def _by_code(code: str, day: date) -> Area:
    if found := area_at(code, day):
        return found
    for old, heirs in today_of(code, day):
        if heirs and old.valid_until is not None and old.valid_until <= day:
            said = {"code": code, "area": old, "day": day_text(old.valid_until, reader()), "heirs": ", ".join(str(heir) for heir in heirs)}
            raise Unclear(now_("%(code)s là mã của %(area)s đến trước ngày %(day)s; sau đó là %(heirs)s.") % said, [(h.code, str(h)) for h in heirs])
    raise Unclear(now_("Không có địa bàn này vào ngày đó. Tra ở trang Địa bàn."))
