"""A commune's month: typed in, last month copied, a clash mended, the same each week, and two hundred confirmed by one signed list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.actions import projection
from phoihop.domain.matters.queries.proof import verify
from tests.stories.steps import accept_all, node_works, type_lines, words
from tests.web.paper.test_signing import LIST, scan
from tests.web.reports.test_pages import rows_of
from tests.world import at

pytestmark = pytest.mark.django_db(transaction=True)  # the worker closes its connection, which would end a test's transaction

JULY = "/tuan-tra/thang/?dv=29001&ky=2026-T7"
MISSING = "/tuan-tra/thieu-ket-qua/"
TWO_HUNDRED = 200


def pencilled(page) -> list[str]:
    return sorted(page.context["marks"].split())


def test_a_month_from_the_first_line_typed_to_the_list_signed_on_paper(w, as_post, clock):
    clock(at(1, 8))
    lan, binh, mai = (as_post(post) for post in (w.lan, w.binh, w.mai))

    # June is typed as lines of a table: a river by night, a road by day. The militia accept on their page.
    lan.post(
        "/tuan-tra/tuyen/moi/",
        {"code": "T1", "name": "Sông Cái", "kind": "river", "area": w.song.pk, "every_days": "", "point_n": ["1"], "point_name": ["Bến"], "point_area": [""]},
    )
    militia = w.militia_song.name
    type_lines(lan, ("02/06/2026", "20h", "22h", "T1", "", 3, militia, 4, ""), ("04/06/2026", "8h", "10h", "Xã Sông", "Tuyến đường bộ", 3, militia, 4, ""))
    night, road = m.Activity.objects.order_by("planned_start").values_list("pk", flat=True)
    assert accept_all(binh) == 2

    # At the end of June, July is June again: each on its weekday, pencilled in and nothing more.
    clock(at(30, 8))
    page = lan.post(JULY, {"do": "chep", "nhap": ""})
    assert pencilled(page) == sorted([f"{night}@2026-07-07", f"{road}@2026-07-02"])
    assert m.Activity.objects.count() == 2

    # By hand the night patrol goes on the 2nd as well, and another on the evening of the 7th: the same team would be in two places.
    page = lan.post(JULY, {"nhap": page.context["marks"], "sua": f"+{night}@2026-07-02"})
    assert page.context["findings"] == []
    type_lines(lan, ("07/07/2026", "21h", "23h", "Xã Sông", "Tuyến đường bộ", 3, militia, 4, ""))
    page = lan.post(JULY, {"nhap": page.context["marks"]})
    (clash,) = page.context["findings"]
    assert "trùng tổ 1" in clash.text

    # One press mends it, and the month is sent: the militia are asked.
    page = _pressed(lan, page, clash.fixes[0])
    assert page.context["findings"] == []
    assert lan.post(JULY, {"do": "gui", "nhap": page.context["marks"]}).status_code == 302

    # The road patrol goes the same way each week.
    page = lan.get(f"{JULY}&lap={_in_july(date(2026, 7, 2), road=True)}")
    assert [mark.partition("@")[2] for mark in page.context["marks"].split()] == ["2026-07-09", "2026-07-16", "2026-07-23", "2026-07-30"]
    lan.post(JULY, {"do": "gui", "nhap": page.context["marks"]})
    planned = m.Activity.objects.filter(day__month=7).count()
    assert accept_all(binh) == planned == 8

    # July is over: what was planned took place as planned, and the rest of two hundred is typed from the book.
    clock(at(31, 23, month=7))
    lan.post(MISSING, {"do": "nhu-ke-hoach", "a": [str(pk) for pk in m.Activity.objects.filter(day__month=7).values_list("pk", flat=True)]})
    type_lines(lan, *_from_the_book(TWO_HUNDRED - planned, militia))
    assert m.Activity.objects.filter(day__month=7, claim="held").count() == TWO_HUNDRED
    report = "/bao-cao/THONGKE/2026-T7/?dv=86"
    assert rows_of(mai.get(report))[f"Xã Sông chờ xác nhận {TWO_HUNDRED}"][0] == "0"

    # The militia sign one list on paper; its scan confirms all two hundred at once, and they count.
    place = f"{LIST}?ky=2026-T7&ben={w.militia_song.key}"
    shown = [said for said, _ticked in lan.get(place).context["lines"]]
    lan.post(place, {"number": "07/DS", "signed_on": "31/7/2026", "scan": scan(), "words": [one.said for one in shown]})
    assert m.PaperList.objects.get().confirmations.count() == TWO_HUNDRED
    node_works(at(31, 23, 30, month=7))
    assert rows_of(mai.get(report))["Xã Sông"][0] == str(TWO_HUNDRED)
    assert "xác nhận bản giấy" in words(lan.get(f"/tuan-tra/{shown[0].activity.matter.code}/"))

    # The journal proves it, and the balances are those of the facts.
    assert list(verify()) == []
    assert projection.check() == []


def _pressed(browser, page, fix):
    """The board after a button was pressed that mends it."""
    return browser.post(JULY, {"nhap": page.context["marks"], "sua": fix.marks, "doi": fix.change})


def _in_july(day: date, road: bool) -> int:
    return m.Activity.objects.get(day=day, route__isnull=road).pk


def _from_the_book(count: int, militia: str) -> list[tuple[object, ...]]:
    """Patrols of July on land, each half an hour of its own between midnight and six."""
    first = date(2026, 7, 1)
    hours = [(n // 8, f"{n % 8 // 2:02}:{n % 2 * 30:02}", f"{(n + 1) % 8 // 2 or 4:02}:{(n + 1) % 2 * 30:02}") for n in range(count)]
    return [(f"{first + timedelta(days=day):%d/%m/%Y}", since, until, "Xã Sông", "Tuyến đường bộ", 3, militia, 4, "") for day, since, until in hours]
