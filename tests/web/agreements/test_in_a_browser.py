"""The pages of agreements in a real Chromium: both themes, a desk and a phone; and one opinion given by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.opinions import answer_opinion, opine
from phoihop.domain.agreements.actions.sending import circulate
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.drafts import ClauseDraft
from phoihop.domain.agreements.rules.opinions import WishDraft
from phoihop.domain.agreements.rules.signing import ReservationDraft
from tests.domain.agreements.agreed import a_key, a_regulation, a_text, for_signing, heads, on_paper
from tests.web.browser import check, check_both, wider_than_screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEXTS = [
    ClauseDraft("Điều 1", "Hai bên trao đổi thông tin hằng ngày, trước 16 giờ; tin khẩn trong 30 phút.", "Trao đổi thông tin", content="thongtin"),
    ClauseDraft("Điều 2", "Công an xã chủ trì, Ban CHQS xã phối hợp tuần tra chung mỗi đêm một lần.", "Tuần tra chung", content="trattu"),
    ClauseDraft("Điều 3", "Sơ kết 6 tháng, tổng kết năm."),
]


@pytest.fixture
def a(transactional_db, w):
    """For signing in its second version: the militia had a wish, the station has signed on paper with a reservation, the police not yet."""
    w.heads, now = heads(w), timezone.now()
    made = a_regulation(w, now - timedelta(days=9))
    circulate(by=w.lan, agreement=made, workdays=5, at=now - timedelta(days=8))
    wish = opine(by=w.binh, agreement=made, wishes=[WishDraft("Đề nghị trao đổi hằng ngày", current(made).clauses.get(order=1))], at=now - timedelta(days=7))[0]
    opine(by=w.hai, agreement=made, wishes=[], at=now - timedelta(days=7))
    answer_opinion(by=w.lan, opinion=wish, taken="partly", answer="Tin khẩn trong 30 phút", at=now - timedelta(days=6))
    draft = a_text(w, clauses=TEXTS)
    change_text(by=w.lan, agreement=made, draft=draft, seen=current(made).digest, at=now - timedelta(days=5), change="Tiếp thu góp ý lần 1")
    for_signing(w, made, now - timedelta(days=2))
    on_paper(w.heads.station, made, now, reservations=[ReservationDraft("Theo lực lượng hiện có", current(made).clauses.get(order=2))])
    a_key(w.heads.militia, now)
    return made


def test_the_pages_on_a_desk_and_on_a_phone(visit, w, a):
    one = f"/ke-hoach/{a.matter.code}/"
    for post, path in (
        (w.heads.militia, one), (w.lan, one), (w.lan, f"{one}sua/"), (w.lan, f"{one}v2/"), (w.lan, f"{one}v2/?so="), (w.lan, f"{one}van-ban/"),
        (w.heads.militia, "/toi/khoa-ky/"), (w.lan, "/ke-hoach/moi/"),
    ):  # fmt: skip
        check_both(visit(post, path))


def test_nothing_is_wider_than_a_small_phone(visit, w, a):
    for post, path in ((w.heads.militia, f"/ke-hoach/{a.matter.code}/"), (w.lan, "/ke-hoach/moi/"), (w.lan, f"/ke-hoach/{a.matter.code}/sua/")):
        assert wider_than_screen(visit(post, path, width=320, height=700), (320,)) == []


def test_an_opinion_given_by_hand(browser_page, w, transactional_db):
    a = a_regulation(w, timezone.now())
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    view = browser_page(w.binh, f"/ke-hoach/{a.matter.code}/")
    view.select_option("#gop-y select", label="Điều 2. Tuần tra chung")
    view.fill("#gop-y textarea >> nth=0", "Đề nghị ghi rõ giờ tập trung")
    view.get_by_role("button", name="Gửi ý kiến").click()
    view.wait_for_selector("text=Đã gửi ý kiến.")
    opinion = m.Opinion.objects.select_related("text", "clause").get()
    assert (opinion.text.text, opinion.clause.label) == ("Đề nghị ghi rõ giờ tập trung", "Điều 2")
    check(view)
