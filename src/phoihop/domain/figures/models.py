"""The ledger: what is counted, the facts that make a figure, and balances that only make it fast.

A **fact** is posted by the action that makes it true and is never changed: a correction reverses it and posts anew. A
fact is either *joint* (no unit: the occasion itself, counted once; each confirming unit has a :class:`Share`) or a
unit's *own* (person-shifts, teams, vehicles: these add up). ``lines`` is a set of reporting lines, one bit each.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phoihop.kernel import guards

from ..forces.models import Unit
from ..matters.models import Event, Matter
from ..territory.models import Area

guards.append_only("phoihop_fact", "phoihop_share", "phoihop_factarea", "phoihop_sourcedtotal")


class Holiday(models.Model):
    """A day off (or a weekend day worked in exchange), from a file: swaps are announced every year."""

    day = models.DateField(_("ngày"), unique=True)
    name = models.CharField(_("tên"), max_length=80)
    works = models.BooleanField(_("ngày làm bù"), default=False)
    basis = models.CharField(_("căn cứ"), max_length=120, blank=True)


class Method(models.TextChoices):
    """How a measure's value comes about."""

    FLOW = "flow", _("cộng các bản ghi trong kỳ")
    STOCK = "stock", _("tồn đến một ngày")
    DISTINCT = "distinct", _("đếm khác nhau")
    RATIO = "ratio", _("tỷ lệ giữa hai số đo")
    MEDIAN = "median", _("trung vị")
    DATED = "dated", _("hỏi theo ngày")
    ENTERED = "entered", _("số nhập theo kỳ")


class Indicator(models.Model):
    """What reports call a figure. A changed definition is a new version with its own first day."""

    code = models.CharField(_("mã chỉ tiêu"), max_length=8)
    version = models.PositiveSmallIntegerField(_("phiên bản"), default=1)
    valid_from = models.DateField(_("áp dụng từ ngày"))
    name = models.CharField(_("tên"), max_length=160)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=160)
    basis = models.CharField(_("căn cứ"), max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="indicator_version_once")]


class Measure(models.Model):
    """One number of an indicator, in one unit of count: an integer times ten to the ``scale``."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name=_("chỉ tiêu"), related_name="measures")
    code = models.CharField(_("mã số đo"), max_length=16, unique=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    method = models.CharField(_("cách tính"), max_length=8, choices=Method)
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    counted_in = models.CharField(_("đơn vị tính"), max_length=30)
    counted_in_en = models.CharField(_("đơn vị tính, tiếng Anh"), max_length=30)
    scale = models.SmallIntegerField(_("lũy thừa mười"), default=0)
    base = models.ForeignKey("self", models.PROTECT, verbose_name=_("lấy từ số đo"), related_name="views", null=True, blank=True)
    items = models.CharField(_("chỉ các mục"), max_length=200, blank=True)
    over = models.ForeignKey("self", models.PROTECT, verbose_name=_("mẫu số"), related_name="+", null=True, blank=True)
    question = models.CharField(_("câu hỏi theo ngày, hoặc đếm theo gì"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(method="ratio", over__isnull=False, base__isnull=False) | ~Q(method="ratio") & Q(over=None), name="ratio_of_two"
            ),
            # A dated measure names its question; a distinct one says what it counts: keys of facts, or the areas they touched.
            models.CheckConstraint(condition=Q(method__in=["dated", "distinct"]) ^ Q(question=""), name="dated_has_question"),
        ]


class Item(models.Model):
    """A category within measures: kind of route (armed or not), kind of outcome, kind of vehicle. A closed list."""

    code = models.CharField(_("mã mục"), max_length=24, unique=True)
    name = models.CharField(_("tên"), max_length=80)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=80)


class Fact(models.Model):
    seq = models.ForeignKey(Event, models.PROTECT, verbose_name=_("sự kiện sinh ra"), related_name="facts", db_column="seq")
    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name=_("số đo"), related_name="facts", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("mục"), related_name="+", null=True, blank=True, db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn gốc"), related_name="facts", db_index=False)
    day = models.DateField(_("ngày"))
    value = models.BigIntegerField(_("giá trị"))
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("của đơn vị"), related_name="facts", null=True, blank=True, db_index=False)
    lines = models.BigIntegerField(_("tuyến báo cáo (tập bit)"), default=0)
    key = models.CharField(_("khóa đếm khác nhau"), max_length=40, blank=True)
    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="facts", null=True, blank=True)
    reverses = models.ForeignKey("self", models.PROTECT, verbose_name=_("đảo số liệu"), related_name="reversed_by", null=True, blank=True, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reverses"], condition=Q(reverses__isnull=False), name="fact_reversed_once")]
        # Everything that a sum asks of a fact stands in the index: a commune's figures are added up without touching the table.
        indexes = [models.Index(fields=["measure", "area", "day", "item", "value", "lines", "seq", "reverses"], name="fact_by_cell")]


class Share(models.Model):
    """That a unit took part in a joint fact, by its own confirmation; ``lines`` are those it is the first to bring in."""

    seq = models.ForeignKey(Event, models.PROTECT, verbose_name=_("sự kiện xác nhận"), related_name="+", db_column="seq")
    fact = models.ForeignKey(Fact, models.PROTECT, verbose_name=_("số liệu chung"), related_name="shares", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="shares")
    lines = models.BigIntegerField(_("tuyến báo cáo (tập bit)"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "unit"], name="share_once")]


class FactArea(models.Model):
    """Other areas that an act touched; they feed coverage only and never the count."""

    fact = models.ForeignKey(Fact, models.PROTECT, verbose_name=_("số liệu"), related_name="areas", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn đi qua"), related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "area"], name="fact_area_once")]


class Qualifier(models.TextChoices):
    EXACT = "=", _("đúng")
    OVER = ">", _("hơn, trên")
    ABOUT = "~", _("khoảng, gần")


class SourcedTotal(models.Model):
    """A total from a document (historical, or a unit still on paper). Never added to facts of the same area and period."""

    seq = models.ForeignKey(Event, models.PROTECT, verbose_name=_("sự kiện nhập"), related_name="+", db_column="seq")
    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name=_("số đo"), related_name="sourced")
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("mục"), related_name="+", null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="sourced")
    first = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến trước ngày"))
    value = models.BigIntegerField(_("giá trị"))
    qualifier = models.CharField(_("mức chính xác"), max_length=1, choices=Qualifier, default=Qualifier.EXACT)
    source = models.CharField(_("nguồn"), max_length=200)
    replaces = models.OneToOneField("self", models.PROTECT, verbose_name=_("thay cho"), related_name="replaced_by", null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("first")), name="sourced_period_is_one")]


class Granule(models.Model):
    """Projection: for each day, the first day of the run between cut days of the calendars in use."""

    day = models.DateField(_("ngày"), primary_key=True)
    first = models.DateField(_("đầu đoạn"))


class Balance(models.Model):
    """Projection of the facts up to :class:`BalanceHead`: per measure, area above the commune (with all below), line (0: all),
    granule and item (0: all). Communes have none: their facts lie side by side in an index and are as few.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name=_("số đo"), related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="+", db_index=False)
    line = models.PositiveSmallIntegerField(_("tuyến báo cáo"))
    granule = models.DateField(_("đầu đoạn"))
    item = models.PositiveIntegerField(_("mục"))
    value = models.BigIntegerField(_("giá trị"))
    count = models.BigIntegerField(_("số bản ghi còn giá trị"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "area", "line", "item", "granule"], name="balance_cell")]


class BalanceHead(models.Model):
    """Up to which event the balances are rolled, and over which tree of areas and cut days; if those change, they are rolled anew."""

    seq = models.BigIntegerField(_("đến sự kiện số"), default=0)
    footing = models.CharField(_("giá trị băm của cây địa bàn và ngày chốt"), max_length=64, blank=True)
