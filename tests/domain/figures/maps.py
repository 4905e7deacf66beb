"""Areas that merge and divide on 1 July 2025, around the small named world: Hậu Giang into Cần Thơ, a divided commune, a merged pair."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from phoihop.domain import models as m
from tests.world import area

OLD, NEW = date(2004, 1, 1), date(2025, 7, 1)
Y2024 = (date(2024, 1, 1), date(2025, 1, 1))


def mekong(w: SimpleNamespace) -> SimpleNamespace:
    """Three old provinces that are one today; in one of them communes merged, were divided with shares, and without."""
    w.nation.valid_from = OLD
    w.nation.save()
    old = {code: area(code, name, "province", "tinh", w.nation, OLD, NEW) for code, name in (("93", "Hậu Giang"), ("94", "Sóc Trăng"), ("92", "Cần Thơ"))}
    new = area("92", "Cần Thơ", "province", "thanh-pho", w.nation, NEW)
    for province in old.values():
        follow(province, new, "merge")
    before = {n: area(f"0{i}", n, "commune", "xa", old["93"], OLD, NEW) for i, n in enumerate(("Một", "Hai", "Ba", "Bốn"))}
    after = {n: area(f"1{i}", n, "commune", "xa", new, NEW) for i, n in enumerate(("Mai", "Lan", "Cúc", "Trúc", "Đào"))}
    follow(before["Một"], after["Mai"], "merge")
    follow(before["Hai"], after["Mai"], "merge")
    follow(before["Ba"], after["Lan"], "split", 700_000)
    follow(before["Ba"], after["Cúc"], "split", 300_000)
    follow(before["Bốn"], after["Trúc"], "split")
    follow(before["Bốn"], after["Đào"], "split")
    return SimpleNamespace(old=old, new=new, before=before, after=after)


def follow(old: m.Area, new: m.Area, kind: str, share: int | None = None) -> None:
    m.Succession.objects.create(old=old, new=new, day=NEW, kind=kind, share=share)
