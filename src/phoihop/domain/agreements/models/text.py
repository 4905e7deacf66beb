"""The text: its versions, and its clauses. A version that somebody has signed is never changed; a change opens a new one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ...matters.models import Body
from .register import Agreement


class ContentArea(models.TextChoices):
    """What a clause is about: the eleven content areas of NĐ 03/2019, then the four fields of Luật DQTV 2019, Art. 31."""

    INFORMATION = "thongtin", _("Trao đổi thông tin")
    MOBILISATION = "vandong", _("Vận động quần chúng, giáo dục quốc phòng và an ninh")
    CRIME = "toipham", _("Phòng, chống tội phạm")
    BORDER = "biengioi", _("Chủ quyền, an ninh biên giới")
    CYBER = "mang", _("An ninh mạng")
    ORDER = "trattu", _("Quản lý nhà nước về an ninh, trật tự")
    EVENT = "sukien", _("Bảo vệ sự kiện")
    SITE = "muctieu", _("Bảo vệ mục tiêu")
    DRILL = "dientap", _("Diễn tập, luyện tập phương án")
    DISASTER = "thientai", _("Thiên tai, dịch bệnh")
    BUILDING = "xaydung", _("Xây dựng lực lượng")
    MILITIA_BORDER = "dq-bien", _("Dân quân tự vệ: biên giới, hải đảo, vùng biển, vùng trời")
    MILITIA_ORDER = "dq-trattu", _("Dân quân tự vệ: an ninh, trật tự, phòng chống tội phạm")
    MILITIA_GRASSROOTS = "dq-coso", _("Dân quân tự vệ: tuyên truyền, vận động, xây dựng cơ sở")
    MILITIA_DISASTER = "dq-suco", _("Dân quân tự vệ: thảm họa, thiên tai, dịch bệnh, cháy nổ, cứu nạn")


class Version(models.Model):
    """One exact text of an agreement, with the head it goes by. Once sent to anybody it is never changed.

    ``canonical`` is its canonical form as it was sent, with every sentence as a salted digest (so that a recalled sentence leaves the
    signatures provable); ``digest`` is of that form: what a signature is for. The text that holds on a day is the last one agreed by then.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản"), related_name="versions")
    number = models.PositiveSmallIntegerField(_("bản số"))
    made_at = models.DateTimeField(_("lập lúc"))
    change = models.ForeignKey(Body, models.PROTECT, verbose_name=_("đổi gì so với bản trước"), related_name="+", null=True, blank=True)
    title = models.ForeignKey(Body, models.PROTECT, verbose_name=_("trích yếu của bản này"), related_name="+", null=True, blank=True)
    valid_from = models.DateField(_("bản này có hiệu lực từ ngày"), null=True, blank=True)
    valid_until = models.DateField(_("bản này hết hiệu lực từ ngày"), null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(_("bản này: rà soát mỗi số tháng"), null=True, blank=True)
    canonical = models.TextField(_("dạng chuẩn hóa lúc gửi: mã, số và giá trị băm của từng câu chữ"), blank=True)
    digest = models.CharField(_("giá trị băm của nguyên văn"), max_length=64, blank=True)
    opinions_at = models.DateTimeField(_("xin ý kiến lúc"), null=True, blank=True)
    opinions_by = models.DateTimeField(_("hạn góp ý"), null=True, blank=True)
    signing_at = models.DateTimeField(_("trình ký lúc"), null=True, blank=True)
    signing_by = models.DateTimeField(_("hạn ký"), null=True, blank=True)
    agreed_on = models.DateField(_("bản này đủ chữ ký ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(opinions_at=None, signing_at=None) | ~Q(digest=""), name="version_sent_has_digest"),
            models.CheckConstraint(condition=Q(agreed_on=None) | Q(signing_at__isnull=False), name="version_agreed_was_for_signing"),
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gt=F("valid_from")), name="version_ends_after_start"),
        ]


class Clause(models.Model):
    """One clause of one version, in order: its label (*Điều 7*, *khoản 2*), heading and text, and what it is about."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản"), related_name="clauses")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    depth = models.PositiveSmallIntegerField(_("bậc (0: chương, 1: điều, 2: khoản, 3: điểm)"), default=1)
    label = models.CharField(_("số hiệu điều, khoản"), max_length=40)
    heading = models.ForeignKey(Body, models.PROTECT, verbose_name=_("tên điều"), related_name="+", null=True, blank=True)
    text = models.ForeignKey(Body, models.PROTECT, verbose_name=_("nguyên văn"), related_name="+", null=True, blank=True)
    content = models.CharField(_("nội dung phối hợp"), max_length=10, choices=ContentArea, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="clause_order_once")]
