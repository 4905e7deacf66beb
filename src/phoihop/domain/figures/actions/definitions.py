"""Defining what is counted: from the packaged tables, at the start of every version; a second time changes nothing."""

from __future__ import annotations

from datetime import datetime

from phoihop.kernel.action import action
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...people.models import Post
from ...people.rules import allowed
from ..models import Indicator, Item, Measure
from ..queries import catalogue
from ..rules.definitions import Definitions, hold_together, keeps_meaning, packaged


@action
def define_indicators(*, by: Post, at: datetime) -> int:
    """Bring the definitions up to the packaged ones; how many were made or mended.

    Names are mended in place. Raises Refused where a measure would change its meaning: that takes a new version.
    """
    allowed(by, "node.manage", local_day(at)).enforce()
    changed = lay(packaged())
    write(by=by, what="figure.defined", at=at, changed=changed)
    return changed


def lay(definitions: Definitions) -> int:
    """Make or mend items, indicators and measures; how many. Part of the action above, and of test worlds."""
    hold_together(definitions).enforce()
    changed = _lay_items(definitions) + _lay_indicators(definitions) + _lay_measures(definitions)
    catalogue.forget()
    return changed


def _lay_items(d: Definitions) -> int:
    there = {i.code: i for i in Item.objects.all()}
    made = [Item(code=i.code, name=i.name, name_en=i.name_en) for i in d.items if i.code not in there]
    mended = [there[i.code] for i in d.items if i.code in there and _mend(there[i.code], name=i.name, name_en=i.name_en)]
    Item.objects.bulk_create(made)
    Item.objects.bulk_update(mended, ["name", "name_en"])
    return len(made) + len(mended)


def _lay_indicators(d: Definitions) -> int:
    there = {(i.code, i.version): i for i in Indicator.objects.all()}
    made, mended = [], []
    for i in d.indicators:
        said = {"valid_from": i.valid_from, "order": i.order, "name": i.name, "name_en": i.name_en, "basis": i.basis}
        if (i.code, i.version) not in there:
            made.append(Indicator(code=i.code, version=i.version, **said))
        elif _mend(there[i.code, i.version], **said):
            mended.append(there[i.code, i.version])
    Indicator.objects.bulk_create(made)
    Indicator.objects.bulk_update(mended, ["valid_from", "order", "name", "name_en", "basis"])
    return len(made) + len(mended)


def _lay_measures(d: Definitions) -> int:
    indicators = {(i.code, i.version): i for i in Indicator.objects.all()}
    there = {m.code: m for m in Measure.objects.select_related("base", "over")}
    changed = 0
    for m in d.measures:
        said = {"order": m.order, "name": m.name, "name_en": m.name_en, "counted_in_en": m.counted_in_en}
        if m.code in there:
            keeps_meaning(there[m.code], m).enforce()
            if _mend(there[m.code], **said):
                there[m.code].save(update_fields=list(said))
                changed += 1
            continue
        there[m.code] = Measure.objects.create(
            indicator=indicators[m.indicator, m.version], code=m.code, method=m.method, counted_in=m.counted_in, scale=m.scale,
            base=there.get(m.base), over=there.get(m.over), items=m.items, question=m.question, **said,
        )  # fmt: skip
        changed += 1
    return changed


def _mend(record: Item | Indicator | Measure, **said: object) -> bool:
    """Set what differs; whether anything did."""
    differs = {name: value for name, value in said.items() if getattr(record, name) != value}
    for name, value in differs.items():
        setattr(record, name, value)
    return bool(differs)
