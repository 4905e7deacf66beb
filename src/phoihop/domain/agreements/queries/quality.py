"""An agreement as the check of its quality sees it, read from the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from phoihop.kernel.period import FOREVER, Period

from ...forces.models import Force, ForceFace, UnitKind
from ...forces.queries.contacts import contacts_of
from ...forces.rules.communal import spoken_for
from ...matters.models import PartRole
from ...people.models import Post
from ...territory.models import Area, AreaClosure
from ..models import Agreement, AgreementArea, AgreementKind, Cadence, ContentArea, Duty, DutyRole, EventPost, Phase, PlanCheck, Version
from ..rules.drafting import JOINT, SITUATIONS
from ..rules.labels import whole_labels
from ..rules.quality import AgreementSeen, Claim, ClauseSeen, DutySeen, Lack, Rival, lacks, rivals_of
from ..rules.reviewing import HOLDS_NO_MORE
from .bound import bonds, signatories
from .falling import shares
from .heads import head_laid, parties_of
from .in_force import standing_versions
from .norms import holding
from .playbook import placed
from .standing import in_force, standing_of
from .versions import clauses_of, readable_on


def lacks_of(viewer: Post, agreement: Agreement, on: date) -> list[Lack]:
    """What an agreement lacks: the text that holds on the day, or, before one does, the newest that the viewer may read."""
    return lacks(seen_of(agreement, readable_on(viewer, agreement, on), on), on)


def seen_of(agreement: Agreement, version: Version, on: date) -> AgreementSeen:
    parties = [p.unit for p in parties_of(version) if p.signs]
    reachable = set(contacts_of(parties, on).values_list("unit", flat=True))
    duties = list(Duty.objects.filter(clause__version=version).order_by("pk"))
    held, kind = holding(agreement.matter.area_id, on), head_laid(version).kind
    return AgreementSeen(
        signatories=[u.short for u in parties],
        without_contact=[u.name for u in parties if u.pk not in reachable],
        forces_in_duties_not_bound=_not_bound(agreement, version, duties, on),
        next_review=agreement.next_review,
        clauses=_clauses(agreement, version, duties, on),
        rivals=_rivals(agreement, version, on),
        joint=kind in JOINT,
        arranged=_arranged(version) if kind in SITUATIONS else None,
        for_event=kind == AgreementKind.EVENT,
        leaderless=sum(p.lead is None for p in placed(version, agreement.matter.area, on)) if kind in SITUATIONS else 0,
        review_follows=agreement.agreed_on is None and bool(version.review_months or held.review_months),
        over=standing_of(agreement, on) in HOLDS_NO_MORE,
        holding=held,
    )


def _arranged(version: Version) -> bool:
    """One query."""
    first, *rest = (model.objects.filter(version=version).order_by().values("pk") for model in (EventPost, PlanCheck, Phase))
    return first.union(*rest, all=True).exists()


def _clauses(agreement: Agreement, version: Version, duties: Sequence[Duty], on: date) -> list[ClauseSeen]:
    homeless = _homeless(agreement, duties, on)
    found = []
    clauses = list(clauses_of(version))
    for clause, label in zip(clauses, whole_labels((c.depth, c.label) for c in clauses), strict=True):
        seen = [
            DutySeen(
                d.cadence,
                any(r.role == PartRole.LEAD for r in d.roles.all()),
                d.cadence != Cadence.DEMAND or d.within_minutes is not None,
                homeless.get(d.pk, 0),
                d.act,
                d.level,
            )
            for d in clause.duties.all()
        ]
        found.append(ClauseSeen(clause.order, label, clause.content, seen))
    return found


def _homeless(agreement: Agreement, duties: Sequence[Duty], on: date) -> dict[int, int]:
    """In how many areas of its level a duty that a force leads finds no unit of that force."""
    leading = set(DutyRole.objects.filter(duty__in=duties, role=PartRole.LEAD, unit=None).values_list("duty", flat=True))
    below = AreaClosure.objects.filter(ancestor__in=agreement.areas.values("area"), valid_from__lte=on, valid_until__gt=on).values("area")
    there = Area.objects.filter(pk__in=below, tree="civil").filter(Q(valid_until=None) | Q(valid_until__gt=on))
    by_level = {level: there.filter(level=level).count() for level in {d.level for d in duties}}
    return {s.duty.pk: by_level[s.duty.level] - len(s.places) for s in shares(agreement, [d for d in duties if d.pk in leading], on)}


def _not_bound(agreement: Agreement, version: Version, duties: Sequence[Duty], on: date) -> list[str]:
    """Forces that lead somewhere without anybody of theirs, or above them, having signed; of a text that is not agreed yet, being about to."""
    leads = {lead for s in shares(agreement, duties, on) for _area, lead, _helpers in s.places}
    to_sign = {p.unit_id for p in parties_of(version) if p.signs}
    bound = bonds(signatories(version, on) if version.agreed_on else to_sign, {u.pk for u in leads}, on)
    loose = {u.force_id for u in leads if bound[u.pk].through is None}
    return [name_of(force, on) for force in Force.objects.filter(pk__in=loose).order_by("order")]


def name_of(force: Force, on: date) -> str:
    face = ForceFace.objects.filter(force=force, valid_from__lte=on).order_by("-valid_from").first()
    return face.name if face else force.code


def _rivals(agreement: Agreement, version: Version, on: date) -> list[Rival]:
    """Two leads for one content in one area at one time: this agreement against all others in force."""
    own = _claims([version], on)
    contents = {c.content for c in own}
    others = standing_versions(in_force(on).exclude(pk=agreement.pk), on).filter(clauses__content__in=contents).distinct()
    pairs = rivals_of(own, _claims(list(others), on))
    areas = Area.objects.in_bulk([min(mine.areas & other.areas) for mine, other in pairs])
    codes = dict(Agreement.objects.filter(pk__in={other.agreement for _mine, other in pairs}).values_list("pk", "matter__code"))
    said = {}
    for mine, other in pairs:
        where = areas[min(mine.areas & other.areas)]
        said[other.agreement, mine.content, mine.clause] = Rival(
            codes[other.agreement], ContentArea(mine.content).label, _lead_name(other, on), str(where), mine.clause
        )
    return list(said.values())


def _claims(versions: Sequence[Version], on: date) -> list[Claim]:
    """Who leads what, where and when, by these texts. An agreement of a province holds in all of its communes."""
    agreements = {v.agreement_id for v in versions}
    where: dict[int, set[int]] = {}
    for agreement, area in AgreementArea.objects.filter(agreement__in=agreements).values_list("agreement", "area"):
        where.setdefault(area, set()).add(agreement)
    areas: dict[int, set[int]] = {pk: set() for pk in agreements}
    for ancestor, area in AreaClosure.objects.filter(ancestor__in=list(where), valid_from__lte=on, valid_until__gt=on).values_list("ancestor", "area"):
        for agreement in where[ancestor]:
            areas[agreement].add(area)
    held = {
        pk: Period(first or agreed or FOREVER.replace(year=1), until or FOREVER)
        for pk, first, agreed, until in Agreement.objects.filter(pk__in=agreements).values_list("pk", "valid_from", "agreed_on", "valid_until")
    }
    rows = DutyRole.objects.filter(duty__clause__version__in=versions, role=PartRole.LEAD).exclude(duty__clause__content="")
    told = rows.values_list(
        "duty__clause__version__agreement", "duty__clause__content", "duty__act", "duty__level", "unit", "force__code", "unit__force__code",
        "unit__kind", "duty__clause__order",
    )  # fmt: skip
    return [
        Claim(agreement, content, act, level, (unit, _of_one_command(force, of, kind, level)), frozenset(areas[agreement]), held[agreement], order)
        for agreement, content, act, level, unit, force, of, kind, order in told
    ]


def _of_one_command(force: str | None, of: str | None, kind: str | None, level: str) -> str:
    """The leading force; the military and the militia of a commune are one, named or not."""
    return spoken_for(force or of or "", level) if force or kind == UnitKind.COMMUNE_HQ else of or ""


def _lead_name(claim: Claim, on: date) -> str:
    _unit, force = claim.lead
    return name_of(Force.objects.get(code=force), on)
