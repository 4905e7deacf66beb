"""Rolling the balances forward: a projection of the ledger, written without events, for anyone can compute it again.

The worker calls :func:`roll` again and again. Each step takes the facts and shares of the next events, adds them up by area above the
commune (as the tree stood on the fact's day), line, granule and item, adds that to the balances and moves the head, all in one
transaction that holds the head. A reader adds the facts after the head, so a figure is right wherever the head stands.
"""

from __future__ import annotations

from django.db import connection, transaction

from ...matters.models import Event
from ..models import Balance, BalanceHead, Fact, Granule, Share
from ..queries import balances
from ..queries.balances import Drift
from ..rules.calendars import granules

AT_ONCE = 20_000
"""Facts per step: a fraction of a second, for on SQLite nobody else writes meanwhile."""


def roll(limit: int = AT_ONCE) -> int:
    """Take the facts and shares of the next events into the balances, about ``limit`` of each; how many events were taken.

    0 when there is nothing to do, which costs two look-ups. Safe to call from several processes: each takes the head in turn.
    """
    if not balances.behind():
        return 0
    with transaction.atomic():
        head = _held_head()
        until = _reach(head.seq, limit)
        if until <= head.seq:
            return 0
        if _footing_moved(head, until):
            _restart(head)
            until = _reach(0, limit)
        with connection.cursor() as cursor:
            cursor.execute(_ADD.format(sums=balances.recomputed(head.seq, until, balances.line_bits())))
        taken, head.seq = until - head.seq, until
        head.save(update_fields=["seq", "footing"])
    return taken


def rebuild() -> int:
    """Empty the balances and roll them anew from the facts; how many there are then. Figures stay right meanwhile, only slower."""
    with transaction.atomic():
        head = _held_head()
        _restart(head)
        head.save(update_fields=["seq", "footing"])
    while roll():
        pass
    return Balance.objects.count()


def check() -> list[Drift]:
    """Every balance that is not what the facts say; none, if all is well."""
    return list(balances.drifts())


_ADD = """
    INSERT INTO phoihop_balance (measure_id, area_id, line, granule, item, value, count) {sums}
    ON CONFLICT (measure_id, area_id, line, item, granule)
    DO UPDATE SET value = phoihop_balance.value + excluded.value, count = phoihop_balance.count + excluded.count
"""


def _held_head() -> BalanceHead:
    """The one head, held until the transaction ends."""
    BalanceHead.objects.bulk_create([BalanceHead(pk=1)], ignore_conflicts=True)
    return BalanceHead.objects.select_for_update().get(pk=1)


def _reach(after: int, limit: int) -> int:
    """The last event of the next step. An event is never cut in two; one writer at a time means that none before it is still to come."""
    reached = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    for model in (Fact, Share):
        nth = model._default_manager.filter(seq__gt=after).order_by("seq").values_list("seq", flat=True)[limit - 1 : limit].first()
        reached = min(reached, nth) if nth else reached
    return reached


def _footing_moved(head: BalanceHead, until: int) -> bool:
    """Whether cut days changed with a new version, or somebody changed in the past who stood under whom."""
    if not head.footing.startswith(balances.cuts_digest()):
        return True
    touched = Event.objects.filter(seq__gt=head.seq, seq__lte=until, what__startswith="area.").exists()
    return touched and head.footing != balances.footing()


def _restart(head: BalanceHead) -> None:
    Balance.objects.all().delete()
    lay_granules(anew=bool(head.footing) and not head.footing.startswith(balances.cuts_digest()))
    head.seq, head.footing = 0, balances.footing()


def lay_granules(*, anew: bool = False) -> None:
    """For every day the first day of its granule, unless that is there already."""
    if anew:
        Granule.objects.all().delete()
    if not Granule.objects.exists():
        Granule.objects.bulk_create([Granule(day=day, first=first) for day, first in granules()], batch_size=2000)
