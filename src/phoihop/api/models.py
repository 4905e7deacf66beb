"""Plumbing of the API: requests that may arrive twice. Nothing of the trade lives here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DoneOnce(models.Model):
    """The key of a request that went through, and what it named in its answer: codes and versions, never a text (api/once.py)."""

    key = models.UUIDField(_("khóa của lần gửi"))
    post = models.ForeignKey("phoihop.Post", models.CASCADE, verbose_name=_("chức trách đã gửi"), related_name="+")
    request = models.CharField(_("giá trị băm của yêu cầu"), max_length=64)
    answer = models.JSONField(_("bản ghi đã nêu trong trả lời"))
    at = models.DateTimeField(_("gửi lúc"), db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "post"], name="done_once")]
