"""The route pages in a real Chromium, both themes, large and small."""

import pytest

from phoihop.domain.activities.actions.routes import draw_route
from phoihop.domain.activities.rules import RouteDraft
from phoihop.domain.activities.rules.drafts import PointDraft
from tests.domain.activities.steps import planned, reported
from tests.web.browser import check_both
from tests.world import NOON

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_route_page_on_a_desk_and_on_a_phone(visit, w):
    points = [PointDraft("Cầu Sông", w.song), PointDraft("Bến Đất", w.dat)]
    route = draw_route(by=w.lan, draft=RouteDraft("B1", "Sông Cái", "river", w.song, [w.dat], points, 7), at=NOON)
    reported(w, a=planned(w, route=route))
    for rest in ("", f"{route.pk}/", "moi/", f"{route.pk}/sua/", f"{route.pk}/thoi-dung/"):
        check_both(visit(w.lan, f"/tuan-tra/tuyen/{rest}"))
