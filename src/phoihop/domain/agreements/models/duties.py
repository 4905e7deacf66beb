"""What follows from a clause: who does what, how often, by when; and each time that it falls due."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Force, Unit
from ...matters.models import Matter, PartRole
from ...tasks.models import Task
from ...territory.models import Area, Level
from .text import Clause


class DutyAct(models.TextChoices):
    """What is to be done, as a closed list."""

    INFORM = "inform", _("trao đổi thông tin")
    BRIEF = "brief", _("giao ban")
    PATROL = "patrol", _("tuần tra chung")
    DRILL = "drill", _("diễn tập, luyện tập")
    INSPECT = "inspect", _("kiểm tra")
    TRAIN = "train", _("tập huấn, bồi dưỡng")
    SPREAD = "spread", _("quán triệt, tuyên truyền")
    PLAN = "plan", _("xây dựng kế hoạch, phương án")
    REPORT = "report", _("báo cáo")
    REVIEW = "review", _("sơ kết, tổng kết, rà soát")
    SUPPORT = "support", _("bố trí lực lượng, bảo đảm")
    OTHER = "other", _("việc khác")


class Cadence(models.TextChoices):
    """How often a duty falls due. *On demand*: whenever it is asked for or happens."""

    DEMAND = "demand", _("khi có yêu cầu, khi phát sinh")
    ONCE = "once", _("một lần")
    WEEK = "week", _("hằng tuần")
    MONTH = "month", _("hằng tháng")
    QUARTER = "quarter", _("hằng quý")
    HALF = "half", _("6 tháng")
    YEAR = "year", _("hằng năm")
    TERM = "term", _("mỗi nhiệm kỳ")


class Duty(models.Model):
    """One thing to do that a clause lays down, for a level, with its cadence and its deadline."""

    clause = models.ForeignKey(Clause, models.CASCADE, verbose_name=_("điều, khoản"), related_name="duties")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    act = models.CharField(_("việc phải làm"), max_length=8, choices=DutyAct)
    level = models.CharField(_("cấp thực hiện"), max_length=8, choices=Level)
    cadence = models.CharField(_("định kỳ"), max_length=8, choices=Cadence)
    due_workdays = models.PositiveSmallIntegerField(_("hạn: số ngày làm việc sau khi hết kỳ"), null=True, blank=True)
    due_day = models.PositiveSmallIntegerField(_("hạn: ngày trong tháng cuối kỳ"), null=True, blank=True)
    due_on = models.DateField(_("hạn: một ngày đã định"), null=True, blank=True)
    within_minutes = models.PositiveIntegerField(_("phải làm trong số phút kể từ khi có việc"), null=True, blank=True)
    grace_workdays = models.PositiveSmallIntegerField(_("quá hạn mấy ngày làm việc thì báo đơn vị giao"), null=True, blank=True)
    onward = models.PositiveSmallIntegerField(_("thông tin được chuyển tiếp mấy cấp"), default=0)
    sentence_from = models.PositiveIntegerField(_("câu làm căn cứ: từ chữ thứ"), null=True, blank=True)
    sentence_to = models.PositiveIntegerField(_("câu làm căn cứ: đến chữ thứ"), null=True, blank=True)
    opened_until = models.DateField(_("đã mở nhiệm vụ cho các kỳ đến trước ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "order"], name="duty_order_once"),
            models.CheckConstraint(condition=~Q(cadence="once") | Q(due_on__isnull=False), name="duty_once_has_a_day"),
            models.CheckConstraint(condition=Q(within_minutes=None) | Q(within_minutes__gt=0), name="duty_within_some_time"),
            models.CheckConstraint(condition=Q(due_workdays=None) | Q(due_workdays__gt=0), name="duty_due_after_some_days"),
            models.CheckConstraint(condition=Q(grace_workdays=None) | Q(grace_workdays__gt=0), name="duty_grace_of_some_days"),
        ]


class DutyRole(models.Model):
    """Who has which part in a duty: a named unit, or, for what holds in every commune, a force at the duty's level."""

    duty = models.ForeignKey(Duty, models.CASCADE, verbose_name=_("việc phải làm"), related_name="roles")
    role = models.CharField(_("vai"), max_length=8, choices=PartRole)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+", null=True, blank=True)
    force = models.ForeignKey(Force, models.PROTECT, verbose_name=_("lực lượng"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit__isnull=False) ^ Q(force__isnull=False), name="duty_role_of_one"),
            models.UniqueConstraint(fields=["duty"], condition=Q(role="lead"), name="duty_one_lead"),
        ]


class Occasion(models.Model):
    """A duty as it falls due once: in an area, for a period, as a task of its lead. Days are half open."""

    duty = models.ForeignKey(Duty, models.PROTECT, verbose_name=_("việc phải làm"), related_name="occasions")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="+")
    first = models.DateField(_("kỳ: từ ngày"))
    until = models.DateField(_("kỳ: đến trước ngày"))
    task = models.OneToOneField(Task, models.PROTECT, verbose_name=_("nhiệm vụ"), related_name="occasion")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "area", "first"], name="occasion_once")]
        indexes = [models.Index(fields=["area", "until"], name="occasion_by_area")]


class OccasionAct(models.Model):
    """An act that met a duty that was due: a patrol, a briefing, a drill, by its matter."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, verbose_name=_("lần phải làm"), related_name="acts")
    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc đã làm"), related_name="met_duties")
    linked_at = models.DateTimeField(_("gắn lúc"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occasion", "matter"], name="occasion_act_once")]
