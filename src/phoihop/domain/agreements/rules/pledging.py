"""What a party says it can bring to a plan: people and stores, in numbers, for itself alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import MeansKind
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, NeedKind, Stage
from .drafting import SITUATIONS

PLEDGED = tuple(kind for kind in NeedKind.values if kind not in MeansKind.values)
"""People and stores. Vehicles are in the register of means, where each unit keeps its own."""
MOST = 1_000_000


def may_pledge(post: Post, agreement: Agreement, parties: Collection[int], kind: str, amount: int, on: date) -> Verdict:
    """Each party of a plan speaks for itself; nought is an answer, silence is none. ``parties``: ids of the units that the plan binds."""
    return first_no(
        allowed(post, "agreement.opine", on),
        no_unless(post.unit_id in parties, "not-party", _("Chỉ các bên của phương án ghi được số mình bảo đảm.")),
        no_unless(agreement.kind in SITUATIONS and agreement.stage != Stage.ENDED, "not-a-plan", _("Chỉ kế hoạch, phương án đang dùng có phần này.")),
        no_unless(kind in PLEDGED, "no-such-need", _("Phương tiện lấy từ sổ phương tiện của đơn vị; ở đây chỉ ghi người và vật tư."), "kind"),
        no_unless(0 <= amount <= MOST, "need-out-of-range", _("Số bảo đảm được từ 0 đến 1.000.000."), "amount"),
    )
