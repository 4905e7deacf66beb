"""A year's patrol log of 20,629 lines imported while somebody else works: memory, time, and how long the other had to wait.

    python -m bench.importing [lines]

Prints ``name | value | budget | ok``. Three processes on one SQLite node on disk: one prepares it, one takes the log in and does the
worker's steps to the end and withdraws the first hundredth again, one writes a small action every 50 ms and notes its longest wait.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

LINES = 20_629
COMMUNES = 124
FIRST = date(2026, 1, 1)
BUDGETS = {"peak MB": 400.0, "longest wait of the other writer, s": 2.0, "staged and imported, s": 300.0}
_FORCES = ("CA", "DQ", "MT")


def main() -> None:
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
        _run("prepare", folder, lines)
        writer = _start("write", folder, lines)
        found = _run("import", folder, lines)
        Path(folder, "stop").touch()
        found |= json.loads(writer.communicate()[0])
    for name, value in found.items():
        budget = BUDGETS.get(name)
        print(f"{name} | {value:g} | {budget if budget is not None else '–'} | {'' if budget is None else 'ok' if value <= budget else 'OVER'}")


def _start(role: str, folder: str, lines: int) -> subprocess.Popen[bytes]:
    environment = {k: v for k, v in os.environ.items() if k != "PHOIHOP_DATABASE"} | {
        "PHOIHOP_DATA": folder,
        "DJANGO_SETTINGS_MODULE": "phoihop.config.settings",
    }
    return subprocess.Popen([sys.executable, "-m", "bench.importing", f"--{role}", folder, str(lines)], stdout=subprocess.PIPE, env=environment)


def _run(role: str, folder: str, lines: int) -> dict[str, float]:
    process = _start(role, folder, lines)
    said = process.communicate()[0]
    if process.returncode:
        raise SystemExit(f"{role} failed")
    return json.loads(said)


def prepare(folder: Path, lines: int) -> dict[str, float]:
    """A node with a province of 124 communes, police, militia and Front in each, and the log of its military command."""
    from django.core.management import call_command
    from tests.world import area, songdat, unit

    call_command("migrate", verbosity=0)
    w = songdat()
    names = []
    for n in range(COMMUNES):
        name = f"Bình {_SYLLABLES[n % 31]} {_SYLLABLES[n // 31 + 7]}"
        commune = area(f"3{n:04d}", name, "commune", "xa", w.province)
        for code, head in zip(_FORCES, ("Công an", "Ban CHQS", "Ủy ban MTTQ"), strict=True):
            unit(w.forces[code], "xa", commune, f"{head} xã {name}")
        names.append(name)
    Path(folder, "log.xlsx").write_bytes(_log(names, lines))
    return {}


_SYLLABLES = re.findall(
    r"\S+",
    "An Ba Bình Cẩm Châu Chánh Đại Điền Đông Giang Hải Hiệp Hòa Hưng Khánh Lâm Long Lộc Mỹ Nam Ngãi Nhơn Phú Phước Quới Sơn Tân Thạnh Thới Trung Vĩnh "
    "Xuân Yên Thuận Thành Đức Phong Quang",
)


def _log(names: list[str], lines: int) -> bytes:
    """As a command keeps it: a title, two rows of merged headings, days merged over their patrols, totals, signatures."""
    import io

    import xlsxwriter

    chance, out = random.Random(8), io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Năm 2026")
    sheet.merge_range("A1:L1", "SỔ THEO DÕI TUẦN TRA CHUNG NĂM 2026")
    for column, title in zip("ABEFKL", ("STT", "Ngày", "Địa bàn", "Tuyến", "Kết quả", "Ghi chú"), strict=True):
        sheet.merge_range(f"{column}3:{column}4", title)
    sheet.merge_range("C3:D3", "Thời gian")
    sheet.merge_range("G3:J3", "Lực lượng tham gia")
    for cell, title in zip(("C4", "D4", "G4", "H4", "I4", "J4"), ("Từ", "Đến", "QS", "CA", "DQ", "Tổng"), strict=True):
        sheet.write(cell, title)
    for n in range(lines):
        day = FIRST + timedelta(days=n * 300 // lines)
        start, army, police, militia = chance.randrange(18, 24), chance.randrange(2, 5), chance.randrange(2, 5), chance.randrange(3, 9)
        row = [n + 1, f"{day:%d/%m/%Y}", f"{start}h{chance.choice(('00', '15', '30'))}", f"{(start + 2) % 24:02d}h45", names[n % COMMUNES]]
        row += [
            chance.choice(("Đường liên xã", "Sông Hàm Luông", "Khu dân cư chợ", "Kênh số 3")) + f" {n // COMMUNES}",
            army,
            police,
            militia,
            army + police + militia,
        ]
        sheet.write_row(
            4 + n, 0, [*row, f"Nhắc nhở {chance.randrange(9)} trường hợp tụ tập khuya ở điểm {n}", chance.choice(("", "Bình thường", "Thời tiết xấu"))]
        )
    sheet.write(lines + 5, 1, "Cộng")
    sheet.write(lines + 7, 9, "CHỈ HUY TRƯỞNG")
    book.close()
    return out.getvalue()


def take_log(folder: Path, lines: int) -> dict[str, float]:
    from django.db.models import Count

    from phoihop.config.worker import Worker
    from phoihop.domain import models as m
    from phoihop.domain.activities.actions import importing
    from phoihop.kernel.upload import Upload

    by, found = m.Post.objects.select_related("unit__area", "unit__force").get(title="dũng"), dict[str, float]()
    worker = Worker(now=lambda: datetime.fromisoformat("2026-11-21T12:00:00+07:00"))
    content = Path(folder, "log.xlsx").read_bytes()
    clock = _Clock(found)
    run = importing.begin(by=by, lead=by.unit, upload=Upload("So tuan tra 2026.xlsx", content), at=worker.now())
    clock.lap("taken in, s")
    _work(worker, found, "longest staging step, s")
    clock.lap("staged, s")
    for column, text in m.ImportDoubt.objects.filter(row__run=run).values_list("column", "text").annotate(n=Count("pk")).order_by("-n")[:3]:
        print(f"doubt: {column} {text!r}", file=sys.stderr)
    found["doubtful rows"] = run.rows.filter(state="doubtful").count()
    importing.release(by=by, run=run, at=worker.now())
    _work(worker, found, "longest import step, s")
    clock.lap("imported, s")
    found["of it processor time, s"] = round(time.process_time(), 1)
    found["staged and imported, s"] = round(found["taken in, s"] + found["staged, s"] + found["imported, s"], 1)
    found["patrols"] = m.Activity.objects.filter(import_rows__run=run).count()
    _again(importing, by, worker, content, found)
    clock.lap("same file again, s")
    _withdraw_some(importing, by, run, worker, found)
    found["peak MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def _again(importing: Any, by: Any, worker: Any, content: bytes, found: dict[str, float]) -> None:
    from phoihop.kernel.upload import Upload

    run = importing.begin(by=by, lead=by.unit, upload=Upload("So tuan tra 2026 (2).xlsx", content), at=worker.now())
    _work(worker, found, "longest step of the same file, s")
    found["new rows in the same file"] = run.rows.exclude(state="same").count()


def _withdraw_some(importing: Any, by: Any, run: Any, worker: Any, found: dict[str, float]) -> None:
    importing.withdraw(by=by, run=run, why="Đo thử", at=worker.now())
    start = time.perf_counter()
    for _ in range(10):
        worker.continue_imports()
    found["200 withdrawn, s"] = round((time.perf_counter() - start) / 10, 2)


class _Clock:
    def __init__(self, found: dict[str, float]) -> None:
        self.found, self.began = found, time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.found[name], self.began = round(now - self.began, 1), now


def _work(worker: Any, found: dict[str, float], name: str) -> None:
    """The worker's duty until nothing is left of it."""
    longest, more = 0.0, True
    while more:
        start = time.perf_counter()
        more = worker.continue_imports()
        longest = max(longest, time.perf_counter() - start)
    found[name] = round(longest, 2)


def write_beside(folder: Path, lines: int) -> dict[str, float]:
    """Somebody else at work: a route drawn every 50 ms until the import is over."""
    from phoihop.domain import models as m
    from phoihop.domain.activities.actions.routes import draw_route
    from phoihop.domain.activities.rules import RouteDraft

    by = m.Post.objects.select_related("unit__area").get(title="lan")
    waits = []
    while not Path(folder, "stop").exists():
        draft = RouteDraft(f"R{len(waits)}", f"Tuyến {len(waits)}", "road", by.unit.area)
        start = time.perf_counter()
        draw_route(by=by, draft=draft, at=datetime.fromisoformat("2026-11-21T12:00:00+07:00"))
        waits.append(time.perf_counter() - start)
        time.sleep(0.05)
    waits.sort()
    return {"longest wait of the other writer, s": round(waits[-1], 2), "its median wait, s": round(waits[len(waits) // 2], 3), "its actions": len(waits)}


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].startswith("--"):
        import django

        django.setup()
        role = {"--prepare": prepare, "--import": take_log, "--write": write_beside}[sys.argv[1]]
        print(json.dumps(role(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        main()
