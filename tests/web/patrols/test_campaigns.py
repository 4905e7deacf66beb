"""Campaigns on their pages: opened by who may, joined by the lead of a patrol, adding no patrol to any figure."""

from datetime import timedelta

import pytest

from phoihop.domain import models as m
from phoihop.kernel.period import local_day
from tests.web.patrols.steps import again, now, planned

pytestmark = pytest.mark.django_db
HERE = "/tuan-tra/dot/"


def opened(w, as_post, **change):
    today = local_day(now())
    given = {"name": "Cao điểm Tết", "area": "Xã Sông", "first": f"{today - timedelta(days=3):%d/%m/%Y}", "until": f"{today + timedelta(days=3):%d/%m/%Y}"}
    return as_post(w.lan).post(f"{HERE}moi/", given | change)


def test_a_campaign_is_opened_and_takes_in_own_patrols(w, as_post):
    a = planned(w)
    url = opened(w, as_post)["Location"]
    browser = as_post(w.lan)
    assert [row[1] for row in browser.get(url).context["rows"]] == [a.matter.code]
    browser.post(url, {"a": [str(a.pk)]})
    campaign = m.Campaign.objects.get()
    assert (again(a).campaign, campaign.until - campaign.first) == (campaign, timedelta(days=7))
    assert [row.held for row in browser.get(HERE).context["rows"]] == [1]


@pytest.mark.parametrize(
    ("change", "field"), [({"name": ""}, "name"), ({"until": "1/1/2020"}, "until"), ({"area": "Xã Không Có Đâu"}, "area"), ({"first": "31/11/2026"}, "first")]
)
def test_what_is_wrong_is_said_and_no_campaign_is_opened(w, as_post, change, field):
    answer = opened(w, as_post, **change)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert m.Campaign.objects.count() == 0


def test_nothing_ticked_is_said_and_a_stranger_finds_none(w, as_post):
    url = opened(w, as_post)["Location"]
    assert "Đánh dấu ít nhất một dòng." in as_post(w.lan).post(url, {}).content.decode()
    assert as_post(w.thu).get(url).status_code == 404
    assert as_post(w.binh).get(f"{HERE}moi/").status_code == 403


def test_another_units_patrol_is_as_unknown_as_none(w, as_post):
    url = opened(w, as_post)["Location"]
    own, others = planned(w), planned(w, starts=timedelta(hours=20))
    m.Matter.objects.filter(pk=others.matter_id).update(lead=w.militia_song)
    answers = [as_post(w.lan).post(url, {"a": [str(own.pk), str(pk)]}) for pk in (others.pk, 99_999_999_999)]
    said = "Có dòng đã đánh dấu không còn trong danh sách này. Tải lại trang rồi đánh dấu lại."
    assert [(answer.status_code, answer.context["problem"]) for answer in answers] == [(422, said)] * 2
    assert (again(own).campaign, again(others).campaign) == (None, None)


def test_what_was_ticked_stays_ticked_when_all_of_it_is_refused(w, as_post):
    a = planned(w)
    url = opened(w, as_post)["Location"]
    answer = as_post(w.lan).post(url, {"a": [str(a.pk), "99999999"]})
    assert (answer.status_code, [row.ticked for row in answer.context["rows"]], answer.content.decode().count("checked")) == (422, [True], 1)
