"""What may be done with an agreement on its page: each act with its form, when it is offered, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.actions.approving import approve
from phoihop.domain.agreements.actions.opinions import answer_opinion, opine
from phoihop.domain.agreements.actions.sending import circulate, close_appraisal, open_signing, remind
from phoihop.domain.agreements.actions.signing import acknowledge_paper, confirm, decline, sign_in_file
from phoihop.domain.agreements.models import Agreement, Clause, Norm, Stage, TakenUp, Version
from phoihop.domain.agreements.queries.agreement import PartyLine, clause_choices
from phoihop.domain.agreements.queries.heads import head_laid
from phoihop.domain.agreements.queries.norms import holding
from phoihop.domain.agreements.queries.versions import names_of
from phoihop.domain.agreements.rules.approving import DecisionDraft
from phoihop.domain.agreements.rules.drafting import OPINIONS_ONLY
from phoihop.domain.agreements.rules.opinions import WishDraft
from phoihop.domain.agreements.rules.parties import PartyState
from phoihop.domain.agreements.rules.sending import asked_for_opinion
from phoihop.domain.agreements.rules.signing import PaperDraft, ReservationDraft
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.kernel.period import local_day

from ..forms import DateField, Form, TextField
from ..people.fields import SecretField
from ..uploads import file_field, scan_field, upload_of, uploads_of

NO_NAMES = _("Không ghi họ tên, giấy tờ, số điện thoại của người dân.")
WISHES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Case:
    """An agreement before an act: the version that is worked upon, the reader's own line among the parties, the moment."""

    a: Agreement
    version: Version
    lines: list[PartyLine]
    mine: PartyLine | None
    post: Post
    now: datetime

    @property
    def leads(self) -> bool:
        return self.a.matter.lead_id == self.post.unit_id

    @property
    def kind(self) -> str:
        """Of the text that the reader sees."""
        return head_laid(self.version).kind

    def clauses(self) -> list[tuple[str, str]]:
        choices = list(clause_choices(self.version))
        names = names_of(choices)
        return [("", str(_("cả văn bản"))), *((str(c.pk), named(c, names[c.pk])) for c in choices)]

    def clause(self, key: str) -> Clause | None:
        return clause_choices(self.version).filter(pk=key).first() if key else None


def named(c: Clause, name: str) -> str:
    return f"{name}. {c.heading.text}" if c.heading and c.heading.text else name


class ActForm(Form):
    """A form that knows its case. ``folded``: fields that few need."""

    folded: tuple[str, ...] = ()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    @property
    def shown(self) -> list[Any]:
        """The fields that stand open; ``further``: those behind a fold."""
        return [bound for bound in self if bound.name not in self.folded]

    @property
    def further(self) -> list[Any]:
        return [self[name] for name in self.folded]

    @property
    def more_typed(self) -> bool:
        return any(bound.value() or bound.errors for bound in self.further)


class Sending(ActForm):
    """Begins with as many days as hold where the agreement is kept."""

    norm = Norm.OPINION_DAYS
    workdays = forms.IntegerField(label=_("Thời hạn, ngày làm việc"), help_text=_("Không tính thứ bảy, chủ nhật, ngày lễ."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workdays"].initial = holding(self.case.a.matter.area_id, local_day(self.case.now)).number(self.norm)


class ForSigning(Sending):
    norm = Norm.SIGN_DAYS


class Opining(ActForm):
    """Agreeing leaves every wish empty. One wish stands open, the others behind a fold."""

    folded = tuple(f"wishes.{n}.{name}" for n in range(1, WISHES_SHOWN) for name in ("clause", "text"))

    agrees = forms.BooleanField(label=_("Nhất trí toàn văn"), required=False, help_text=_("Đánh dấu ô này nếu không có góp ý nào; khi đó bỏ trống phần dưới."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(WISHES_SHOWN):
            self.fields[f"wishes.{n}.clause"] = forms.ChoiceField(label=_("Điều, khoản"), choices=self.case.clauses(), required=False)
            self.fields[f"wishes.{n}.text"] = TextField(label=_("Góp ý"), required=False, help_text=NO_NAMES if n == 0 else "")

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        wished = any(got.get(f"wishes.{n}.text") for n in range(WISHES_SHOWN))
        if wished == bool(got.get("agrees")):
            raise forms.ValidationError(_("Đánh dấu “Nhất trí toàn văn”, hoặc ghi góp ý: một trong hai."), code="agrees-or-wishes")
        return got

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        rows = [(got[f"wishes.{n}.clause"], got[f"wishes.{n}.text"]) for n in range(WISHES_SHOWN)]
        return {"wishes": [WishDraft(text, self.case.clause(clause)) for clause, text in rows if text]}


class Exact(ActForm):
    """Names the exact text that its reader has before the eyes."""

    digest = forms.CharField(widget=forms.HiddenInput)


class Signing(Exact):
    """A reservation stays beside its clause."""

    stands_for = {"reservations": "reservation"}
    reserved = forms.ChoiceField(label=_("Bảo lưu ở"), required=False)
    reservation = TextField(label=_("Nội dung bảo lưu"), required=False, help_text=_("Để trống nếu không bảo lưu. Bảo lưu đứng cạnh điều, khoản."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared("reserved").choices = self.case.clauses()

    def arguments(self) -> dict[str, Any]:
        got = dict(self.cleaned_data)
        clause, text = got.pop("reserved", ""), got.pop("reservation", "")
        return got | ({"reservations": [ReservationDraft(text, self.case.clause(clause))]} if text else {})


class Confirming(Signing):
    pin = SecretField(label=_("Mã PIN của khóa"), autocomplete="off", strip=True)
    field_order = ("digest", "pin", "reserved", "reservation")


class OnPaper(Signing):
    stands_for = Signing.stands_for | {"scans": "scan"}
    number = forms.CharField(label=_("Số, ký hiệu bản giấy"), required=False, max_length=60)
    signed_on = DateField(label=_("Ngày ký"))
    signers = forms.CharField(label=_("Người ký, theo chức vụ"), max_length=300, help_text=_("Ví dụ: Trưởng Công an xã; Chỉ huy trưởng Ban CHQS xã."))
    scan = scan_field(_("Bản quét"))
    field_order = ("digest", "number", "signed_on", "signers", "scan", "reserved", "reservation")

    def arguments(self) -> dict[str, Any]:
        got = super().arguments()
        scans = uploads_of(got.pop("scan", None))
        paper = PaperDraft(got.pop("signed_on"), got.pop("number"), got.pop("signers"))
        return got | {"paper": paper, "scans": scans}


class InFile(Signing):
    upload = file_field(
        _("Tệp PDF đã ký số"),
        help_text=_("Ký số lên tệp PDF tải từ trang này: giá trị băm của nguyên văn in ở chân trang."),
        widget=forms.FileInput({"accept": ".pdf"}),
    )
    field_order = ("digest", "upload", "reserved", "reservation")

    def arguments(self) -> dict[str, Any]:
        got = super().arguments()
        return got | {"upload": upload_of(got["upload"])}


class Approving(Exact):
    stands_for = {"scans": "scan"}
    number = forms.CharField(label=_("Số, ký hiệu quyết định phê duyệt"), max_length=60)
    decided_on = DateField(label=_("Ngày quyết định"))
    scan = scan_field(_("Bản quét quyết định"))

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {"digest": got["digest"], "decision": DecisionDraft(got["number"], got["decided_on"]), "scans": uploads_of(got["scan"])}


class Declining(Exact):
    reason = TextField(label=_("Lý do"), help_text=_("Một dòng là đủ. Khi có bản mới, đơn vị của bạn được hỏi lại."))


class Answering(ActForm):
    taken = forms.ChoiceField(label=_("Tiếp thu"), choices=[("", _("chưa chọn")), *(c for c in TakenUp.choices if c[0] != TakenUp.WAITING)])
    answer = TextField(
        label=_("Giải trình"), required=False, help_text=_("Cần khi không tiếp thu, chỉ tiếp thu một phần, hoặc tiếp thu mà nguyên văn không cần sửa.")
    )


class Reminding(ActForm):
    pass


class Closing(ActForm):
    """Nothing to fill in: what was taken up stands beside each wish."""


@dataclass(frozen=True, slots=True)
class Act:
    """``open_to``: when it is offered; ``first``: it is what the unit owes, so its form stands open."""

    form: type[ActForm]
    title: Any
    button: Any
    said: Any
    run: Callable[..., Any]
    permission: str
    open_to: Callable[[Case], bool]
    style: str = ""
    first: bool = False

    @property
    def of_text(self) -> bool:
        """Whether it is said of the text itself, which is then read before."""
        return issubclass(self.form, Exact | Opining)


def _owes_opinion(c: Case) -> bool:
    return c.a.stage == Stage.OPINIONS and c.mine is not None and asked_for_opinion(c.mine.party) and not c.mine.opinions


def _may_wish_more(c: Case) -> bool:
    return c.a.stage == Stage.OPINIONS and c.mine is not None and asked_for_opinion(c.mine.party) and bool(c.mine.opinions)


def owes_signature(c: Case) -> bool:
    return c.a.stage == Stage.SIGNING and c.mine is not None and c.mine.state in (PartyState.SIGNING, PartyState.SIGNING_LATE)


def _owes_approval(c: Case) -> bool:
    return c.mine is not None and c.mine.state == PartyState.APPROVING


def _has_text(c: Case) -> bool:
    return owes_signature(c) and c.version.clauses.exists()


ACTS: dict[str, Act] = {
    "gop-y": Act(Opining, _("Góp ý dự thảo"), _("Gửi ý kiến"), _("Đã gửi ý kiến."), opine, "agreement.opine", _owes_opinion, "primary", True),
    "gop-y-them": Act(Opining, _("Góp ý thêm"), _("Gửi góp ý"), _("Đã gửi góp ý."), opine, "agreement.opine", _may_wish_more),
    "xac-nhan": Act(
        Confirming, _("Xác nhận bằng khóa của tôi"), _("Xác nhận"), _("Đã xác nhận."), confirm, "agreement.sign", _has_text, "primary", True
    ),
    "ban-giay": Act(
        OnPaper, _("Ghi nhận bản giấy đã ký"), _("Ghi nhận"), _("Đã ghi nhận bản giấy."), acknowledge_paper, "agreement.paper", owes_signature
    ),
    "tep-da-ky": Act(InFile, _("Nộp tệp PDF đã ký số"), _("Nộp tệp"), _("Đã nhận tệp đã ký."), sign_in_file, "agreement.paper", _has_text),
    "khong-ky": Act(Declining, _("Không ký…"), _("Không ký"), _("Đã trả lời không ký."), decline, "agreement.sign", owes_signature, "danger"),
    "phe-duyet": Act(
        Approving, _("Ghi quyết định phê duyệt"), _("Phê duyệt"), _("Đã ghi quyết định phê duyệt."), approve, "agreement.paper", _owes_approval, "primary", True
    ),
    "khong-phe-duyet": Act(
        Declining, _("Không phê duyệt…"), _("Không phê duyệt"), _("Đã trả lời không phê duyệt."), decline, "agreement.sign", _owes_approval, "danger"
    ),
    "lay-y-kien": Act(
        Sending, _("Gửi lấy ý kiến các bên"), _("Gửi lấy ý kiến"), _("Đã gửi lấy ý kiến."), circulate, "agreement.draft",
        lambda c: c.leads and c.a.stage == Stage.DRAFT and c.version.clauses.exists() and len(c.lines) > 1, "primary", True,
    ),
    "trinh-ky": Act(
        ForSigning, _("Trình ký liên tịch"), _("Trình ký"), _("Đã trình ký."), open_signing, "agreement.draft",
        lambda c: c.leads and c.a.stage in (Stage.DRAFT, Stage.OPINIONS) and c.kind not in OPINIONS_ONLY,
    ),
    "ket-thuc": Act(
        Closing, _("Kết thúc góp ý chung"), _("Kết thúc"), _("Đã kết thúc góp ý chung."), close_appraisal, "agreement.draft",
        lambda c: c.leads and c.a.stage == Stage.OPINIONS and c.a.kind in OPINIONS_ONLY,
    ),
}  # fmt: skip

ANSWER = Act(Answering, _("Trả lời góp ý"), _("Trả lời"), _("Đã trả lời góp ý."), answer_opinion, "agreement.draft", lambda c: c.leads)
REMIND = Act(Reminding, _("Nhắc"), _("Nhắc"), _("Đã nhắc."), remind, "agreement.draft", lambda c: c.leads)


@dataclass(frozen=True, slots=True)
class Offered:
    name: str
    act: Act
    form: ActForm


def offered(case: Case, refused: tuple[str, ActForm] | None = None) -> Iterator[Offered]:
    """The acts that are open to the reader, each with its form: the refused one as it was sent."""
    for name, act in ACTS.items():
        if refused and refused[0] == name:
            yield Offered(name, act, refused[1])
        elif may(case.post, act.permission) and act.open_to(case):
            yield Offered(name, act, act.form(case=case, auto_id=f"{name}-%s", initial={"digest": case.version.digest}))
