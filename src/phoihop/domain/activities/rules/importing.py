"""Who may import a log, what may be done with its lines, and what makes two lines the same patrol."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import canonical, digest
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ..models import ImportRow, ImportRun, ImportState, RowState
from .batches import AT_ONCE

MOST_LINES = 50_000
FAIR_TURN = 0.4  # seconds for which a step may hold up who else writes; with the longest it ever took, far below the two they may wait
FEWEST, FIRST_BATCH = 10, 50
MENDABLE = (RowState.READY, RowState.DOUBTFUL, RowState.SAME, RowState.SKIPPED)


def may_import(post: Post, lead_id: int, on: date) -> Verdict:
    """A unit imports the log of patrols that it led itself; what others led they enter or confirm."""
    return first_no(
        allowed(post, "patrol.import", on),
        no_unless(
            post.unit_id == lead_id, "not-own-log", _("Mỗi đơn vị chỉ nhập sổ các cuộc do mình chủ trì. Hãy chọn chức trách của đơn vị chủ trì."), "lead"
        ),
    )


def fits_log(lines: int) -> Verdict:
    return first_no(
        no_unless(lines, "no-lines", _("Không thấy dòng nào dưới tiêu đề. Hãy kiểm tra tệp có bảng tuần tra hay không."), "upload"),
        no_unless(lines <= MOST_LINES, "too-many-lines", _("Tệp có hơn 50.000 dòng. Hãy tách thành nhiều tệp, mỗi tệp một năm."), "upload"),
    )


def _stands(run: ImportRun) -> Verdict:
    return no_unless(run.state != ImportState.WITHDRAWN, "import-withdrawn", _("Lần nhập này đã rút lại. Muốn nhập, hãy đưa tệp vào lại."))


def may_work(post: Post, run: ImportRun, on: date) -> Verdict:
    """Lines are mended, released and withdrawn by the unit whose log it is, between two turns of the worker."""
    return first_no(
        may_import(post, run.lead_id, on).at(None),
        _stands(run),
        no_unless(run.erased_at is None, "import-erased", _("Nội dung các dòng của lần nhập này đã xóa theo thời hạn giữ.")),
        no_unless(
            run.state in (ImportState.PREVIEW, ImportState.DONE),
            "import-busy",
            _("Máy đang đọc hoặc đang nhập tệp này. Hãy chờ thanh tiến độ chạy hết rồi làm tiếp."),
        ),
    )


def may_mend(post: Post, row: ImportRow, on: date) -> Verdict:
    return first_no(
        may_work(post, row.run, on),
        no_unless(row.state in MENDABLE, "row-done", _("Dòng này đã nhập. Hãy sửa ở trang của cuộc tuần tra.")),
    )


def fits_cells(keys: Collection[str], known: Collection[str]) -> Verdict:
    """A cell is named by its column's number, or by a meaning that the log has no column for."""
    return first_no(
        no_unless(keys, "nothing-mended", _("Chưa có ô nào được sửa."), "cells"),
        *(no_unless(key in known, "no-such-cell", _("Sổ không có cột này."), f"cells.{key}") for key in keys),
    )


def has_doubt(count: int) -> Verdict:
    return no_unless(count, "no-such-doubt", _("Không còn dòng nào có điểm cần xem này. Có thể người khác vừa sửa."), "text")


def has_sheet(number: int, count: int) -> Verdict:
    return no_unless(0 <= number < count, "no-such-sheet", _("Tệp không có trang tính này."), "sheet")


def may_map(post: Post, run: ImportRun, imported: int, on: date) -> Verdict:
    return first_no(
        may_work(post, run, on),
        no_unless(not imported, "import-begun", _("Đã nhập một phần theo cách hiểu cột hiện nay. Hãy rút lại lần nhập rồi đưa tệp vào lại.")),
    )


def fits_mapping(unknown: Collection[str], year: int | None, month: int | None) -> Verdict:
    return first_no(
        no_unless(not unknown, "no-such-meaning", _("Ý nghĩa của cột không có trong danh mục."), "columns"),
        no_unless(year is None or 1990 <= year <= 2099, "no-such-year", _("Năm phải từ 1990 đến 2099."), "year"),
        no_unless(month is None or 1 <= month <= 12, "no-such-month", _("Tháng phải từ 1 đến 12."), "month"),
    )


def may_release(post: Post, run: ImportRun, ready: int, on: date) -> Verdict:
    return first_no(
        may_work(post, run, on),
        no_unless(ready, "nothing-ready", _("Không có dòng nào sẵn sàng để nhập. Hãy xem các dòng cần sửa.")),
    )


def may_withdraw_import(post: Post, run: ImportRun, imported: int, why: str, on: date) -> Verdict:
    """As a whole, at any time; with a reason once patrols came of it."""
    return first_no(
        may_import(post, run.lead_id, on).at(None),
        _stands(run),
        no_unless(
            run.state in (ImportState.PREVIEW, ImportState.DONE, ImportState.RUNNING),
            "import-busy",
            _("Máy đang đọc hoặc đang rút lần nhập này. Hãy chờ xong."),
        ),
        no_unless(why.strip() or not imported, "reason-missing", _("Hãy ghi lý do rút lại, một dòng là đủ."), "why"),
    )


def continues(run: ImportRun, by_id: int, state: str) -> Verdict:
    """The worker goes on with what a post began, in that post's name, while it is still to be done."""
    return no_unless(run.by_id == by_id and run.state == state, "import-moved-on", _("Lần nhập này đã chuyển sang bước khác."))


def next_batch(batch: int, seconds: float) -> int:
    """How many rows the next step takes, after one of ``batch`` rows held the others up for so long: as many as fit a fair turn.

    Never more than twice as many nor less than half: one slow moment of the machine says little.
    """
    fitting = int(batch * FAIR_TURN / seconds) if seconds > 0 else AT_ONCE
    return max(FEWEST, min(max(fitting, batch // 2), batch * 2, AT_ONCE))


def content_of(lead: str, start: datetime, end: datetime, place: str, units: Iterable[str]) -> str:
    """What makes two lines the same patrol, as a digest: who led, from when to when, where, with whom. Numbers of people do not."""
    return digest(canonical([lead, start.isoformat(), end.isoformat(), place, sorted(units)]))
