"""Plumbing of the pages: sign-ins, and forms that may arrive twice. Nothing of the trade lives here."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignIn(AbstractBaseSession):
    """A browser that is signed in, so that its owner can see it in a list and end it. No address is kept."""

    user = models.ForeignKey("phoihop.User", models.CASCADE, verbose_name=_("tài khoản"), related_name="sign_ins", null=True)
    agent = models.CharField(_("trình duyệt"), max_length=120, blank=True)
    began_at = models.DateTimeField(_("đăng nhập lúc"))

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> Any:
        from .sessions import SessionStore

        return SessionStore


class SentOnce(models.Model):
    """The key of a form that went through, so that a phone may send it again without doing it again (web/once.py)."""

    key = models.UUIDField(_("khóa của lần gửi"))
    post = models.ForeignKey("phoihop.Post", models.CASCADE, verbose_name=_("chức trách đã gửi"), related_name="+")
    location = models.CharField(_("trang trả lời"), max_length=300)
    at = models.DateTimeField(_("gửi lúc"), db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "post"], name="sent_once")]
