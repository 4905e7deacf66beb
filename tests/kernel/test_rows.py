from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.kernel.rows import insert_plain, update_each

pytestmark = pytest.mark.django_db


def areas(count):
    return m.Area.objects.bulk_create(
        [m.Area(code=f"{n:05d}", name=f"Xã {n}", folded=f"xa {n}", level="commune", kind="xa", valid_from=date(2025, 7, 1), lat=10.5) for n in range(count)]
    )


def test_each_row_gets_its_own_values_and_keeps_the_others():
    rows = areas(3)
    for n, area in enumerate(rows):
        area.name, area.lat, area.hectares, area.valid_until, area.code = f"Phường {n}", None if n == 0 else n / 2, n or None, date(2026, 1, 1 + n), "x"
    update_each(rows, ["name", "lat", "hectares", "valid_until"])
    assert list(m.Area.objects.order_by("pk").values_list("code", "name", "lat", "hectares", "valid_until")) == [
        ("00000", "Phường 0", None, None, date(2026, 1, 1)),
        ("00001", "Phường 1", 0.5, 1, date(2026, 1, 2)),
        ("00002", "Phường 2", 1.0, 2, date(2026, 1, 3)),
    ]


def test_rows_that_are_not_named_stay():
    first, second = areas(2)
    first.name = second.name = "Đổi"
    update_each([first], ["name"])
    assert set(m.Area.objects.values_list("name", flat=True)) == {"Đổi", "Xã 1"}


def test_a_reference_is_written_by_its_key():
    nation, province = areas(2)
    link = m.AreaParent.objects.create(area=province, parent=nation, valid_from=date(2025, 7, 1))
    link.area, link.parent = nation, province
    update_each([link], ["area", "parent"])
    link.refresh_from_db()
    assert (link.area, link.parent) == (nation, province)


def test_none_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        update_each([], ["name"])


def test_two_hundred_are_one_statement(django_assert_num_queries):
    rows = areas(200)
    with django_assert_num_queries(1):
        update_each(rows, ["name", "lat"])


def test_plain_rows_are_inserted_as_records_would_be():
    nation, province = areas(2)
    rows = [(province.pk, nation.pk, date(2025, 7, 1), None), (nation.pk, province.pk, date(2024, 1, 1), date(2025, 1, 1))]
    assert insert_plain(m.AreaParent, ("area_id", "parent_id", "valid_from", "valid_until"), iter(rows)) == 2
    assert list(m.AreaParent.objects.order_by("pk").values_list("area_id", "parent_id", "valid_from", "valid_until")) == rows
    assert insert_plain(m.AreaParent, ("area_id",), []) == 0
