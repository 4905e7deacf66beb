"""What an import page begins with: the import of the address, if it is the reader's unit's."""

from __future__ import annotations

from phoihop.domain.activities.queries.importing import overview

from ..glance import at_a_glance

LIST = "/tuan-tra/nhap/"

of_import = at_a_glance(overview)


def address(pk: int, rest: str = "") -> str:
    return f"{LIST}{pk}/{rest}"
