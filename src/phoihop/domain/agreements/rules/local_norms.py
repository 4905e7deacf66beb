"""Who may lay down a value for a place, on what basis, for how long; and who withdraws it."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import FOREVER
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import Unit, UnitKind
from ...matters.rules import has_text
from ...people.models import Post
from ...people.rules import allowed
from ...territory.models import Area, Level
from ..models import LocalNorm, Norm
from .basis import BasisDraft
from .norms import SHIPPED, fits_value, lasts, words

COMMITTEE = "UB"
"""The force of the people's committees, which issue regulations and set cadences at their level (NĐ 168/2018, Art. 17)."""
FURTHEST = timedelta(days=1100)
_SEATS = (UnitKind.PROVINCE_HQ, UnitKind.COMMUNE_HQ)


def stands_for(unit: Unit, area: Area) -> bool:
    """Whether a unit is one of the authorities of a province or a commune, at its own level and in its own area."""
    return unit.area_id == area.pk and unit.kind in _SEATS and area.level in (Level.PROVINCE, Level.COMMUNE)


def may_set(post: Post, norm: str, area: Area, on: date) -> Verdict:
    """An authority of the area itself, at a level at which this norm may differ."""
    if norm not in Norm.values:
        return Verdict("no-such-norm", _("Chu kỳ, thời hạn, tiêu chí này không có trong danh mục."), "norm")
    return first_no(
        allowed(post, "norm.set", on),
        no_unless(stands_for(post.unit, area), "not-your-area", _("Chỉ cơ quan cấp tỉnh, cấp xã của chính địa bàn này đặt được."), "area"),
        no_unless(
            area.level in SHIPPED[norm].levels, "not-at-this-level", _("Mức này chỉ đặt cho cả tỉnh, không đặt riêng cho từng xã."), "area"
        ),
    )  # fmt: skip


def fits_days(first: date, until: date | None, on: date) -> Verdict:
    return first_no(
        no_unless(until is None or until > first, "ends-before-start", _("Ngày hết áp dụng phải sau ngày bắt đầu."), "valid_until"),
        no_unless(until is None or until > on, "over-already", _("Ngày hết áp dụng đã qua. Để trống nếu chưa định ngày hết."), "valid_until"),
        no_unless(first <= on + FURTHEST, "starts-far", _("Ngày bắt đầu xa nhất ba năm. Hãy kiểm tra lại năm."), "valid_from"),
    )


def fits_basis(unit: Unit, basis: BasisDraft, signs: bool, here: bool) -> Verdict:
    """One instrument or one agreement. Who is not the committee stands on what it has signed itself: equals do not lay down what binds others.

    ``signs``: the unit is a party of the agreement that signs; ``here``: the agreement holds in the area.
    """
    earlier = basis.earlier
    committee = unit.force.code == COMMITTEE
    return first_no(
        no_unless(basis.instrument or earlier, "no-basis", _("Ghi căn cứ: một văn bản pháp lý, hoặc một văn bản trong sổ."), "basis"),
        no_unless(basis.instrument is None or earlier is None, "basis-of-one", _("Mỗi căn cứ là một văn bản pháp lý hoặc một văn bản trong sổ."), "basis"),
        no_unless(earlier is None or earlier.agreed_on is not None, "basis-not-agreed", _("Văn bản này chưa đủ chữ ký các bên nên chưa làm căn cứ được."), "basis"),
        no_unless(earlier is None or here, "basis-elsewhere", _("Văn bản này không có hiệu lực ở địa bàn ấy. Chọn căn cứ khác."), "basis"),
        no_unless(
            committee or (earlier is not None and signs),
            "basis-not-signed",
            _("Đơn vị của bạn chỉ đặt theo văn bản mà mình là bên ký. Nếu không có, đề nghị UBND cùng cấp đặt."),
            "basis",
        ),
    )  # fmt: skip


def fits_norm(unit: Unit, norm: str, value: str, why: str, there: LocalNorm | None, held: str) -> Verdict:
    """``there``: what the area has for this norm in that time already, of the unit itself or of another one; ``held``: the value that holds above the area."""
    return first_no(
        fits_value(norm, value),
        has_text(why, "why"),
        _alone(unit, there),
        _differs(norm, value, held),
    )


def _alone(unit: Unit, there: LocalNorm | None) -> Verdict:
    if there is None:
        return YES
    if there.unit_id != unit.pk:
        return of_another(there).at("valid_from")
    days = lasts(there)
    said = {"unit": there.unit, "value": words(there.norm, there.value), "day": f"{days.first:%d/%m/%Y}", "until": f"{days.until:%d/%m/%Y}"}
    if days.until < FOREVER:
        reason = _("%(unit)s đã đặt mức riêng: %(value)s, từ %(day)s đến trước %(until)s. Hai mức không cùng áp dụng: chọn ngày bắt đầu từ %(until)s.") % said
    else:
        reason = _("%(unit)s đã đặt mức riêng: %(value)s, từ %(day)s. Hai mức không cùng áp dụng: rút mức ấy trước, hoặc chọn ngày khác.") % said
    return Verdict("norm-twice", reason, "valid_from")


def of_another(there: LocalNorm) -> Verdict:
    """Nobody withdraws or overrides what another authority of the same place laid down: it is asked to."""
    days = lasts(there)
    said = {"unit": there.unit, "value": words(there.norm, there.value), "day": f"{days.first:%d/%m/%Y}", "until": f"{days.until:%d/%m/%Y}"}
    if days.until < FOREVER:
        reason = (
            _(
                "%(unit)s đã đặt mức này: %(value)s, từ %(day)s đến trước %(until)s. Chỉ %(unit)s đổi hoặc rút được; đơn vị của bạn đặt được cho thời gian từ %(until)s."
            )
            % said
        )
    else:
        reason = _("%(unit)s đã đặt mức này: %(value)s, từ %(day)s. Chỉ %(unit)s đổi hoặc rút được; hãy đề nghị đơn vị ấy.") % said
    return Verdict("norm-of-another", reason)


def _differs(norm: str, value: str, held: str) -> Verdict:
    if value != held:
        return YES
    reason = _("Mức chung ở đây đã là %(value)s. Nếu vẫn đặt riêng để giữ nguyên khi mức chung đổi thì xác nhận.") % {"value": words(norm, value)}
    return Verdict("same-as-above", reason, "value", asks=True, answer=norm)


def may_withdraw(post: Post, one: LocalNorm, on: date) -> Verdict:
    """Whoever set it takes it back; nobody edits another's."""
    return first_no(
        allowed(post, "norm.set", on),
        no_unless(post.unit_id == one.unit_id, "not-yours", _("Chỉ đơn vị đã đặt mới rút được. Hãy đề nghị %(unit)s rút.") % {"unit": one.unit}),
        no_unless(one.withdrawn_on is None, "withdrawn-already", _("Mức này đã rút rồi.")),
        no_unless(one.valid_until is None or one.valid_until > on, "over-already", _("Mức này đã hết áp dụng, không cần rút.")),
    )


__all__ = ["COMMITTEE", "fits_basis", "fits_days", "fits_norm", "may_set", "may_withdraw", "of_another", "stands_for"]
