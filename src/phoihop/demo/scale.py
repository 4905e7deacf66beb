"""How large a demo is, and which days it covers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from phoihop.kernel.period import HOME, ONE_DAY, Period

PROVINCE = "86"  # Vĩnh Long
SEED = "phoi-hop"


@dataclass(frozen=True, slots=True)
class Scale:
    """``held``: patrols held within the ``days`` that end today, of which the last ``near`` come before the first page opens."""

    today: date
    held: int = 20_629
    days: int = 365
    near: int = 60
    ahead: int = 30
    communes: int = 0  # 0: all of the province
    seed: str = SEED

    @property
    def whole(self) -> Period:
        return Period(self.today - timedelta(days=self.days - 1), self.today + ONE_DAY)

    @property
    def single(self) -> Period:
        """The last two days and today: made one by one."""
        return Period(self.today - 2 * ONE_DAY, self.today + ONE_DAY)

    @property
    def recent(self) -> Period:
        """The days before those, as far as they come first."""
        return Period(self.whole.until - self.near * ONE_DAY, self.single.first)

    @property
    def earlier(self) -> Period:
        """The long rest."""
        return Period(self.whole.first, self.recent.first)

    @property
    def founded(self) -> datetime:
        """When the node begins: three weeks before its first patrol."""
        return datetime.combine(self.whole.first - timedelta(days=21), time(7, 30), HOME)

    def as_args(self) -> dict[str, Any]:
        return {**asdict(self), "today": self.today.isoformat()}

    @classmethod
    def of_args(cls, args: dict[str, Any]) -> Scale:
        return cls(**{**args, "today": date.fromisoformat(args["today"])})
