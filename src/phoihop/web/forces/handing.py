"""What passes to the heir when a unit ends, counted beforehand, so that nobody signs blind."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.queries.passing import party_to
from phoihop.domain.forces.models import Contact, Relation, Unit, UnitArea
from phoihop.domain.people.models import Post
from phoihop.domain.people.queries.posts import held_or_to_come
from phoihop.domain.tasks.queries.open_at import open_at
from phoihop.domain.territory.queries import exists_on


def passing(viewer: Post, old: Unit, day: date) -> list[tuple[Any, int]]:
    """In the words of the page: what is open at the unit and goes to its heir."""
    found = open_at(viewer, old, day)
    return [
        (_("việc đang chủ trì"), found.led),
        (_("việc đang tham gia"), found.joined),
        (_("văn bản phối hợp đang là một bên"), party_to(viewer, old, day)),
        (_("nhiệm vụ chưa xong"), found.tasks),
        (_("nhiệm vụ đang phối hợp"), found.supports),
        (_("chức trách đang giữ, sắp giữ"), Post.objects.filter(held_or_to_come(day), unit=old).count()),
        (_("quyền được xem"), found.grants),
        (_("đơn vị trực thuộc, phối hợp"), Relation.objects.filter(exists_on(day), upper=old).count()),
        (_("địa bàn phụ trách"), UnitArea.objects.filter(exists_on(day), unit=old).count()),
        (_("đầu mối trực"), Contact.objects.filter(exists_on(day), unit=old).count()),
    ]
