"""What may be done with forces, units, contacts, means and letterheads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.permits import Acting, allowed
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...territory.models import Area, Level
from ..models import Contact, MeansKind, Unit, UnitKind
from .relating import exists

_MOST_MEANS = 10_000
_TEXTS = {"superior": 120, "issuer": 120, "symbol": 30, "place": 60, "signer": 120, "reports_to": 200, "archive": 60}


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit to be founded. ``mark`` stands in its key in place of the area's code where the area has two of a sort."""

    force: str
    kind: str
    area: Area
    name: str
    short: str = ""
    mark: str = ""
    under: Unit | None = None
    covers: Sequence[Area] = ()


@dataclass(frozen=True, slots=True)
class HeadDraft:
    """How a body is to head its documents; see the model Letterhead."""

    issuer: str
    symbol: str
    place: str
    signer: str
    superior: str = ""
    reports_to: str = ""
    archive: str = "VT"


def may_define(by: Acting, on: date) -> Verdict:
    return allowed(by, "line.manage", on)


def may_make(by: Acting, on: date) -> Verdict:
    return allowed(by, "unit.manage", on)


def may_succeed(by: Acting, on: date) -> Verdict:
    return allowed(by, "unit.succeed", on)


def may_keep_contacts(by: Acting, unit: Unit, commands: Collection[int], on: date) -> Verdict:
    """``commands``: ids of the units that the own unit directs. Who manages units keeps everybody's contacts."""
    return first_no(allowed(by, "contact.manage", on), _is_ours(by, unit, commands, on))


def may_test(by: Acting, on: date) -> Verdict:
    """Any duty post tries any published number: that is what it is published for."""
    return allowed(by, "contact.test", on)


def may_record_means(by: Acting, unit: Unit, commands: Collection[int], on: date) -> Verdict:
    return first_no(allowed(by, "means.record", on), _is_ours(by, unit, commands, on))


def may_head(by: Acting, unit: Unit, commands: Collection[int], on: date) -> Verdict:
    return first_no(allowed(by, "letterhead.manage", on), _is_ours(by, unit, commands, on))


def _is_ours(by: Acting, unit: Unit, commands: Collection[int], on: date) -> Verdict:
    if unit.pk == by.unit_id or unit.pk in commands or allowed(by, "unit.manage", on):
        return YES
    return Verdict("not-yours", _("Chỉ đơn vị đó, đơn vị chỉ đạo nó hoặc quản trị máy chủ ghi được việc này."), "unit")


def is_province(found: object, code: str) -> Verdict:
    return no_unless(found is not None, "no-such-area", _("Không có tỉnh, thành phố mang mã %s vào ngày đó.") % code, "code")


def is_sort(found: Collection[object], sign: str) -> Verdict:
    return no_unless(found, "no-such-unit", _("Không có loại đơn vị cấp tỉnh mang ký hiệu %s.") % sign, "sign")


def can_have_units(province: Area, day: date) -> Verdict:
    there = province.valid_from <= day and (province.valid_until is None or day < province.valid_until)
    return first_no(
        no_unless(province.level == Level.PROVINCE, "not-a-province", _("Các đơn vị được lập cho một tỉnh, thành phố."), "province"),
        no_unless(there, "area-not-then", _("%(area)s không tồn tại vào ngày đó.") % {"area": province}, "province", of_day=day),
    )


def forces_defined(wanted: Iterable[str], there: Collection[str]) -> Verdict:
    missing = sorted(set(wanted) - set(there))
    return no_unless(not missing, "no-such-force", _("Chưa đặt lực lượng: %s. Hãy đặt lực lượng trước khi lập đơn vị.") % ", ".join(missing))


def fits_unit(draft: UnitDraft, day: date, *, known: bool, taken: bool) -> Verdict:
    ends = draft.area.valid_until
    return first_no(
        no_unless(known, "no-such-force", _("Lực lượng không có trong danh mục."), "draft.force"),
        no_unless(draft.kind in UnitKind.values, "no-such-kind", _("Loại đơn vị không có trong danh mục."), "draft.kind"),
        no_unless(draft.name.strip() and len(draft.name) <= 120, "name-missing", _("Đơn vị cần có tên, dài nhất 120 ký tự."), "draft.name"),
        no_unless(len(draft.short) <= 60, "short-too-long", _("Tên gọn dài nhất 60 ký tự."), "draft.short"),
        no_unless(
            draft.area.valid_from <= day and (ends is None or day < ends), "area-not-then", _("Địa bàn không tồn tại vào ngày đó."), "draft.area", of_day=day
        ),
        no_unless(not taken, "unit-there", _("Đã có đơn vị này. Nếu là đơn vị thứ hai cùng loại ở địa bàn, hãy ghi thêm ký hiệu."), "draft.mark"),
        YES if draft.under is None else exists(draft.under, day, "draft.under"),
    )


def fits_succession(old: Unit, new: Unit, day: date, basis: str) -> Verdict:
    return first_no(
        no_unless(old.pk != new.pk, "same-unit", _("Đơn vị không kế thừa chính mình."), "new"),
        no_unless(old.valid_until is None, "unit-ended", _("%(unit)s đã kết thúc.") % {"unit": old}, "old"),
        no_unless(day > old.valid_from, "before-start", _("Ngày kế thừa phải sau ngày đơn vị cũ bắt đầu."), "day"),
        exists(new, day, "new"),
        no_unless(basis.strip() and len(basis) <= 120, "basis-missing", _("Ghi căn cứ (quyết định), dài nhất 120 ký tự."), "basis"),
    )


def fits_coverage(unit: Unit, areas: Sequence[Area], day: date) -> Verdict:
    there = [a.valid_from <= day and (a.valid_until is None or day < a.valid_until) for a in areas]
    return first_no(
        exists(unit, day, "unit"),
        no_unless(all(there), "area-not-then", _("Có địa bàn không tồn tại vào ngày đó."), "areas"),
        no_unless(len({a.pk for a in areas}) == len(areas), "area-twice", _("Một địa bàn chỉ ghi một lần."), "areas"),
    )


def fits_contact(unit: Unit, label: str, digits: str, there: Collection[str], day: date) -> Verdict:
    """``there``: digits that the unit has published already."""
    return first_no(
        exists(unit, day, "unit"),
        no_unless(label.strip() and len(label) <= 80, "label-missing", _("Ghi tên đầu mối, ví dụ “Trực chỉ huy”, dài nhất 80 ký tự."), "label"),
        no_unless(digits not in there, "contact-there", _("Đơn vị đã công bố số này."), "number"),
    )


def fits_contact_end(contact: Contact, day: date) -> Verdict:
    return first_no(
        no_unless(contact.valid_until is None, "contact-ended", _("Đầu mối này đã thôi dùng."), "contact"),
        no_unless(day > contact.valid_from, "before-start", _("Ngày thôi dùng phải sau ngày công bố."), "day"),
    )


def fits_test(contact: Contact, on: date) -> Verdict:
    ended = contact.valid_until is not None and on >= contact.valid_until
    return no_unless(not ended and on >= contact.valid_from, "contact-ended", _("Đầu mối này không dùng vào ngày đó."), "contact")


def fits_means(counts: Mapping[str, int]) -> Verdict:
    return first_no(
        no_unless(counts, "nothing-counted", _("Chưa ghi phương tiện nào."), "counts"),
        no_unless(set(counts) <= set(MeansKind.values), "no-such-means", _("Loại phương tiện không có trong danh mục."), "counts"),
        no_unless(all(0 <= n <= _MOST_MEANS for n in counts.values()), "count", _("Số lượng phải từ 0 đến 10.000."), "counts"),
    )


def fits_head(head: HeadDraft, unit: Unit, day: date) -> Verdict:
    return first_no(
        exists(unit, day, "unit"),
        *(
            no_unless(getattr(head, name).strip(), "head-incomplete", _("Cần đủ: cơ quan ban hành, ký hiệu, địa danh, chức danh người ký."), f"head.{name}")
            for name in ("issuer", "symbol", "place", "signer")
        ),
        *(no_unless(len(getattr(head, name)) <= most, "too-long", _("Dài quá mức mẫu văn bản cho phép."), f"head.{name}") for name, most in _TEXTS.items()),
    )
