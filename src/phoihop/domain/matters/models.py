"""The matter: what every record of the trade hangs on; and the journal: what was done, in order, provably."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phoihop.kernel import guards

from ..forces.models import Unit
from ..people.models import Post
from ..territory.models import Area

guards.append_only("phoihop_event", "phoihop_journalhead", "phoihop_leadterm")


class Node(models.Model):
    """This machine, and later its peers. The tag (force and province) stands in every code that the node mints."""

    tag = models.CharField(_("nhãn"), max_length=5, unique=True)
    name = models.CharField(_("tên máy chủ"), max_length=120)
    own = models.BooleanField(_("là máy chủ này"), default=False)
    public_key = models.CharField(_("khóa công khai Ed25519"), max_length=64)
    demo = models.BooleanField(_("chứa dữ liệu minh họa"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["own"], condition=Q(own=True), name="one_own_node")]


class CodeCounter(models.Model):
    """The next number of a kind in a year; only moved by the one writer."""

    kind = models.CharField(_("loại mã"), max_length=2)
    year = models.PositiveSmallIntegerField(_("năm"))
    next = models.PositiveIntegerField(_("số kế tiếp"), default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="code_counter_once")]


class Purpose(models.TextChoices):
    """Why a text or a file is kept; how long is in ``rules.RETENTION``."""

    TITLE = "title", _("tên gọi")
    NOTE = "note", _("diễn biến, ghi chú")
    REASON = "reason", _("lý do")
    ANSWER = "answer", _("trả lời")
    PLACE = "place", _("địa điểm, tuyến, điểm kiểm tra")
    PHOTO = "photo", _("ảnh hiện trường")
    FILE = "file", _("tệp đính kèm")
    IMPORT = "import", _("dòng nhập từ tệp")
    CLAUSE = "clause", _("nguyên văn điều, khoản của thỏa thuận")


class Body(models.Model):
    """A text that a person typed, kept where it can be erased. The journal holds only its salted digest."""

    text = models.TextField(_("nội dung"), blank=True)
    salt = models.CharField(_("muối"), max_length=32, blank=True)
    digest = models.CharField(_("giá trị băm có muối"), max_length=64)
    purpose = models.CharField(_("mục đích"), max_length=8, choices=Purpose)
    keep_until = models.DateField(_("giữ đến"), null=True, blank=True, db_index=True)
    erased_at = models.DateTimeField(_("xóa lúc"), null=True, blank=True)
    recalled = models.BooleanField(_("đã thu hồi"), default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(erased_at=None) | Q(text="", salt=""), name="body_erased_is_empty")]

    def __str__(self) -> str:
        return self.text


class MatterKind(models.TextChoices):
    """Two letters that begin the spoken code."""

    PATROL = "TT", pgettext_lazy("one matter", "Tuần tra")
    CAMPAIGN = "CD", pgettext_lazy("one matter", "Đợt cao điểm")
    INCIDENT = "VV", _("Vụ việc")
    AGREEMENT = "QC", _("Quy chế")
    PLAN = "KH", _("Kế hoạch")
    CONTINGENCY = "PA", _("Phương án")
    BRIEFING = "GB", _("Giao ban")
    TASK = "NV", pgettext_lazy("one matter", "Nhiệm vụ")
    DIRECTIVE = "VB", _("Văn bản đến")


class Mark(models.TextChoices):
    """Marks of circulation. There is no other: a state secret has no place on a networked computer (Luật 117/2025/QH15)."""

    ORDINARY = "thuong", _("Thường")
    INTERNAL = "noibo", _("Lưu hành nội bộ")


class Matter(models.Model):
    """What parties, tasks, texts and events hang on. Each has one writer, its home node, and one lead at every moment."""

    uid = models.UUIDField(_("định danh"), unique=True)
    code = models.CharField(_("mã"), max_length=24, unique=True)
    kind = models.CharField(_("loại"), max_length=2, choices=MatterKind)
    home = models.CharField(_("máy chủ giữ bản gốc"), max_length=5)
    lead = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("chủ trì"), related_name="leads")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("địa bàn"), related_name="matters")
    opened_at = models.DateTimeField(_("mở lúc"))
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    exercise = models.BooleanField(_("là diễn tập"), default=False)
    waiting = models.PositiveSmallIntegerField(_("bên chưa trả lời đề nghị"), default=0)
    willing = models.PositiveSmallIntegerField(_("bên đã nhận lời"), default=0)
    mark = models.CharField(_("mức lưu hành"), max_length=6, choices=Mark, default=Mark.INTERNAL)
    title = models.ForeignKey(Body, models.PROTECT, verbose_name=_("tên gọi"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="matter_closes_after_opening"),
        ]
        indexes = [models.Index(fields=["lead", "kind"], name="matter_by_lead"), models.Index(fields=["area", "kind"], name="matter_by_area")]

    def __str__(self) -> str:
        return self.code


class LeadTerm(models.Model):
    """From when a unit led. The term ends where the next begins, so there is never a moment with no lead, nor with two."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="lead_terms")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("chủ trì"), related_name="+")
    since = models.DateTimeField(_("từ lúc"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "since"], name="one_lead_at_a_moment")]


class PartRole(models.TextChoices):
    LEAD = "lead", _("Chủ trì")
    COCHAIR = "cochair", _("Đồng chủ trì")
    SUPPORT = "support", _("Phối hợp")
    ADVISE = "advise", _("Tham mưu")
    INFORM = "inform", _("Theo dõi")


class PartState(models.TextChoices):
    ASKED = "asked", _("chờ trả lời")
    ACCEPTED = "accepted", _("đã nhận")
    DECLINED = "declined", _("từ chối")
    UNABLE = "unable", _("không thể")
    INFORMED = "informed", _("được theo dõi")
    WITHDRAWN = "withdrawn", _("thôi đề nghị")


class Participation(models.Model):
    """A unit's part in a matter: asked in a role; accepted, declined or unable, with a reason. The asked lead leads once it accepts."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="parts")
    role = models.CharField(_("vai"), max_length=8, choices=PartRole)
    state = models.CharField(_("trả lời"), max_length=9, choices=PartState, default=PartState.ASKED)
    asked_at = models.DateTimeField(_("đề nghị lúc"))
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    answer_by = models.DateTimeField(_("hạn trả lời"), null=True, blank=True)
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do"), related_name="+", null=True, blank=True)
    was = models.CharField(_("vai đã nhận trước khi được mời chủ trì"), max_length=8, choices=PartRole, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "unit"], name="one_part_per_unit"),
            models.CheckConstraint(condition=Q(state__in=["asked", "informed"]) | Q(answered_at__isnull=False), name="answer_has_a_time"),
            models.CheckConstraint(condition=Q(was="") | Q(role="lead", state="asked"), name="was_only_while_lead_is_offered"),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="part_by_unit")]


class Grant(models.Model):
    """Leave to see a matter, given by its lead to a unit that takes no part; on a basis, until a day."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="grants")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị được xem"), related_name="grants")
    basis = models.CharField(_("căn cứ"), max_length=120)
    until = models.DateField(_("đến trước ngày"), null=True, blank=True)
    onward = models.BooleanField(_("được chuyển tiếp"), default=False)
    ended_at = models.DateTimeField(_("thôi cho xem lúc"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "until"], name="grant_by_unit")]


class Wish(models.TextChoices):
    """What a unit that does not see a matter asks of its lead."""

    PART = "part", _("được tham gia")
    SEE = "see", _("được xem")


class RequestState(models.TextChoices):
    OPEN = "open", _("chờ chủ trì trả lời")
    MET = "met", _("đã được đáp ứng")
    DECLINED = "declined", _("không được đáp ứng")


class JoinRequest(models.Model):
    """A unit asks the lead to let it take part or see. The lead answers by asking it, by letting it see, or declines and says why."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="requests")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị xin tham gia, xin xem"), related_name="+")
    wish = models.CharField(_("xin điều gì"), max_length=4, choices=Wish)
    why = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do xin"), related_name="+", null=True, blank=True)
    at = models.DateTimeField(_("xin lúc"))
    state = models.CharField(_("trả lời của chủ trì"), max_length=8, choices=RequestState, default=RequestState.OPEN)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do không đáp ứng"), related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "unit"], condition=Q(state="open"), name="one_open_request"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | ~Q(state="open") & Q(answered_at__isnull=False), name="request_answer_has_time"
            ),
        ]


class Event(models.Model):
    """The journal: one row for every act, chained by hash, never changed. It holds no free text and no person's name."""

    seq = models.BigIntegerField(_("số thứ tự"), primary_key=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Post, models.PROTECT, verbose_name=_("chức trách"), related_name="+")
    what = models.CharField(_("sự kiện"), max_length=40)
    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="events", null=True, blank=True)
    body = models.TextField(_("nội dung chuẩn hóa"))
    hash = models.CharField(_("giá trị băm nối chuỗi"), max_length=64)

    class Meta:
        indexes = [models.Index(fields=["matter", "seq"], name="event_by_matter"), models.Index(fields=["what", "seq"], name="event_by_what")]


class JournalHead(models.Model):
    """The journal's last hash of a day, signed with the node's key: who holds one can prove what came before it."""

    day = models.DateField(_("ngày"), unique=True)
    seq = models.BigIntegerField(_("đến số"))
    hash = models.CharField(_("giá trị băm"), max_length=64)
    signature = models.CharField(_("chữ ký của máy chủ"), max_length=128)


class Note(models.Model):
    """A line in a matter's timeline. Private ones are seen by the writing unit only."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="notes")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ghi"), related_name="+")
    at = models.DateTimeField(_("lúc"))
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("nội dung"), related_name="+")
    private = models.BooleanField(_("chỉ đơn vị ghi xem"), default=False)


class Attachment(models.Model):
    """A file on a matter, checked by its content. Photos lose place and camera data and go 90 days after closing."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("việc"), related_name="attachments", null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị gửi"), related_name="+")
    at = models.DateTimeField(_("lúc"))
    name = models.ForeignKey(Body, models.PROTECT, verbose_name=_("tên tệp"), related_name="+")
    purpose = models.CharField(_("mục đích"), max_length=8, choices=Purpose)
    media = models.CharField(_("loại tệp"), max_length=80)
    size = models.PositiveIntegerField(_("cỡ (byte)"))
    salt = models.CharField(_("muối"), max_length=32, blank=True)
    digest = models.CharField(_("giá trị băm có muối"), max_length=64)
    content = models.BinaryField(_("nội dung tệp"), null=True, blank=True)
    keep_until = models.DateField(_("giữ đến"), null=True, blank=True, db_index=True)
    erased_at = models.DateTimeField(_("xóa lúc"), null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(erased_at=None) | Q(content=None, salt=""), name="attachment_erased_is_empty")]


class Recall(models.Model):
    """*Thu hồi nội dung*: one post asks with a reason, another agrees; then the text or file and its salt are gone."""

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("sự kiện đã ghi nội dung"), related_name="recalls")
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("nội dung"), related_name="recalls", null=True, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, verbose_name=_("tệp"), related_name="recalls", null=True, blank=True)
    asked_by = models.ForeignKey(Post, models.PROTECT, verbose_name=_("người đề nghị"), related_name="+")
    asked_at = models.DateTimeField(_("đề nghị lúc"))
    reason = models.ForeignKey(Body, models.PROTECT, verbose_name=_("lý do"), related_name="+")
    agreed_by = models.ForeignKey(Post, models.PROTECT, verbose_name=_("người đồng ý"), related_name="+", null=True, blank=True)
    agreed_at = models.DateTimeField(_("đồng ý lúc"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(body__isnull=False) ^ Q(attachment__isnull=False), name="recall_of_one_thing"),
            models.CheckConstraint(condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="recall_takes_two"),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None) | Q(agreed_by__isnull=False, agreed_at__isnull=False), name="recall_agreed_has_time"
            ),
        ]
