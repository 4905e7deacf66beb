"""The register in a real browser, with axe, at every width."""

from datetime import date

import pytest
from playwright.sync_api import expect

from phoihop.domain.agreements.actions.cascade import adopt_as_is, ask_below
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.search import keeping
from tests.domain.agreements.registered import holding, registered
from tests.web.browser import check_by_day_and_night
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


def test_the_pages_of_the_register_by_day_and_by_night(world, visit):
    held = f"/ke-hoach/{world.held.matter.code}/so"
    for who, addresses in (
        (world.mai, (
            "/ke-hoach/", "/ke-hoach/?q=giu gin", "/ke-hoach/ghi-so/", "/ke-hoach/nhap-so/", "/van-ban/", "/van-ban/nd-133-2015/",
            f"{held}/cap-duoi/", f"{held}/yeu-cau/", f"{held}/ra-soat/",
        )),
        (world.dung, ("/ke-hoach/ban-giay/",)),
        (world.lan, (f"{held}/soan-rieng/", f"{held}/van-ban-rieng/")),
    ):  # fmt: skip
        for address in addresses:
            check_by_day_and_night(visit(who, address))


def test_a_word_is_looked_for_without_a_button(world, browser_page):
    view = browser_page(world.mai, "/ke-hoach/")
    view.fill("#f-q", "quy che mot")
    view.wait_for_url("**q=quy*")
    expect(view.locator("#main #found")).not_to_contain_text("05/QC-CAT")
    expect(view.locator("#main #found")).to_contain_text("Quy chế một")
