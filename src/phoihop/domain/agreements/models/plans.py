"""What plans for events and situations lay down beside their clauses, and what became of them.

Posts, steps and needs are part of a version: whoever signs it signs them. Kept only for the closed list of situations (ground rule 3).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ...forces.models import Force, Unit
from ...matters.models import Attachment, Body, PartRole
from ...territory.models import Area
from .register import Agreement
from .text import Version


class EventPostKind(models.TextChoices):
    FIXED = "chot", _("chốt")
    TEAM = "to", _("tổ cơ động")
    RESERVE = "dubi", _("lực lượng dự bị")


class EventPost(models.Model):
    """Where a party stands at an event, with how many, from when until when. Only who takes part sees it (ground rule 5)."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản"), related_name="posts")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    kind = models.CharField(_("chốt hay tổ"), max_length=4, choices=EventPostKind)
    place = models.ForeignKey(Body, models.PROTECT, verbose_name=_("vị trí"), related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị đảm nhiệm"), related_name="+")
    people = models.PositiveIntegerField(_("tổng số người"))
    since = models.DateTimeField(_("từ lúc"))
    until = models.DateTimeField(_("đến lúc"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="event_post_order_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="event_post_ends_after_start"),
        ]


class PlanCheck(models.Model):
    """Something to be ready before an event, by whom; ticked off by that unit itself."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản"), related_name="checks")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    what = models.ForeignKey(Body, models.PROTECT, verbose_name=_("việc phải chuẩn bị"), related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị chuẩn bị"), related_name="+")
    due_at = models.DateTimeField(_("xong trước lúc"))
    done_at = models.DateTimeField(_("đã xong lúc"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="plan_check_order_once")]


class Phase(models.Model):
    """A phase of a contingency plan or of a playbook, in order."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản"), related_name="phases")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.ForeignKey(Body, models.PROTECT, verbose_name=_("tên giai đoạn"), related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="phase_order_once")]


class Step(models.Model):
    """What is to be done in a phase, within how many minutes of its beginning."""

    phase = models.ForeignKey(Phase, models.CASCADE, verbose_name=_("giai đoạn"), related_name="steps")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    what = models.ForeignKey(Body, models.PROTECT, verbose_name=_("việc phải làm"), related_name="+")
    within_minutes = models.PositiveIntegerField(_("trong số phút kể từ khi mở phương án"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "order"], name="step_order_once"),
            models.CheckConstraint(condition=Q(within_minutes__gt=0), name="step_within_some_time"),
        ]


class StepRole(models.Model):
    """Who leads and who supports a step: a named unit, or a force wherever the plan is laid out."""

    step = models.ForeignKey(Step, models.CASCADE, verbose_name=_("bước"), related_name="roles")
    role = models.CharField(_("vai"), max_length=8, choices=PartRole)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+", null=True, blank=True)
    force = models.ForeignKey(Force, models.PROTECT, verbose_name=_("lực lượng"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit__isnull=False) ^ Q(force__isnull=False), name="step_role_of_one"),
            models.UniqueConstraint(fields=["step"], condition=Q(role="lead"), name="step_one_lead"),
        ]


class OnSpot(models.TextChoices):
    """*Bốn tại chỗ* (Luật Phòng, chống thiên tai 2013, Art. 4)."""

    COMMAND = "chihuy", _("chỉ huy tại chỗ")
    FORCE = "lucluong", _("lực lượng tại chỗ")
    MEANS = "phuongtien", _("phương tiện, vật tư tại chỗ")
    LOGISTICS = "haucan", _("hậu cần tại chỗ")


class NeedKind(models.TextChoices):
    """What a plan may need. The means are those of the register of means; there are no weapons in it."""

    PEOPLE = "nguoi", _("người")
    BOAT = "xuong", _("xuồng, ca nô")
    SHIP = "tau", _("tàu")
    CAR = "oto", _("ô tô")
    MOTORBIKE = "xemay", _("xe máy")
    FIRE_ENGINE = "chuachay", _("xe chữa cháy")
    PUMP = "maybom", _("máy bơm")
    LIFE_JACKET = "aophao", _("áo phao")
    RADIO = "bodam", _("bộ đàm")
    TENT = "leubat", _("lều, bạt")
    SANDBAG = "baocat", _("bao cát")
    FUEL = "nhienlieu", _("nhiên liệu (lít)")
    FOOD = "luongthuc", _("lương thực (suất)")
    MEDICINE = "cothuoc", _("cơ số thuốc")


class Need(models.Model):
    """How many of what a plan needs, under which of the *bốn tại chỗ*; means are compared with what the parties have today."""

    version = models.ForeignKey(Version, models.CASCADE, verbose_name=_("bản"), related_name="needs")
    spot = models.CharField(_("thuộc nội dung nào của bốn tại chỗ"), max_length=11, choices=OnSpot)
    kind = models.CharField(_("loại"), max_length=9, choices=NeedKind)
    amount = models.PositiveIntegerField(_("số cần"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="need_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="need_of_some"),
        ]


class Pledge(models.Model):
    """How many people, or how much of a store, a party says it can bring to a plan, as of a day; a later row replaces an earlier.

    The register of means answers for vehicles; of people and stores nobody keeps a strength here, each party speaks for itself.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("phương án"), related_name="pledges")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    kind = models.CharField(_("loại"), max_length=9, choices=NeedKind)
    amount = models.PositiveIntegerField(_("số bảo đảm được"))
    as_of = models.DateField(_("tính đến ngày"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "unit", "kind", "as_of"], name="pledge_once_a_day")]


class SpotState(models.Model):
    """What a commune says of one of its *bốn tại chỗ* for a plan, as of a day; a later row replaces an earlier."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("phương án"), related_name="spot_states")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("xã"), related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ghi"), related_name="+")
    spot = models.CharField(_("nội dung"), max_length=11, choices=OnSpot)
    ready = models.BooleanField(_("đã bảo đảm"))
    as_of = models.DateField(_("tính đến ngày"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "area", "spot", "as_of"], name="spot_state_once_a_day")]


class Practice(models.Model):
    """A plan was practised: on a day, by how many, how many of its goals were met."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("phương án"), related_name="practices")
    held_on = models.DateField(_("ngày luyện tập"))
    people = models.PositiveIntegerField(_("số lượt người"))
    goals = models.PositiveSmallIntegerField(_("số mục tiêu"))
    met = models.PositiveSmallIntegerField(_("số mục tiêu đạt"))
    note = models.ForeignKey(Body, models.PROTECT, verbose_name=_("rút kinh nghiệm"), related_name="+", null=True, blank=True)
    proof = models.ForeignKey(Attachment, models.PROTECT, verbose_name=_("minh chứng"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "held_on"], name="practice_once_a_day"),
            models.CheckConstraint(condition=Q(met__lte=F("goals"), goals__gt=0), name="practice_met_of_goals"),
        ]


class EventResult(models.Model):
    """How a protected event went, as its lead says; each party adds its own people itself."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, verbose_name=_("kế hoạch"), related_name="result")
    held_on = models.DateField(_("ngày diễn ra"))
    safe = models.BooleanField(_("diễn ra an toàn"))
    posts = models.PositiveIntegerField(_("số chốt đã bố trí"))
    teams = models.PositiveIntegerField(_("số tổ đã bố trí"))
    note = models.ForeignKey(Body, models.PROTECT, verbose_name=_("rút kinh nghiệm"), related_name="+", null=True, blank=True)


class EventShift(models.Model):
    """How many person-shifts a party put in at an event; each says it for itself, once."""

    result = models.ForeignKey(EventResult, models.CASCADE, verbose_name=_("kết quả sự kiện"), related_name="shifts")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    people = models.PositiveIntegerField(_("số lượt cán bộ, chiến sĩ"))
    at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "unit"], name="event_shift_once")]


class TaskTeam(models.Model):
    """An inter-agency team that stands on an agreement: its mandate, its lead, until when."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("căn cứ"), related_name="teams")
    name = models.ForeignKey(Body, models.PROTECT, verbose_name=_("tên tổ, đội công tác"), related_name="+")
    mandate = models.ForeignKey(Body, models.PROTECT, verbose_name=_("nhiệm vụ được giao"), related_name="+")
    valid_from = models.DateField(_("thành lập từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"))
    ended_on = models.DateField(_("giải thể sớm từ ngày"), null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="task_team_ends_after_start")]


class TaskTeamMember(models.Model):
    """A unit's place in a team: asked by the lead, answered by the unit; with how many people, never with whom."""

    team = models.ForeignKey(TaskTeam, models.CASCADE, verbose_name=_("tổ, đội công tác"), related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    role = models.CharField(_("vai"), max_length=8, choices=PartRole)
    people = models.PositiveSmallIntegerField(_("số người"))
    accepted = models.BooleanField(_("đã nhận lời"), null=True, blank=True)
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do không tham gia"), related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "unit"], name="task_team_member_once"),
            models.UniqueConstraint(fields=["team"], condition=Q(role="lead"), name="task_team_one_lead"),
            models.CheckConstraint(condition=~Q(accepted=False) | Q(reason__isnull=False), name="task_team_declined_has_reason"),
        ]
