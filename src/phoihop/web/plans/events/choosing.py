"""Which plans are wanted: for which events, in which places, out of what; asked once for all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import Agreement, PublicEvent
from phoihop.domain.agreements.queries.calendar import events_known
from phoihop.domain.agreements.queries.planning_events import Wanted, templates
from phoihop.domain.forces.models import Force
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area, Level
from phoihop.domain.territory.queries import areas_below
from phoihop.kernel.period import local_day

from ... import faces
from ...forms import DateField, Form
from ...register.wording import title_of
from ...written import read_number

AGAIN, EMPTY = "nam-truoc", "khong"


class Choosing(Form):
    """``sk``: keys of events; ``xa``: codes of communes, none: the own area as a whole; ``mau``: out of which plan."""

    sk = forms.MultipleChoiceField(label=_("Sự kiện"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Chọn ít nhất một sự kiện.")})
    mau = forms.ChoiceField(label=_("Lập theo"), initial=AGAIN)
    ll = forms.MultipleChoiceField(
        label=_("Lực lượng cùng tham gia (khi không theo kế hoạch cũ)"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Ở xã, phường, Ban CHQS là quân sự. Nơi không có đơn vị của lực lượng đã chọn, bảng xem trước nói rõ."),
    )  # fmt: skip
    xa = forms.MultipleChoiceField(label=_("Mỗi xã một kế hoạch"), required=False, widget=forms.CheckboxSelectMultiple)
    cleared_by = forms.CharField(
        label=_("Cơ quan xác định không thuộc danh mục bí mật nhà nước"), max_length=120, error_messages={"required": _("Hãy ghi cơ quan đã xác định.")}
    )
    cleared_on = DateField(label=_("Ngày xác định"))

    def __init__(self, *args: Any, post: Post, events: list[PublicEvent], **kwargs: Any) -> None:
        self.post, self.today = post, local_day(timezone.now())
        self._events = {str(e.pk): e for e in events}
        self._plans: dict[str, Agreement] = {a.matter.code: a for a in templates(post, self.today)}
        below = areas_below(post.unit.area, self.today) if post.unit.area.level != Level.COMMUNE else []
        self._areas: dict[str, Area] = {a.code: a for a in below}
        super().__init__(*args, **{"initial": {"cleared_by": post.unit.name, "cleared_on": self.today, "sk": list(self._events)}} | kwargs)
        self.declared("sk").choices = [(key, e.name.text) for key, e in self._events.items()]
        former = [(code, title_of(a)) for code, a in self._plans.items()]
        self.declared("mau").choices = [(AGAIN, _("kế hoạch lần trước của từng sự kiện, nếu có")), (EMPTY, _("không theo kế hoạch nào")), *former]
        self.declared("ll").choices = [(f.code, faces.name_of(faces.face(f.code))) for f in Force.objects.order_by("order")]
        self.declared("xa").choices = [(code, str(a)) for code, a in self._areas.items()]

    def wanted(self) -> Wanted:
        got = self.cleaned_data
        return Wanted(
            events=[self._events[key] for key in got["sk"]],
            areas=[self._areas[code] for code in got["xa"]] or [self.post.unit.area],
            cleared_by=got["cleared_by"], cleared_on=got["cleared_on"], template=self._plans.get(got["mau"]), again=got["mau"] == AGAIN,
            forces=list(Force.objects.filter(code__in=got["ll"])),
        )  # fmt: skip


def events_asked(keys: list[str], today: date) -> list[PublicEvent]:
    """The events that an address or a form names, by day; what is no number names none."""
    return list(events_known(today).filter(pk__in=[key for key in map(read_number, keys) if key is not None]).order_by("first_on", "code"))
