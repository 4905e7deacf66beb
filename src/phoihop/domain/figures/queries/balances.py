"""What the balances ought to be: the sum that the worker adds to them, and the proof that they are equal to the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from phoihop.kernel.text import canonical, digest

from ...forces.models import Line
from ...matters.models import Event
from ...territory.models import AreaClosure
from ..models import Balance, BalanceHead, Fact
from ..rules.calendars import granules
from ..rules.terms import LOW_LEVELS

_HALF = 32  # of a digest's 64 digits: one half for the cut days, one for the areas


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A balance: measure and area by primary key, line and item 0 for all."""

    measure: int
    area: int
    line: int
    granule: date
    item: int


@dataclass(frozen=True, slots=True)
class Drift:
    """A balance that is not what the facts say: (value, count) as it stands and as it ought to be."""

    key: Key
    stands: tuple[int, int]
    ought: tuple[int, int]

    def __str__(self) -> str:
        k = self.key
        said = {"measure": k.measure, "area": k.area, "line": k.line, "granule": k.granule, "item": k.item}
        said |= {"stands": f"{self.stands[0]} ({self.stands[1]})", "ought": f"{self.ought[0]} ({self.ought[1]})"}
        return _("số đo %(measure)s, địa bàn %(area)s, hệ %(line)s, %(granule)s, mục %(item)s: đang ghi %(stands)s bản ghi, phải là %(ought)s") % said


def head() -> int:
    """Up to which event the balances are rolled."""
    return BalanceHead.objects.values_list("seq", flat=True).first() or 0


def behind() -> int:
    """How many events the balances have yet to take."""
    return (Event.objects.aggregate(last=Max("seq"))["last"] or 0) - head()


def drifts() -> Iterator[Drift]:
    """Every balance that differs from the facts up to the head. Nothing, if all is well; others may write meanwhile.

    A measure's balances and the head are read in one statement. The facts up to that head never change, so they are added up after it.
    """
    for measure in sorted({*_measures(Fact), *_measures(Balance)}):
        until, stand = _stand(measure)
        ought = _ought(measure, until)
        for key in sorted(stand.keys() | ought.keys()):
            here, there = stand.get(key, (0, 0)), ought.get(key, (0, 0))
            if here != there:
                yield Drift(key, here, there)


def footing() -> str:
    """A digest of what balances rest on: the cut days of the calendars, and who stood under whom when."""
    return cuts_digest() + areas_digest()


@cache
def cuts_digest() -> str:
    return digest(canonical([[str(day), str(first)] for day, first in granules()]))[:_HALF]


def areas_digest() -> str:
    rows = AreaClosure.objects.order_by("area", "ancestor", "valid_from").values_list("area", "ancestor", "valid_from", "valid_until")
    return digest(canonical([[a, b, str(c), str(d)] for a, b, c, d in rows]))[:_HALF]


def _measures(model: type[Fact] | type[Balance]) -> Iterator[int]:
    """The measures that occur, by one look-up each: there are few, and many millions of rows."""
    last = 0
    while found := model._default_manager.filter(measure__gt=last).order_by("measure").values_list("measure", flat=True).first():
        yield found
        last = found


def _stand(measure: int) -> tuple[int, dict[Key, tuple[int, int]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT COALESCE(MAX(seq), 0) FROM phoihop_balancehead), b.area_id, b.line, b.granule, b.item, b.value, b.count"
            " FROM (SELECT 1 AS one) o LEFT JOIN phoihop_balance b ON b.measure_id = %s",
            [measure],
        )
        rows = cursor.fetchall()
    stand = {Key(measure, area, line, _date(granule), item): (value, count) for _, area, line, granule, item, value, count in rows if area and (value or count)}
    return rows[0][0], stand


def _ought(measure: int, until: int) -> dict[Key, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(recomputed(0, until, line_bits(), measure))
        rows = cursor.fetchall()
    return {Key(m, area, line, _date(granule), item): (value, count) for m, area, line, granule, item, value, count in rows if value or count}


def _date(found: date | str) -> date:
    """SQLite hands days over as text when it is asked without a model."""
    return found if isinstance(found, date) else date.fromisoformat(found)


def line_bits() -> Mapping[int, int]:
    """Each reporting line's key with its bit; 0, which every fact belongs to, has none."""
    return {0: 0} | {pk: 1 << pk for pk in Line.objects.values_list("pk", flat=True)}


def recomputed(after: int, until: int, lines: Mapping[int, int], measure: int | None = None) -> str:
    """The statement that adds up what events in ``(after, until]`` contribute to balances.

    Facts are first added up by area above the commune, granule and set of lines, which leaves few rows; only those are spread
    over lines and items. A share contributes its fact's value to the lines it brings.
    """
    span = f"seq > {after} AND {{t}}.seq <= {until}" if after or measure is None else f"seq <= {until}"
    only = "" if measure is None else f" AND f.measure_id = {measure}"
    low = ", ".join(f"'{level.value}'" for level in sorted(LOW_LEVELS))
    spread = ", ".join(f"({line}, {bit})" for line, bit in lines.items())
    return f"""
        WITH upper(area, ancestor, first, until) AS (
            SELECT c.area_id, c.ancestor_id, c.valid_from, c.valid_until FROM phoihop_areaclosure c
            JOIN phoihop_area a ON a.id = c.ancestor_id WHERE a.level NOT IN ({low})
        ), moved(measure, item, area, day, lines, whole, value, count) AS (
            SELECT f.measure_id, f.item_id, f.area_id, f.day, f.lines, 1, f.value, {_SIGN}
            FROM phoihop_fact f WHERE f.{span.format(t="f")}{only}
            UNION ALL
            SELECT f.measure_id, f.item_id, f.area_id, f.day, s.lines, 0, f.value, {_SIGN}
            FROM phoihop_share s JOIN phoihop_fact f ON f.id = s.fact_id WHERE s.{span.format(t="s")}{only} AND s.lines <> 0
        ), summed(measure, item, area, granule, lines, whole, value, count) AS (
            SELECT m.measure, COALESCE(m.item, 0), u.ancestor, g.first, m.lines, m.whole, SUM(m.value), SUM(m.count)
            FROM moved m JOIN phoihop_granule g ON g.day = m.day
            JOIN upper u ON u.area = m.area AND u.first <= m.day AND u.until > m.day
            GROUP BY m.measure, COALESCE(m.item, 0), u.ancestor, g.first, m.lines, m.whole
        ), line(id, bit) AS (VALUES {spread}), part(whole) AS (VALUES (1), (0))
        SELECT x.measure, x.area, l.id, x.granule, CASE WHEN p.whole = 1 THEN 0 ELSE x.item END,
            CAST(SUM(x.value) AS bigint), CAST(SUM(x.count) AS bigint)
        FROM summed x JOIN line l ON (l.id = 0 AND x.whole = 1) OR (x.lines & l.bit) <> 0 JOIN part p ON p.whole = 1 OR x.item <> 0
        WHERE x.measure > 0
        GROUP BY x.measure, x.area, l.id, x.granule, CASE WHEN p.whole = 1 THEN 0 ELSE x.item END
    """


_SIGN = "CASE WHEN f.reverses_id IS NULL THEN 1 ELSE -1 END"
