"""Whose part is which in something to do: a duty of a clause, a step of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...matters.models import PartRole
from .drafts import DutyRoleDraft


def fits_roles(roles: Sequence[DutyRoleDraft], place: str) -> Verdict:
    """Parts of the closed list, each of one unit or of one force, at most one of them leading. ``place``: of the field with the parts."""
    return first_no(
        no_unless(_leading(roles) <= 1, "two-leads", _("Mỗi việc chỉ có một bên chủ trì; bên kia ghi là đồng chủ trì."), place),
        *(_fits_role(r, f"{place}.{n}") for n, r in enumerate(roles)),
    )


def fits_all_roles(roles: Sequence[DutyRoleDraft], place: str) -> Verdict:
    """What somebody lays down, and did not only read out of a file: somebody leads, and nobody is named twice."""
    who = [(r.unit.pk if r.unit else None, r.force.pk if r.force else None) for r in roles]
    return first_no(
        no_unless(_leading(roles), "no-lead", _("Việc này chưa có bên chủ trì. Hãy chọn một đơn vị hoặc một lực lượng."), place),
        fits_roles(roles, place),
        *(no_unless(one not in who[:n], "role-twice", _("Mỗi đơn vị, lực lượng chỉ có một vai trong một việc."), f"{place}.{n}") for n, one in enumerate(who)),
    )


def _leading(roles: Sequence[DutyRoleDraft]) -> int:
    return sum(r.role == PartRole.LEAD for r in roles)


def _fits_role(r: DutyRoleDraft, place: str) -> Verdict:
    return first_no(
        no_unless(r.role in PartRole.values, "no-such-role", _("Vai tham gia không có trong danh mục."), f"{place}.role"),
        no_unless((r.unit is None) != (r.force is None), "role-of-one", _("Chọn một đơn vị, hoặc một lực lượng cho mọi nơi."), place),
    )
