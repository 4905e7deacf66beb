"""Whether a draft holds together, and whose it is to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.models import MatterKind, PartRole, Purpose
from ...matters.rules import LONGEST, fits_unit, has_text, leads
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, AgreementKind, NumberStyle, SituationKind, Stage
from .clauses import fits_clauses
from .drafts import AgreementDraft, PartyDraft

MOST_PARTIES = 200
MOST_REVIEW_MONTHS = 60
JOINT = frozenset({AgreementKind.REGULATION, AgreementKind.JOINT_PROGRAMME})
"""Kinds that bind several bodies by their nature; a party's resolution or a directive may have one signatory."""
SITUATIONS = frozenset({AgreementKind.EVENT, AgreementKind.CONTINGENCY})
"""Plans whose text is kept only for the kinds of situation of ground rule 3."""
OPINIONS_ONLY = frozenset({AgreementKind.APPRAISAL})
"""Another sector's project or plan: sent for opinions, each answered; nobody here signs it."""
PLANS = SITUATIONS | {AgreementKind.ANNUAL, AgreementKind.THEMATIC}
"""Each says who determined, and when, that it is on no list of state secrets, before anybody is sent its text."""

MATTER_KINDS: dict[str, MatterKind] = {
    AgreementKind.REGULATION: MatterKind.AGREEMENT,
    AgreementKind.RESOLUTION: MatterKind.AGREEMENT,
    AgreementKind.DIRECTIVE: MatterKind.AGREEMENT,
    AgreementKind.JOINT_PROGRAMME: MatterKind.PLAN,
    AgreementKind.ANNUAL: MatterKind.PLAN,
    AgreementKind.THEMATIC: MatterKind.PLAN,
    AgreementKind.EVENT: MatterKind.PLAN,
    AgreementKind.SCHEME: MatterKind.PLAN,
    AgreementKind.ACTION: MatterKind.PLAN,
    AgreementKind.APPRAISAL: MatterKind.PLAN,
    AgreementKind.CONTINGENCY: MatterKind.CONTINGENCY,
}
"""Under which two letters a text gets its spoken code."""


def may_draft(post: Post, on: date) -> Verdict:
    return allowed(post, "agreement.draft", on)


def fits_draft(d: AgreementDraft, lead: Unit, day: date) -> Verdict:
    """Whether a draft can be kept: its kind, where and when it holds, who is bound, what each clause says."""
    return first_no(
        no_unless(d.kind in AgreementKind.values, "no-such-kind", _("Loại văn bản không có trong danh mục."), "kind"),
        no_unless(d.style in NumberStyle.values, "no-such-style", _("Kiểu số, ký hiệu không có trong danh mục."), "style"),
        has_text(d.title, "title"),
        no_unless(len(d.title) <= LONGEST[Purpose.TITLE], "title-too-long", _("Trích yếu dài nhất 300 chữ cái."), "title"),
        fits_areas(d, day),
        fits_parties(d, lead, day),
        fits_validity(d),
        fits_plan(d),
        fits_clauses(d.clauses),
    )


def fits_areas(d: AgreementDraft, day: date) -> Verdict:
    keys = [a.pk for a in d.areas]
    again = next((n for n, key in enumerate(keys) if key in keys[:n]), None)
    return first_no(
        no_unless(keys, "area-missing", _("Chọn ít nhất một địa bàn mà văn bản có hiệu lực."), "areas"),
        no_unless(again is None, "area-twice", _("Một địa bàn chỉ ghi một lần."), f"areas.{again}"),
        *(
            no_unless(
                a.valid_from <= day and (a.valid_until is None or day < a.valid_until),
                "area-not-then",
                _("%(area)s không còn là địa bàn hành chính hôm nay. Hãy chọn địa bàn kế thừa.") % {"area": a},
                f"areas.{n}",
                of_day=day,
            )
            for n, a in enumerate(d.areas)
        ),
    )


def fits_parties(d: AgreementDraft, lead: Unit, day: date) -> Verdict:
    """Each unit once; one lead, which is the unit that drafts; and as many signatories as the kind of text needs.

    What stands there a second time is refused where it does.
    """
    units = [p.unit.pk for p in d.parties]
    again = next((n for n, unit in enumerate(units) if unit in units[:n]), None)
    leading = [n for n, p in enumerate(d.parties) if p.role == PartRole.LEAD]
    approving = [n for n, p in enumerate(d.parties) if p.approves]
    could = next((f"parties.{n}.signs" for n, p in enumerate(d.parties) if not p.signs and p.role not in (PartRole.LEAD, PartRole.INFORM)), "parties")
    least = 2 if d.kind in JOINT else 0 if d.kind in OPINIONS_ONLY else 1
    return first_no(
        no_unless(d.parties, "parties-missing", _("Chưa có bên nào. Hãy ghi các đơn vị ký văn bản."), "parties"),
        no_unless(len(d.parties) <= MOST_PARTIES, "too-many-parties", _("Một văn bản có nhiều nhất 200 bên."), "parties"),
        no_unless(again is None, "party-twice", _("Một đơn vị chỉ ghi một lần."), f"parties.{again}.unit"),
        no_unless(leading, "no-lead", _("Văn bản cần một đơn vị chủ trì. Hãy chọn vai chủ trì cho một bên."), "parties"),
        no_unless(
            len(leading) == 1,
            "two-leads",
            _("Văn bản chỉ có một đơn vị chủ trì; bên kia ghi là đồng chủ trì."),
            f"parties.{leading[-1] if leading else 0}.role",
        ),
        no_unless(
            [units[n] for n in leading] == [lead.pk], "lead-drafts", _("Đơn vị soạn thảo là đơn vị chủ trì. Hãy ghi đơn vị của bạn là chủ trì."), "parties"
        ),
        no_unless(len(approving) <= 1, "two-approvers", _("Văn bản chỉ có một cơ quan phê duyệt."), f"parties.{approving[-1] if approving else 0}.role"),
        *(_fits_party(p, n, d.kind, day) for n, p in enumerate(d.parties)),
        no_unless(
            sum(p.signs for p in d.parties) >= least,
            "too-few-sign",
            _("Quy chế, chương trình liên tịch cần ít nhất hai bên ký.") if least > 1 else _("Văn bản cần ít nhất một bên ký."),
            could,
        ),
    )


def _fits_party(p: PartyDraft, n: int, kind: str, day: date) -> Verdict:
    signed = kind not in OPINIONS_ONLY
    return first_no(
        no_unless(p.role in PartRole.values, "no-such-role", _("Vai tham gia không có trong danh mục."), f"parties.{n}.role"),
        no_unless(signed or not p.approves, "appraisal-approved", _("Góp ý chung thì không ai phê duyệt."), f"parties.{n}.role"),
        no_unless(
            not p.approves or (p.role == PartRole.INFORM and not p.signs),
            "approver-signs",
            _("Cơ quan phê duyệt ra quyết định của mình, không ký cùng các bên: ghi vai theo dõi, không ký."),
            f"parties.{n}.role",
        ),
        no_unless(signed or not p.signs, "appraisal-signed", _("Góp ý chung thì các bên chỉ góp ý, không ký."), f"parties.{n}.signs"),
        no_unless(not p.signs or p.role != PartRole.INFORM, "follower-signs", _("Đơn vị chỉ theo dõi thì không ký."), f"parties.{n}.signs"),
        no_unless(p.signs or not signed or p.role != PartRole.LEAD, "lead-signs", _("Đơn vị chủ trì phải ký."), f"parties.{n}.signs"),
        fits_unit(p.unit, day, f"parties.{n}.unit"),
    )


def fits_validity(d: AgreementDraft) -> Verdict:
    return first_no(
        no_unless(
            d.valid_from is None or d.valid_until is None or d.valid_until > d.valid_from,
            "ends-before-start",
            _("Ngày hết hiệu lực phải sau ngày có hiệu lực."),
            "valid_until",
        ),
        no_unless(
            d.review_months is None or 1 <= d.review_months <= MOST_REVIEW_MONTHS,
            "review-months",
            _("Chu kỳ rà soát từ 1 đến 60 tháng."),
            "review_months",
        ),
    )


def fits_plan(d: AgreementDraft) -> Verdict:
    """Of a plan for an event or a situation the text is kept only for the closed list, and after somebody determined that it is no secret."""
    if d.situation and d.situation not in SituationKind.values:
        return Verdict("no-such-situation", _("Loại tình huống không có trong danh mục."), "situation")
    if len(d.cleared_by) > 120:
        return Verdict("text-too-long", _("Tên cơ quan dài nhất 120 chữ cái."), "cleared_by")
    if d.kind not in SITUATIONS or not d.clauses:
        return YES
    return first_no(
        no_unless(
            d.situation,
            "situation-not-kept",
            _("Nguyên văn chỉ giữ cho phương án về cháy nổ, cứu nạn, thiên tai, dịch bệnh, môi trường, vật liệu nổ, hệ thống thông tin, an toàn sự kiện; "
              "phương án khác chỉ ghi tên, số, ngày, các bên."),
            "situation",
        ),
        is_cleared(d.cleared_by, d.cleared_on),
    )  # fmt: skip


def is_cleared(cleared_by: str, cleared_on: date | None) -> Verdict:
    return first_no(
        no_unless(
            cleared_by.strip(),
            "not-cleared",
            _("Ghi cơ quan đã xác định kế hoạch này không thuộc danh mục bí mật nhà nước, ở phần đầu của nguyên văn."),
            "cleared_by",
        ),
        no_unless(
            cleared_on, "not-cleared", _("Ghi ngày xác định kế hoạch này không thuộc danh mục bí mật nhà nước, ở phần đầu của nguyên văn."), "cleared_on"
        ),
    )


def may_change(post: Post, agreement: Agreement, on: date) -> Verdict:
    """The lead changes its text as long as it has not ended; the others give opinions or propose."""
    return first_no(
        allowed(post, "agreement.draft", on),
        leads(post, agreement.matter),
        no_unless(agreement.stage != Stage.ENDED, "ended", _("Văn bản này đã thôi thực hiện. Hãy lập văn bản mới.")),
    )


def stays_itself(agreement: Agreement, areas: Sequence[int], d: AgreementDraft) -> Verdict:
    """A changed text is still the same text: under its code, and, once agreed, in its areas and without a gap in its validity."""
    agreed = agreement.agreed_on is not None
    return first_no(
        no_unless(MATTER_KINDS[d.kind] == agreement.matter.kind, "kind-fixed", _("Loại văn bản này mang mã khác. Hãy lập văn bản mới."), "kind"),
        no_unless(
            not agreed or d.kind == agreement.kind, "kind-agreed", _("Văn bản đã được các bên ký thì không đổi loại. Hãy lập văn bản mới thay thế."), "kind"
        ),
        no_unless(
            not agreed or {a.pk for a in d.areas} == set(areas),
            "areas-fixed",
            _("Văn bản đã được các bên ký thì không đổi địa bàn. Hãy lập văn bản mới thay thế."),
            "areas",
        ),
        no_unless(
            not agreed or agreement.valid_until is None or d.valid_from is None or d.valid_from <= agreement.valid_until,
            "gap",
            _("Bản mới có hiệu lực sau khi bản trước đã hết. Hãy lập văn bản mới."),
            "valid_from",
        ),
    )


def keeps_who_signed(left_out: Sequence[Unit]) -> Verdict:
    """``left_out``: who signed the text that is agreed and is not to sign the next. Nobody takes back for others what they have signed: whoever wants to
    go out of it signs, with all the others, a version that says so by its last day, and the rest make a new text."""
    return no_unless(
        not left_out,
        "leaves-out-signatory",
        _(
            "%(units)s đã ký bản đang có hiệu lực nên phải là bên ký của bản mới. Muốn có bên thôi tham gia, các bên ký bản ghi ngày hết hiệu lực rồi lập văn bản mới."
        )
        % {"units": ", ".join(u.short for u in left_out[:5])},
        "parties",
    )


def unchanged(seen: str, now: str) -> Verdict:
    """``seen``, ``now``: digests of the text that the writer had before the eyes, and of the text as it is."""
    return no_unless(seen == now, "changed-meanwhile", _("Có người vừa sửa văn bản này. Nội dung bạn nhập được giữ lại; hãy xem bản mới rồi sửa tiếp."))


__all__ = [
    "JOINT", "MATTER_KINDS", "OPINIONS_ONLY", "PLANS", "SITUATIONS", "fits_draft", "fits_parties", "fits_plan", "fits_validity", "is_cleared",
    "keeps_who_signed", "may_change", "may_draft", "stays_itself", "unchanged",
]  # fmt: skip
