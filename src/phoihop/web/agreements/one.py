"""/ke-hoach/<mã>/: one agreement: how far it is, what each party said and signed, what changed, and what the reader's unit has to do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from phoihop.domain.agreements.models import Agreement, Norm, Reservation, Stage, TakenUp, Version
from phoihop.domain.agreements.queries.agreement import opinions_on, party_lines, reservations_of, versions_of
from phoihop.domain.agreements.queries.comparing import head_changes_of, redline_of
from phoihop.domain.agreements.queries.heads import areas_of, head_laid
from phoihop.domain.agreements.queries.norms import holding, step_to
from phoihop.domain.agreements.queries.parties import unseen_wishes
from phoihop.domain.agreements.queries.standing import replaced_by, standing_of
from phoihop.domain.agreements.queries.versions import clauses_of, digest_now, names_of, shown_to
from phoihop.domain.agreements.rules.drafting import OPINIONS_ONLY, PLANS
from phoihop.domain.agreements.rules.parties import PartyState
from phoihop.domain.agreements.rules.redline import changed
from phoihop.domain.agreements.rules.register import was_taken_back
from phoihop.domain.agreements.rules.reviewing import HOLDS_NO_MORE
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.matters.queries.notes import attachments_of
from phoihop.domain.people.queries.keys import key_of
from phoihop.domain.people.queries.posts import posts_with
from phoihop.domain.people.rules import may
from phoihop.domain.people.rules.keys import key_signs
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, go, page
from ..toasts import toast
from . import parts, wording
from .acts import ACTS, ANSWER, REMIND, Act, ActForm, Case, offered, owes_signature
from .ladder import day_of, ladder
from .seeing import address, agreement_page

_SHOWN_CHANGES = 4
_WAITED = (PartyState.ASKED, PartyState.ASKED_LATE, PartyState.SIGNING, PartyState.SIGNING_LATE, PartyState.APPROVING)


@acting("matter.view", time="none")
@agreement_page
def agreement(request: Acting, a: Agreement) -> HttpResponse:
    return _page(request, a)


@sensitive_post_parameters("pin")
@acting("matter.view", time="none")
@agreement_page
def do(request: Acting, a: Agreement, act: str) -> HttpResponse:
    """One act. Refused, the page comes back as it is now, with what was typed and the reason at its field."""
    if act not in ACTS:
        raise Http404
    if request.method != "POST":
        return go(request, address(a))
    one = ACTS[act]
    form = one.form(request.POST, request.FILES, case=_case(request, a))
    if attempt(form, one.run, by=request.post, agreement=a, at=timezone.now()):
        toast(request, one.said)
        return go(request, address(a))
    return _page(request, a, (act, form))


@require_POST
@acting("matter.view", time="none")
@agreement_page
def answer(request: Acting, a: Agreement, pk: int) -> HttpResponse:
    opinion = get_object_or_404(opinions_on(a), pk=pk)
    return _small(request, a, ANSWER, f"tra-loi-{pk}", opinion=opinion)


@require_POST
@acting("matter.view", time="none")
@agreement_page
def reminded(request: Acting, a: Agreement, pk: int) -> HttpResponse:
    party = get_object_or_404(a.parties.select_related("unit"), unit=pk)
    return _small(request, a, REMIND, f"nhac-{pk}", agreement=a, unit=party.unit)


def _small(request: Acting, a: Agreement, act: Act, name: str, **said: Any) -> HttpResponse:
    form = act.form(request.POST, case=_case(request, a), auto_id=f"{name}-%s")
    if attempt(form, act.run, by=request.post, at=timezone.now(), **said):
        toast(request, act.said)
        return go(request, address(a))
    return _page(request, a, (name, form))


def _case(request: Acting, a: Agreement) -> Case:
    now, version = timezone.now(), shown_to(request.post, a)
    lines = party_lines(a, version, now)
    mine = next((line for line in lines if line.party.unit_id == request.post.unit_id), None)
    return Case(a, version, lines, mine, request.post, now)


def _page(request: Acting, a: Agreement, refused: tuple[str, ActForm] | None = None) -> HttpResponse:
    a.refresh_from_db(fields=["stage", "agreed_on", "valid_from", "valid_until", "next_review", "on_paper"])
    case = _case(request, a)
    today, version = local_day(case.now), case.version
    standing = standing_of(a, today)
    before = a.versions.select_related("title").filter(number=version.number - 1).first()
    changes = changed(redline_of(before, version)) if before else []
    wide, narrow = parts.shown(request, a, side=False), parts.shown(request, a, side=True)
    reservations, acts = list(reservations_of(version)), list(offered(case, refused))
    return page(
        request,
        "agreements/one.html",
        status=422 if refused else 200,
        a=a, signed=case.kind not in OPINIONS_ONLY, version=version, base=address(a), now=case.now, leads=case.leads, form=refused[1] if refused else None,
        title=version.title.text if version.title else "", digest=digest_now(version),
        tag=wording.standing_tag(a, standing), steps=ladder(case, standing, today),
        sentence=_sentence(a, case, standing, today), offered=acts, reads_first=any(one.act.of_text for one in acts),
        key=key_signs(key_of(request.post)), may_key=may(request.post, "key.make"), signers=_signers(case), may_change=case.leads and may(request.post, "agreement.draft") and a.stage != Stage.ENDED,
        rows=_rows(case, reservations), approved=any(line.party.approves for line in case.lines), opinions=_opinions(case, refused), changes=changes[:_SHOWN_CHANGES], changed=len(changes), before=before,
        head_changes=head_changes_of(request.post, before, version, today) if before else [],
        versions=versions_of(request.post, a), reservations=reservations, clauses=list(clauses_of(version)),
        taken_back=was_taken_back(a), facts=_facts(a, version), files=set(attachments_of(request.post, a.matter, today).filter(erased_at=None).values_list("pk", flat=True)), parts=wide, side_parts=narrow, sheets=list(dict.fromkeys(p.sheet for p in (*wide, *narrow))),
    )  # fmt: skip


def _signers(case: Case) -> list[str]:
    """Which posts of the reader's unit sign for it, where it owes a signature that the reader's role does not give."""
    if not owes_signature(case) or may(case.post, "agreement.sign"):
        return []
    return list(dict.fromkeys(post.title for post in posts_with("agreement.sign", case.post.unit_id, local_day(case.now))))


def _rows(case: Case, reservations: list[Reservation]) -> list[dict[str, Any]]:
    """The parties for the table; whom the lead may remind, until when each has, how the signed file is known to be this text, what it reserved."""
    reminds = case.leads and may(case.post, "agreement.draft")
    names = names_of([r.clause for r in reservations if r.clause])
    reserved: dict[int, list[Any]] = {}
    for r in reservations:
        reserved.setdefault(r.signature_id, []).append(names[r.clause_id] if r.clause_id else _("cả văn bản"))
    return [{"line": line, "tag": wording.party_tag(line.state), "remind": reminds and line.party.unit_id != case.post.unit_id and line.state in _WAITED,
             "way": wording.way_of(line.signature) if line.signature else [], "due": _due(line.state, case),
             "reserved": reserved.get(line.signature.pk, []) if line.signature else []} for line in case.lines]  # fmt: skip


def _due(state: PartyState, case: Case) -> datetime | None:
    if state in (PartyState.SIGNING, PartyState.SIGNING_LATE):
        return case.version.signing_by
    return case.version.opinions_by if state in (PartyState.ASKED, PartyState.ASKED_LATE) else None


def _opinions(case: Case, refused: tuple[str, ActForm] | None) -> list[dict[str, Any]]:
    """Wishes on every version, each with its answer, or with the form to answer it."""
    open_to = case.leads and may(case.post, "agreement.draft") and case.a.stage in (Stage.DRAFT, Stage.OPINIONS)
    unseen = {o.pk for o in unseen_wishes(case.version)} if case.a.stage in (Stage.DRAFT, Stage.OPINIONS) else set()
    found = []
    wishes = list(opinions_on(case.a).filter(text__isnull=False))
    names = names_of([o.clause for o in wishes if o.clause])
    for o in wishes:
        name = f"tra-loi-{o.pk}"
        fresh = ANSWER.form(case=case, auto_id=f"{name}-%s", initial={"taken": o.taken} if o.pk in unseen else {})
        form = refused[1] if refused and refused[0] == name else fresh if open_to and (o.taken == TakenUp.WAITING or o.pk in unseen) else None
        found.append({"o": o, "form": form, "unseen": o.pk in unseen, "clause": names[o.clause_id] if o.clause_id else ""})
    return found


def _sentence(a: Agreement, case: Case, standing: Standing, today: date) -> str:
    if standing == Standing.REPLACED and (later := replaced_by(a, today)) is not None:
        return _("Đã được thay thế bằng %(code)s.") % {"code": later.matter.code}
    if standing == Standing.IN_FORCE and a.stage != Stage.AGREED:
        return _("Bản đã ký vẫn có hiệu lực cho đến khi bản mới đủ chữ ký.")
    waited = [line.party.unit.short for line in case.lines if line.state in _WAITED]
    if waited:
        return _("Còn chờ %(units)s.") % {"units": ", ".join(waited[:4])}
    if a.stage == Stage.SIGNING and any(line.declining for line in case.lines):
        return _("Có bên không ký. Chủ trì sửa nguyên văn để mở bản mới và xin ký lại.")
    return ""


def _review(a: Agreement, version: Version) -> list[tuple[str, Any]]:
    """How often it is reviewed, by its own words or, where it has none, by the norm of its place; and the day that follows."""
    today = local_day(timezone.now())
    if version.review_months:
        often: Any = _("%(n)d tháng") % {"n": version.review_months}
    elif months := holding(a.matter.area_id, today).review_months:
        stated = step_to(Norm.REVIEW_MONTHS, a.matter.area, today).stated
        said = _("%(n)d tháng, theo mức %(unit)s đặt") if stated else _("%(n)d tháng, theo mức chung của hệ thống")
        often = format_html(
            '<a class="link" href="/ke-hoach/mau-chu-ky/review-months/?dv={}">{}</a>',
            a.matter.area.code,
            said % {"n": months, "unit": stated.unit.short if stated else ""},
        )
    else:
        often = ""
    return [(_("Rà soát mỗi"), often), (_("Rà soát tới"), day_of(a.next_review) if a.next_review and standing_of(a, today) not in HOLDS_NO_MORE else "")]


def _facts(a: Agreement, version: Version) -> list[tuple[str, Any]]:
    areas = ", ".join(str(area) for area in areas_of(version))
    number = f"{a.number}/{a.symbol}" if a.number else ""
    head = head_laid(version)
    facts: list[tuple[str, Any]] = [(_("Loại văn bản"), head.get_kind_display()), (_("Số, ký hiệu"), number), (_("Địa bàn"), areas)]
    if head.kind in OPINIONS_ONLY or was_taken_back(a):
        return facts
    begins = version.valid_from or version.agreed_on  # no day of its own: from the last signature on
    facts += [
        (_("Có hiệu lực từ"), day_of(begins) if begins else ""),
        (_("Đến trước"), day_of(version.valid_until) if version.valid_until else ""),
        *_review(a, version),
    ]  # fmt: skip
    if head.kind in PLANS:
        cleared = f"{head.cleared_by}, {day_of(head.cleared_on)}" if head.cleared_by and head.cleared_on else ""
        facts.append((_("Xác định không thuộc danh mục bí mật"), cleared))
    return facts
