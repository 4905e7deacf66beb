"""A small province as plain data: two communes since 1 July 2025, made of three under a district; one defence region."""

from __future__ import annotations

from datetime import date

from phoihop.domain.forces.rules.plans import Ground
from phoihop.kernel.period import FOREVER, Period

START, REFORM = date(2004, 1, 1), date(2025, 7, 1)
OLD, NEW = Period(START, REFORM), Period(REFORM, FOREVER)
NATION, PROVINCE, SONG, DAT, REGION, OLD_PROVINCE, DISTRICT, OLD_SONG, SUOI, OLD_DAT = range(1, 11)


def now() -> list[Ground]:
    up = ((PROVINCE, NEW), (NATION, NEW))
    return [
        Ground(NATION, "VN", "nation", "nuoc", "Việt Nam", Period(START, FOREVER)),
        Ground(PROVINCE, "86", "province", "tinh", "Vĩnh Long", NEW, ((NATION, NEW),)),
        Ground(SONG, "29107", "commune", "xa", "Thới Thuận", NEW, up),
        Ground(DAT, "29002", "commune", "phuong", "Đất", NEW, up),
        Ground(REGION, "86.P1", "group", "ptkv", "1 – Đất", NEW, up),
    ]


def before() -> list[Ground]:
    up = ((DISTRICT, OLD), (OLD_PROVINCE, OLD), (NATION, OLD))
    return [
        Ground(OLD_PROVINCE, "83", "province", "tinh", "Bến Tre", OLD, ((NATION, OLD),), (PROVINCE,)),
        Ground(DISTRICT, "835", "district", "huyen", "Bình Đại", OLD, ((OLD_PROVINCE, OLD), (NATION, OLD))),
        Ground(OLD_SONG, "29107", "commune", "xa", "Thới Thuận", OLD, up, (SONG,)),
        Ground(SUOI, "29104", "commune", "xa", "Thừa Đức", OLD, up, (SONG,)),
        Ground(OLD_DAT, "29002", "commune", "thi-tran", "Đất", OLD, up, (DAT,)),
    ]
