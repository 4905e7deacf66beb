"""Named places on the page of an agreement where other parts of the product hang what they know of it: duties, adoption, reviews.

@part(_("Việc phải làm"), order=30)
def duties(request, agreement):
    return "duties/of_agreement.html", {"rows": …}      # None: nothing to show to this reader

Whoever registers one is imported by its folder's urls.py. Each is shown as a card of its own, under its title; ``side`` puts it in the narrow
column. The reader of the page sees the text of the agreement (``queries.agreement.found``); what else a part shows, it asks for itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.rules.drafting import OPINIONS_ONLY
from phoihop.domain.agreements.rules.register import was_taken_back

from ..base import Acting

Show = Callable[[Acting, Agreement], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True, slots=True)
class Part:
    """``name``: of the function, the id of the card on the page (with hyphens). ``unsigned``: it stands also on what is only sent for opinions, and
    on what was taken back."""

    name: str
    title: Any
    order: int
    side: bool
    unsigned: bool
    show: Show

    @property
    def sheet(self) -> str:
        """The stylesheet that the part's own pages load: that of its folder."""
        return f"css/pages/{self.show.__module__.split('.')[-2]}.css"


@dataclass(frozen=True, slots=True)
class Shown:
    """A part that has something to show: its card's id and title, what stands in it, the stylesheet that it needs."""

    name: str
    title: Any
    html: str
    sheet: str


PARTS: dict[str, Part] = {}


def part(title: Any, order: int, *, side: bool = False, unsigned: bool = False) -> Callable[[Show], Show]:
    """Register a part. Parts stand in the order of ``order`` (10 to 90), below what the page itself shows."""

    def register(show: Show) -> Show:
        name = show.__name__.strip("_").replace("_", "-")
        if name in PARTS:
            raise ValueError(f"the page of an agreement has a part {name} already")
        PARTS[name] = Part(name, title, order, side, unsigned, show)
        return show

    return register


def shown(request: Acting, agreement: Agreement, *, side: bool) -> list[Shown]:
    """The parts that have something to show to this reader."""
    made = []
    signed = agreement.kind not in OPINIONS_ONLY and not was_taken_back(agreement)
    fitting = [p for p in PARTS.values() if p.side == side and (p.unsigned or signed)]
    for one in sorted(fitting, key=lambda p: (p.order, p.name)):
        if (answer := one.show(request, agreement)) is not None:
            template, context = answer
            made.append(Shown(one.name, one.title, render_to_string(template, context, request), one.sheet))
    return made
