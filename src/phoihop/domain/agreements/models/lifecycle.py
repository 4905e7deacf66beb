"""What happens to an agreement while it is in force: making it known, taking it over below, reviewing and changing it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Unit
from ...matters.models import Attachment, Body
from .register import Agreement
from .signing import TakenUp
from .text import Clause


class ReviewOutcome(models.TextChoices):
    KEEP = "keep", _("giữ nguyên")
    AMEND = "amend", _("sửa đổi, bổ sung")
    REPLACE = "replace", _("thay thế")
    END = "end", _("thôi thực hiện")


class Review(models.Model):
    """A review that was held: of which day it was due, and what came of it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản"), related_name="reviews")
    due_on = models.DateField(_("đến hạn ngày"), null=True, blank=True)
    held_on = models.DateField(_("rà soát ngày"))
    outcome = models.CharField(_("kết quả"), max_length=7, choices=ReviewOutcome)
    note = models.ForeignKey(Body, models.PROTECT, verbose_name=_("nhận xét"), related_name="+", null=True, blank=True)


class ProposalSource(models.TextChoices):
    """What a proposal of change comes from."""

    BRIEFING = "briefing", _("giao ban")
    DRILL = "drill", _("diễn tập, luyện tập")
    INSPECTION = "inspect", _("kiểm tra")
    AFTER_ACTION = "after", _("rút kinh nghiệm sau vụ việc")
    REVIEW = "review", _("rà soát")
    PARTY = "party", _("đề xuất của một bên")


class ChangeProposal(models.Model):
    """A party proposes to change an agreement in force; the lead answers."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản"), related_name="proposals")
    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name=_("điều, khoản"), related_name="proposals", null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị đề xuất"), related_name="+")
    source = models.CharField(_("từ đâu"), max_length=8, choices=ProposalSource)
    at = models.DateTimeField(_("đề xuất lúc"))
    text = models.ForeignKey(Body, models.PROTECT, verbose_name=_("nội dung đề xuất"), related_name="+")
    taken = models.CharField(_("trả lời"), max_length=7, choices=TakenUp, default=TakenUp.WAITING)
    answer = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lời trả lời"), related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(taken="waiting") | Q(answered_at__isnull=False), name="proposal_answer_has_time")]


class AdoptionForm(models.TextChoices):
    """How a unit below took an agreement over."""

    WAITING = "waiting", _("chưa ban hành")
    AS_IS = "asis", _("thực hiện nguyên văn")
    ADAPTED = "adapted", _("có văn bản riêng")
    DECLINED = "declined", _("không áp dụng")


class Adoption(models.Model):
    """A unit below is asked for its own text, by a day; it answers by adopting, by a text of its own, or says why not."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản cấp trên"), related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị được yêu cầu"), related_name="+")
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    due_on = models.DateField(_("hạn"))
    form = models.CharField(_("cách thực hiện"), max_length=8, choices=AdoptionForm, default=AdoptionForm.WAITING)
    own = models.ForeignKey(Agreement, models.PROTECT, verbose_name=_("văn bản riêng"), related_name="adopts", null=True, blank=True)
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do không áp dụng"), related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("nhắc gần nhất lúc"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "unit"], name="adoption_once"),
            models.CheckConstraint(condition=~Q(form="adapted") | Q(own__isnull=False), name="adapted_has_its_text"),
            models.CheckConstraint(condition=~Q(form="declined") | Q(reason__isnull=False), name="adoption_declined_has_reason"),
        ]


class Delivery(models.Model):
    """An agreement in force is sent to a unit, which says that it has received it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản"), related_name="deliveries")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("nơi nhận"), related_name="+")
    sent_at = models.DateTimeField(_("gửi lúc"))
    received_at = models.DateTimeField(_("nhận lúc"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "unit"], name="delivery_once")]


class Dissemination(models.Model):
    """A unit made the text known to its own (*quán triệt*): on a day, to how many, with its proof."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản"), related_name="disseminations")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị quán triệt"), related_name="+")
    held_on = models.DateField(_("ngày quán triệt"))
    attendance = models.PositiveIntegerField(_("số lượt người dự"))
    proof = models.ForeignKey(Attachment, models.PROTECT, verbose_name=_("minh chứng"), related_name="+", null=True, blank=True)
