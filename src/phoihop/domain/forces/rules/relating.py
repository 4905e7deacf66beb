"""What each relation between two units allows (NĐ 168/2018, Art. 12 and 13; TT 29/2020/TT-BQP, Art. 4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.permits import Acting, allowed
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ..models import Relation, RelationKind, Unit

_STRENGTH = (RelationKind.DIRECTS, RelationKind.GUIDES, RelationKind.COORDINATES, RelationKind.JOINT_ACTION)
_ASSIGNING = (RelationKind.DIRECTS, RelationKind.GUIDES)


def strongest(kinds: Iterable[str]) -> RelationKind | None:
    """The relation that counts when several hold."""
    there = set(kinds)
    return next((kind for kind in _STRENGTH if kind in there), None)


def is_mutual(kind: str) -> bool:
    """Coordination holds both ways, command does not."""
    return kind not in _ASSIGNING


def assigns(kind: str | None) -> bool:
    """Whether the first may assign a task to the second; otherwise it requests, and the second accepts or declines."""
    return kind in _ASSIGNING


def sees_matters(kind: str | None) -> bool:
    """Whether the first sees the matters of the second: along command only."""
    return kind == RelationKind.DIRECTS


def sees_figures(kind: str | None) -> bool:
    """Whether the first sees the figures of the second: along command and guidance."""
    return kind in _ASSIGNING


def has_contact(kind: str | None) -> bool:
    """Whether the two keep a point of contact. Everybody does; *phối hợp – hiệp đồng* carries nothing else."""
    return kind is None or kind in RelationKind.values


def may_relate(by: Acting, on: date) -> Verdict:
    return allowed(by, "unit.manage", on)


def fits_relation(upper: Unit, lower: Unit, kind: str, day: date, there: Iterable[Relation], under: Iterable[int]) -> Verdict:
    """``there``: relations of the two that hold on the day; ``under``: ids of the units that ``lower`` directs."""
    return first_no(
        no_unless(kind in RelationKind.values, "no-such-relation", _("Chọn một trong: chỉ đạo, hướng dẫn, phối hợp, hiệp đồng."), "kind"),
        no_unless(upper.pk != lower.pk, "same-unit", _("Một đơn vị không có quan hệ với chính mình."), "lower"),
        exists(upper, day, "upper"),
        exists(lower, day, "lower"),
        no_unless(all(r.kind != kind for r in there), "relation-there", _("Hai đơn vị đã có quan hệ này."), "kind"),
        no_unless(
            kind != RelationKind.DIRECTS or upper.pk not in set(under), "circle", _("Đơn vị dưới đang chỉ đạo đơn vị trên: quan hệ sẽ thành vòng."), "lower"
        ),
    )


def fits_end(relation: Relation, day: date) -> Verdict:
    return first_no(
        no_unless(relation.valid_until is None, "relation-ended", _("Quan hệ này đã kết thúc."), "relation"),
        no_unless(day > relation.valid_from, "before-start", _("Ngày kết thúc phải sau ngày bắt đầu."), "day"),
    )


def exists(unit: Unit, day: date, field: str) -> Verdict:
    there = unit.valid_from <= day and (unit.valid_until is None or day < unit.valid_until)
    return no_unless(there, "unit-not-then", _("%(unit)s không hoạt động vào ngày đó.") % {"unit": unit}, field, of_day=day)
