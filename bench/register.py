"""The register of the nation: the list and the full-text search with and without diacritics, beside bare views of the same queries and cells.

    python -m bench.register

34 provinces with 200 agreements of 16 clauses each: 6,800 agreements, 108,800 clauses. Prints ``name | value | floor | ratio | budget | ok``.
Pages are measured with a tenth of the data first, then with all of it. On SQLite, then on a PostgreSQL that is started for it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from bench.duties import INSIDE, MOST_GROWTH, MOST_TIMES, Nation, _line, _page, on_both

AGREEMENTS, CLAUSES, FIRST_PART, ALL = 200, 16, 3, 34
WORDS = [
    "tuần",
    "tra",
    "chung",
    "bảo",
    "vệ",
    "mục",
    "tiêu",
    "trao",
    "đổi",
    "thông",
    "tin",
    "giao",
    "ban",
    "diễn",
    "tập",
    "phòng",
    "chống",
    "thiên",
    "tai",
    "dịch",
    "bệnh",
    "cứu",
    "nạn",
    "tuyên",
    "truyền",
    "vận",
    "động",
    "quần",
    "chúng",
    "xây",
    "dựng",
    "lực",
    "lượng",
    "biên",
    "giới",
    "bãi",
    "nghêu",
    "cửa",
    "sông",
    "ven",
    "biển",
    "khu",
    "dân",
    "cư",
    "nắm",
    "tình",
    "hình",
    "chủ",
    "trì",
    "phối",
    "hợp",
    "định",
    "kỳ",
    "hằng",
    "tháng",
    "quý",
    "báo",
    "cáo",
    "kịp",
    "thời",
    "xử",
    "lý",
]
PAGES = (
    ("list", "/ke-hoach/"),
    ("search “bãi nghêu cửa sông”", "/ke-hoach/?q=bãi+nghêu+cửa+sông"),
    ("search “bai ngheu cua song”", "/ke-hoach/?q=bai+ngheu+cua+song"),
    ("search of a number", "/ke-hoach/?q=17/QC-CAT"),
)


def main() -> None:
    if INSIDE in sys.argv:
        sys.exit(0 if _measure() else 1)
    sys.exit(on_both("bench.register"))


class Register(Nation):
    """Agreements with a number, a title and a text of the words that such texts are made of."""

    def __init__(self) -> None:
        super().__init__()
        self._chance, self._fresh = random.Random(1), list[int]()

    def _province(self, province: Any) -> None:
        from django.db import transaction

        with transaction.atomic():
            made = [self.agreement(province, n) for n in range(AGREEMENTS)]
            self._texts(made)
        self._fresh += [a.matter_id for a in made]

    def _texts(self, made: Sequence[Any]) -> None:
        m = self.m
        versions = {v.agreement_id: v for v in m.Version.objects.filter(agreement__in=made)}
        bodies = m.Body.objects.bulk_create([self._body(40) for _ in range(len(made) * CLAUSES)])
        titles = m.Body.objects.bulk_create([self._body(9) for _ in made])
        rows = []
        for n, (a, title) in enumerate(zip(made, titles, strict=True)):
            a.number, a.symbol, a.issued_on = n + 1, "QC-CAT", date(self.today.year - n % 5, 1 + n % 12, 1 + n % 27)
            a.next_review, a.matter.title = self.today + timedelta(days=n - 100), title
            rows += [
                m.Clause(version=versions[a.pk], order=k, label=f"Điều {k}", text=bodies[n * CLAUSES + k - 1], content="trattu") for k in range(1, CLAUSES + 1)
            ]
        m.Clause.objects.bulk_create(rows)
        m.Agreement.objects.bulk_update(made, ["number", "symbol", "issued_on", "next_review"])
        m.Matter.objects.bulk_update([a.matter for a in made], ["title"])

    def _body(self, length: int) -> Any:
        text = " ".join(self._chance.choices(WORDS, k=length)).capitalize()
        return self.m.Body(text=text, salt="", digest="0" * 64, purpose="clause")

    def index(self) -> float:
        """Index what is new; milliseconds for each document."""
        from phoihop.search import index, reading

        began, count = perf_counter(), len(self._fresh)
        for first in range(0, count, 50):
            some = self._fresh[first : first + 50]
            index.write(reading.entries(reading.gathered(some), {}))
        self._fresh.clear()
        return (perf_counter() - began) * 1000 / count


def _measure() -> bool:
    import django

    django.setup()
    from bench import ledger_world
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from phoihop.kernel.tuning import know_tables

    settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "bench.floors", ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    ledger_world.ground()
    nation = Register()
    nation.found(range(FIRST_PART))
    nation.index()
    know_tables()
    before = {name: _page(name, nation.chief, address) for name, address in PAGES}
    nation.found(range(FIRST_PART, ALL))
    each = nation.index()
    know_tables()
    print(f"# {connection.vendor}: {nation.agreements} agreements, {nation.agreements * CLAUSES} clauses; {each:.1f} ms to index one", flush=True)
    fine: list[bool] = []
    for name, address in PAGES:
        fine += _told(f"{name} ({connection.vendor})", _page(name, nation.chief, address), before[name])
    return all(fine)


def _told(name: str, now: tuple[float, float, int], before: tuple[float, float, int]) -> Sequence[bool]:
    mine, floor, queries = now
    return [
        _line(f"{name}, ms of processor", mine, floor, mine / floor, f"≤ {MOST_TIMES} ×", mine <= MOST_TIMES * floor),
        _line(f"{name}, against a tenth of the data", mine, before[0], mine / before[0], f"≤ {MOST_GROWTH} ×", mine <= MOST_GROWTH * before[0]),
        _line(f"{name}, queries", queries, None, None, "≤ 12", queries <= 12),
    ]


if __name__ == "__main__":
    main()
