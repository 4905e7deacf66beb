"""Taking over a total from a document: by page, with its refusals."""

from __future__ import annotations

import pytest

from phoihop.domain import models as m
from tests.domain.figures.maps import mekong
from tests.reports.province import province
from tests.web.reports.test_pages import text_of
from tests.world import person, unit

pytestmark = pytest.mark.django_db
PATH = "/so-lieu/nhap/"
TYPED = {
    "measure": "TR.01.VT", "area": "tỉnh Hậu Giang", "first": "01/01/2023", "until": "31/12/2023", "value": "20.629", "qualifier": "=",
    "source": "TTXVN, hội nghị giao ban 20/3/2024", "replaces": "",
}  # fmt: skip


def heirs():
    """Somebody of Cần Thơ, which Hậu Giang became part of."""
    w = province()
    w.land = mekong(w)
    w.heir = person("can tho", unit(w.forces["CA"], "tinh", w.land.new, "Công an Cần Thơ"), "staff")
    return w


def test_a_total_is_entered_with_its_source_and_stands_in_the_list(as_post):
    w = heirs()
    client = as_post(w.heir)
    assert client.post(PATH, TYPED).status_code == 302
    total = m.SourcedTotal.objects.get()
    assert (total.value, total.area, str(total.first), str(total.until), total.qualifier) == (20_629, w.land.old["93"], "2023-01-01", "2024-01-01", "=")
    assert "20.629 · Trong đó tuần tra vũ trang Tỉnh Hậu Giang, 01/01/2023 – 31/12/2023 · đúng" in text_of(client.get(PATH))


@pytest.mark.parametrize("written", ["tỉnh Hậu Giang", "hau giang", "93"])
def test_the_area_is_understood_by_name_or_code_of_its_time(as_post, written):
    w = heirs()
    assert as_post(w.heir).post(PATH, TYPED | {"area": written}).status_code == 302
    assert m.SourcedTotal.objects.get().area == w.land.old["93"]


def test_hundredths_are_kept_as_the_measure_keeps_them(as_post):
    w = heirs()
    as_post(w.heir).post(PATH, TYPED | {"measure": "TR.04", "value": "1.234,5"})
    assert m.SourcedTotal.objects.get().value == 123_450


@pytest.mark.parametrize(("change", "sentence"), [
    ({"source": ""}, "Hãy điền “Nguồn”."),
    ({"value": "-1"}, "Viết số như 20.629 hoặc 97,5."),
    ({"value": "20,629"}, "Viết số như 20.629 hoặc 97,5."),
    ({"value": "12,5"}, "Chỉ tiêu này đếm số nguyên."),
    ({"area": "Không Đâu"}, "Không có địa bàn này vào ngày đầu của kỳ."),
    ({"until": "31/12/2022"}, "Ngày cuối phải sau ngày đầu."),
    ({"until": "30/2/2023"}, "Không có ngày này."),
    ({"area": "94"}, ""),
])  # fmt: skip
def test_what_cannot_be_stated_is_refused_with_a_sentence_and_what_was_typed_is_kept(as_post, change, sentence):
    w = heirs()
    answer = as_post(w.heir).post(PATH, TYPED | change)
    if not sentence:
        assert (answer.status_code, m.SourcedTotal.objects.count()) == (302, 1)
        return
    assert (answer.status_code, m.SourcedTotal.objects.count()) == (422, 0)
    assert sentence in text_of(answer)
    assert f'value="{(TYPED | change)["value"]}"' in answer.content.decode()


def test_another_units_area_is_refused(as_post):
    w = heirs()
    answer = as_post(w.mai).post(PATH, TYPED)
    assert (answer.status_code, m.SourcedTotal.objects.count()) == (422, 0)
    assert "Chỉ nhập số liệu của địa bàn đơn vị mình phụ trách." in text_of(answer)


def test_the_same_total_twice_is_refused_and_the_first_can_be_replaced(as_post):
    w = heirs()
    client = as_post(w.heir)
    client.post(PATH, TYPED)
    first = m.SourcedTotal.objects.get()
    assert "Đã có số tổng hợp cho địa bàn và kỳ này" in text_of(client.post(PATH, TYPED))
    filled = client.get(f"{PATH}?thay={first.pk}").content.decode()
    assert f'name="replaces" value="{first.pk}"' in filled
    assert client.post(f"{PATH}?thay={first.pk}", TYPED | {"value": "20.630", "replaces": str(first.pk)}).status_code == 302
    assert [t.value for t in m.SourcedTotal.objects.filter(replaced_by=None)] == [20_630]
