"""A unit's old log, kept as a spreadsheet: read, mended, let in, confirmed, counted; and taken back as a whole."""

from __future__ import annotations

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.actions import projection
from phoihop.domain.matters.queries.proof import verify
from tests.domain.activities.importing_world import AREA, DAY, line, police, world
from tests.stories.steps import confirm_all, node_works, words
from tests.web.importing.test_importing import address, mend, sent
from tests.web.reports.test_pages import links_of, rows_of
from tests.world import at

pytestmark = pytest.mark.django_db(transaction=True)  # the worker closes its connection, which would end a test's transaction

MARCH = "/bao-cao/THONGKE/2026-T3/?dv=86"
FIGURE = "/so-lieu/TR.01/?lich=THONGKE&ky=2026-T3&dv=29001"
LOG = police(line(), line((DAY, "31/4/2026")), line((DAY, "07/3/2026"), (AREA, "xã Bến Cũ")))


@pytest.fixture
def w(db):
    """Bến Cũ became part of Sông on 1 July 2025."""
    return world()


def test_a_log_is_mended_let_in_confirmed_counted_and_taken_back(w, as_post, clock):
    clock(at(1, 8))
    lan, binh, mai = (as_post(post) for post in (w.lan, w.binh, w.mai))

    # Lan hands the file in; the node reads it. Of three lines one names a day that is none, and one a commune that is no more.
    sent(lan, LOG, "Sổ tuần tra tháng 3.xlsx")
    run = m.ImportRun.objects.get()
    node_works(at(1, 8))
    page = lan.get(address(run))
    assert [(row.n, [spot.text for spot in row.spots]) for row in page.context["rows"]] == [(8, ["31/4/2026"]), (9, ["xã Bến Cũ"])]

    # She mends the day by hand, and takes what is offered for the commune.
    mend(lan, run, page, value="31/3/2026")
    page = lan.get(address(run))
    assert "Xã Sông" in words(page)
    mend(lan, run, page, value="Xã Sông [#29001]")
    assert (lan.get(address(run)).context["ready"], m.Activity.objects.count()) == (3, 0)

    # Let in, the three wait for the militia: no figure counts them.
    lan.post(address(run, "cho-nhap/"))
    node_works(at(1, 8))
    codes = sorted(m.Matter.objects.values_list("code", flat=True))
    done = words(lan.get(address(run)))
    assert [code for code in codes if code in done] == codes
    assert rows_of(mai.get(MARCH))["Xã Sông chờ xác nhận 3"][0] == "–"

    # The militia confirm what they find waiting. The figure counts three, and opens exactly those.
    assert confirm_all(binh) == 3
    node_works(at(1, 8))
    assert rows_of(mai.get(MARCH))["Xã Sông"][0] == "3"
    doors = links_of(mai.get(FIGURE), "/tuan-tra/TT")
    assert sorted(door.strip("/").split("/")[1] for door in doors) == codes
    assert [f"{day}/03/2026" in words(mai.get(door)) for door, day in zip(sorted(doors), ("05", "31", "07"), strict=True)] == [True] * 3

    # It was the log of another year. Without a reason nothing is taken back; with one all of it is, and the reason goes along.
    assert lan.post(address(run, "rut/"), {"why": ""}).status_code == 422
    lan.post(address(run, "rut/"), {"why": "Sổ của năm khác"})
    node_works(at(1, 8))
    assert m.Activity.objects.filter(cancelled_at=None).count() == 0
    assert "Sổ của năm khác" in words(binh.get(doors[0]))
    assert links_of(mai.get(FIGURE), "/tuan-tra/TT") == []
    assert rows_of(mai.get(MARCH))["Xã Sông"][0] == "–"

    # The journal proves it, and the balances are those of the facts.
    assert list(verify()) == []
    assert projection.check() == []
