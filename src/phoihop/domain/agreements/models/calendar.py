"""Holidays and public events that are known long ahead, and which plan was drawn up for which of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Unit
from ...matters.models import Body
from ...territory.models import Area
from .register import Agreement


class PublicEventKind(models.TextChoices):
    """What draws a crowd to a place that is known beforehand. Nothing else is in the calendar (ground rule 2)."""

    HOLIDAY = "le", _("ngày lễ, tết")
    FESTIVAL = "lehoi", _("lễ hội")
    EXAM = "thi", _("kỳ thi")
    CONGRESS = "hoinghi", _("đại hội, kỳ họp, hội nghị công khai")
    CULTURE = "vanhoa", _("văn hóa, thể thao, du lịch")
    FAIR = "hoicho", _("hội chợ, triển lãm")


class PublicEvent(models.Model):
    """One holiday or event on its days. Those of the whole country come with the program; a unit adds those of its area.

    ``series`` is the same every year, so that the plan of last year is found; of own events it follows from area and name.
    """

    code = models.CharField(_("mã"), max_length=120, unique=True)
    series = models.CharField(_("sự kiện lặp lại hằng năm"), max_length=100, db_index=True)
    kind = models.CharField(_("loại"), max_length=8, choices=PublicEventKind)
    name = models.ForeignKey(Body, models.PROTECT, verbose_name=_("tên sự kiện"), related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn; để trống là cả nước"), related_name="+", null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ghi; để trống là danh mục kèm phần mềm"), related_name="+", null=True, blank=True)
    first_on = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến trước ngày"))
    lunar = models.CharField(_("ngày âm lịch"), max_length=40, blank=True)
    source = models.CharField(_("nguồn của ngày"), max_length=160, blank=True)
    cancelled_at = models.DateTimeField(_("bỏ khỏi lịch lúc"), null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("first_on")), name="public_event_ends_after_start")]
        indexes = [models.Index(fields=["first_on"], name="public_event_by_day")]

    def __str__(self) -> str:
        return self.code


class EventPlan(models.Model):
    """A plan was drawn up for an event of the calendar; an event may have several, one for each commune."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, verbose_name=_("kế hoạch"), related_name="for_event")
    event = models.ForeignKey(PublicEvent, models.PROTECT, verbose_name=_("sự kiện"), related_name="plans")
