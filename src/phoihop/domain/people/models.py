"""Who works here: officials in their office, never anybody else."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..forces.models import Unit


class User(AbstractBaseUser):
    """An official's account. What the person may do comes from a :class:`Post`, never from the account."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    password = models.CharField(_("mật khẩu (băm Argon2id)"), max_length=200)
    full_name = models.CharField(_("họ tên cán bộ"), max_length=80)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    must_change = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    totp_secret = models.CharField(_("khóa mã xác thực (niêm phong)"), max_length=200, blank=True)
    totp_last = models.BigIntegerField(_("mã xác thực đã dùng gần nhất (số thứ tự 30 giây)"), default=0)
    language = models.CharField(_("ngôn ngữ"), max_length=2, default="vi")
    theme = models.CharField(_("giao diện sáng, tối"), max_length=5, default="auto")
    shortcuts = models.BooleanField(_("dùng phím tắt"), default=True)

    last_login = None  # we keep sessions, not a trail of sign-ins

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []
    objects = BaseUserManager()


class Role(models.TextChoices):
    DUTY = "duty", _("Trực ban")
    STAFF = "staff", _("Cán bộ tham mưu")
    COMMANDER = "commander", _("Chỉ huy, lãnh đạo")
    PARTNER = "partner", _("Cán bộ Mặt trận, đoàn thể")
    ADMIN = "admin", _("Quản trị máy chủ")
    AUDITOR = "auditor", _("Kiểm tra hệ thống")
    NODE = "node", _("Máy chủ")


class Post(models.Model):
    """A person in a role of a unit for a period ``[valid_from, valid_until)``. The journal names posts, not persons."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("tài khoản"), related_name="posts", null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"), related_name="posts")
    role = models.CharField(_("vai"), max_length=10, choices=Role)
    title = models.CharField(_("chức trách"), max_length=80)
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)
    deputy_for = models.ForeignKey("self", models.PROTECT, verbose_name=_("làm thay cho"), related_name="deputies", null=True, blank=True)

    class Meta:
        constraints = [
            # An empty period is a post that was taken back before it began.
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="post_ends_not_before_start"),
            models.CheckConstraint(condition=Q(user__isnull=False) | Q(role="node"), name="post_has_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.unit_id}"


class Guess(models.Model):
    """How often somebody failed to sign in under a name in a row. The name may be nobody's: a lock must not tell who has an account."""

    name = models.CharField(_("tên đăng nhập đã thử (băm có khóa)"), max_length=64, unique=True)
    misses = models.PositiveSmallIntegerField(_("số lần sai liên tiếp"), default=0)
    last_at = models.DateTimeField(_("sai gần nhất lúc"))
    locked_until = models.DateTimeField(_("khóa đến"), null=True, blank=True)


class ResetCode(models.Model):
    """A one-time code that an administrator hands over in person: no e-mail needed. Only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("tài khoản"), related_name="reset_codes")
    digest = models.CharField(_("mã đặt lại (băm có khóa)"), max_length=64, unique=True)
    authenticator = models.BooleanField(_("đặt lại cả mã xác thực"), default=False)
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    used_at = models.DateTimeField(_("đã dùng lúc"), null=True, blank=True)


class RecoveryCode(models.Model):
    """For the day the authenticator is lost: ten codes, each good once."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("tài khoản"), related_name="recovery_codes")
    digest = models.CharField(_("mã dự phòng (băm có khóa)"), max_length=64)
    used_at = models.DateTimeField(_("đã dùng lúc"), null=True, blank=True)


class ApiToken(models.Model):
    """A machine acts in a post, too. Only the digest of the token is kept."""

    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("chức trách"), related_name="tokens")
    digest = models.CharField(_("mã truy cập (băm)"), max_length=64, unique=True)
    label = models.CharField(_("dùng cho"), max_length=60)
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)


class PostKey(models.Model):
    """A post's own signing key. The private half is wrapped by the holder's PIN: no administrator can sign with it."""

    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("chức trách"), related_name="keys")
    public = models.CharField(_("khóa công khai Ed25519"), max_length=64, unique=True)
    wrapped = models.CharField(_("khóa riêng (bọc bằng mã PIN)"), max_length=200)
    salt = models.CharField(_("muối của mã PIN"), max_length=32)
    made_at = models.DateTimeField(_("tạo lúc"))
    misses = models.PositiveSmallIntegerField(_("số lần nhập sai mã PIN liên tiếp"), default=0)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post"], condition=Q(revoked_at=None), name="post_one_key")]
