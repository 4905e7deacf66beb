"""Whose word on a task counts: who leads it, who gave it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, no_unless

from ...people.models import Post
from ..models import Task


def is_task_lead(post: Post, task: Task) -> Verdict:
    return no_unless(post.unit_id == task.lead_id, "not-lead", _("Chỉ đơn vị chủ trì nhiệm vụ làm được việc này."))


def is_giver(post: Post, task: Task) -> Verdict:
    return no_unless(post.unit_id == task.giver_id, "not-giver", _("Chỉ đơn vị đã giao nhiệm vụ làm được việc này."))
