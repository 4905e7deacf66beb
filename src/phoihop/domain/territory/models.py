"""Areas in time, in several trees at once.

A code alone is no key: 65 % of today's commune codes named another unit on 30 June 2025. An area is (tree, code, valid
from); it has one dated parent at a time; what it became is a :class:`Succession`.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tree(models.TextChoices):
    """Trees do not share their middle levels; a commune may hang in several."""

    CIVIL = "civil", _("Hành chính")
    CLUSTER = "cluster", _("Cụm do tỉnh đặt")
    DEFENCE = "defence", _("Phòng thủ khu vực")
    BORDER = "border", _("Tuyến biên phòng")


class Level(models.TextChoices):
    NATION = "nation", _("Toàn quốc")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện (đến 30/6/2025)")
    COMMUNE = "commune", _("Cấp xã")
    HAMLET = "hamlet", _("Thôn, ấp, tổ dân phố")
    GROUP = "group", _("Nhóm xã")


class AreaKind(models.TextChoices):
    """What the unit calls itself before its name."""

    NATION = "nuoc", _("Nước")
    PROVINCE = "tinh", _("Tỉnh")
    CITY = "thanh-pho", _("Thành phố")
    URBAN_DISTRICT = "quan", _("Quận")
    DISTRICT = "huyen", _("Huyện")
    TOWN = "thi-xa", _("Thị xã")
    COMMUNE = "xa", _("Xã")
    WARD = "phuong", _("Phường")
    TOWNSHIP = "thi-tran", _("Thị trấn")
    SPECIAL_ZONE = "dac-khu", _("Đặc khu")
    HAMLET = "ap", _("Ấp, thôn, tổ dân phố")
    CLUSTER = "cum", _("Cụm")
    DEFENCE_REGION = "ptkv", _("Khu vực phòng thủ")
    BORDER_STRETCH = "tuyen", pgettext_lazy("a stretch of border", "Tuyến")


class Area(models.Model):
    tree = models.CharField(_("cây địa bàn"), max_length=10, choices=Tree, default=Tree.CIVIL)
    code = models.CharField(_("mã"), max_length=16)
    valid_from = models.DateField(_("có hiệu lực từ ngày"))
    valid_until = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    start_known = models.BooleanField(_("biết chắc ngày bắt đầu"), default=True)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    kind = models.CharField(_("loại đơn vị"), max_length=10, choices=AreaKind)
    name = models.CharField(_("tên"), max_length=100)
    folded = models.CharField(_("tên không dấu, để tìm"), max_length=120, db_index=True)
    lat = models.FloatField(_("vĩ độ của tâm"), null=True, blank=True)
    lon = models.FloatField(_("kinh độ của tâm"), null=True, blank=True)
    hectares = models.PositiveIntegerField(_("diện tích (ha)"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tree", "code", "valid_from"], name="area_key"),
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="area_ends_after_start"),
        ]
        indexes = [models.Index(fields=["tree", "level", "valid_until"], name="area_by_level")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}" if self.level != Level.NATION else self.name


class AreaParent(models.Model):
    """Under which area an area stood, from when until when."""

    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="parents")
    parent = models.ForeignKey(Area, models.PROTECT, verbose_name=_("thuộc"), related_name="children")
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "parent", "valid_from"], name="area_parent_once"),
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="area_parent_ends_after_start"),
        ]


class AreaClosure(models.Model):
    """Projection of :class:`AreaParent`: every ancestor of an area (itself at depth 0), with dates."""

    ancestor = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn trên"), related_name="below")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="above")
    depth = models.PositiveSmallIntegerField(_("số bậc"))
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"))

    class Meta:
        indexes = [models.Index(fields=["ancestor", "valid_from", "valid_until", "area"], name="areas_below")]
        constraints = [models.UniqueConstraint(fields=["area", "ancestor", "valid_from"], name="area_closure_once")]


class SuccessionKind(models.TextChoices):
    CARRY = "carry", _("giữ nguyên")
    MERGE = "merge", _("nhập nguyên trạng")
    SPLIT = "split", _("chia")
    RENAME = "rename", _("đổi tên")
    MOVE = "move", _("chuyển cấp trên")
    ABOLISH = "abolish", _("kết thúc, không có đơn vị kế thừa")


class Succession(models.Model):
    """What an area became on a day. A share is the part of the old unit that went to the new, in millionths, if declared."""

    old = models.ForeignKey(Area, models.PROTECT, verbose_name=_("đơn vị cũ"), related_name="became")
    new = models.ForeignKey(Area, models.PROTECT, verbose_name=_("đơn vị mới"), related_name="made_of", null=True, blank=True)
    day = models.DateField(_("ngày"))
    kind = models.CharField(_("cách"), max_length=8, choices=SuccessionKind)
    share = models.PositiveIntegerField(_("phần (phần triệu)"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=120, blank=True)
    doubt = models.CharField(_("điểm còn nghi ngờ"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "day"], name="succession_once"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__lte=1_000_000), name="succession_share_at_most_whole"),
            models.CheckConstraint(condition=Q(new=None, kind="abolish") | Q(new__isnull=False) & ~Q(kind="abolish"), name="succession_has_heir"),
        ]


class ShapeSource(models.TextChoices):
    SCHEMATIC = "schematic", _("sơ đồ vẽ từ danh mục")
    IMPORTED = "imported", _("ranh giới nhập từ tệp")


class AreaShape(models.Model):
    """An outline for maps: rings of longitude and latitude in 1/100,000 degree, as text. Imported ones hide schematic ones."""

    area = models.ForeignKey(Area, models.CASCADE, verbose_name=_("địa bàn"), related_name="shapes")
    source = models.CharField(_("nguồn"), max_length=10, choices=ShapeSource)
    as_of = models.DateField(_("theo ngày"))
    rings = models.TextField(_("đường bao"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "source", "as_of"], name="area_shape_once")]
