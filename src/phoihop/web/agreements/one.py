"""/ke-hoach/<mã>/: one agreement: how far it is, what each party said and signed, what changed, and what the reader's unit has to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from phoihop.domain.agreements.models import Agreement, SignWay, Stage, Version
from phoihop.domain.agreements.queries.agreement import opinions_on, party_lines, redline_of, reservations_of, versions_of
from phoihop.domain.agreements.queries.parties import taken_up
from phoihop.domain.agreements.queries.standing import replaced_by, standing_of
from phoihop.domain.agreements.queries.versions import clauses_of, current, digest_now
from phoihop.domain.agreements.rules.drafting import OPINIONS_ONLY, PLANS
from phoihop.domain.agreements.rules.parties import PartyState
from phoihop.domain.agreements.rules.redline import changed
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.people.queries.keys import key_of
from phoihop.domain.people.rules import may
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.figures_text import reader
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, go, page
from ..toasts import toast
from . import parts, wording
from .acts import ACTS, ANSWER, REMIND, Act, ActForm, Case, offered
from .seeing import address, agreement_page

_SHOWN_CHANGES = 4
_MOMENT = timedelta(seconds=1)
_WAITED = (PartyState.ASKED, PartyState.ASKED_LATE, PartyState.SIGNING, PartyState.SIGNING_LATE)


@acting("matter.view", time="none")
@agreement_page
def agreement(request: Acting, a: Agreement) -> HttpResponse:
    return _page(request, a)


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
    now, version = timezone.now(), current(a)
    lines = party_lines(a, version, now)
    mine = next((line for line in lines if line.party.unit_id == request.post.unit_id), None)
    return Case(a, version, lines, mine, request.post, now)


def _page(request: Acting, a: Agreement, refused: tuple[str, ActForm] | None = None) -> HttpResponse:
    a.refresh_from_db(fields=["stage", "agreed_on", "valid_from", "valid_until", "next_review", "on_paper"])
    case = _case(request, a)
    today, version = local_day(case.now), case.version
    standing = standing_of(a, today)
    before = a.versions.filter(number=version.number - 1).first()
    changes = changed(redline_of(before, version)) if before else []
    return page(
        request,
        "agreements/one.html",
        status=422 if refused else 200,
        a=a, version=version, base=address(a), now=case.now, leads=case.leads, form=refused[1] if refused else None,
        title=version.title.text if version.title else "", digest=digest_now(version),
        tag=wording.standing_tag(standing, a.stage, a.on_paper), steps=steps(a, case, standing, today),
        sentence=_sentence(a, case, standing, today), offered=list(offered(case, refused)), has_key=key_of(request.post) is not None,
        may_key=may(request.post, "key.make"), may_change=case.leads and may(request.post, "agreement.draft") and a.stage != Stage.ENDED,
        rows=_rows(case), opinions=_opinions(case, refused), changes=changes[:_SHOWN_CHANGES], changed=len(changes), before=before,
        versions=versions_of(a), reservations=list(reservations_of(version)), clauses=list(clauses_of(version)),
        facts=_facts(a, version), duties_by=_duties_by(version), parts=parts.shown(request, a, side=False), side_parts=parts.shown(request, a, side=True),
    )  # fmt: skip


def _rows(case: Case) -> list[dict[str, Any]]:
    """The parties for the table; whom the lead may remind."""
    reminds = case.leads and may(case.post, "agreement.draft")
    return [{"line": line, "tag": wording.party_tag(line.state), "remind": reminds and line.party.unit_id != case.post.unit_id and line.state in _WAITED,
             "way": wording.WAYS[SignWay(line.signature.way)] if line.signature else "", "due": _due(line.state, case)} for line in case.lines]  # fmt: skip


def _due(state: PartyState, case: Case) -> datetime | None:
    if state in (PartyState.SIGNING, PartyState.SIGNING_LATE):
        return case.version.signing_by
    return case.version.opinions_by if state in (PartyState.ASKED, PartyState.ASKED_LATE) else None


def _opinions(case: Case, refused: tuple[str, ActForm] | None) -> list[dict[str, Any]]:
    """Wishes on every version, each with its answer, or with the form to answer it."""
    open_to = case.leads and may(case.post, "agreement.draft") and case.a.stage in (Stage.DRAFT, Stage.OPINIONS)
    found = []
    for o in opinions_on(case.a).filter(text__isnull=False):
        name = f"tra-loi-{o.pk}"
        fresh = ANSWER.form(case=case, auto_id=f"{name}-%s")
        form = refused[1] if refused and refused[0] == name else fresh if open_to and o.taken == "waiting" else None
        found.append({"o": o, "form": form})
    return found


def steps(a: Agreement, case: Case, standing: Standing, today: date) -> list[dict[str, Any]]:
    """The life cycle: soạn, lấy ý kiến, ký liên tịch, hiệu lực, rà soát lại."""
    if a.kind in OPINIONS_ONLY:
        return _steps_of_appraisal(a, case.version)
    version, signing = case.version, [line for line in case.lines if line.party.signs]
    signed = sum(line.signature is not None for line in signing)
    order = [Stage.DRAFT, Stage.OPINIONS, Stage.SIGNING, Stage.AGREED]
    at = order.index(Stage(a.stage)) if a.stage in order else len(order)
    made = [
        _step(_("Soạn"), _("bản %(n)d, %(day)s") % {"n": version.number, "day": _day(local_day(version.made_at))}, at, 0),
        _step(_("Lấy ý kiến"), _asked(case), at, 1),
        _step(
            _("Ký liên tịch"),
            _("%(n)d/%(of)d đã ký") % {"n": signed, "of": len(signing)} + (", " + _until(version.signing_by, "") if a.stage == Stage.SIGNING else ""),
            at,
            2,
        ),
    ]
    start = a.valid_from or a.agreed_on
    from_day = _("từ %(day)s") % {"day": _day(start)} if start else "–"
    to_day = _(" đến trước %(day)s") % {"day": _day(a.valid_until)} if a.valid_until else ""
    made.append(
        {
            "label": _("Hiệu lực"),
            "about": from_day + to_day,
            "state": "now" if at == 3 and standing == Standing.IN_FORCE else "done" if at > 3 else "next",
            "kind": "",
        }
    )
    late = a.next_review is not None and a.next_review < today
    made.append({"label": _("Rà soát lại"), "about": _review(a, version), "state": "next", "kind": "danger" if late else ""})
    return made


def _steps_of_appraisal(a: Agreement, version: Version) -> list[dict[str, Any]]:
    """What is only sent for opinions ends with the answers."""
    order = [Stage.DRAFT, Stage.OPINIONS, Stage.ENDED]
    at = order.index(Stage(a.stage)) + (a.stage == Stage.ENDED)
    told = taken_up(a)
    about = _("tiếp thu %(taken)d, một phần %(partly)d, không %(not)d") % told if a.ended_on else ""
    return [
        _step(_("Soạn"), _("bản %(n)d, %(day)s") % {"n": version.number, "day": _day(local_day(version.made_at))}, at, 0),
        _step(_("Lấy ý kiến"), _until(version.opinions_by, _("chưa gửi")), at, 1),
        _step(_("Kết thúc"), f"{_day(a.ended_on)}: {about}" if a.ended_on else "–", at, 2),
    ]


def _step(label: str, about: str, at: int, n: int) -> dict[str, str]:
    return {"label": label, "about": about, "state": "done" if n < at else "now" if n == at else "next", "kind": ""}


def _asked(case: Case) -> str:
    """The deadline of the last version that was sent for opinions."""
    asked = case.a.versions.filter(opinions_at__isnull=False).order_by("-number").first()
    return _until(asked.opinions_by, "") if asked else _("không lấy ý kiến") if case.a.stage in (Stage.SIGNING, Stage.AGREED) else _("chưa gửi")


def _review(a: Agreement, version: Version) -> str:
    if a.next_review is not None:
        return _day(a.next_review)
    return _("%(n)d tháng sau khi có hiệu lực") % {"n": version.review_months} if version.review_months else "–"


def _until(deadline: datetime | None, otherwise: str) -> str:
    """A deadline is the end of its day."""
    return _("hạn %(day)s") % {"day": _day(local_day(deadline - _MOMENT))} if deadline else otherwise


def _day(day: date) -> str:
    return day_text(day, reader())


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


def _facts(a: Agreement, version: Version) -> list[tuple[str, Any]]:
    areas = ", ".join(str(row.area) for row in a.areas.select_related("area"))
    number = f"{a.number}/{a.symbol}" if a.number else ""
    facts: list[tuple[str, Any]] = [
        (_("Loại văn bản"), a.get_kind_display()), (_("Số, ký hiệu"), number), (_("Địa bàn"), areas),
        (_("Có hiệu lực từ"), _day(version.valid_from) if version.valid_from else ""),
        (_("Đến trước"), _day(version.valid_until) if version.valid_until else ""),
        (_("Rà soát mỗi"), _("%(n)d tháng") % {"n": version.review_months} if version.review_months else ""),
    ]  # fmt: skip
    if a.kind in PLANS:
        cleared = f"{a.cleared_by}, {_day(a.cleared_on)}" if a.cleared_by and a.cleared_on else ""
        facts.append((_("Xác định không thuộc danh mục bí mật"), cleared))
    return facts


def _duties_by(version: Version) -> list[tuple[Any, list[str]]]:
    """Who does what: for each unit or force that leads a duty, what it is."""
    found: dict[Any, list[str]] = {}
    for clause in clauses_of(version):
        for duty in clause.duties.all():
            for role in duty.roles.all():
                if role.role == "lead":
                    found.setdefault(role.unit or role.force, []).append(f"{duty.get_act_display()}, {duty.get_cadence_display()} ({clause.label})")
    return list(found.items())
