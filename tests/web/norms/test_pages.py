"""The pages of norms: who may lay one down, what is asked back, what stays in the history."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.kernel.period import local_day
from tests.stories.steps import words
from tests.world import person, unit

pytestmark = pytest.mark.django_db
PAGE = "/ke-hoach/mau-chu-ky/"
SAID = {"value": "quarter", "basis": "168/2018/NĐ-CP", "why": "Xã đảo, đi lại khó khăn", "valid_from": "1/1/2026"}


@pytest.fixture
def committee(w, as_post):
    lay(*shipped())
    return as_post(person("ủy ban", unit(w.forces["UB"], "xa", w.song, "UBND xã Sông"), "staff"))


def test_who_may_not_lay_one_down_reads_why(w, as_post):
    for post, norm, why in (
        (w.binh, "brief-commune", "Vai của bạn không được làm việc này."),
        (w.lan, "brief-province", "Mức này chỉ đặt cho cả tỉnh"),
        (w.thu, "brief-commune", "Vai của bạn không được làm việc này."),
    ):
        assert why in words(as_post(post).get(f"{PAGE}{norm}/"))
    assert as_post(w.lan).get(f"{PAGE}khong-co/").status_code == 404


@pytest.mark.parametrize(
    ("norm", "typed", "field", "reason"),
    [
        ("brief-commune", {"basis": ""}, "basis", "Ghi căn cứ"),
        ("brief-commune", {"basis": "99/2099/NĐ-CP"}, "basis", "99/2099/NĐ-CP"),
        ("brief-commune", {"why": ""}, "why", "Chưa có nội dung"),
        ("brief-commune", {"valid_from": "30/2/2026"}, "valid_from", "Không có ngày này"),
        ("brief-commune", {"valid_from": "1/1/2099", "valid_until": "1/12/2098"}, "valid_until", "phải sau ngày bắt đầu"),
        ("brief-commune", {"value": "demand"}, "value", "demand"),
        ("report-days", {"value": "0"}, "value", "NĐ 09/2019/NĐ-CP, Điều 8 khoản 5"),
        ("opinion-days", {"value": "năm"}, "value", "từ 1 đến 60 ngày làm việc"),
        ("contents", {"value": ["thongtin"]}, "value", "Luật Dân quân tự vệ 2019, Điều 31"),
        ("contents", {"value": []}, "value", "Chọn ít nhất một nội dung"),
    ],
)
def test_bad_input_is_said_at_its_field(committee, norm, typed, field, reason):
    answer = committee.post(f"{PAGE}{norm}/", SAID | typed)
    assert answer.status_code == 422
    assert reason in " ".join(answer.context["form"].errors[field])
    assert m.LocalNorm.objects.count() == 0


def test_a_lapsed_basis_is_asked_back_with_its_successor_and_then_kept_with_a_warning(committee):
    lapsed = SAID | {"basis": "77/2010/NĐ-CP"}
    asked = committee.post(f"{PAGE}brief-commune/", lapsed)
    assert "đã được 03/2019/NĐ-CP thay thế" in words(asked)
    assert 'value="03/2019/NĐ-CP"' in asked.content.decode()
    assert committee.post(f"{PAGE}brief-commune/", lapsed | {"sure": asked.context["form"].verdict.answer}).status_code == 302
    assert "đã được 03/2019/NĐ-CP thay thế" in words(committee.get(f"{PAGE}brief-commune/"))


@pytest.mark.parametrize(("until", "offered"), [("", None), ("1/6/2099", date(2099, 6, 1))])
def test_what_another_authority_holds_here_is_said_and_a_form_begins_where_it_ends(w, as_post, committee, until, offered):
    committee.post(f"{PAGE}brief-commune/", SAID | {"valid_until": until})
    seen = as_post(w.lan).get(f"{PAGE}brief-commune/")
    setting = seen.context["setting"]
    assert ("Chỉ UBND xã Sông đổi hoặc rút được" in words(seen), setting and setting["valid_from"].value()) == (True, offered)
    refused = as_post(w.lan).post(f"{PAGE}brief-commune/", SAID | {"value": "half"})
    assert refused.context["setting"]["value"].value() == "half"  # what was typed stays, with the reason why not


def test_two_at_once_are_refused_and_what_is_withdrawn_stays_in_the_history(w, as_post, committee):
    committee.post(f"{PAGE}brief-commune/", SAID)
    assert "UBND xã Sông đã đặt mức riêng: hằng quý" in words(committee.post(f"{PAGE}brief-commune/", SAID | {"value": "half"}))
    one = m.LocalNorm.objects.get()
    assert "Chỉ đơn vị đã đặt mới rút được" in words(as_post(w.lan).post(f"{PAGE}rut/{one.pk}/", {"reason": "Không hợp"}))
    assert "Cần nêu lý do" in words(committee.post(f"{PAGE}rut/{one.pk}/", {"reason": ""}))
    assert committee.post(f"{PAGE}rut/{one.pk}/", {"reason": "Đã có cầu"})["Location"] == f"{PAGE}brief-commune/"
    said = words(as_post(w.lan).get(f"{PAGE}brief-commune/"))
    assert "Xã Sông: hằng quý đã rút" in said
    assert "Lý do rút: Đã có cầu" in said
    assert "chọn ngày bắt đầu từ" in words(committee.post(f"{PAGE}brief-commune/", SAID | {"value": "half"}))
    today = local_day(timezone.now())
    assert committee.post(f"{PAGE}brief-commune/", SAID | {"value": "half", "valid_from": f"{today:%d/%m/%Y}"}).status_code == 302
