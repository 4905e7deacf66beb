from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from phoihop.domain import models as m
from phoihop.kernel.rows import insert, insert_plain, update_each
from tests.world import songdat

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


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


def area(n, **others):
    return m.Area(code=f"{n:05d}", name=f"Xã {n}", folded=f"xa {n}", level="commune", kind="xa", valid_from=date(2025, 7, 1), **others)


def test_records_are_stored_as_one_by_one_and_know_their_keys():
    made = [area(1, lat=10.5), area(2, hectares=7, valid_until=date(2026, 1, 1))]
    insert(made)
    told = [(a.pk, a.code, a.lat, a.hectares, a.valid_from, a.valid_until) for a in made]
    assert told == [(made[0].pk, "00001", 10.5, None, date(2025, 7, 1), None), (made[1].pk, "00002", None, 7, date(2025, 7, 1), date(2026, 1, 1))]
    assert list(m.Area.objects.order_by("pk").values_list("pk", "code", "lat", "hectares", "valid_from", "valid_until")) == told
    made[0].name = "Xã đổi tên"
    made[0].save()  # it knows that it is there
    assert m.Area.objects.count() == 2


def test_a_reference_to_a_record_that_got_its_key_later_is_stored():
    province, commune = area(1), area(2)
    link = m.AreaParent(area=commune, parent=province, valid_from=date(2025, 7, 1))
    insert([province, commune])
    insert([link])
    assert m.AreaParent.objects.values_list("area", "parent").get() == (commune.pk, province.pk)


def test_values_of_every_kind_are_what_a_single_save_would_store():
    w = songdat()
    common = {"kind": m.MatterKind.PATROL, "home": "86", "lead": w.lan.unit, "area": w.song, "mark": m.Mark.INTERNAL}
    home = NOON.astimezone(tz=None)
    many = [
        m.Matter(uid=uuid4(), code=f"TT-26-{n}", opened_at=at, exercise=bool(n % 2), **common) for n, at in enumerate((NOON, home, NOON + timedelta(days=1)))
    ]
    one = m.Matter.objects.create(uid=uuid4(), code="TT-26-9", opened_at=NOON, exercise=False, **common)
    insert(many)
    found = list(m.Matter.objects.filter(pk__in=[x.pk for x in many]).order_by("pk").values_list("uid", "opened_at", "exercise", "kind", "closed_at"))
    assert found == [(x.uid, x.opened_at, x.exercise, "TT", None) for x in many]
    assert list(m.Matter.objects.filter(opened_at=NOON).order_by("code").values_list("code", flat=True)) == ["TT-26-0", "TT-26-1", one.code]


def test_more_than_one_statement_takes_keep_their_keys_in_order():
    made = [area(n) for n in range(1201)]
    insert(made)
    assert [m.Area.objects.get(pk=made[n].pk).code for n in (0, 499, 500, 1200)] == ["00000", "00499", "00500", "01200"]


def test_two_hundred_new_ones_are_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        insert([area(n) for n in range(200)])


def test_no_record_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])
