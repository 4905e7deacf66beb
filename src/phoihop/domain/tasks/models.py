"""Who must do what by when, on any matter. One lead, supports, a deadline (NĐ 30/2020, Art. 24.2)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..forces.models import Unit
from ..matters.models import Body, Matter
from ..territory.models import Area


class Mode(models.TextChoices):
    """*Assigned* along directs and guides; *requested* between equals, *proposed* upwards: both may be declined with a reason."""

    ASSIGNED = "assigned", _("giao")
    REQUESTED = "requested", _("đề nghị")
    PROPOSED = "proposed", _("đề xuất")


class TaskState(models.TextChoices):
    """Whether it is overdue is asked of the clock, never stored."""

    ASKED = "asked", _("chờ nhận")
    OPEN = "open", _("đang làm")
    ANSWERED = "answered", _("đã trả lời, chờ kết thúc")
    CLOSED = "closed", _("đã xong")
    DECLINED = "declined", _("từ chối")
    WITHDRAWN = "withdrawn", _("đã rút")


class TaskSource(models.TextChoices):
    """Where a task comes from."""

    PATROL = "patrol", _("phát hiện qua tuần tra")
    MATTER = "matter", _("việc đang xử lý")
    BRIEFING = "briefing", _("kết luận giao ban")
    DIRECTIVE = "directive", _("văn bản chỉ đạo")
    AGREEMENT = "duty", _("quy chế, kế hoạch phối hợp")


class Task(models.Model):
    """One thing to do, with one lead and a deadline. ``not_before``: of what is laid down long ahead, the day from which it waits for its lead.

    ``raised_on`` follows from the deadline and ``grace_workdays``: still unanswered on that day, it waits for who gave it as well.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="tasks")
    code = models.CharField(_("mã"), max_length=24, unique=True)
    giver = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị giao, đề nghị"), related_name="given_tasks")
    lead = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("chủ trì"), related_name="tasks")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn thực hiện"), related_name="tasks")
    mode = models.CharField(_("cách giao"), max_length=9, choices=Mode)
    state = models.CharField(_("tình trạng"), max_length=9, choices=TaskState)
    source = models.CharField(_("nguồn"), max_length=9, choices=TaskSource)
    what = models.ForeignKey(Body, models.PROTECT, verbose_name=_("nội dung"), related_name="+")
    given_at = models.DateTimeField(_("giao lúc"))
    not_before = models.DateField(_("làm từ ngày"), null=True, blank=True)
    due_at = models.DateTimeField(_("hạn"))
    grace_workdays = models.PositiveSmallIntegerField(_("quá hạn mấy ngày làm việc thì báo đơn vị giao"), null=True, blank=True)
    raised_on = models.DateField(_("nếu chưa trả lời thì từ ngày này chờ cả đơn vị giao"), null=True, blank=True)
    answer = models.ForeignKey(Body, models.PROTECT, verbose_name=_("kết quả, lý do"), related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closed_at=None) ^ Q(state__in=["closed", "withdrawn", "declined"]), name="task_end_has_time"),
        ]
        indexes = [models.Index(fields=["lead", "state", "due_at"], name="task_queue"), models.Index(fields=["giver", "state", "due_at"], name="task_given")]

    def __str__(self) -> str:
        return self.code


class SupportState(models.TextChoices):
    ASKED = "asked", _("chờ nhận")
    ACCEPTED = "accepted", _("đã nhận")
    DECLINED = "declined", _("từ chối")


class TaskSupport(models.Model):
    """A unit that is to help with a task: told along a chain, asked between equals, who may decline with a reason."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name=_("nhiệm vụ"), related_name="supports")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị phối hợp"), related_name="+")
    state = models.CharField(_("trả lời"), max_length=8, choices=SupportState)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do từ chối"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="task_support_once"),
            models.CheckConstraint(condition=~Q(state="declined") | Q(reason__isnull=False), name="support_declined_has_reason"),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="task_support_queue")]


class TaskEvidence(models.Model):
    """What shows that a task was done: a file on the same matter."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name=_("nhiệm vụ"), related_name="evidence")
    attachment = models.ForeignKey("phoihop.Attachment", models.PROTECT, verbose_name=_("tệp"), related_name="+")


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("chờ trả lời")
    GRANTED = "granted", _("đã gia hạn")
    REFUSED = "refused", _("không gia hạn")


class TaskExtension(models.Model):
    """The lead of a task asks for more time, before the deadline; who gave the task grants it, or refuses and says why."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name=_("nhiệm vụ"), related_name="extensions")
    asked_at = models.DateTimeField(_("xin lúc"))
    due_at = models.DateTimeField(_("hạn mới xin"))
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do xin"), related_name="+")
    state = models.CharField(_("trả lời"), max_length=7, choices=ExtensionState, default=ExtensionState.ASKED)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    answer = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do không gia hạn"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(state="asked"), name="one_open_extension"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None) | ~Q(state="asked") & Q(answered_at__isnull=False), name="extension_answer_has_time"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | Q(answer__isnull=False), name="extension_refused_has_reason"),
        ]


class IncomingDirective(models.Model):
    """A document from above or from outside that asks this unit for something. Its matter bears the subject; what it asks for hangs there as tasks."""

    matter = models.OneToOneField(Matter, models.PROTECT, verbose_name=_("việc"), related_name="directive")
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=120)
    folded = models.CharField(_("số và cơ quan viết không dấu, để không ghi hai lần"), max_length=200)
    issued_on = models.DateField(_("ngày ban hành"))
    received_on = models.DateField(_("ngày nhận"))
    due_on = models.DateField(_("phải báo cáo kết quả trước hoặc trong ngày"), null=True, blank=True)
    text = models.ForeignKey(Body, models.PROTECT, verbose_name=_("trích phần giao việc"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(received_on__gte=F("issued_on")), name="directive_received_after_issued")]
        indexes = [models.Index(fields=["folded", "issued_on"], name="directive_by_number")]


class Mobilisation(models.Model):
    """A task asks for militia: how many, from when until when. It binds once both consents of Luật Dân quân tự vệ 2019, Art. 32 are there."""

    task = models.OneToOneField(Task, models.CASCADE, verbose_name=_("nhiệm vụ"), related_name="mobilisation")
    people = models.PositiveIntegerField(_("tổng số người đề nghị điều động"))
    since = models.DateTimeField(_("từ lúc"))
    until = models.DateTimeField(_("đến lúc"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="mobilisation_ends_after_start"),
            models.CheckConstraint(condition=Q(people__gt=0), name="mobilisation_of_some"),
        ]


class ConsentSide(models.TextChoices):
    """Who must agree before militia are moved (Luật Dân quân tự vệ 2019, Art. 32)."""

    GOVERNMENT = "ubnd", _("Chủ tịch UBND cùng cấp")
    COMMAND = "chihuy", _("chỉ huy quân sự cấp trên")


class Consent(models.Model):
    """One of the two consents: said by the unit itself or, where it has no account, entered by the asked unit from the paper (``number``, ``signed_on``)."""

    mobilisation = models.ForeignKey(Mobilisation, models.CASCADE, verbose_name=_("điều động"), related_name="consents")
    side = models.CharField(_("bên phải đồng ý"), max_length=6, choices=ConsentSide)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+", null=True, blank=True)
    agrees = models.BooleanField(_("đồng ý"), null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    number = models.CharField(_("số văn bản đồng ý"), max_length=60, blank=True)
    signed_on = models.DateField(_("ngày văn bản đồng ý"), null=True, blank=True)
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do không đồng ý"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mobilisation", "side"], name="consent_once_a_side"),
            models.CheckConstraint(condition=Q(agrees=None, answered_at=None) | Q(agrees__isnull=False, answered_at__isnull=False), name="consent_has_time"),
            models.CheckConstraint(condition=~Q(agrees=False) | Q(reason__isnull=False), name="consent_refused_has_reason"),
        ]
