"""The days on the time slider: what the law changed, what changed in the province itself, and the day one looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from phoihop.domain.territory.models import Area, Succession, SuccessionKind
from phoihop.domain.territory.rules import TWO_TIERS

from ..memory import known
from ..scope import DAY, changed

# Days from which another order of forces or areas holds; the basis of each is in its words.
LAWS: tuple[tuple[date, Any], ...] = (
    (date(2019, 9, 5), _("NĐ 03/2019: Công an và Quân đội phối hợp")),
    (date(2024, 7, 1), _("Luật 30/2023: Tổ bảo vệ an ninh, trật tự")),
    (date(2025, 3, 1), _("Không còn công an cấp huyện")),
    (TWO_TIERS, _("Hai cấp: bỏ huyện, nhập tỉnh, nhập xã")),
)


@dataclass(frozen=True, slots=True)
class Stop:
    day: date
    label: Any
    url: str
    here: bool


def stops(request: HttpRequest, province: Area | None, shown: date, today: date) -> list[Stop]:
    """Earliest first; the day looked at and today are always among them."""
    said: dict[date, Any] = {today: _("Hôm nay"), **{day: _("Đổi tên, đổi loại, sắp xếp đơn vị") for day in _changes(province)}, **dict(LAWS)}
    said.setdefault(shown, _("Đang xem"))
    return [Stop(day, said[day], changed(request, **{DAY: None if day == today else day.isoformat(), "moc": None}), day == shown) for day in sorted(said)]


def _changes(province: Area | None) -> Sequence[date]:
    """The days on which something changed within a province: not those on which everything went on as it was."""
    if province is None:
        return ()
    inside = Q(new__above__ancestor=province) | Q(old__above__ancestor=province)
    found = Succession.objects.filter(inside).exclude(kind=SuccessionKind.CARRY)
    return known(("area changes", province.pk), lambda: sorted(set(found.values_list("day", flat=True))))
