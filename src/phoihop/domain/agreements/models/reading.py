"""A document on its way in: the file, its text, and what was read of it, until somebody makes an agreement of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Unit
from ...matters.models import Attachment
from ...people.models import Post
from .register import Agreement


class ReadingState(models.TextChoices):
    WAITING = "waiting", _("đang đọc")
    READY = "ready", _("chờ xem lại")
    DONE = "done", _("đã lập văn bản")
    DROPPED = "dropped", _("đã bỏ")
    FAILED = "failed", _("không đọc được")


class Reading(models.Model):
    """A unit's own file and the proposals read of it. Nothing of it is an agreement. Text and proposals go when it is done, dropped or old."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị đưa tệp vào"), related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, verbose_name=_("người đưa tệp vào (chức trách)"), related_name="+")
    at = models.DateTimeField(_("lúc"))
    file = models.ForeignKey(Attachment, models.PROTECT, verbose_name=_("tệp"), related_name="+")
    state = models.CharField(_("tình trạng"), max_length=8, choices=ReadingState, default=ReadingState.WAITING)
    text = models.TextField(_("chữ trong tệp, đã qua kiểm tra nội dung"), blank=True)
    found = models.JSONField(_("những gì đọc được và đã sửa"), default=dict)
    problem = models.CharField(_("vì sao không đọc được"), max_length=300, blank=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, verbose_name=_("văn bản đã lập"), related_name="readings", null=True, blank=True)
    ended_at = models.DateTimeField(_("xong, bỏ lúc"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="done") | Q(agreement__isnull=False), name="reading_done_made_something"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(text=""), name="reading_ended_keeps_no_text"),
        ]
        indexes = [models.Index(fields=["unit", "state", "at"], name="reading_by_unit")]
