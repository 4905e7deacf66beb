"""/quan-tri/vai/: the whole table of permissions on one screen, as the rules read it."""

from __future__ import annotations

from django.http import HttpResponse

from phoihop.domain.people.models import Role
from phoihop.domain.people.rules import MAY, PERMISSION_NAMES

from ..base import Acting, acting, page


@acting("structure.view", time="none")
def roles(request: Acting) -> HttpResponse:
    """A row for each permission, a column for each role."""
    columns = list(Role)
    rows = [(code, name, [code in MAY[role] for role in columns]) for code, name in PERMISSION_NAMES.items()]
    return page(request, "people/roles.html", columns=columns, rows=rows)
