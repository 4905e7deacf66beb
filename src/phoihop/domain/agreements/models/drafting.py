"""What the lead of a text lays down for its next version while the parties have an earlier one: kept apart until they are sent the new one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Unit
from ...matters.models import PartRole
from ...territory.models import Area
from .text import Version


class DraftParty(models.Model):
    """A party of a version that nobody was sent yet; with the sending it becomes one of the agreement (:class:`AgreementParty`)."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản đang soạn"), related_name="draft_parties")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    role = models.CharField(_("vai"), max_length=8, choices=PartRole)
    signs = models.BooleanField(_("phải ký"))
    approves = models.BooleanField(_("phê duyệt sau khi các bên ký"))
    order = models.PositiveSmallIntegerField(_("thứ tự ký"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "unit"], name="draft_party_once"),
            models.CheckConstraint(condition=Q(approves=False) | Q(signs=False, role="inform"), name="draft_approver_signs_not"),
        ]


class DraftArea(models.Model):
    """Where a version that nobody was sent yet is to hold; with the sending the agreement does (:class:`AgreementArea`). The first is kept first."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản đang soạn"), related_name="draft_areas")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "area"], name="draft_area_once")]
