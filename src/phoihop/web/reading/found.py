"""What a reading page begins with: the file of the address, if it is the reader's unit's."""

from __future__ import annotations

from phoihop.domain.agreements.queries.reading import overview

from ..glance import at_a_glance

LIST = "/ke-hoach/doc-tep/"

of_reading = at_a_glance(overview)


def address(pk: int, rest: str = "") -> str:
    return f"{LIST}{pk}/{rest}"
