"""A unit's own text out of the one above that asks for it: the same clauses, the duties of its level, the cadences that hold where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.verdict import Verdict, no_unless

from ...forces.models import Force
from ...territory.models import Area, Level
from ..models import Adoption
from .drafts import AgreementDraft, ClauseDraft, DutyDraft, DutyRoleDraft, PartyDraft
from .following import FollowingDraft
from .norms import OFTEN
from .quality import AT_LEAST

events("agreement", adapted=_("soạn văn bản riêng từ văn bản cấp trên"))

_LEVELS = (Level.NATION, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.HAMLET)


@dataclass(frozen=True, slots=True)
class Here:
    """Where the own text is to hold. ``stand_ins``: of a force that has no unit here the one that stands for it (the militia for the military).

    ``laid_down``: by norm, the values that this place has laid down itself.
    """

    area: Area
    parties: Sequence[PartyDraft]
    stand_ins: Mapping[int, Force]
    laid_down: Mapping[str, str]


def is_not_drafted(adoption: Adoption) -> Verdict:
    own = adoption.own
    said = {"code": own.matter.code if own else ""}
    return no_unless(own is None, "own-drafted", _("Đơn vị đã có văn bản riêng %(code)s. Hãy sửa văn bản ấy.") % said)


def own_text(upper: AgreementDraft, said: FollowingDraft, here: Here) -> AgreementDraft:
    """The whole draft: text as above, in the own area, between the own parties; what is laid upon levels above stays with the text above."""
    months = here.laid_down.get("review-months")
    return replace(
        upper, title=said.title, areas=[here.area], parties=here.parties, clauses=[_clause(c, here) for c in upper.clauses], valid_from=said.valid_from,
        valid_until=said.valid_until, review_months=int(months) if months else upper.review_months, cleared_by=said.cleared_by, cleared_on=said.cleared_on,
        original=None,
    )  # fmt: skip


def of_level(duty: DutyDraft, level: str) -> bool:
    """Whether a duty is laid upon this level or one below it."""
    order = [str(one) for one in _LEVELS]
    return order.index(duty.level) >= order.index(level)


def _clause(c: ClauseDraft, here: Here) -> ClauseDraft:
    return replace(c, duties=[_duty(d, here) for d in c.duties if of_level(d, here.area.level)])


def _duty(d: DutyDraft, here: Here) -> DutyDraft:
    """Its roles as the forces that are here, each once; its cadence as this place has laid it down."""
    norm = AT_LEAST.get((d.act, d.level))
    cadence = here.laid_down.get(norm, d.cadence) if norm and d.cadence in OFTEN else d.cadence
    roles: dict[int, DutyRoleDraft] = {}
    for role in d.roles:
        force = role.force or (role.unit.force if role.unit else None)
        if force is not None:
            there = here.stand_ins.get(force.pk, force)
            roles.setdefault(there.pk, DutyRoleDraft(role.role, force=there))
    return replace(d, cadence=cadence, roles=list(roles.values()))
