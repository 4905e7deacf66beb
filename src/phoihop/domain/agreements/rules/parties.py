"""How far one party is: what it has said and signed, what is still awaited, what is late. The clock may say late, never agreed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ...matters.models import PartRole
from ..models import SignWay, Stage


class PartyState(StrEnum):
    """How far a party is with the text that is being worked upon."""

    CONFIRMED = "confirmed"
    ON_PAPER = "on-paper"
    IN_FILE = "in-file"
    DECLINED = "declined"
    SIGNING = "signing"
    SIGNING_LATE = "signing-late"
    WISHES = "wishes"
    AGREES = "agrees"
    ASKED = "asked"
    ASKED_LATE = "asked-late"
    DRAFTS = "drafts"
    GATHERS = "gathers"
    OVER = "over"
    SILENT = "silent"
    FOLLOWS = "follows"
    APPROVES_LATER = "approves-later"
    APPROVING = "approving"
    APPROVED = "approved"
    NOT_APPROVED = "not-approved"
    NOT_SENT = "not-sent"


STATE_NAMES = {
    PartyState.CONFIRMED: _("đã xác nhận"),
    PartyState.ON_PAPER: _("đã ký bản giấy"),
    PartyState.IN_FILE: _("đã ký tệp PDF"),
    PartyState.DECLINED: _("không ký"),
    PartyState.SIGNING: _("chờ ký"),
    PartyState.SIGNING_LATE: _("quá hạn ký"),
    PartyState.WISHES: _("có góp ý"),
    PartyState.AGREES: _("nhất trí"),
    PartyState.ASKED: _("chờ góp ý"),
    PartyState.ASKED_LATE: _("quá hạn góp ý"),
    PartyState.DRAFTS: _("đang soạn"),
    PartyState.GATHERS: _("đang lấy ý kiến"),
    PartyState.OVER: _("đã kết thúc"),
    PartyState.SILENT: _("không góp ý"),
    PartyState.FOLLOWS: _("theo dõi"),
    PartyState.APPROVES_LATER: _("phê duyệt sau khi đủ chữ ký"),
    PartyState.APPROVING: _("chờ phê duyệt"),
    PartyState.APPROVED: _("đã phê duyệt"),
    PartyState.NOT_APPROVED: _("không phê duyệt"),
    PartyState.NOT_SENT: _("chưa gửi"),
}
_SIGNED = {SignWay.KEY: PartyState.CONFIRMED, SignWay.PAPER: PartyState.ON_PAPER, SignWay.FILE: PartyState.IN_FILE}


def party_state(
    *, role: str, signs: bool, stage: str, way: str, declined: bool, wishes: int, spoken: bool, opinions_by: datetime | None, signing_by: datetime | None,
    now: datetime,
) -> PartyState:  # fmt: skip
    """``way``: how it signed the newest version, if it did; ``wishes``, ``spoken``: what it said to the last one that was sent for opinions."""
    if way:
        return _SIGNED[SignWay(way)]
    if declined:
        return PartyState.DECLINED
    if stage == Stage.SIGNING and signs:
        return PartyState.SIGNING_LATE if signing_by is not None and now > signing_by else PartyState.SIGNING
    if wishes or spoken:
        return PartyState.WISHES if wishes else PartyState.AGREES
    if role == PartRole.INFORM:
        return PartyState.FOLLOWS
    if stage == Stage.ENDED:
        return PartyState.OVER if role == PartRole.LEAD else PartyState.SILENT
    if stage == Stage.OPINIONS and role != PartRole.LEAD:
        return PartyState.ASKED_LATE if opinions_by is not None and now > opinions_by else PartyState.ASKED
    if role == PartRole.LEAD:
        return PartyState.GATHERS if stage == Stage.OPINIONS else PartyState.DRAFTS
    return PartyState.NOT_SENT


def approver_state(*, stage: str, signed: bool, approved: bool, declined: bool) -> PartyState:
    """How far the body is that approves the text; ``signed``: whether every party that must has."""
    if approved:
        return PartyState.APPROVED
    if declined:
        return PartyState.NOT_APPROVED
    return PartyState.APPROVING if stage == Stage.SIGNING and signed else PartyState.APPROVES_LATER
