"""/tuan-tra/danh-sach-ky/: the monthly list that a party signs on paper, printed, and entered again with its scan: two hundred at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.activities.actions.confirming import confirm_on_paper
from phoihop.domain.activities.models import Activity, Claim, PaperList
from phoihop.domain.activities.queries.own import led_by
from phoihop.domain.activities.queries.paper import people_on, silent_parties, unsigned
from phoihop.domain.activities.rules import Word
from phoihop.domain.activities.rules.batches import AT_ONCE
from phoihop.domain.forces.models import Unit
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused
from phoihop.papers.cells import Column, Figure, Row, Table
from phoihop.papers.document import Document, Paragraph

from ..base import Acting, acting, attempt, page
from ..forms import DateField, Form
from ..patrols.seeing import now_and_today
from ..patrols.ticked import chosen
from ..rows import row_of
from ..scope import changed
from ..terms import Term
from ..toasts import toast
from ..uploads import upload_of
from ..written import read_number
from .facts import span, way_of
from .heads import from_journal, in_vietnamese, paper
from .printing import printed

PARTY, LIST = "ben", "/tuan-tra/danh-sach-ky/"


class Line(NamedTuple):
    """A patrol on the list. ``said``: its key and the digest of what the paper states, as the form brings them back."""

    activity: Activity
    said: str
    when: str
    where: str
    lead_people: int | None
    party_people: int | None
    held: bool


class Entering(Form):
    """``words``: which patrols of the list were signed."""

    refused_at = ""

    number = forms.CharField(label=_("Số, ký hiệu của bản giấy"), max_length=60)
    signed_on = DateField(label=_("Ngày ký"))
    scan = forms.FileField(
        label=_("Bản quét"),
        help_text=_("PDF hoặc ảnh chụp bản đã ký, đến 20 MB."),
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={"required": _("Chọn tệp quét của bản đã ký."), "empty": _("Tệp này rỗng. Chọn lại tệp."), "missing": _("Chọn tệp quét của bản đã ký.")},
        max_length=200,
    )
    words = forms.MultipleChoiceField(
        label=_("Các cuộc đã ký"), error_messages={"required": _("Chọn ít nhất một cuộc đã ký.")}, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        sent = self.data.getlist("words") if hasattr(self.data, "getlist") else []
        self.declared("words").choices = [(said, said) for said in sent if _is_said(said)]

    def clean_words(self) -> list[Word]:
        """Of patrols that the own unit leads, in the order in which they were sent."""
        pairs = [said.split(":", 1) for said in self.cleaned_data["words"]]
        try:
            known = {a.pk: a for a in chosen(led_by(self.post, local_day(timezone.now())), [pk for pk, _digest in pairs], "words")}
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.verdict.reason), code=refusal.verdict.code) from refusal
        return [Word(known[int(pk)], digest, agrees=True) for pk, digest in pairs]

    def arguments(self) -> dict[str, Any]:
        return {
            "number": self.cleaned_data["number"],
            "signed_on": self.cleaned_data["signed_on"],
            "scan": upload_of(self.cleaned_data["scan"]),
            "words": self.cleaned_data["words"],
        }

    def enter(self, **fields: Any) -> PaperList:
        """Enter the list; of a refusal it is kept which of its patrols it is about."""
        try:
            return confirm_on_paper(**fields)
        except Refused as refusal:
            self.refused_at = refusal.verdict.field or ""
            raise


@acting("paper.confirm", time="term")
def signing(request: Acting) -> HttpResponse:
    """Whose word is waited for in a term; of the chosen party the list, and the form that enters its signed paper."""
    _moment, today = now_and_today()
    days = request.scope.term.period
    silent = silent_parties(request.post, days, today)
    party = next((unit for unit, _n in silent if unit.key == request.GET.get(PARTY)), None)
    lines = lines_of(request, party) if party else []
    form = Entering(request.POST, request.FILES, post=request.post) if request.method == "POST" else Entering(post=request.post)
    if request.method == "POST" and party and (done := attempt(form, form.enter, by=request.post, party=party, at=timezone.now())):
        n = done.result.confirmations.count()
        toast(request, ngettext("Đã ghi xác nhận bản giấy cho %(n)s cuộc.", "Đã ghi xác nhận bản giấy cho %(n)s cuộc.", n) % {"n": n})
        return HttpResponseRedirect(f"{LIST}{request.scope.carry}")
    signed = set(request.POST.getlist("words")) if request.method == "POST" else {line.said for line in lines}
    return page(
        request, "paper/signing.html", form=form, party=party, lines=[(line, line.said in signed) for line in lines], wrong=_refused(form, request.POST.getlist("words"), lines),
        parties=[(unit, n, changed(request, **{PARTY: unit.key}), unit == party) for unit, n in silent], most=AT_ONCE,
        total=next((n for unit, n in silent if unit == party), 0), print_url=f"{LIST}in/{changed(request) if request.GET else ''}",
    )  # fmt: skip


@acting("paper.confirm", time="term")
def list_to_print(request: Acting) -> HttpResponse:
    """The list as paper, with a place to sign."""
    _moment, today = now_and_today()
    term = request.scope.term
    silent = [unit for unit, _n in silent_parties(request.post, term.period, today)]
    party = next((unit for unit in silent if unit.key == request.GET.get(PARTY)), None)
    if party is None:
        return HttpResponseRedirect(f"{LIST}{request.scope.carry}")
    made = document(request, party, term)
    back = f"{LIST}{changed(request, dang=None)}"
    return printed(request, made, f"Danh sách ký {party.short} {term}", title=_now("Danh sách để ký"), about=f"{party.name}, {term.label}", back=back)


def lines_of(request: Acting, party: Unit) -> list[Line]:
    """At most as many as one signature can confirm."""
    _moment, today = now_and_today()
    rows = list(unsigned(request.post, party, request.scope.term.period, today)[:AT_ONCE])
    people = people_on(request.post, rows)
    return [_line(a, people.get((a.pk, a.recorder_id or 0)), people.get((a.pk, party.pk))) for a in rows]


def _line(a: Activity, lead: int | None, party: int | None) -> Line:
    when = span(a.started_at, a.ended_at) if a.started_at and a.ended_at else span(a.planned_start, a.planned_end)
    return Line(a, f"{a.pk}:{a.digest}", when, f"{a.matter.area}; {way_of(a)}", lead, party, a.claim == Claim.HELD)


@in_vietnamese
def document(request: Acting, party: Unit, term: Term) -> Document:
    _moment, today = now_and_today()
    lines = lines_of(request, party)
    columns = (
        Column("TT", 0.6, "center"), Column("Thời gian", 2.4), Column("Mã", 2.1), Column("Địa bàn, tuyến", 3.2), Column("Tổ chức", 1.2),
        Column("Quân số chủ trì", 1.1, "right"), Column("Quân số bên ký", 1.1, "right"),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Figure(n),
                line.when,
                line.activity.matter.code,
                line.where,
                "có" if line.held else "không",
                _people(line, line.lead_people),
                _people(line, line.party_people),
            )
        )
        for n, line in enumerate(lines, 1)
    )
    asked = Paragraph((f"{request.post.unit.name} đề nghị {party.name} xác nhận ", Figure(len(lines)), " cuộc tuần tra chung sau đây đúng như đã ghi."))
    return paper(
        request.post.unit, today, kind="Danh sách", abstract=f"Các cuộc tuần tra chung đề nghị xác nhận, {term.label}", body=(asked, Table(columns, rows, size=11)),
        signers=(f"Đại diện {request.post.unit.name}", f"Xác nhận của {party.name}"), landscape=True, provenance=from_journal(today),
    )  # fmt: skip


def _people(line: Line, n: int | None) -> Figure | str:
    return Figure(n) if line.held else ""


def _refused(form: Entering, words: Sequence[str], lines: Sequence[Line]) -> str:
    """Which patrol of the list a refusal is about, by its code."""
    n = row_of(form.refused_at, "words")
    if n is None:
        return ""
    key = words[n].partition(":")[0]
    return next((line.activity.matter.code for line in lines if str(line.activity.pk) == key), "")


def _is_said(text: str) -> bool:
    pk, _colon, digest = text.partition(":")
    return read_number(pk) is not None and bool(digest)
