"""The register in a real browser, with axe, at every width."""

from datetime import date

import pytest
from playwright.sync_api import expect

from phoihop.domain.agreements.actions.cascade import adopt_as_is, ask_below
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.search import keeping
from tests.domain.agreements.registered import holding, registered
from tests.web.browser import check
from tests.world import NOON, songdat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db):
    w = songdat()
    lay(*shipped())
    registered(w, number="01/QC-CAT", title="Quy chế một")
    w.held = holding(w, next_review=date(2026, 5, 1))
    ask_below(by=w.mai, agreement=w.held, units=[w.police_song, w.militia_song, w.police_dat], due_on=date(2026, 7, 1), at=NOON)
    adopt_as_is(by=w.lan, adoption=w.held.adoptions.get(unit=w.police_song), at=NOON)
    while keeping.catch_up():
        continue
    return w


@pytest.mark.parametrize(
    "address",
    [
        "/ke-hoach/", "/ke-hoach/?q=giu gin", "/ke-hoach/ghi-so/", "/ke-hoach/ban-giay/", "/ke-hoach/nhap-so/", "/van-ban/", "/van-ban/nd-133-2015/",
        "/ke-hoach/%(code)s/so/cap-duoi/", "/ke-hoach/%(code)s/so/yeu-cau/", "/ke-hoach/%(code)s/so/ra-soat/",
        "/ke-hoach/%(code)s/so/soan-rieng/", "/ke-hoach/%(code)s/so/van-ban-rieng/",
    ],
    ids=["list", "search", "enter", "papers", "import", "instruments", "instrument", "cascade", "ask", "review", "own", "own there"],
)  # fmt: skip
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_of_the_register(world, browser_page, address, theme):
    who = world.lan if "rieng" in address else world.dung if "ban-giay" in address else world.mai
    check(browser_page(who, address % {"code": world.held.matter.code}, theme=theme))


def test_a_word_is_looked_for_without_a_button(world, browser_page):
    view = browser_page(world.mai, "/ke-hoach/")
    view.fill("#f-q", "quy che mot")
    view.wait_for_url("**q=quy*")
    expect(view.locator("#main #found")).not_to_contain_text("05/QC-CAT")
    expect(view.locator("#main #found")).to_contain_text("Quy chế một")
