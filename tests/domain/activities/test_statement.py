from dataclasses import replace
from datetime import UTC

import pytest

from phoihop.domain.activities.rules import Present, Statement
from phoihop.domain.models import Area, Unit
from tests.world import at

POLICE = Unit(pk=1, key="CA.xa.29001", name="Công an xã Sông")
MILITIA = Unit(pk=2, key="DQ.xa.29001", name="Ban CHQS xã Sông")
SONG = Area(pk=1, code="29001", kind="xa", level="commune", name="Sông")
PLAIN = Statement(
    code="TT-26-PH86-1-5",
    recorder=POLICE,
    claim="held",
    start=at(1, 20, 5),
    end=at(1, 22),
    area=SONG,
    kind="road",
    armed=False,
    units=(Present(POLICE, 1, 3), Present(MILITIA, 2, 4, (("xuong", 1), ("bodam", 2)))),
    outcomes=(("nhac-nho", 2), ("vp.cat", 1)),
)


def test_a_statement_is_read_line_by_line():
    assert list(PLAIN.sentences()) == [
        "Công an xã Sông ghi: cuộc tuần tra TT-26-PH86-1-5 đã tổ chức.",
        "Tuyến đường bộ, Xã Sông.",
        "Từ 20:05, 01/06/2026 đến 22:00, 01/06/2026.",
        "Công an xã Sông: 1 tổ, 3 người.",
        "Ban CHQS xã Sông: 2 tổ, 4 người, 1 xuồng, ca nô, 2 bộ đàm.",
        "Kết quả: 2 lượt nhắc nhở, 1 khai thác cát trái phép.",
    ]


def test_what_was_not_held_says_so_and_no_more():
    assert list(replace(PLAIN, claim="not_held", start=None, end=None, units=(), outcomes=(), armed=True).sentences()) == [
        "Công an xã Sông ghi: cuộc tuần tra TT-26-PH86-1-5 không tổ chức.",
        "Tuyến đường bộ, Xã Sông, có vũ trang.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"code": "TT-26-PH86-2-3"},
        {"recorder": MILITIA},
        {"claim": "not_held"},
        {"start": at(1, 20, 6)},
        {"end": at(1, 22, 1)},
        {"area": Area(code="29002", kind="xa", level="commune", name="Sông")},
        {"kind": "sea"},
        {"armed": True},
        {"units": PLAIN.units[:1]},
        {"units": (replace(PLAIN.units[0], people=4), PLAIN.units[1])},
        {"units": (replace(PLAIN.units[0], teams=2), PLAIN.units[1])},
        {"units": (PLAIN.units[0], replace(PLAIN.units[1], means=(("xuong", 1),)))},
        {"outcomes": (("nhac-nho", 3), ("vp.cat", 1))},
        {"outcomes": ()},
    ],
    ids=str,
)
def test_whatever_changes_in_it_changes_its_digest(change):
    assert replace(PLAIN, **change).digest != PLAIN.digest


@pytest.mark.parametrize(
    "change",
    [
        {"recorder": Unit(key=POLICE.key, name="Công an xã Sông Mới")},
        {"area": Area(code="29001", kind="phuong", level="commune", name="Sông Mới")},
        {"start": at(1, 20, 5).astimezone(UTC), "end": at(1, 22).astimezone(UTC)},
        {"units": PLAIN.units[::-1]},
        {"units": (replace(PLAIN.units[0], unit=Unit(key=POLICE.key, name="CAX Sông")), replace(PLAIN.units[1], means=PLAIN.units[1].means[::-1]))},
        {"outcomes": PLAIN.outcomes[::-1]},
    ],
    ids=str,
)
def test_neither_names_nor_order_nor_time_zone_do(change):
    assert replace(PLAIN, **change).digest == PLAIN.digest
