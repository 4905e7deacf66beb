from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.domain import models as m
from phoihop.domain.activities.actions import importing
from phoihop.kernel.upload import Upload
from phoihop.web.importing.columns import _letter
from phoihop.web.importing.wording import job
from tests.domain.activities import logs
from tests.domain.activities.importing_world import AREA, DAY, END, NOTE, imported, line, police, read, states, work
from tests.world import NOON

pytestmark = pytest.mark.django_db
LIST = "/tuan-tra/nhap/"
HTMX = {"hx-request": "true", "hx-target": "work"}


def sent(browser: Client, content: bytes, name: str = "So tuan tra 2026.xlsx"):
    return browser.post(LIST, {"upload": SimpleUploadedFile(name, content)})


def why(page, field: str = "upload") -> list[str]:
    return list(page.context["form"].errors.get(field, []))


def address(run: m.ImportRun, rest: str = "") -> str:
    return f"{LIST}{run.pk}/{rest}"


def spot(page) -> dict[str, str]:
    """The fields of the first doubtful cell's form."""
    one = page.context["rows"][0].spots[0]
    return {"place": one.place, "cell": one.key, "column": one.column, "text": one.text}


def mend(browser: Client, run: m.ImportRun, page, **fields: str):
    row = page.context["rows"][0].pk
    return browser.post(address(run, f"sua/{row}/"), spot(page) | fields)


def test_the_pages_are_for_who_may_import_and_an_import_for_its_unit(w, as_post):
    run = read(w, police(line(), line((DAY, "29/2/2026"))))
    assert [as_post(p).get(LIST).status_code for p in (w.lan, w.mai, w.binh, w.thu)] == [200, 200, 403, 403]
    for rest in ("", "tien-do/", "cot/", "rut/", f"dong/{run.rows.first().pk}/"):
        assert [as_post(p).get(address(run, rest)).status_code for p in (w.mai, w.dung, w.tu)] == [404] * 3
    assert Client().get(LIST)["Location"] == f"/dang-nhap/?next={LIST}"


def test_a_log_is_read_mended_and_let_in(w, as_post):
    browser = as_post(w.lan)
    page = sent(browser, police(line(), line((DAY, "29/2/2026"))))
    run = m.ImportRun.objects.get()
    assert page["Location"] == address(run)
    busy = browser.get(address(run))
    assert (busy.context["busy"], busy.context["job"]["total"]) == (True, 2)
    work()
    assert browser.get(address(run, "tien-do/"))["HX-Refresh"] == "true"
    seen = browser.get(address(run))
    assert ([r.n for r in seen.context["rows"]], seen.context["ready"], "&lt;span" in seen.content.decode()) == ([8], 1, False)
    assert mend(browser, run, seen, value="28/2/2026")["Location"] == address(run)
    assert states(run) == [(7, "ready"), (8, "ready")]
    assert browser.post(address(run, "cho-nhap/"))["Location"] == address(run)
    moving = browser.get(address(run, "tien-do/"), headers={"hx-request": "true"}).content.decode()
    assert ('hx-trigger="every 2s"' in moving, 'hx-swap-oob="true"' in moving) == (True, True)
    work()
    done = browser.get(address(run))
    code = m.Activity.objects.order_by("pk").first().matter.code
    assert ([tab["n"] for tab in done.context["tabs"]], f"/tuan-tra/{code}/" in done.content.decode()) == ([2], True)


@pytest.mark.parametrize(("handled", "seconds", "left"), [(9, 60, ""), (10, 20, "còn khoảng 3 phút"), (50, 1200, "còn khoảng 20 phút"), (100, 2400, "")])
def test_what_is_left_is_guessed_after_a_tenth_of_the_lines(handled, seconds, left):
    run = m.ImportRun(state="running", total=100, handled=handled, since=NOON)
    assert job(run, "/", NOON + timedelta(seconds=seconds))["left"] == left


def test_each_piece_of_work_begins_its_own_clock(w, as_post):
    run = read(w, police(line()))
    assert run.since == run.at
    as_post(w.lan).post(address(run, "cho-nhap/"))
    run.refresh_from_db()
    assert run.since > run.at


def test_a_suggestion_is_one_press_and_settles_every_equal_cell(w, as_post):
    run = read(w, police(*(line((AREA, "xã Bến Cũ"), (DAY, f"0{n}/3/2026")) for n in range(1, 4))))
    browser = as_post(w.lan)
    page = browser.get(address(run))
    group = page.context["groups"][0]
    assert (group.alike, group.suggestions) == (3, [("Xã Sông [#29001]", "Xã Sông (đúng tên, tên cũ, nay là đơn vị này)")])
    browser.post(address(run, "sua-het/"), {"column": group.column, "text": group.text, "value": ["", "Xã Sông [#29001]"]})
    assert {state for _n, state in states(run)} == {"ready"}


def test_one_row_of_several_equal_ones_may_be_mended_alone(w, as_post):
    run = read(w, police(*(line((AREA, "xã Bến Cũ"), (DAY, f"0{n}/3/2026")) for n in range(1, 4))))
    browser = as_post(w.lan)
    page = browser.get(address(run))
    mend(browser, run, page, value="xã Sông")
    assert [state for _n, state in states(run)] == ["ready", "doubtful", "doubtful"]
    page = browser.get(address(run))
    mend(browser, run, page, value="xã Sông", alike="1")
    assert [state for _n, state in states(run)] == ["ready"] * 3


def test_a_mend_that_is_refused_says_why_at_its_cell_and_keeps_what_was_typed(w, as_post):
    run = read(w, police(line((DAY, "29/2/2026"))))
    browser = as_post(w.lan)
    page = browser.get(address(run))
    refused = mend(browser, run, page, value="TỐI MẬT")
    at_cell = refused.context["rows"][0].spots[0]
    assert (refused.status_code, at_cell.typed, at_cell.refusal.verdict.code) == (422, "TỐI MẬT", "secret-mark")
    assert 'value="TỐI MẬT"' in refused.content.decode()
    assert states(run) == [(7, "doubtful")]


def test_a_question_is_answered_or_the_row_left_out(w, as_post):
    same = line()
    run = read(w, police(same, same, line((DAY, "06/3/2026"), (END, None))))
    browser = as_post(w.lan)
    page = browser.get(address(run))
    twice = page.context["rows"][0].spots[0]
    assert (page.context["rows"][0].n, bool(twice.answer)) == (8, True)
    mend(browser, run, page, value="", sure=twice.answer, do="sure")
    mend(browser, run, browser.get(address(run)), value="", do="bo-qua")
    assert states(run) == [(7, "ready"), (8, "ready"), (9, "skipped")]


def test_a_whole_line_is_opened_changed_left_out_and_taken_up_again(w, as_post):
    run = read(w, police(line()))
    row, browser = run.rows.get(), as_post(w.lan)
    place = address(run, f"dong/{row.pk}/")
    form = browser.get(place).context["form"]
    said = {name: form[name].value() for name in form.fields}
    assert (said["cells.1"], said["cells.2"], said["cells.4"]) == ("05/3/2026", "19h30", "xã Sông")
    assert list(browser.post(place, said).context["form"].non_field_errors() or browser.post(place, said).context["form"].errors) != []
    assert browser.post(place, said | {"cells.2": "18h"})["Location"] == address(run)
    assert run.rows.get().values["start"] == "2026-03-05T18:00:00+07:00"
    browser.post(place, said | {"do": "bo-qua"})
    assert states(run) == [(7, "skipped")]
    browser.post(place, said | {"do": "lay-lai"})
    assert states(run) == [(7, "ready")]


def test_the_same_file_twice_says_that_nothing_is_new(w, as_post):
    content = police(line(), line((DAY, "06/3/2026")))
    imported(w, content)
    browser = as_post(w.lan)
    sent(browser, content)
    work()
    page = browser.get(address(m.ImportRun.objects.order_by("-pk").first()))
    assert ("Không có gì mới." in page.content.decode(), page.context["ready"]) == (True, 0)


def test_an_import_is_withdrawn_as_a_whole_with_a_reason(w, as_post):
    run = imported(w, police(line(), line((DAY, "06/3/2026")), line((DAY, "31/9/2026"))))
    browser = as_post(w.lan)
    assert "không bắt buộc" not in browser.get(address(run, "rut/")).content.decode()
    refused = browser.post(address(run, "rut/"), {"why": ""})
    assert (refused.status_code, why(refused, "why")) == (422, ["Hãy điền “Lý do rút lại”."])
    assert browser.post(address(run, "rut/"), {"why": "Nhầm năm"})["Location"] == address(run)
    work()
    assert m.Activity.objects.filter(cancelled_at=None).count() == 0
    page = browser.get(address(run)).content.decode()
    assert ("Rút lại vì: Nhầm năm" in page, address(run) in page.split("<main")[1].split("</main")[0]) == (True, False)  # nothing of it can be worked on
    doubtful = browser.get(address(run) + "?tt=can-xem").content.decode()
    assert ("31/9/2026" in doubtful, "/sua/" in doubtful, "/dong/" in doubtful) == (False, False, False)


def test_while_the_worker_is_at_it_nothing_else_is_begun(w, as_post):
    run = importing.begin(by=w.lan, lead=w.police_song, upload=Upload("a.xlsx", police(line())), at=NOON)
    refused = as_post(w.lan).post(address(run, "cho-nhap/"))
    assert (refused.status_code, "Hãy chờ thanh tiến độ" in refused.content.decode()) == (422, True)


def _too_big() -> bytes:
    return b"PK" + bytes((20 << 20) + 9)


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("so.xlsx", lambda: b"%PDF-1.7 not a spreadsheet", "bảng tính"),
        ("so.xlsx", _too_big, "20 MB"),
        ("so.xlsm", lambda: logs.with_macro(police(line())), "macro"),
        ("so.xlsx", lambda: police(line((NOTE, "TỐI MẬT"))), "mật"),
        ("so.xlsx", lambda: logs.plain([["Ngày", "Giờ", "Địa bàn", "CA", "QS"]]), "Không thấy dòng nào"),
    ],
    ids=["no-sheet", "too-big", "macro", "secret", "no-lines"],
)
def test_a_file_that_is_refused_says_why_at_the_field_and_nothing_is_kept(w, as_post, name, make, says):
    page = sent(as_post(w.lan), make(), name)
    assert (page.status_code, m.ImportRun.objects.count()) == (422, 0)
    assert says in " ".join(why(page))


def test_a_form_without_a_file_says_so(w, as_post):
    assert why(as_post(w.lan).post(LIST, {})) == ["Chọn tệp sổ tuần tra."]


def test_a_formula_is_a_text_and_an_identity_number_never_gets_in(w, as_post):
    browser = as_post(w.lan)
    sent(browser, police(line((AREA, '=cmd|"/c calc"!A1')), line((DAY, "06/3/2026"), (NOTE, "Nhắc nhở ông Mẫn, CCCD 079093004567"))))
    work()
    run = m.ImportRun.objects.get()
    page = browser.get(address(run)).content.decode()
    assert "079093004567" not in page
    assert "079093004567" not in str(list(run.rows.values_list("cells", flat=True)))
    assert [n for n, state in states(run) if state == "doubtful"] == [7, 8]


def test_a_log_without_headings_is_read_once_its_columns_are_named(w, as_post):
    browser = as_post(w.lan)
    sent(browser, logs.no_headings([["05/3/2026", "19h30-21h", "xã Sông", 3, 4, "đường"]]))
    work()
    run = m.ImportRun.objects.get()
    assert f"{address(run)}cot/" in browser.get(address(run)).content.decode()
    page = browser.get(address(run, "cot/"))
    assert page.context["forms"][0].fields["c2"].help_text == "xã Sông"
    named = {"s0-c0": "day", "s0-c1": "time", "s0-c2": "area", "s0-c3": "people:CA", "s0-c4": "people:QS", "s0-c5": "route"}
    assert browser.post(address(run, "cot/"), {"sheet": "0", **named})["Location"] == address(run)
    refused = browser.post(address(run, "cot/"), {"sheet": "0", **named, "s0-year": "1800"})
    assert refused.status_code == 422
    work()
    assert [state for _n, state in states(run)] == ["ready"]


def test_rows_are_paged_and_a_page_costs_the_same_however_many_there_are(w, as_post):
    browser = as_post(w.lan)
    run = read(w, logs.many(120))
    browser.get(address(run))
    with CaptureQueriesContext(connection) as many:
        page = browser.get(address(run))
    assert (len(page.context["rows"]), page.context["listing"].pages) == (100, 2)
    assert len(browser.get(f"{address(run)}?trang=2").context["rows"]) == 20
    small = read(w, logs.many(1))
    browser.get(address(small))
    with CaptureQueriesContext(connection) as few:
        browser.get(address(small))
    assert (len(many), len(many) <= 14) == (len(few), True)


def test_htmx_gets_the_working_part_alone_and_the_next_cell_takes_the_focus(w, as_post):
    run = read(w, police(line((DAY, "29/2/2026")), line((DAY, "31/4/2026"))))
    browser = as_post(w.lan)
    page = browser.get(address(run))
    row = page.context["rows"][0].pk
    part = browser.post(address(run, f"sua/{row}/"), spot(page) | {"value": "28/2/2026"}, headers=HTMX)
    text = part.content.decode()
    assert ("<html" in text, text.count("autofocus"), part.status_code) == (False, 1, 200)


def test_what_was_passed_over_is_named_with_its_rows(w, as_post):
    run = read(w, police(line()))
    page = as_post(w.lan).get(address(run))
    assert [(str(kind), rows) for kind, rows in page.context["passed"][0][1]] == [("dòng cộng", [8]), ("chỗ ký", [10, 13])]


def test_columns_are_lettered_as_a_spreadsheet_does():
    assert [_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
