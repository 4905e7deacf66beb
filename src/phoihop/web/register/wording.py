"""How documents of the register are said: what they are called, how they stand, what they need of one's unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.models import AdoptionForm, Agreement, ReviewOutcome, Stage, TakenUp
from phoihop.domain.agreements.queries.needs import Need
from phoihop.domain.agreements.queries.numbers import name_of
from phoihop.domain.agreements.rules.instruments import STANDING_NAMES as INSTRUMENT_NAMES
from phoihop.domain.agreements.rules.instruments import Standing as InstrumentStanding
from phoihop.domain.agreements.rules.needs import NEED_NAMES
from phoihop.domain.agreements.rules.standing import Standing, standing_name

from ..templatetags.face import tag

PAGE = "/ke-hoach/%s/"
STAGE_KINDS = {Stage.DRAFT: "", Stage.OPINIONS: "info", Stage.SIGNING: "info", Stage.AGREED: "ok", Stage.ENDED: ""}
STANDING_KINDS = {Standing.NOT_YET: "line", Standing.IN_FORCE: "ok", Standing.LAPSED: "warn", Standing.REPLACED: "warn", Standing.ENDED: ""}
INSTRUMENT_KINDS = {
    InstrumentStanding.IN_FORCE: "ok", InstrumentStanding.NOT_YET: "line", InstrumentStanding.LAPSED: "warn", InstrumentStanding.REPLACED: "warn",
}  # fmt: skip
ADOPTION_KINDS = {AdoptionForm.WAITING: "warn", AdoptionForm.AS_IS: "ok", AdoptionForm.ADAPTED: "ok", AdoptionForm.DECLINED: ""}
TAKEN_KINDS = {TakenUp.WAITING: "warn", TakenUp.TAKEN: "ok", TakenUp.PARTLY: "info", TakenUp.NOT: ""}
OUTCOME_KINDS = {ReviewOutcome.KEEP: "ok", ReviewOutcome.AMEND: "info", ReviewOutcome.REPLACE: "warn", ReviewOutcome.END: ""}
ON_PAPER = lazy("có hiệu lực theo bản giấy")


def title_of(agreement: Agreement) -> str:
    title = agreement.matter.title
    return title.text if title is not None and title.text else _("(trích yếu đã xóa)")


def stands(agreement: Agreement, standing: Standing) -> SafeString:
    """The step it is at; once it is agreed, how it stands today, told apart where it holds on paper."""
    if agreement.stage in (Stage.DRAFT, Stage.OPINIONS, Stage.SIGNING) and standing != Standing.IN_FORCE:
        stage = Stage(agreement.stage)
        return tag(stage.label, STAGE_KINDS[stage])
    words = ON_PAPER if standing == Standing.IN_FORCE and agreement.on_paper else standing_name(standing, agreement)
    return tag(words, STANDING_KINDS[standing])


def needed(needs: Iterable[Need], now: datetime) -> list[dict[str, Any]]:
    """What a document needs of the reader's unit, late ones in red."""
    return [{"tag": tag(NEED_NAMES[n.need], "danger" if n.over(now) else "warn"), "due": n.due} for n in needs]


def instrument_tag(standing: InstrumentStanding) -> SafeString:
    return tag(INSTRUMENT_NAMES[standing], INSTRUMENT_KINDS[standing])


def adoption_tag(form: str, late: bool) -> SafeString:
    one = AdoptionForm(form)
    return tag(_("quá hạn") if late else one.label, "danger" if late else ADOPTION_KINDS[one])


def row(agreement: Agreement, standing: Standing) -> dict[str, Any]:
    """A document as lists and chains show it."""
    return {
        "agreement": agreement, "title": title_of(agreement), "url": PAGE % agreement.matter.code, "name": name_of(agreement),
        "tag": stands(agreement, standing), "kind": agreement.get_kind_display(),
    }  # fmt: skip
