"""What the table of the parties tells of a text: from when it holds, what was reserved, how a round of opinions came to its end."""

from __future__ import annotations

import pytest
from django.utils import timezone

from phoihop.domain.agreements.actions.opinions import answer_opinion, opine
from phoihop.domain.agreements.actions.sending import close_appraisal
from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.opinions import WishDraft
from phoihop.domain.agreements.rules.signing import ReservationDraft
from tests.domain.agreements.agreed import a_regulation, approved_by_the_province, for_signing, heads, on_paper
from tests.domain.agreements.test_opinions import an_appraisal
from tests.stories.steps import words
from tests.world import at

pytestmark = pytest.mark.django_db


def shown(client, a: Agreement) -> str:
    return words(client.get(f"/ke-hoach/{a.matter.code}/"))


def test_a_signature_with_a_reservation_says_so_beside_it(w, as_post):
    a, h = a_regulation(w, timezone.now()), heads(w)
    for_signing(w, a, timezone.now())
    clause = current(a).clauses.get(order=2)
    on_paper(h.station, a, timezone.now(), reservations=[ReservationDraft("Theo lực lượng hiện có", clause)])
    on_paper(h.militia, a, timezone.now(), reservations=[ReservationDraft("Theo khả năng", None)])
    page = shown(as_post(w.lan), a)
    assert (f"có bảo lưu: {clause.label}" in page, "có bảo lưu: cả văn bản" in page) == (True, True)


def test_a_text_that_a_body_above_approves_says_that_it_waits_for_that_too(w, as_post):
    later = "có hiệu lực khi mọi bên phải ký đã ký và được phê duyệt"
    assert later not in shown(as_post(w.lan), a_regulation(w, timezone.now()))
    a, _above = approved_by_the_province(w, timezone.now())
    assert later in shown(as_post(w.lan), a)


def test_a_closed_round_of_opinions_has_come_to_its_end_and_was_never_carried_out(w, as_post):
    a = an_appraisal(w)
    said = opine(by=w.binh, agreement=a, wishes=[WishDraft("Chừa lối cho xe chữa cháy")], at=at(2, 9))
    answer_opinion(by=w.lan, opinion=said[0], taken="partly", answer="Chừa lối 3 m", at=at(2, 10))
    opine(by=w.hai, agreement=a, wishes=[], at=at(2, 11))
    close_appraisal(by=w.lan, agreement=a, at=at(2, 12))
    page = shown(as_post(w.lan), a)
    assert ("thôi thực hiện" in page, "đang soạn" in page, "1 góp ý, tiếp thu 0, một phần 1" in page, "đã kết thúc" in page) == (False, False, True, True)
    assert "thôi thực hiện" not in words(as_post(w.lan).get("/ke-hoach/"))


def test_a_draft_is_said_to_be_read_by_those_who_do_read_it(w, as_post):
    a = a_regulation(w, timezone.now())
    page = f"/ke-hoach/{a.matter.code}/"
    assert [as_post(by).get(page).status_code for by in (w.lan, w.mai, w.binh)] == [200, 200, 403]
    assert "ngoài cấp trên của đơn vị, chưa ai khác xem được cho đến khi gửi" in words(as_post(w.lan).get(f"{page}sua/"))


def test_a_plan_that_nobody_cleared_says_where_that_is_written(w, as_post):
    a = a_regulation(w, timezone.now())
    Agreement.objects.update(kind="chuyende")
    refused = words(as_post(w.lan).post(f"/ke-hoach/{a.matter.code}/lam/trinh-ky/", {"workdays": "5"}))
    assert "không thuộc danh mục bí mật nhà nước, ở phần đầu của nguyên văn." in refused
