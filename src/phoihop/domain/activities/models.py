"""What forces do together on purpose. Today: the joint patrol, planned, held, confirmed by each, counted once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..forces.models import MeansKind, Unit
from ..matters.models import Attachment, Body, Matter
from ..people.models import Post
from ..territory.models import Area


class RouteKind(models.TextChoices):
    SEA = "sea", _("Tuyến biển")
    RIVER = "river", _("Tuyến sông")
    ROAD = "road", _("Tuyến đường bộ")
    RESIDENTIAL = "residential", _("Khu dân cư")
    BORDER = "border", _("Tuyến biên giới")


class Route(models.Model):
    """A named way that patrols take again and again, with the communes it touches and check-points in order."""

    code = models.CharField(_("ký hiệu tuyến"), max_length=12)
    name = models.CharField(_("tên tuyến"), max_length=120)
    folded = models.CharField(_("tên không dấu, để tìm"), max_length=140, db_index=True)
    kind = models.CharField(_("loại tuyến"), max_length=12, choices=RouteKind)
    owner = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị lập"), related_name="routes")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("xã xuất phát"), related_name="routes")
    every_days = models.PositiveSmallIntegerField(_("ít nhất một cuộc trong mỗi số ngày"), null=True, blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "code", "valid_from"], name="route_code_once")]

    def __str__(self) -> str:
        return self.name


class RouteArea(models.Model):
    route = models.ForeignKey(Route, models.CASCADE, verbose_name=_("tuyến"), related_name="areas")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("xã đi qua"), related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "area"], name="route_area_once")]


class Checkpoint(models.Model):
    """A place on a route where somebody taps the time. There is no track and no live position."""

    route = models.ForeignKey(Route, models.CASCADE, verbose_name=_("tuyến"), related_name="checkpoints")
    n = models.PositiveSmallIntegerField(_("thứ tự (trống: không còn trên tuyến)"), null=True, blank=True)
    name = models.CharField(_("tên điểm"), max_length=120)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("xã"), related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "n"], name="checkpoint_order")]


class Campaign(models.Model):
    """A *đợt cao điểm*: groups acts that are counted already; it adds none."""

    matter = models.OneToOneField(Matter, models.PROTECT, verbose_name=_("việc"), related_name="campaign")
    first = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến trước ngày"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("first")), name="campaign_ends_after_start")]


class ActivityKind(models.TextChoices):
    PATROL = "patrol", _("tuần tra")


class Claim(models.TextChoices):
    """What the lead says came of it. Whether it is *held* takes another party (``rules.state``)."""

    NONE = "", _("chưa có kết quả")
    HELD = "held", _("đã tổ chức")
    NOT_HELD = "not_held", _("không tổ chức")


class Activity(models.Model):
    """A patrol. Its state is computed (``rules.state``): the clock may say late or missing, never held."""

    matter = models.OneToOneField(Matter, models.PROTECT, verbose_name=_("việc"), related_name="activity")
    kind = models.CharField(_("hoạt động"), max_length=10, choices=ActivityKind, default=ActivityKind.PATROL)
    route = models.ForeignKey(Route, models.PROTECT, verbose_name=_("tuyến"), related_name="activities", null=True, blank=True)
    route_kind = models.CharField(_("loại tuyến"), max_length=12, choices=RouteKind)
    armed = models.BooleanField(_("vũ trang"), default=False)
    day = models.DateField(_("ngày"))
    planned_start = models.DateTimeField(_("bắt đầu theo kế hoạch"))
    planned_end = models.DateTimeField(_("kết thúc theo kế hoạch"))
    planned = models.BooleanField(_("có kế hoạch trước"), default=True)
    started_at = models.DateTimeField(_("xuất phát lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    claim = models.CharField(_("kết quả chủ trì ghi"), max_length=8, choices=Claim, blank=True, default=Claim.NONE)
    result_at = models.DateTimeField(_("ghi kết quả lúc"), null=True, blank=True)
    recorder = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ghi kết quả"), related_name="+", null=True, blank=True)
    cancelled_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)
    why = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do hủy, không tổ chức"), related_name="+", null=True, blank=True)
    note = models.ForeignKey(Body, models.PROTECT, verbose_name=_("ghi chú kết quả"), related_name="+", null=True, blank=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, verbose_name=_("thuộc đợt"), related_name="activities", null=True, blank=True)
    confirmed = models.PositiveSmallIntegerField(_("bên đã xác nhận"), default=0)
    disputed = models.PositiveSmallIntegerField(_("bên nói không đúng"), default=0)
    digest = models.CharField(_("giá trị băm của điều được xác nhận"), max_length=64, blank=True)
    version = models.PositiveIntegerField(_("lần sửa"), default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(planned_end__gt=F("planned_start")), name="plan_ends_after_start"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(started_at__isnull=False, ended_at__gt=F("started_at")), name="act_ends_after_start"),
            models.CheckConstraint(
                condition=Q(claim="", result_at=None, recorder=None) | ~Q(claim="") & Q(result_at__isnull=False, recorder__isnull=False),
                name="result_has_time_and_recorder",
            ),
            models.CheckConstraint(condition=~Q(claim="held") | Q(started_at__isnull=False, ended_at__isnull=False), name="held_has_times"),
        ]
        indexes = [models.Index(fields=["day", "route"], name="activity_by_day"), models.Index(fields=["planned_start"], name="activity_by_start")]


class Leg(models.Model):
    """A stretch of an activity in one area, with planned and actual times. The first leg's area is where it is counted."""

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name=_("hoạt động"), related_name="legs")
    n = models.PositiveSmallIntegerField(_("thứ tự"))
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("xã"), related_name="+")
    planned_from = models.DateTimeField(_("dự kiến từ"))
    planned_to = models.DateTimeField(_("dự kiến đến"))
    actual_from = models.DateTimeField(_("thực tế từ"), null=True, blank=True)
    actual_to = models.DateTimeField(_("thực tế đến"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "n"], name="leg_order"),
            models.CheckConstraint(condition=Q(planned_to__gt=F("planned_from")), name="leg_ends_after_start"),
        ]


class CheckTap(models.Model):
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, verbose_name=_("điểm kiểm tra"), related_name="+")
    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name=_("hoạt động"), related_name="taps")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị chạm giờ"), related_name="+")
    at = models.DateTimeField(_("lúc"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "checkpoint"], name="tap_once")]


class Strength(models.Model):
    """How strong a unit takes part: planned, as the lead counted, and as the unit itself says. Own numbers stand for own shares."""

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name=_("hoạt động"), related_name="strengths")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    team = models.PositiveSmallIntegerField(_("tổ số"), default=1)
    planned_teams = models.PositiveSmallIntegerField(_("số tổ dự kiến"), default=1)
    planned_people = models.PositiveIntegerField(_("số người dự kiến"), default=0)
    teams = models.PositiveSmallIntegerField(_("số tổ có mặt"), null=True, blank=True)
    people = models.PositiveIntegerField(_("số người có mặt"), null=True, blank=True)
    own_teams = models.PositiveSmallIntegerField(_("số tổ, đơn vị tự ghi"), null=True, blank=True)
    own_people = models.PositiveIntegerField(_("số người, đơn vị tự ghi"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "unit"], name="strength_once")]
        indexes = [models.Index(fields=["unit", "team"], name="strength_by_team")]


class StrengthMeans(models.Model):
    """Vehicles and vessels a unit brought: kinds and counts, no plate and no name."""

    strength = models.ForeignKey(Strength, models.CASCADE, verbose_name=_("lực lượng tham gia"), related_name="means")
    kind = models.CharField(_("loại phương tiện"), max_length=10, choices=MeansKind)
    count = models.PositiveSmallIntegerField(_("số lượt"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strength", "kind"], name="strength_means_once")]


class Way(models.TextChoices):
    """How a party confirmed."""

    ACCOUNT = "account", _("bằng tài khoản")
    LINK = "link", _("bằng liên kết dùng một lần")
    PAPER = "paper", _("xác nhận bản giấy")


class PaperList(models.Model):
    """A signed monthly list with which a party confirms on paper; the lead enters it with the scan."""

    lead = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị nhập"), related_name="+")
    party = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ký"), related_name="+")
    number = models.CharField(_("số, ký hiệu"), max_length=40)
    signed_on = models.DateField(_("ngày ký"))
    scan = models.OneToOneField(Attachment, models.PROTECT, verbose_name=_("bản quét"), related_name="paper_list")


class Confirmation(models.Model):
    """What a party said of the digest it was shown. The latest of a party counts; earlier ones stay."""

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name=_("hoạt động"), related_name="confirmations")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    agrees = models.BooleanField(_("đồng ý"))
    way = models.CharField(_("cách xác nhận"), max_length=8, choices=Way)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Post, models.PROTECT, verbose_name=_("chức trách"), related_name="+", null=True, blank=True)
    digest = models.CharField(_("giá trị băm của điều được xác nhận"), max_length=64)
    note = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do, ghi chú"), related_name="+", null=True, blank=True)
    paper = models.ForeignKey(PaperList, models.PROTECT, verbose_name=_("bản giấy"), related_name="confirmations", null=True, blank=True)
    live = models.BooleanField(_("còn giá trị"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "unit"], condition=Q(live=True), name="one_live_confirmation")]


class ConfirmLink(models.Model):
    """A one-time link for a party without an account. Only its digest is kept."""

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name=_("hoạt động"), related_name="links")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    digest = models.CharField(_("mã liên kết (băm)"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    used_at = models.DateTimeField(_("đã dùng lúc"), null=True, blank=True)


class OutcomeKind(models.TextChoices):
    """What came of a patrol, as counts; never a person. Offences are the closed list of ground rule 2."""

    REMINDERS = "nhac-nho", _("lượt nhắc nhở")
    CHECKED = "kiem-tra", _("phương tiện, cơ sở kiểm tra")
    DEFECTS = "ton-tai", _("tồn tại, kiến nghị phát hiện")
    THEFT = "vp.trom-cap", _("trộm cắp")
    DISORDER = "vp.gay-roi", _("gây rối trật tự công cộng")
    DRUGS = "vp.ma-tuy", _("ma túy")
    SMUGGLING = "vp.buon-lau", _("buôn lậu")
    SAND = "vp.cat", _("khai thác cát trái phép")
    FISHING = "vp.thuy-san", _("vi phạm khai thác thủy sản")
    TRAFFIC = "vp.giao-thong", _("giao thông")
    FIREWORKS = "vp.phao", _("pháo")
    WEAPONS = "vp.vu-khi", _("vũ khí – vật liệu nổ thu hồi")


class Outcome(models.Model):
    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name=_("hoạt động"), related_name="outcomes")
    kind = models.CharField(_("kết quả"), max_length=16, choices=OutcomeKind)
    count = models.PositiveIntegerField(_("số lượng"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "kind"], name="outcome_once")]


class ImportState(models.TextChoices):
    READING = "reading", _("đang đọc")
    PREVIEW = "preview", _("chờ xem lại")
    RUNNING = "running", _("đang nhập")
    DONE = "done", _("đã nhập xong")
    WITHDRAWING = "undoing", _("đang rút lại")
    WITHDRAWN = "undone", _("đã rút lại")


class ImportRun(models.Model):
    """A patrol log as a force keeps it today, on its way in: staged rows, at most 200 a transaction, withdrawn as a whole.

    The file itself is not kept. Its lines, each cell judged by the gates first, wait in ``waiting`` until they are rows.
    """

    by = models.ForeignKey(Post, models.PROTECT, verbose_name=_("người nhập (chức trách)"), related_name="+")
    lead = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị chủ trì"), related_name="+")
    at = models.DateTimeField(_("lúc"))
    name = models.ForeignKey(Body, models.PROTECT, verbose_name=_("tên tệp"), related_name="+", null=True, blank=True)
    waiting = models.BinaryField(_("các dòng chờ đọc, đã qua kiểm tra nội dung"), null=True, blank=True)
    state = models.CharField(_("tình trạng"), max_length=8, choices=ImportState, default=ImportState.READING)
    sheets = models.JSONField(_("các trang tính: cột nào là gì, dòng nào không phải cuộc tuần tra"), default=list)
    corrections = models.JSONField(_("các sửa hàng loạt đang áp dụng"), default=list)
    total = models.PositiveIntegerField(_("số dòng của việc đang làm"), default=0)
    handled = models.PositiveIntegerField(_("số dòng đã xong của việc đang làm"), default=0)
    since = models.DateTimeField(_("việc đang làm bắt đầu lúc"), null=True, blank=True)
    problem = models.CharField(_("vì sao phải dừng"), max_length=300, blank=True)
    why = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do rút lại"), related_name="+", null=True, blank=True)
    erased_at = models.DateTimeField(_("xóa nội dung các dòng lúc"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state"], name="import_run_by_state"), models.Index(fields=["lead", "at"], name="import_run_by_lead")]


class RowState(models.TextChoices):
    WAITING = "wait", _("chờ đọc lại")
    READY = "ready", _("sẵn sàng")
    DOUBTFUL = "doubtful", _("cần xem")
    SAME = "same", _("đã có, không nhập lại")
    SKIPPED = "skipped", _("bỏ qua")
    DONE = "done", _("đã nhập")
    WITHDRAWN = "undone", _("đã rút")


class ImportRow(models.Model):
    run = models.ForeignKey(ImportRun, models.CASCADE, verbose_name=_("lần nhập"), related_name="rows")
    sheet = models.PositiveSmallIntegerField(_("trang tính số"), default=0)
    n = models.PositiveIntegerField(_("dòng trong tệp"))
    cells = models.JSONField(_("các ô như trong tệp"))
    values = models.JSONField(_("hiểu là"), default=dict)
    state = models.CharField(_("tình trạng"), max_length=8, choices=RowState)
    content = models.CharField(_("giá trị băm của nội dung"), max_length=64, blank=True, db_index=True)
    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name=_("hoạt động"), related_name="import_rows", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "sheet", "n"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "state", "sheet", "n"], name="import_row_by_state")]


class ImportDoubt(models.Model):
    """Why a cell of a row is doubtful, and what would settle it. A question (``answer``) may also be answered with yes."""

    row = models.ForeignKey(ImportRow, models.CASCADE, verbose_name=_("dòng"), related_name="doubts")
    column = models.CharField(_("ý nghĩa của cột"), max_length=80)
    n = models.PositiveSmallIntegerField(_("cột trong tệp"), null=True, blank=True)
    text = models.CharField(_("chữ trong ô"), max_length=200, blank=True)
    code = models.CharField(_("mã"), max_length=40)
    sentence = models.JSONField(_("vì sao, theo ngôn ngữ"), default=dict)
    suggestions = models.JSONField(_("gợi ý"), default=list)
    answer = models.CharField(_("câu trả lời nếu đúng như vậy"), max_length=300, blank=True)
    masked = models.BooleanField(_("nội dung không được nhận, đã che"), default=False)

    class Meta:
        indexes = [models.Index(fields=["row", "column"], name="import_doubt_by_row"), models.Index(fields=["column", "text"], name="import_doubt_by_text")]


class ImportWord(models.Model):
    """What a unit's own logs mean by a name: mended once, understood in the next import."""

    lead = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="+")
    column = models.CharField(_("ý nghĩa của cột"), max_length=80)
    folded = models.CharField(_("chữ trong sổ, không dấu"), max_length=200)
    value = models.CharField(_("nghĩa là"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "column", "folded"], name="import_word_once")]
