"""What plans and teams hang on the page of an agreement."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import Agreement, AgreementKind, Norm, OnSpot, Stage, Version
from phoihop.domain.agreements.queries import plans
from phoihop.domain.agreements.queries.calendar import event_of
from phoihop.domain.agreements.queries.heads import head_laid
from phoihop.domain.agreements.queries.norms import holding
from phoihop.domain.agreements.queries.preparing import preparing
from phoihop.domain.agreements.queries.standing import standing_of
from phoihop.domain.agreements.queries.versions import shown_to
from phoihop.domain.agreements.rules.carrying_out import practised_lately
from phoihop.domain.agreements.rules.cascade import is_agreed
from phoihop.domain.agreements.rules.drafting import SITUATIONS
from phoihop.domain.agreements.rules.plans import may_arrange
from phoihop.domain.agreements.rules.pledging import PLEDGED
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.agreements.rules.teams import has_not_ended
from phoihop.domain.agreements.rules.versions import is_sent
from phoihop.domain.matters.models import PartRole
from phoihop.domain.people.rules import may
from phoihop.domain.tasks.queries.consents import mobilisations_of
from phoihop.domain.tasks.queries.queue import of_matter
from phoihop.kernel.period import ONE_DAY, local_day

from ..agreements.parts import part
from ..agreements.seeing import address
from ..base import Acting
from ..tasks.wording import consent_tag
from . import wording

Shown = tuple[str, dict[str, Any]] | None


def _kind(request: Acting, a: Agreement) -> str:
    """Of the text that the reader sees: only its lead sees one whose kind the agreement has not taken over yet."""
    writes = a.stage == Stage.DRAFT and a.matter.lead_id == request.post.unit_id
    return head_laid(shown_to(request.post, a)).kind if writes else a.kind


@part(_("Chốt, tổ, quân số"), order=11)
def event_posts(request: Acting, a: Agreement) -> Shown:
    """Where who stands, to who takes part; to others how many in all."""
    if _kind(request, a) != AgreementKind.EVENT:
        return None
    version, today = shown_to(request.post, a), _today()
    there = plans.arrangement_of(request.post, version, today)
    strength = plans.strength_of(version) if there.posts or there.hidden else None
    return "plans/part_posts.html", _base(request, a, version) | {"posts": there.posts, "hidden": there.hidden, "strength": strength}


@part(_("Ai làm gì trước"), order=11)
def playbook(request: Acting, a: Agreement) -> Shown:
    """Phases with their steps: who leads, who helps, within how long. The lead opens the plan from here, and finds what came of it."""
    kind = _kind(request, a)
    if kind not in SITUATIONS:
        return None
    version = shown_to(request.post, a)
    there = plans.arrangement_of(request.post, version, _today())
    if kind == AgreementKind.EVENT and not there.phases:
        return None
    base = _base(request, a, version)
    opens = bool(there.phases) and kind == AgreementKind.CONTINGENCY and base["leads"] and may(request.post, "task.give")
    closed = list(of_matter(request.post, a.matter, _today()).values_list("closed_at", flat=True)) if there.phases else []
    return "plans/part_playbook.html", base | {
        "phases": phases_shown(version) if there.phases else [],
        "given": len(closed),
        "over": sum(at is not None for at in closed),
        "may_open": opens and standing_of(a, _today()) == Standing.IN_FORCE,
    }


@part(_("Chuẩn bị"), order=12)
def preparations(request: Acting, a: Agreement) -> Shown:
    """What is to be ready by the text agreed last; each unit ticks off its own. Below it what a newer text asks for otherwise."""
    if a.kind not in SITUATIONS:
        return None
    found = preparing(request.post, a, _today())
    if not (found.now or found.coming):
        return None
    ticks = bool(is_agreed(a)) and may(request.post, "task.answer")
    return "plans/part_checks.html", {
        "base": address(a), "found": found, "done": sum(p.check.done_at is not None for p in found.now),
        "checks": [{"one": p, "tick": ticks and p.check.done_at is None and p.check.unit_id == request.post.unit_id} for p in found.now],
    }  # fmt: skip


@part(_("Kết quả bảo vệ sự kiện"), order=13)
def event_result(request: Acting, a: Agreement) -> Shown:
    """How it went, as its lead says; each party's own people."""
    if a.kind != AgreementKind.EVENT or a.agreed_on is None:
        return None
    result = plans.result_of(request.post, a, _today())
    base = _base(request, a, shown_to(request.post, a))
    shifts = {s.unit_id: s for s in plans.shifts_of(result)} if result else {}
    parties = [p for p in a.parties.select_related("unit__force").order_by("order") if p.role != PartRole.INFORM]
    mine = any(p.unit_id == request.post.unit_id for p in parties) and request.post.unit_id not in shifts
    event = None if result else event_of(a)
    ahead = event is not None and event.first_on > _today()
    return "plans/part_result.html", base | {
        "result": result,
        "ahead": ahead,
        "shifts": [(p.unit, shifts.get(p.unit_id)) for p in parties],
        "total": sum(s.people for s in shifts.values()),
        "may_tell": result is None and not ahead and base["leads"] and base["agreed"] and may(request.post, "agreement.draft"),
        "may_tell_own": result is not None and mine and may(request.post, "agreement.opine"),
    }


@part(_("Nhu cầu và phương tiện hiện có"), order=13)
def plan_needs(request: Acting, a: Agreement) -> Shown:
    """Needs beside the means that the parties have registered; a dash where nothing is."""
    if _kind(request, a) not in SITUATIONS:
        return None
    needs = plans.compared(request.post, shown_to(request.post, a), _today())
    own = plans.own_pledges(request.post, a, _today())
    rows = [{"one": n.need, "has": "–" if n.has is None else n.has, "own": own.get(n.need.kind), "short": wording.shortage(n)} for n in needs]
    party = a.parties.filter(unit=request.post.unit_id).exclude(role=PartRole.INFORM).exists()
    asked = party and a.stage != Stage.ENDED and may(request.post, "agreement.opine") and any(n.need.kind in PLEDGED for n in needs)
    return ("plans/part_needs.html", _base(request, a, shown_to(request.post, a)) | {"rows": rows, "may_pledge": asked}) if rows else None


@part(_("Sự kiện trong lịch"), order=19, side=True)
def of_event(request: Acting, a: Agreement) -> Shown:
    """For which event of the calendar the plan is, and on which days that takes place."""
    event = event_of(a) if a.kind == AgreementKind.EVENT else None
    return ("plans/part_event.html", {"event": event, "last_on": event.until - ONE_DAY}) if event else None


@part(_("Điều động dân quân"), order=15)
def militia(request: Acting, a: Agreement) -> Shown:
    """What was asked of militia for this plan, and whether both consents are there; the parties ask for more from here."""
    if a.kind not in SITUATIONS:
        return None
    asked = mobilisations_of(request.post, a.matter, _today())
    may_ask = bool(is_agreed(a)) and a.parties.filter(unit=request.post.unit_id).exists() and may(request.post, "task.give")
    rows = [{"one": one, "consents": [(c, consent_tag(c.agrees)) for c in one.consents.all()]} for one in asked]
    return ("plans/part_militia.html", {"a": a, "rows": rows, "may_ask": may_ask}) if rows or may_ask else None


@part(_("Bốn tại chỗ theo xã"), order=14)
def on_the_spot(request: Acting, a: Agreement) -> Shown:
    """What each commune says of itself; the own commune answers here."""
    if a.kind != AgreementKind.CONTINGENCY or a.agreed_on is None:
        return None
    lines = plans.spots_of(request.post, a, _today())
    if not lines:
        return None
    mine = request.post.unit.area_id if may(request.post, "task.answer") else None
    rows = [
        {
            "area": line.area,
            "mine": line.area.pk == mine,
            "spots": [(spot, ready, wording.spot_tag(ready)) for spot, ready in zip(OnSpot, line.said, strict=True)],
        }
        for line in lines
    ]
    return "plans/part_spots.html", _base(request, a, shown_to(request.post, a)) | {"rows": rows, "heads": list(OnSpot)}


@part(_("Luyện tập"), order=20, side=True)
def practices(request: Acting, a: Agreement) -> Shown:
    """When it was practised last and with what success; longer ago than holds at its place stands out."""
    if a.kind != AgreementKind.CONTINGENCY or a.agreed_on is None:
        return None
    held = list(plans.practices_of(request.post, a, _today()))
    base = _base(request, a, shown_to(request.post, a))
    months = holding(a.matter.area_id, _today()).number(Norm.PRACTICE_MONTHS)
    return "plans/part_practices.html", base | {
        "held": held,
        "months": months,
        "lately": practised_lately(held[0].held_on if held else None, months, _today()),
        "may_practise": base["leads"] and base["agreed"] and may(request.post, "agreement.draft"),
    }


@part(_("Tổ, đội công tác liên ngành"), order=50)
def teams(request: Acting, a: Agreement) -> Shown:
    """Teams that stand on the agreement: asked, accepted, declined; until when."""
    base, today = _base(request, a, shown_to(request.post, a)), _today()
    may_form = base["leads"] and base["agreed"] and may(request.post, "agreement.draft")
    found = list(plans.teams_of(request.post, a, today))
    if not found and not may_form:
        return None
    answers = may(request.post, "agreement.opine")
    return "plans/part_teams.html", base | {
        "teams": [
            {
                "one": team,
                "goes_on": has_not_ended(team, today),
                "places": [
                    {
                        "one": p,
                        "tag": wording.place_tag(p),
                        "answer": answers and p.accepted is None and p.unit_id == request.post.unit_id and has_not_ended(team, today),
                    }
                    for p in team.members.all()
                ],
            }
            for team in found
        ],
        "may_form": may_form,
    }


def phases_shown(version: Version) -> list[dict[str, Any]]:
    """Phases with their steps, each with its span and who does it: the lead first."""
    return [
        {
            "name": phase.name.text,
            "steps": [
                {"one": s, "span": wording.span(s.within_minutes), "roles": sorted(s.roles.all(), key=lambda r: (r.role != PartRole.LEAD, r.pk))}
                for s in sorted(phase.steps.all(), key=lambda s: s.order)
            ],
        }
        for phase in plans.arrangement_in(version).phases
    ]


def _base(request: Acting, a: Agreement, version: Version) -> dict[str, Any]:
    return {
        "a": a, "base": address(a), "agreed": bool(is_agreed(a)), "leads": a.matter.lead_id == request.post.unit_id,
        "may_arrange": bool(may_arrange(request.post, a, head_laid(version), is_sent(version), _today())),
    }  # fmt: skip


def _today() -> Any:
    return local_day(timezone.now())
