"""Who is asked, what each said, and who signed which exact text in which of the three ways (ground rule 6)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phoihop.kernel import guards

from ...forces.models import Unit
from ...matters.models import Attachment, Body, PartRole
from ...people.models import Post, PostKey
from .register import Agreement
from .text import Clause, Version

guards.append_only("phoihop_signature", "phoihop_declining", "phoihop_approval", "phoihop_textexport")


class AgreementParty(models.Model):
    """A unit that the agreement binds, or that follows it. It is in force only when every required party has signed.

    Who ``approves`` (a People's Committee, a command above) signs for nobody: once all have signed, it records its own decision.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản"), related_name="parties")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="agreement_parties")
    role = models.CharField(_("vai"), max_length=8, choices=PartRole)
    signs = models.BooleanField(_("phải ký"), default=True)
    approves = models.BooleanField(_("phê duyệt sau khi các bên ký"), default=False)
    order = models.PositiveSmallIntegerField(_("thứ tự ký"), default=0)
    received_at = models.DateTimeField(_("nhận bản đang xét lúc"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("nhắc gần nhất lúc"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "unit"], name="agreement_party_once"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(role="lead"), name="agreement_one_lead"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(approves=True), name="agreement_one_approver"),
            models.CheckConstraint(condition=Q(approves=False) | Q(signs=False, role="inform"), name="approver_signs_not"),
        ]
        indexes = [models.Index(fields=["unit", "agreement"], name="agreement_by_party")]


class TakenUp(models.TextChoices):
    """What the lead made of an opinion or a proposal."""

    WAITING = "waiting", _("chờ trả lời")
    TAKEN = "taken", _("tiếp thu")
    PARTLY = "partly", _("tiếp thu một phần")
    NOT = "not", _("không tiếp thu")


class Opinion(models.Model):
    """What a party says to a version: that it agrees to the whole, or a wish on a clause; each wish is answered."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản"), related_name="opinions")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị góp ý"), related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name=_("điều, khoản"), related_name="opinions", null=True, blank=True)
    at = models.DateTimeField(_("góp ý lúc"))
    text = models.ForeignKey(Body, models.PROTECT, verbose_name=_("góp ý (trống: nhất trí toàn văn)"), related_name="+", null=True, blank=True)
    taken = models.CharField(_("tiếp thu"), max_length=7, choices=TakenUp, default=TakenUp.WAITING)
    answer = models.ForeignKey(Body, models.PROTECT, verbose_name=_("giải trình của đơn vị soạn"), related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken="waiting") | Q(answered_at__isnull=False), name="opinion_answer_has_time"),
            models.CheckConstraint(condition=~Q(taken="not") | Q(answer__isnull=False), name="opinion_not_taken_has_reason"),
        ]


class SignWay(models.TextChoices):
    """The three ways to sign, told apart wherever a signature is shown."""

    PAPER = "paper", _("bản giấy đã ký")
    FILE = "file", _("tệp PDF ký số nơi khác")
    KEY = "key", _("xác nhận bằng khóa của chức trách")


class Signature(models.Model):
    """A unit binds itself to one exact text. Never changed, never taken back; a new version asks again."""

    version = models.ForeignKey(Version, models.PROTECT, verbose_name=_("bản"), related_name="signatures")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ký"), related_name="+")
    way = models.CharField(_("cách ký"), max_length=5, choices=SignWay)
    digest = models.CharField(_("giá trị băm của nguyên văn đã ký"), max_length=64)
    at = models.DateTimeField(_("ký lúc"))
    by = models.ForeignKey(Post, models.PROTECT, verbose_name=_("chức trách"), related_name="+")
    key = models.ForeignKey(PostKey, models.PROTECT, verbose_name=_("khóa"), related_name="signatures", null=True, blank=True)
    signature = models.CharField(_("chữ ký Ed25519"), max_length=128, blank=True)
    number = models.CharField(_("số, ký hiệu bản giấy"), max_length=60, blank=True)
    signed_on = models.DateField(_("ngày ký trên bản giấy, trong tệp"), null=True, blank=True)
    signers = models.ForeignKey(Body, models.PROTECT, verbose_name=_("người ký theo chức vụ"), related_name="+", null=True, blank=True)
    scan = models.ForeignKey(Attachment, models.PROTECT, verbose_name=_("bản quét, tệp đã ký"), related_name="+", null=True, blank=True)
    of_export = models.BooleanField(_("tệp đã ký đúng là bản PDF xuất từ hệ thống"), default=False)
    chain_known = models.BooleanField(_("chuỗi chứng thư của tệp đã ký kiểm tra được"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "unit"], name="signature_once"),
            models.CheckConstraint(condition=~Q(way="key") | Q(key__isnull=False) & ~Q(signature=""), name="signature_by_key_has_key"),
            models.CheckConstraint(condition=~Q(way="file") | Q(scan__isnull=False), name="signature_in_file_has_file"),
            models.CheckConstraint(condition=~Q(way="paper") | Q(signed_on__isnull=False), name="signature_on_paper_has_day"),
        ]


class Reservation(models.Model):
    """What a party that signs does not share; it stays beside the clause."""

    signature = models.ForeignKey(Signature, models.CASCADE, verbose_name=_("chữ ký"), related_name="reservations")
    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name=_("điều, khoản"), related_name="reservations", null=True, blank=True)
    text = models.ForeignKey(Body, models.PROTECT, verbose_name=_("nội dung bảo lưu"), related_name="+")


class Declining(models.Model):
    """A party says that it does not sign a version, and why. A new version asks it again."""

    version = models.ForeignKey(Version, models.PROTECT, verbose_name=_("bản"), related_name="declinings")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị không ký"), related_name="+")
    at = models.DateTimeField(_("trả lời lúc"))
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do không ký"), related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "unit"], name="declining_once")]


class Approval(models.Model):
    """The decision of a body above by which it approves a version that every party has signed. Its own act; it signs for nobody."""

    version = models.ForeignKey(Version, models.PROTECT, verbose_name=_("bản"), related_name="approvals")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("cơ quan phê duyệt"), related_name="+")
    digest = models.CharField(_("giá trị băm của nguyên văn được phê duyệt"), max_length=64)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(Post, models.PROTECT, verbose_name=_("chức trách"), related_name="+")
    number = models.CharField(_("số, ký hiệu quyết định phê duyệt"), max_length=60)
    decided_on = models.DateField(_("ngày quyết định"))
    scan = models.ForeignKey(Attachment, models.PROTECT, verbose_name=_("bản quét quyết định"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version"], name="approval_once")]


class TextExport(models.Model):
    """A PDF that the system made of a version: a file signed elsewhere that begins with exactly these bytes is this text."""

    version = models.ForeignKey(Version, models.PROTECT, verbose_name=_("bản"), related_name="exports")
    digest = models.CharField(_("giá trị băm SHA-256 của tệp PDF"), max_length=64)
    made_at = models.DateTimeField(_("xuất lúc"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "digest"], name="text_export_once")]
