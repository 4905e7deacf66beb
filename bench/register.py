"""The register of the nation: the list and the full-text search with and without diacritics, beside bare views of the same queries and cells.

    python -m bench.register

34 provinces with 200 agreements of 16 clauses each: 6,800 agreements, 108,800 clauses. Prints ``name | value | floor | ratio | budget | ok``.
Each page with a tenth of the data and with all of it (``bench/sizes.py``), on SQLite, then on a PostgreSQL that is started for it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from bench import sizes
from bench.duties import Nation
from bench.sizes import Page

AGREEMENTS, CLAUSES = 200, 16
TEXT = (
    "tuần tra chung bảo vệ mục tiêu trao đổi thông tin giao ban diễn tập phòng chống thiên tai dịch bệnh cứu nạn tuyên truyền vận động quần chúng xây dựng "
    "lực lượng biên giới bãi nghêu cửa sông ven biển khu dân cư nắm tình hình chủ trì phối hợp định kỳ hằng tháng quý báo cáo kịp thời xử lý"
)
WORDS = TEXT.split()
PAGES = (
    ("list", "/ke-hoach/"),
    ("search “bãi nghêu cửa sông”", "/ke-hoach/?q=bãi+nghêu+cửa+sông"),
    ("search “bai ngheu cua song”", "/ke-hoach/?q=bai+ngheu+cua+song"),
    ("search of a number", "/ke-hoach/?q=17/QC-CAT"),
)


def main() -> None:
    sys.exit(sizes.run("bench.register", Register))


class Register(Nation):
    """Agreements with a number, a title and a text of the words that such texts are made of."""

    def __init__(self) -> None:
        super().__init__()
        self._chance, self._fresh, self._each = random.Random(1), list[int](), 0.0

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

    def pages(self) -> list[Page]:
        return [Page(name, self.chief, address) for name, address in PAGES]

    def told(self) -> str:
        return f"{self.agreements} agreements, {self.agreements * CLAUSES} clauses; {self._each:.1f} ms to index one"

    def found(self, which: Sequence[int]) -> None:
        super().found(which)
        self._index()

    def _index(self) -> None:
        """Index what is new, and note the milliseconds that a document took."""
        from phoihop.search import index, reading

        began, count = perf_counter(), len(self._fresh)
        for first in range(0, count, 50):
            some = self._fresh[first : first + 50]
            index.write(reading.entries(reading.gathered(some), {}))
        self._fresh.clear()
        self._each = (perf_counter() - began) * 1000 / count


if __name__ == "__main__":
    main()
