"""Whose consent it takes before militia are moved (Luật Dân quân tự vệ 2019, Art. 32), and which consents a post sees."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ...forces.models import Unit, UnitClosure
from ...matters.models import Matter
from ...people.models import Post
from ...territory.queries import exists_on
from ..models import Consent, ConsentSide, Mobilisation, Task
from ..rules.mobilising import ARMY, GOVERNMENT
from .queue import of_matter, seen_by


def sides_of(lead: Unit, on: date) -> dict[str, Unit | None]:
    """By side the unit that must agree: the People's Committee of the same area, the nearest military unit above. None: not in the registry, on paper."""
    committee = Unit.objects.filter(exists_on(on), force__code=GOVERNMENT, area=lead.area_id).order_by("pk").first()
    above = UnitClosure.objects.filter(unit=lead, depth__gt=0, ancestor__force__code=ARMY, valid_from__lte=on, valid_until__gt=on)
    nearest = above.select_related("ancestor").order_by("depth", "ancestor").first()
    return {ConsentSide.GOVERNMENT: committee, ConsentSide.COMMAND: nearest.ancestor if nearest else None}


def consents_of(task: Task) -> list[Consent]:
    """The consents that a task takes, the government's first; none for a task that asks for no militia. The task was fetched for its viewer."""
    rows = Consent.objects.filter(mobilisation__task=task).select_related("unit__force", "reason", "mobilisation__task")
    return sorted(rows, key=lambda c: ConsentSide.values.index(c.side))


def mobilisations_of(viewer: Post, matter: Matter, on: date) -> list[Mobilisation]:
    """What was asked of militia on a matter, as far as the viewer sees its tasks; the latest first."""
    rows = Mobilisation.objects.filter(task__in=of_matter(viewer, matter, on).order_by().values("pk"))
    return list(rows.select_related("task__what", "task__lead__force").prefetch_related("consents__unit__force").order_by("-pk"))


def consents_seen(viewer: Post, on: date) -> QuerySet[Consent]:
    """Consents on the tasks that the viewer sees."""
    rows = Consent.objects.filter(mobilisation__task__in=seen_by(viewer, on).values("pk"))
    return rows.select_related("unit__force", "reason", "mobilisation__task__matter")
