"""The tasks of a matter, for the page of whatever it is: what a patrol found and who mends it by when."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from phoihop.domain.matters.models import Matter
from phoihop.domain.people.rules import may
from phoihop.domain.tasks.queries.queue import of_matter
from phoihop.kernel.period import local_day

from ..base import Acting
from ..tasks.wording import state_tag

register = template.Library()


@register.inclusion_tag("tasks/of_matter.html", takes_context=True)
def tasks_of(context: template.Context, matter: Matter, writes: bool = True) -> dict[str, Any]:
    """``{% tasks_of a.matter %}``: those that the reader sees, open ones first; ``writes``: whether its unit takes part and may give one."""
    request: Acting = context["request"]
    now = timezone.now()
    post = request.post
    found = [(task, state_tag(task)) for task in of_matter(post, matter, local_day(now))]
    return {"found": found, "matter": matter, "gives": writes and may(post, "task.give"), "now": now}
