"""What holds unless a place says otherwise: cadences, deadlines and criteria; and where a province or a commune says so, on what basis, how long."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Unit
from ...matters.models import Body
from ...territory.models import Area
from .register import Agreement, Instrument


class Norm(models.TextChoices):
    """Everything that a place may lay down otherwise than it ships: a closed list. What each ships with stands in ``rules/norms``."""

    BRIEF_PROVINCE = "brief-province", _("Giao ban cấp tỉnh")
    BRIEF_COMMUNE = "brief-commune", _("Giao ban cấp xã")
    DRILL_COMMUNE = "drill-commune", _("Diễn tập, luyện tập cấp xã")
    SUM_UP = "sum-up", _("Sơ kết, tổng kết, rà soát việc thực hiện")
    REVIEW_MONTHS = "review-months", _("Rà soát văn bản phối hợp sau mỗi")
    PRACTICE_MONTHS = "practice-every", _("Luyện tập phương án sau mỗi")
    OPINION_DAYS = "opinion-days", _("Thời hạn góp ý dự thảo")
    SIGN_DAYS = "sign-days", _("Thời hạn ký")
    PAPER_DAYS = "paper-days", _("Thời hạn ghi nhận bản giấy đã vào sổ")
    ADOPT_DAYS = "adopt-days", _("Thời hạn cấp dưới ban hành, thực hiện")
    REPORT_DAYS = "report-days", _("Thời hạn gửi báo cáo sau ngày chốt số liệu")
    CONTENTS = "contents", _("Nội dung mà quy chế, chương trình ở mỗi xã phải có")
    NEED_LEAD = "need-lead", _("Mỗi việc có một bên chủ trì")
    NEED_DEADLINE = "need-deadline", _("Việc khi có yêu cầu ghi phải làm trong bao lâu")
    NEED_CONTACT = "need-contact", _("Mỗi bên công bố đầu mối trực")
    NEED_REVIEW = "need-review", _("Văn bản có ngày rà soát tới")


class LocalNorm(models.Model):
    """A value that holds in an area, and in all below it that have none of their own, instead of the shipped one. Never edited: withdrawn, and set anew."""

    norm = models.CharField(_("mẫu, chu kỳ, tiêu chí"), max_length=14, choices=Norm)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn áp dụng"), related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị đặt"), related_name="+")
    value = models.CharField(_("giá trị riêng"), max_length=200)
    instrument = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("căn cứ: văn bản pháp lý"), related_name="+", null=True, blank=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, verbose_name=_("căn cứ: văn bản trong sổ"), related_name="local_norms", null=True, blank=True)
    why = models.ForeignKey(Body, models.PROTECT, verbose_name=_("căn cứ, lý do bằng lời"), related_name="+")
    valid_from = models.DateField(_("áp dụng từ ngày"))
    valid_until = models.DateField(_("áp dụng đến trước ngày"), null=True, blank=True)
    set_at = models.DateTimeField(_("đặt lúc"))
    withdrawn_on = models.DateField(_("rút từ ngày"), null=True, blank=True)
    withdrawal = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do rút"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(instrument__isnull=False) ^ Q(agreement__isnull=False), name="local_norm_on_one_basis"),
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="local_norm_ends_after_start"),
            models.CheckConstraint(condition=Q(withdrawn_on=None) | Q(withdrawal__isnull=False), name="local_norm_withdrawn_has_reason"),
        ]
        indexes = [models.Index(fields=["area", "norm", "valid_from"], name="local_norm_by_area")]
