"""Laying down for a province or a commune what holds there instead of the shipped value, and withdrawing it."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import first_no

from ...matters.actions.journal import write
from ...matters.actions.texts import keep
from ...matters.models import Purpose
from ...matters.rules import has_text
from ...people.models import Post
from ...territory.models import Area
from ..models import Agreement, Instrument, LinkKind, LocalNorm, Norm
from ..queries.bases import lapses, who_stand_behind
from ..queries.norms import held_above, holds_in, stated_for
from ..rules import local_norms as rules
from ..rules.basis import BasisDraft, basis_stands
from ..rules.norms import SHIPPED, Kind, fits_value, overlapping, written


@action
def set_norm(
    *, by: Post, norm: str, area: Area, value: str, why: str, valid_from: date, at: datetime,
    instrument: Instrument | None = None, agreement: Agreement | None = None, valid_until: date | None = None,
) -> LocalNorm:  # fmt: skip
    """Lay down what holds in the area, and in all below it that have none of their own, from a day until another (none: until it is withdrawn).

    ``value``: a number of working days or months, a cadence, content areas with commas between, or 1 and 0 for what is asked for and what is not.
    It stands on an instrument or on an agreement of the register, and says in words why. A basis that has lapsed asks first.
    """
    on, said = local_day(at), written(norm, value)
    rules.may_set(by, norm, area, on).enforce()
    rules.fits_days(valid_from, valid_until, on).enforce()
    fits_value(norm, said).enforce()
    basis = BasisDraft(LinkKind.IMPLEMENTS, instrument, agreement)
    signs = agreement is not None and by.unit_id in who_stand_behind(agreement, on)
    there = overlapping(valid_from, valid_until, stated_for(norm, area).select_for_update(of=("self",)))
    first_no(
        rules.fits_basis(by.unit, basis, signs, agreement is not None and holds_in(agreement, area, on)),
        rules.fits_norm(by.unit, norm, said, why, there, held_above(Norm(norm), area, on)),
        basis_stands(basis, lapses([basis], on)[0]).at("basis"),
    ).enforce()
    words = keep(why, Purpose.NOTE, at)
    assert words is not None
    made = LocalNorm.objects.create(
        norm=norm, area=area, unit=by.unit, value=said, instrument=instrument, agreement=agreement, why=words,
        valid_from=valid_from, valid_until=valid_until, set_at=at,
    )  # fmt: skip
    write(
        by=by, what="norm.set", at=at, norm=norm, area=area.code, unit=by.unit.key, value=said.split(",") if SHIPPED[norm].kind == Kind.CONTENTS else said,
        local=made.pk, first=valid_from, until=valid_until, basis=instrument.code if instrument else agreement.matter.code if agreement else "", texts={"why": words},
    )  # fmt: skip
    return made


@action
def withdraw_norm(*, by: Post, local: LocalNorm, reason: str, at: datetime) -> LocalNorm:
    """From today the value that was laid down holds no more; what holds above it holds again. It stays in the history with the reason."""
    local, on = locked(local), local_day(at)
    rules.may_withdraw(by, local, on).enforce()
    has_text(reason, "reason").enforce()
    local.withdrawn_on, local.withdrawal = on, keep(reason, Purpose.REASON, at)
    local.save(update_fields=["withdrawn_on", "withdrawal"])
    write(by=by, what="norm.withdrawn", at=at, norm=local.norm, area=local.area.code, local=local.pk, texts={"reason": local.withdrawal})
    return local
