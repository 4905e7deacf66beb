"""What the page of a text says to a unit that was asked to put it into force: who of it answers, and what is still to be done."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.cascade import ask_below
from tests.domain.agreements.registered import holding
from tests.stories.steps import words
from tests.web.flat import flat
from tests.world import NOON

pytestmark = pytest.mark.django_db
HINT = "Bấm “Đã có văn bản riêng” để trả lời đơn vị yêu cầu."


@pytest.mark.parametrize(("who", "told"), [("lan", False), ("thu", False), ("binh", True)])
def test_who_may_not_answer_for_the_unit_reads_who_does(w, as_post, who, told):
    a = holding(w)
    ask_below(by=w.mai, agreement=a, units=[w.police_song, w.front_song, w.militia_song], due_on=date(2026, 7, 1), at=NOON)
    page = words(as_post(getattr(w, who)).get(f"/ke-hoach/{a.matter.code}/"))
    says = "Người trả lời cho đơn vị của bạn: Cán bộ tham mưu, Chỉ huy, lãnh đạo, Cán bộ Mặt trận, đoàn thể."
    assert (says in page, "Thực hiện nguyên văn" in page) == (told, not told)


def test_an_own_text_that_all_have_signed_is_still_to_be_named_as_the_answer(w, as_post):
    a = holding(w)
    ask_below(by=w.mai, agreement=a, units=[w.police_song], due_on=date(2026, 7, 1), at=NOON)
    own = holding(w, number="07/QC-CAX", title="Quy chế của xã Sông")
    m.Adoption.objects.update(own=own)
    for agreed_on, said in ((None, ("văn bản riêng đang soạn", False)), (date(2026, 6, 1), ("văn bản riêng đã đủ chữ ký", True))):
        m.Agreement.objects.filter(pk=own.pk).update(agreed_on=agreed_on, stage="agreed" if agreed_on else "draft")
        page = words(as_post(w.lan).get(f"/ke-hoach/{a.matter.code}/"))
        assert (said[0] in page, HINT in page) == (True, said[1])


def test_who_has_answered_sees_the_ways_to_answer_folded_and_none_of_them_pressing(w, as_post):
    a = holding(w)
    ask_below(by=w.mai, agreement=a, units=[w.police_song], due_on=date(2026, 7, 1), at=NOON)

    def shown():
        page = flat(as_post(w.lan).get(f"/ke-hoach/{a.matter.code}/").content.decode())
        return ["<details open><summary>Trả lời</summary>" in page, "<summary>Đổi câu trả lời</summary>" in page, "own-answer answered" in page]

    assert shown() == [True, False, False]
    as_post(w.lan).post(f"/ke-hoach/{a.matter.code}/so/nguyen-van/")
    assert shown() == [False, True, True]
