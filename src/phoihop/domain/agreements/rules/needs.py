"""What an agreement can need of a unit."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Needs(StrEnum):
    """What waits for a unit, in the order of a glance: to speak, to sign, to say what it makes of it, to say that it has it, what a plan asks of it;
    and for a lead."""

    OPINION = "opinion"
    SIGN = "sign"
    ADOPT = "adopt"
    RECEIVE = "receive"
    PREPARE = "prepare"
    TEAM = "team"
    SHIFT = "shift"
    WISHES = "wishes"
    PROPOSAL = "proposal"
    REVIEW = "review"


NEED_NAMES = {
    Needs.OPINION: _("chờ góp ý"), Needs.SIGN: _("chờ ký, xác nhận"), Needs.ADOPT: _("chờ ban hành, thực hiện"), Needs.RECEIVE: _("chờ báo nhận"),
    Needs.PREPARE: _("chờ chuẩn bị"), Needs.TEAM: _("chờ trả lời vào tổ, đội"), Needs.SHIFT: _("chờ ghi số lượt người"),
    Needs.WISHES: _("chờ trả lời góp ý"), Needs.PROPOSAL: _("chờ trả lời đề xuất"), Needs.REVIEW: _("quá hạn rà soát"),
}  # fmt: skip
