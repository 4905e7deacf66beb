"""The register: legal instruments that everybody knows, and the agreements of units here."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Unit
from ...matters.models import Attachment, Body, Matter
from ...territory.models import Area


class InstrumentKind(models.TextChoices):
    """Kinds of legal and party instruments that agreements stand on."""

    LAW = "luat", _("Luật")
    DECREE = "nd", _("Nghị định")
    DECISION = "qd", _("Quyết định")
    CIRCULAR = "tt", _("Thông tư")
    JOINT_CIRCULAR = "ttlt", _("Thông tư liên tịch")
    DIRECTIVE = "ct", _("Chỉ thị")
    CONCLUSION = "kl", _("Kết luận")
    RESOLUTION = "nq", _("Nghị quyết")


class Instrument(models.Model):
    """A law, decree, circular or directive, with the days between which it is in force. Shipped as data; a node adds its own."""

    code = models.CharField(_("mã"), max_length=40, unique=True)
    kind = models.CharField(_("loại văn bản"), max_length=4, choices=InstrumentKind)
    number = models.CharField(_("số, ký hiệu"), max_length=40)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=120)
    title = models.CharField(_("trích yếu"), max_length=300)
    folded = models.CharField(_("trích yếu không dấu, để tìm"), max_length=400)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    valid_from = models.DateField(_("có hiệu lực từ ngày"), null=True, blank=True)
    valid_until = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gt=F("valid_from")), name="instrument_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.number


class LinkKind(models.TextChoices):
    """What a later text does to an earlier one, or takes from it."""

    IMPLEMENTS = "implements", _("thực hiện")
    AMENDS = "amends", _("sửa đổi, bổ sung")
    REPLACES = "replaces", _("thay thế")


class InstrumentLink(models.Model):
    """One instrument amends, replaces or implements another, since a day."""

    later = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("văn bản sau"), related_name="links")
    earlier = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("văn bản trước"), related_name="linked_by")
    kind = models.CharField(_("quan hệ"), max_length=10, choices=LinkKind)
    since = models.DateField(_("từ ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier", "kind"], name="instrument_link_once"),
            models.CheckConstraint(condition=~Q(later=F("earlier")), name="instrument_not_its_own_basis"),
        ]


class AgreementKind(models.TextChoices):
    """What kind of text it is; each is a kind of document of NĐ 30/2020 (Art. 7) or of the Party."""

    REGULATION = "quyche", _("Quy chế phối hợp")
    JOINT_PROGRAMME = "lientich", _("Chương trình, kế hoạch liên tịch")
    ANNUAL = "nam", _("Kế hoạch năm")
    THEMATIC = "chuyende", _("Kế hoạch chuyên đề")
    EVENT = "sukien", _("Kế hoạch bảo đảm an toàn sự kiện")
    CONTINGENCY = "phuongan", _("Phương án xử lý tình huống")
    SCHEME = "dean", _("Đề án")
    ACTION = "hanhdong", _("Chương trình hành động")
    RESOLUTION = "nghiquyet", _("Nghị quyết")
    DIRECTIVE = "chithi", _("Chỉ thị, văn bản chỉ đạo, hướng dẫn")
    APPRAISAL = "thamdinh", _("Góp ý chung cho dự án, quy hoạch của ngành khác")


class NumberStyle(models.TextChoices):
    """How number and symbol are written: ``05/QC-BCH`` (NĐ 30/2020, Annex I) or ``149-KH/ĐUCA`` (the Party)."""

    STATE = "state", _("hành chính: 05/QC-BCH")
    PARTY = "party", _("văn bản Đảng: 149-KH/ĐUCA")


class Stage(models.TextChoices):
    """How far the parties have come. Whether an agreed text is in force today is asked of its dates, never stored."""

    DRAFT = "draft", _("soạn thảo")
    OPINIONS = "opinions", _("lấy ý kiến")
    SIGNING = "signing", _("ký liên tịch")
    AGREED = "agreed", _("các bên đã ký")
    ENDED = "ended", _("thôi thực hiện")


class SituationKind(models.TextChoices):
    """The only kinds of plan whose body is kept here (ground rule 3). Of every other plan: name, number, dates, parties, results as counts."""

    FIRE = "chay", _("cháy, nổ")
    RESCUE = "cuunan", _("cứu nạn, cứu hộ")
    DISASTER = "thientai", _("thiên tai, phòng thủ dân sự")
    EPIDEMIC = "dich", _("dịch bệnh")
    ENVIRONMENT = "moitruong", _("sự cố môi trường")
    ORDNANCE = "bommin", _("vật liệu nổ còn sót lại")
    CYBER = "mang", _("sự cố hệ thống thông tin của cơ quan")
    PUBLIC_EVENT = "sukien", _("an toàn sự kiện công cộng")


class Agreement(models.Model):
    """A text between units: it has a matter, a number once issued, a stage, and the days between which it holds."""

    matter = models.OneToOneField(Matter, models.PROTECT, verbose_name=_("việc"), related_name="agreement")
    kind = models.CharField(_("loại văn bản"), max_length=10, choices=AgreementKind)
    stage = models.CharField(_("bước"), max_length=8, choices=Stage, default=Stage.DRAFT)
    style = models.CharField(_("kiểu số, ký hiệu"), max_length=5, choices=NumberStyle, default=NumberStyle.STATE)
    issuer = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị cấp số"), related_name="issued_agreements")
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=40, blank=True)
    letters = models.CharField(_("ký hiệu viết không dấu, để biết cùng một số"), max_length=120, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    folded = models.CharField(_("trích yếu không dấu, để tìm"), max_length=400)
    valid_from = models.DateField(_("có hiệu lực từ ngày"), null=True, blank=True)
    valid_until = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    next_review = models.DateField(_("ngày rà soát tới"), null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(_("rà soát mỗi số tháng"), null=True, blank=True)
    on_paper = models.BooleanField(_("có hiệu lực theo bản giấy"), default=False)
    agreed_on = models.DateField(_("đủ chữ ký ngày"), null=True, blank=True)
    ended_on = models.DateField(_("thôi thực hiện từ ngày"), null=True, blank=True)
    situation = models.CharField(_("loại tình huống"), max_length=10, choices=SituationKind, blank=True)
    cleared_by = models.CharField(_("cơ quan xác định không thuộc danh mục bí mật"), max_length=120, blank=True)
    cleared_on = models.DateField(_("ngày xác định không thuộc danh mục bí mật"), null=True, blank=True)
    original = models.ForeignKey(Attachment, models.PROTECT, verbose_name=_("tệp gốc đã nhập"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gt=F("valid_from")), name="agreement_ends_after_start"),
            models.CheckConstraint(condition=Q(number=None) | Q(issued_on__isnull=False), name="agreement_number_has_a_day"),
            models.CheckConstraint(condition=~Q(stage="agreed") | Q(agreed_on__isnull=False), name="agreement_agreed_on_a_day"),
            models.CheckConstraint(condition=~Q(stage="ended") | Q(ended_on__isnull=False), name="agreement_ended_on_a_day"),
        ]
        indexes = [
            models.Index(fields=["issuer", "number"], name="agreement_by_number"),
            models.Index(fields=["stage", "kind"], name="agreement_by_stage"),
            models.Index(fields=["next_review"], name="agreement_by_review"),
        ]

    def __str__(self) -> str:
        return self.matter.code


class AgreementArea(models.Model):
    """Where an agreement holds: one line for each area, with all below it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản"), related_name="areas")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "area"], name="agreement_area_once")]


class Basis(models.Model):
    """What an agreement implements, amends or replaces: a legal instrument, an earlier agreement of the register, or what stands in neither, in the words of the text."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("văn bản"), related_name="bases")
    kind = models.CharField(_("quan hệ"), max_length=10, choices=LinkKind)
    instrument = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("văn bản pháp lý"), related_name="agreements", null=True, blank=True)
    earlier = models.ForeignKey(Agreement, models.PROTECT, verbose_name=_("văn bản trước"), related_name="followed_by", null=True, blank=True)
    cited = models.ForeignKey(Body, models.PROTECT, verbose_name=_("căn cứ ngoài sổ, ghi nguyên văn"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(instrument__isnull=False, earlier=None, cited=None)
                | Q(instrument=None, earlier__isnull=False, cited=None)
                | Q(instrument=None, earlier=None, cited__isnull=False),
                name="basis_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(agreement=F("earlier")), name="agreement_not_its_own_basis"),
            models.UniqueConstraint(fields=["agreement", "kind", "instrument"], condition=Q(instrument__isnull=False), name="basis_instrument_once"),
            models.UniqueConstraint(fields=["agreement", "kind", "earlier"], condition=Q(earlier__isnull=False), name="basis_agreement_once"),
        ]
