"""What the lead of a text lays down for its next version while the parties have an earlier one: kept apart until they are sent the new one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Unit
from ...matters.models import Body, PartRole
from ...territory.models import Area
from .register import Agreement, AgreementKind, Instrument, LinkKind, NumberStyle, SituationKind
from .text import Version


class DraftHead(models.Model):
    """What a version that nobody was sent yet says of the agreement itself; with the sending the agreement does."""

    version = models.OneToOneField(Version, models.CASCADE, verbose_name=_("bản đang soạn"), related_name="draft_head")
    kind = models.CharField(_("loại văn bản"), max_length=10, choices=AgreementKind)
    style = models.CharField(_("kiểu số, ký hiệu"), max_length=5, choices=NumberStyle)
    situation = models.CharField(_("loại tình huống"), max_length=10, choices=SituationKind, blank=True)
    cleared_by = models.CharField(_("cơ quan xác định không thuộc danh mục bí mật"), max_length=120, blank=True)
    cleared_on = models.DateField(_("ngày xác định không thuộc danh mục bí mật"), null=True, blank=True)


class DraftBasis(models.Model):
    """What a version that nobody was sent yet stands on; with the sending the agreement does (:class:`Basis`)."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản đang soạn"), related_name="draft_bases")
    kind = models.CharField(_("quan hệ"), max_length=10, choices=LinkKind)
    instrument = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("văn bản pháp lý"), related_name="+", null=True, blank=True)
    earlier = models.ForeignKey(Agreement, models.PROTECT, verbose_name=_("văn bản trước"), related_name="+", null=True, blank=True)
    cited = models.ForeignKey(Body, models.PROTECT, verbose_name=_("căn cứ ngoài sổ, ghi nguyên văn"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(instrument__isnull=False, earlier=None, cited=None)
                | Q(instrument=None, earlier__isnull=False, cited=None)
                | Q(instrument=None, earlier=None, cited__isnull=False),
                name="draft_basis_of_one_thing",
            ),
            models.UniqueConstraint(fields=["version", "kind", "instrument"], condition=Q(instrument__isnull=False), name="draft_basis_instrument_once"),
            models.UniqueConstraint(fields=["version", "kind", "earlier"], condition=Q(earlier__isnull=False), name="draft_basis_agreement_once"),
        ]


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
