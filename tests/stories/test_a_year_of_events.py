"""An event of the commune from the calendar to the figures and back into next year's plan, on the pages people use."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.queries.plans import arrangement_in
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.figures.queries import records
from phoihop.domain.figures.queries.cells import cell
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import Period
from tests.domain.agreements.agreed import heads
from tests.stories.steps import words
from tests.world import at

pytestmark = pytest.mark.django_db
CALENDAR = "/ke-hoach/lich-su-kien/"
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def typed(mark, *rows):
    cells = {f"{mark}{n}.{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return cells | {f"{mark}-rows": str(len(rows))}


def test_an_event_is_entered_planned_signed_prepared_held_told_and_planned_again_next_year(w, as_post, clock):
    clock(at(4, 8, month=5))
    people = heads(w)
    lan, binh = as_post(w.lan), as_post(w.binh)

    # The commune police write both years' festival into the calendar. None has a plan.
    rows = [{"ten": f"Lễ hội sông {y}", "loai": "lễ hội", "tu": day} for y, day in (("2026", "10/6/2026"), ("2027", "12/6/2027"))]
    lan.post(f"{CALENDAR}ghi/", typed("r", *rows))
    now, later = m.PublicEvent.objects.order_by("first_on")
    assert "chưa có kế hoạch" in words(lan.get(f"{CALENDAR}?nam=2026"))

    # Looked through and drafted with two posts that were pasted in.
    asked = {"sk": str(now.pk), "mau": "khong", "ll": "DQ", "cleared_by": "Công an xã Sông", "cleared_on": "4/5/2026"}
    assert "Sẽ lập 1 kế hoạch" in words(lan.post(f"{CALENDAR}lap/", asked | {"do": "xem"}))
    posts = [
        {"kh": "1", "loai": "chốt", "vi-tri": "Cổng bến phà", "don-vi": w.police_song.name, "nguoi": "4", "tu": "10/6/2026 17:00", "den": "10/6/2026 23:00"},
        {
            "kh": "1",
            "loai": "tổ cơ động",
            "vi-tri": "Dọc bờ kè",
            "don-vi": w.militia_song.name,
            "nguoi": "6",
            "tu": "10/6/2026 18:00",
            "den": "10/6/2026 23:00",
        },
    ]
    lan.post(f"{CALENDAR}lap/", asked | {"do": "lap", "k0.ten": "Kế hoạch lễ hội sông 2026", "k0.lap": "1", "k-rows": "1"} | typed("c", *posts))
    plan = m.Agreement.objects.select_related("matter").get()
    page = f"/ke-hoach/{plan.matter.code}/"

    # Sent in one go; both sign the same paper.
    lan.post(f"{CALENDAR}theo-loat/trinh-ky/", {"chon": plan.pk, "workdays": "5"})
    paper = {"digest": current(plan).digest, "number": "12/KH-CAX", "signed_on": "5/5/2026", "signers": "Trưởng Công an xã; Chỉ huy trưởng Ban CHQS xã"}
    clock(at(5, 9, month=5))
    for head in (people.police, people.militia):
        as_post(head).post(f"{page}lam/ban-giay/", paper)
    # Who takes part sees where who stands; a stranger finds nothing.
    assert ("Cổng bến phà" in words(binh.get(page)), as_post(w.tu).get(page).status_code) == (True, 403)

    # Held: its lead tells how it went, each party its own people; the figures count it once and open it.
    clock(at(12, 8))
    told = {"chon": plan.pk, f"r{plan.pk}.ngay": "10/6/2026", f"r{plan.pk}.an-toan": "có", f"r{plan.pk}.chot": "1", f"r{plan.pk}.to": "1"}
    lan.post(f"{CALENDAR}theo-loat/ket-qua/", told)
    result = m.EventResult.objects.get()
    for browser, number in ((lan, "4"), (binh, "6")):
        browser.post(f"{CALENDAR}theo-loat/luot-nguoi/", {"chon": result.pk, f"r{result.pk}.nguoi": number})
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    assert [cell(code, w.province, year).value for code in ("SK.01", "SK.02", "SK.03", "SK.04.CHOT", "SK.04.TO")] == [1, 1, 10, 1, 1]
    opened = records(w.lan, "SK.03", w.province, JUNE, today=date(2026, 6, 12)).records
    assert {(r.matter, int(r.value), r.unit) for r in opened} == {(plan.matter, 4, w.police_song), (plan.matter, 6, w.militia_song)}

    # A year later the same plan is proposed on the new day, with the strengths as they were.
    clock(at(4, 8, month=6))
    assert "Kế hoạch lễ hội sông 2026" in words(lan.get(f"{CALENDAR}?nam=2027"))
    again = {"sk": str(later.pk), "mau": "nam-truoc", "cleared_by": "Công an xã Sông", "cleared_on": "4/6/2026"}
    preview = lan.post(f"{CALENDAR}lap/", again | {"do": "xem"})
    sent = {cell["name"]: cell["value"] for line in preview.context["posts"] for cell in line} | {"c-rows": str(len(preview.context["posts"]))}
    lan.post(f"{CALENDAR}lap/", again | {"do": "lap", "k0.ten": "Kế hoạch lễ hội sông 2027", "k0.lap": "1", "k-rows": "1"} | sent)
    following = m.Agreement.objects.exclude(pk=plan.pk).get()
    assert [(p.place.text, p.people, p.since) for p in arrangement_in(current(following)).posts] == [
        ("Cổng bến phà", 4, at(12, 17).replace(year=2027)), ("Dọc bờ kè", 6, at(12, 18).replace(year=2027)),
    ]  # fmt: skip
    assert "Kế hoạch lễ hội sông 2027" in words(lan.get(f"{CALENDAR}?nam=2027"))
    assert list(verify()) == []
