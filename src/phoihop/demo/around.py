"""What surrounds the patrols: duty numbers, means, totals from documents, a log half imported."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from phoihop.domain.activities.actions import importing
from phoihop.domain.figures.actions.entering import sourced
from phoihop.domain.figures.rules import Total
from phoihop.domain.forces.actions.keeping import publish_contact, record_means, test_contact
from phoihop.domain.forces.models import MeansKind
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import area_at
from phoihop.kernel.duty_number import DutyNumber
from phoihop.kernel.period import local_day, month_start
from phoihop.kernel.upload import Upload

from .days import weight
from .ground import Ground
from .scale import Scale

_MOST_NUMBERS = 1000  # 0270 000 000 to 0270 000 999: given to nobody
_REACHED = ("CA", "DQ", "BP", "QS", "PC")
_TWO_TIERS = date(2025, 7, 1)
_OLD_PROVINCES = ("83", "84", "86")  # Bến Tre, Trà Vinh, Vĩnh Long of before 1 July 2025
_ILLUSTRATIVE = "Số minh họa của kỳ trước, không có văn bản thật"
HAU_GIANG = "Bài tổng kết phối hợp của Công an tỉnh Hậu Giang năm 2023 (20.629 cuộc tuần tra vũ trang)"


def publish_numbers(ground: Ground, at: datetime) -> int:
    """Each armed force of a commune and of the province publishes a duty number that nobody has; the province tries some of them."""
    units = [(name, unit) for name, unit in ground.units.items() if name[:2] in _REACHED and unit.pk in ground.posts][:_MOST_NUMBERS]
    trying = ground.post(f"CA:{ground.province.code}")
    for n, (name, unit) in enumerate(units):
        number = DutyNumber(f"0270 000 {n:03d}")
        contact = publish_contact(by=ground.post(name), unit=unit, label="Trực chỉ huy", number=number, day=local_day(at), at=at)
        if n % 9 == 0:
            test_contact(by=trying, contact=contact, passed=n % 27 != 0, at=at)
    return len(units)


def count_means(ground: Ground, scale: Scale, at: datetime) -> None:
    """What each armed unit can count on."""
    for name, unit in ground.units.items():
        if name[:2] not in _REACHED or unit.pk not in ground.posts:
            continue
        chance = Random(f"{scale.seed}:means:{name}")
        counts: dict[str, int] = {
            MeansKind.MOTORBIKE: chance.randint(3, 12),
            MeansKind.RADIO: chance.randint(2, 8),
            MeansKind.LIFE_JACKET: chance.randint(6, 30),
        }
        if name[:2] == "BP":
            counts |= {MeansKind.BOAT: chance.randint(2, 4), MeansKind.SHIP: 1}
        if name[:2] == "PC":
            counts |= {MeansKind.FIRE_ENGINE: chance.randint(8, 14), MeansKind.PUMP: chance.randint(6, 12)}
        elif chance.random() < 0.5:
            counts[MeansKind.BOAT] = 1
        record_means(by=ground.post(name), unit=unit, counts=counts, day=local_day(at), at=at)


def state_totals(node: Post, ground: Ground, scale: Scale, at: datetime) -> None:
    """The year before the demo's, month by month, for the areas of its days; and the one real total: Hậu Giang 2023."""
    first = scale.whole.first
    for back in range(13):
        start = month_start(first.year, first.month - back)
        until = min(month_start(first.year, first.month - back + 1), first)
        for area, share in _areas_then(ground, start):
            days = sum(weight(start + timedelta(days=n)) for n in range((until - start).days))
            usual = scale.held * 0.93 * share * days / scale.days
            for measure, each in (("TR.01", 1.0), ("TR.03", 9.2)):
                if value := round(usual * each):
                    sourced(by=node, total=Total(measure, area, start, until, value, "=", _ILLUSTRATIVE), at=at)
    hau_giang = area_at("93", date(2023, 1, 1))
    assert hau_giang is not None
    total = Total("TR.01.VT", hau_giang, date(2023, 1, 1), date(2024, 1, 1), 20_629, "=", HAU_GIANG)
    sourced(by=node, total=total, at=at)


def _areas_then(ground: Ground, day: date) -> list[tuple[Area, float]]:
    """The province, or before 1 July 2025 the three that it was made of, with their part of the whole."""
    if day >= _TWO_TIERS:
        return [(ground.province, 1.0)]
    then = [area for code in _OLD_PROVINCES if (area := area_at(code, day)) is not None]
    return [(area, 1 / len(then)) for area in then]


def leave_an_import(ground: Ground, scale: Scale, at: datetime) -> None:
    """A commune's log of the month before the demo begins, taken in and waiting to be looked through: most lines are clear, some are not."""
    unit = ground.units["CA:29125"]
    run = importing.begin(by=ground.post("CA:29125"), lead=unit, upload=Upload("So tuan tra thang truoc.csv", _log(scale).encode("utf-8-sig")), at=at)
    while importing.step(at=at):
        run.refresh_from_db(fields=["state"])


def _log(scale: Scale) -> str:
    month = month_start(scale.whole.first.year, scale.whole.first.month - 1)
    lines = ["STT;Ngày;Thời gian;Địa bàn;Lực lượng;Nhắc nhở"]
    for n in range(1, 19):
        lines.append(f"{n};{n:02d}/{month.month}/{month.year};{19 + n % 3}h-{21 + n % 3}h;xã Bảo Thạnh;3 CA, {3 + n % 3} DQ;{n % 4}")
    doubtful = ("31/02/{y};20h-22h;xã Bảo Thạnh;3 CA, 4 DQ;1", "20/{m}/{y};20h-22h;xã Bảo Thuận Đông;3 CA, 4 DQ;0", "21/{m}/{y};22h-20h;Bảo Thạnh;3 CA, 4 DQ;2",
                "22/{m}/{y};20h-22h;Bao Thanh;3 CA, 400 DQ;1", "23/{m}/{y};20h;xã Bảo Thạnh;3 CA, 4 đội cơ động;0", "24/{m}/{y};20h-22h;xã Bảo Thạnh;3 CA, 4 DQ;nhiều")  # fmt: skip
    lines += [f"{19 + n};{line.format(m=month.month, y=month.year)}" for n, line in enumerate(doubtful)]
    return "\n".join(lines) + "\n"
