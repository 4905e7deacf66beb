"""What may be done with a unit: each deed is an address, a form and an action."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.actions.keeping import publish_contact, record_means, set_letterhead
from phoihop.domain.forces.actions.relating import cover, relate
from phoihop.domain.forces.actions.succession import succeed
from phoihop.domain.forces.models import Unit
from phoihop.domain.forces.rules import judging, relating
from phoihop.domain.people.models import Post
from phoihop.kernel.verdict import Verdict, first_no

from . import forms


@dataclass(frozen=True, slots=True)
class Deed:
    """``path``: the last part of its address; ``judge``: who may, asked before it is offered."""

    path: str
    title: Any
    label: Any
    done: Any
    form: type[forms.Deed]
    action: Callable[..., Any]
    judge: Callable[[Post, Unit, Collection[int], date], Verdict]
    icon: str

    def may(self, post: Post, unit: Unit, commanded: Collection[int], on: date) -> Verdict:
        """Nothing is done with a unit that has ended."""
        return first_no(self.judge(post, unit, commanded, on), relating.exists(unit, on, "unit"))


def _of_structure(rule: Callable[[Any, date], Verdict]) -> Callable[[Post, Unit, Collection[int], date], Verdict]:
    """A rule that asks for the post and the day only: who shapes units shapes all of them."""
    return lambda post, _unit, _commanded, on: rule(post, on)


CONTACT = "dau-moi"
_ALL = (
    Deed(CONTACT, _("Công bố đầu mối trực"), _("Công bố"), _("Đã công bố đầu mối."), forms.ContactForm, publish_contact, judging.may_keep_contacts, icon="phone-plus"),
    Deed("phuong-tien", _("Ghi số phương tiện"), _("Ghi"), _("Đã ghi số phương tiện."), forms.MeansForm, record_means, judging.may_record_means, icon="truck"),
    Deed("the-thuc", _("Sửa thể thức văn bản"), _("Lưu"), _("Đã lưu thể thức văn bản."), forms.HeadForm, set_letterhead, judging.may_head, icon="file-text"),
    Deed("quan-he", _("Đặt quan hệ với đơn vị khác"), _("Đặt quan hệ"), _("Đã đặt quan hệ."), forms.RelationForm, relate, _of_structure(relating.may_relate), icon="arrows-join"),
    Deed("phu-trach", _("Đặt địa bàn phụ trách"), _("Lưu"), _("Đã đặt địa bàn phụ trách."), forms.CoverForm, cover, _of_structure(judging.may_make), icon="map-pin"),
    Deed("sap-xep", _("Sắp xếp lại: bàn giao cho đơn vị khác"), _("Bàn giao tất cả"), _("Đã bàn giao; đơn vị cũ kết thúc."), forms.SuccessionForm, succeed, _of_structure(judging.may_succeed), icon="arrow-merge"),
)  # fmt: skip
DEEDS = {deed.path: deed for deed in _ALL}
