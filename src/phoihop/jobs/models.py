"""Long work that people wait for: what it is, how far it has come. Plumbing; the work itself is resumed from its own records."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("xếp hàng")
    RUNNING = "running", _("đang chạy")
    DONE = "done", _("đã xong")
    FAILED = "failed", _("dừng vì lỗi")
    STOPPED = "stopped", _("đã dừng theo yêu cầu")


class Job(models.Model):
    key = models.UUIDField(_("định danh"), primary_key=True, default=uuid.uuid4)
    kind = models.CharField(_("loại việc"), max_length=20)
    args = models.JSONField(_("tham số"), default=dict)
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(_("tổng số"), default=0)
    done = models.PositiveIntegerField(_("đã xong"), default=0)
    step = models.CharField(_("đang làm"), max_length=120, blank=True)
    problem = models.CharField(_("vì sao dừng"), max_length=300, blank=True)
    post_id = models.BigIntegerField(_("chức trách yêu cầu"), null=True, blank=True)
    asked_at = models.DateTimeField(_("yêu cầu lúc"), auto_now_add=True)
    began_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    beat_at = models.DateTimeField(_("nhịp gần nhất"), null=True, blank=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="demo", state__in=["waiting", "running"]), name="one_demo_at_a_time"),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="job_queue")]

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def ended(self) -> bool:
        return self.state in (State.DONE, State.FAILED, State.STOPPED)
