"""What papers of a unit begin and end with: its letterhead, the place, from where the figures come, the demo's mark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils.translation import override

from phoihop.domain.forces.models import Unit
from phoihop.domain.forces.queries.units import letterhead_of
from phoihop.domain.matters.queries.journal import head
from phoihop.papers.document import Document, Issued, Issuer, Provenance, Signature

from ..shell import node

P = ParamSpec("P")
R = TypeVar("R")


def in_vietnamese(build: Callable[P, R]) -> Callable[P, R]:
    """Papers are written in Vietnamese, whatever language their reader has chosen for the screen."""

    @wraps(build)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with override("vi"):
            return build(*args, **kwargs)

    return inner


def paper(unit: Unit, on: date, *, kind: str, abstract: str, body: tuple[Any, ...], signers: tuple[str, ...], **more: Any) -> Document:
    """A document of a unit. ``signers``: the positions under which somebody signs by hand."""
    heading = letterhead_of(unit, on)
    issuer = Issuer(heading.issuer, heading.superior) if heading else Issuer(unit.name)
    return Document(
        kind=kind, abstract=abstract, body=body, issuers=(issuer,), issued=Issued.on(heading.place if heading else unit.area.name, on),
        signatures=tuple(Signature(position) for position in signers), demo=is_demo(), **more,
    )  # fmt: skip


def from_journal(until: date) -> Provenance:
    """The head of the journal at which the records were read; ``until``: the last day they are about."""
    sequence, digest = head()
    return Provenance(sequence, digest, until)


def is_demo() -> bool:
    here = node()
    return here is not None and here.demo
