"""Forces, their units, who directs whom, and how each is reached. Everything is dated: 1 July 2025 was not the last reform."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..territory.models import Area


class Force(models.Model):
    """A force as a kind (military, police, Front …). What it is called and how it is drawn is a :class:`ForceFace`."""

    code = models.CharField(_("mã lực lượng"), max_length=3, unique=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    def __str__(self) -> str:
        return self.code


class ForceFace(models.Model):
    force = models.ForeignKey(Force, models.PROTECT, verbose_name=_("lực lượng"), related_name="faces")
    valid_from = models.DateField(_("từ ngày"))
    name = models.CharField(_("tên"), max_length=80)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=80)
    monogram = models.CharField(_("chữ viết tắt"), max_length=3)
    colour = models.CharField(_("màu, nền sáng"), max_length=7)
    colour_dark = models.CharField(_("màu, nền tối"), max_length=7)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["force", "valid_from"], name="force_face_once_a_day")]


class LineKind(models.TextChoices):
    """A line is what an occasion is counted in once, however many of its members took part."""

    FORCE = "force", _("lực lượng")
    MINISTRY = "ministry", _("ngành dọc")
    DECREE = "decree", _("theo nghị định")


class Line(models.Model):
    code = models.CharField(_("mã"), max_length=8, unique=True)
    kind = models.CharField(_("loại"), max_length=8, choices=LineKind)
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    least_forces = models.PositiveSmallIntegerField(_("ít nhất mấy lực lượng"), default=1)

    class Meta:
        # A set of lines is one integer in the ledger, a line's key being its bit.
        constraints = [models.CheckConstraint(condition=Q(pk__gt=0, pk__lt=63), name="line_is_a_bit")]

    def __str__(self) -> str:
        return self.code


class LineNeed(models.Model):
    """What an act needs to count in a decree's line: a unit of each of these lines took part (ground rule 4)."""

    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("tuyến theo nghị định"), related_name="needs")
    of = models.ForeignKey(Line, models.PROTECT, verbose_name=_("cần có đơn vị của"), related_name="+")
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "of", "valid_from"], name="line_need_once")]


class LineMember(models.Model):
    """Which force reports in which line, and since when (the military, border guard and militia are one line since 1 July 2025)."""

    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("tuyến báo cáo"), related_name="members")
    force = models.ForeignKey(Force, models.PROTECT, verbose_name=_("lực lượng"), related_name="lines")
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "force", "valid_from"], name="line_member_once")]


class UnitKind(models.TextChoices):
    MINISTRY = "bo", _("Bộ, cơ quan trung ương")
    MILITARY_REGION = "qk", _("Bộ Tư lệnh quân khu")
    PROVINCE_HQ = "tinh", _("Cơ quan cấp tỉnh")
    DEPARTMENT = "phong", _("Phòng, ban của cơ quan cấp tỉnh")
    DEFENCE_REGION = "ptkv", _("Ban Chỉ huy Phòng thủ khu vực")
    STATION = "don", _("Đồn, trạm")
    DISTRICT_HQ = "huyen", _("Cơ quan cấp huyện (đến 30/6/2025)")
    COMMUNE_HQ = "xa", _("Cơ quan cấp xã")
    TEAM = "to", _("Tổ, đội ở cơ sở")


class Unit(models.Model):
    """A unit of a force. The key is derived from force, kind and area, so that every node makes the same one."""

    key = models.CharField(_("khóa đơn vị"), max_length=60, unique=True)
    force = models.ForeignKey(Force, models.PROTECT, verbose_name=_("lực lượng"), related_name="units")
    kind = models.CharField(_("loại đơn vị"), max_length=6, choices=UnitKind)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="units")
    name = models.CharField(_("tên"), max_length=120)
    short = models.CharField(_("tên gọn"), max_length=60)
    folded = models.CharField(_("tên không dấu, để tìm"), max_length=140, db_index=True)
    home = models.CharField(_("máy chủ của đơn vị"), max_length=5)
    valid_from = models.DateField(_("có từ ngày"))
    valid_until = models.DateField(_("kết thúc từ ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="unit_ends_after_start"),
        ]
        indexes = [models.Index(fields=["area", "force"], name="unit_by_area")]

    def __str__(self) -> str:
        return self.name


class UnitArea(models.Model):
    """Communes that a unit covers beyond its own area: a regional defence command, a border station."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="covers")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn phụ trách"), related_name="covered_by")
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "area", "valid_from"], name="unit_area_once")]


class RelationKind(models.TextChoices):
    """Who may assign (the first two) and who may only request (the last two): NĐ 168/2018, Art. 12-13; TT 29/2020/TT-BQP, Art. 4."""

    DIRECTS = "directs", _("lãnh đạo, chỉ đạo")
    GUIDES = "guides", _("chỉ đạo, hướng dẫn")
    COORDINATES = "coordinates", _("phối hợp")
    JOINT_ACTION = "joint", _("phối hợp – hiệp đồng (chỉ giữ đầu mối liên lạc)")


class Relation(models.Model):
    """A dated relation from one unit to another. Two units without one coordinate as equals."""

    upper = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="relations_down")
    lower = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("với đơn vị"), related_name="relations_up")
    kind = models.CharField(_("quan hệ"), max_length=12, choices=RelationKind)
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upper", "lower", "kind", "valid_from"], name="relation_once"),
            models.CheckConstraint(condition=~Q(upper=F("lower")), name="relation_of_two"),
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="relation_ends_after_start"),
        ]


class UnitClosure(models.Model):
    """Projection of the *directs* relations: every unit that directs a unit, itself at depth 0, with dates."""

    ancestor = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị trên"), related_name="commands")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="commanded_by")
    depth = models.PositiveSmallIntegerField(_("số bậc"))
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"))

    class Meta:
        indexes = [models.Index(fields=["ancestor", "valid_from", "valid_until", "unit"], name="units_below")]
        constraints = [models.UniqueConstraint(fields=["unit", "ancestor", "valid_from"], name="unit_closure_once")]


class UnitSuccession(models.Model):
    """A unit that ended and the one that took over what it held. Written by one action, which hands everything over."""

    old = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị cũ"), related_name="became")
    new = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị kế thừa"), related_name="took_over")
    day = models.DateField(_("ngày"))
    basis = models.CharField(_("căn cứ"), max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new", "day"], name="unit_succession_once")]


class Contact(models.Model):
    """A registered duty contact of a unit: the only telephone numbers that free text may hold."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="contacts")
    label = models.CharField(_("tên đầu mối (chức danh trực)"), max_length=80)
    number = models.CharField(_("số điện thoại trực"), max_length=20)
    digits = models.CharField(_("chữ số của số trực, để đối chiếu"), max_length=15, db_index=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)


class ContactTest(models.Model):
    contact = models.ForeignKey(Contact, models.PROTECT, verbose_name=_("đầu mối"), related_name="tests")
    at = models.DateTimeField(_("lúc thử"))
    by = models.ForeignKey("phoihop.Post", models.PROTECT, verbose_name=_("người thử (chức trách)"), related_name="+")
    passed = models.BooleanField(_("thông suốt"))


class MeansKind(models.TextChoices):
    """What can be counted on; weapons are in no list of this system."""

    BOAT = "xuong", _("xuồng, ca nô")
    SHIP = "tau", _("tàu")
    CAR = "oto", _("ô tô")
    MOTORBIKE = "xemay", _("xe máy")
    FIRE_ENGINE = "chuachay", _("xe chữa cháy")
    PUMP = "maybom", _("máy bơm")
    LIFE_JACKET = "aophao", _("áo phao")
    RADIO = "bodam", _("bộ đàm")


class Means(models.Model):
    """How many of a kind a unit has, as of a day; a later row replaces an earlier."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="means")
    kind = models.CharField(_("loại phương tiện"), max_length=10, choices=MeansKind)
    count = models.PositiveIntegerField(_("số lượng"))
    as_of = models.DateField(_("tính đến ngày"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "as_of"], name="means_once_a_day")]


class Letterhead(models.Model):
    """How a body issues documents: its superior's line, its own, the symbol, place and signer (NĐ 30/2020, Annex I)."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ban hành"), related_name="letterheads")
    valid_from = models.DateField(_("từ ngày"))
    superior = models.CharField(_("cơ quan chủ quản"), max_length=120, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=120)
    symbol = models.CharField(_("ký hiệu sau loại văn bản"), max_length=30)
    place = models.CharField(_("địa danh"), max_length=60)
    signer = models.CharField(_("chức danh người ký"), max_length=120)
    reports_to = models.CharField(_("kính gửi (báo cáo lên)"), max_length=200, blank=True)
    archive = models.CharField(_("nơi lưu"), max_length=60, default="VT")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="letterhead_once_a_day")]
