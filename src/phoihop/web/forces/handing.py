"""What passes to the heir when a unit ends, counted beforehand, so that nobody signs blind."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.models import Contact, Relation, Unit, UnitArea
from phoihop.domain.matters.models import Grant, Matter, Participation
from phoihop.domain.people.models import Post
from phoihop.domain.people.queries.posts import held_or_to_come
from phoihop.domain.tasks.models import Task, TaskSupport
from phoihop.domain.territory.queries import exists_on


def passing(old: Unit, day: date) -> list[tuple[Any, int]]:
    """In the words of the page: what is open at the unit and goes to its heir."""
    open_tasks = Task.objects.filter(closed_at=None)
    return [
        (_("việc đang chủ trì"), Matter.objects.filter(lead=old, closed_at=None).count()),
        (_("việc đang tham gia"), Participation.objects.filter(unit=old, matter__closed_at=None).exclude(matter__lead=old).count()),
        (_("nhiệm vụ chưa xong"), open_tasks.filter(Q(lead=old) | Q(giver=old)).count()),
        (_("nhiệm vụ đang phối hợp"), TaskSupport.objects.filter(unit=old, task__closed_at=None).count()),
        (_("chức trách đang giữ, sắp giữ"), Post.objects.filter(held_or_to_come(day), unit=old).count()),
        (_("quyền được xem"), Grant.objects.filter(unit=old, ended_at=None).filter(Q(until=None) | Q(until__gt=day)).count()),
        (_("đơn vị trực thuộc, phối hợp"), Relation.objects.filter(exists_on(day), upper=old).count()),
        (_("địa bàn phụ trách"), UnitArea.objects.filter(exists_on(day), unit=old).count()),
        (_("đầu mối trực"), Contact.objects.filter(exists_on(day), unit=old).count()),
    ]
