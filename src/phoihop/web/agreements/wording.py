"""How the states of agreements and of their parties are shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phoihop.domain.agreements.models import Agreement, Signature, SignWay, Stage
from phoihop.domain.agreements.rules.parties import STATE_NAMES, PartyState
from phoihop.domain.agreements.rules.standing import Standing, standing_name

from ..templatetags.face import tag

_KINDS = {
    PartyState.CONFIRMED: ("ok", "shield-check"),
    PartyState.ON_PAPER: ("ok", "file-check"),
    PartyState.IN_FILE: ("ok", "file-certificate"),
    PartyState.DECLINED: ("danger", "ban"),
    PartyState.SIGNING: ("warn", "clock"),
    PartyState.SIGNING_LATE: ("danger", "alert-triangle"),
    PartyState.WISHES: ("info", "message"),
    PartyState.AGREES: ("ok", "check"),
    PartyState.ASKED: ("warn", "clock"),
    PartyState.ASKED_LATE: ("danger", "alert-triangle"),
    PartyState.DRAFTS: ("", "pencil"),
    PartyState.GATHERS: ("info", "message"),
    PartyState.OVER: ("", "flag"),
    PartyState.SILENT: ("", "circle-dashed"),
    PartyState.FOLLOWS: ("line", "eye"),
    PartyState.APPROVES_LATER: ("", "circle-dashed"),
    PartyState.APPROVING: ("warn", "clock"),
    PartyState.APPROVED: ("ok", "certificate"),
    PartyState.NOT_APPROVED: ("danger", "ban"),
    PartyState.NOT_SENT: ("", "circle-dashed"),
}
_STANDINGS = {Standing.IN_FORCE: "ok", Standing.NOT_YET: "info", Standing.LAPSED: "warn", Standing.REPLACED: "", Standing.ENDED: ""}
WAYS = {
    SignWay.KEY: gettext_lazy("xác nhận bằng khóa"),
    SignWay.PAPER: gettext_lazy("bản giấy"),
    SignWay.FILE: gettext_lazy("tệp PDF ký số"),
}


def way_of(signature: Signature) -> list[Any]:
    """How it was signed; of a file, how it is known to be this text, and what is not known of its certificate."""
    said: list[Any] = [WAYS[SignWay(signature.way)]]
    if signature.way == SignWay.FILE:
        said.append(_("đúng bản PDF xuất từ hệ thống") if signature.of_export else _("đối chiếu bằng giá trị băm in trong tệp"))
        if not signature.chain_known:
            said.append(_("chưa kiểm tra được chuỗi chứng thư"))
    return said


def party_tag(state: PartyState) -> Any:
    kind, icon = _KINDS[state]
    return tag(str(STATE_NAMES[state]), kind, icon=icon)


def standing_tag(a: Agreement, standing: Standing) -> Any:
    """A text that is still being worked upon says how far it is; an agreed one where it stands today."""
    if standing == Standing.NOT_YET and a.stage != Stage.AGREED:
        return tag(str(Stage(a.stage).label), "info")
    if standing == Standing.IN_FORCE and a.on_paper:
        return tag(_("có hiệu lực theo bản giấy"), "ok")
    return tag(str(standing_name(standing, a)), _STANDINGS[standing])
