"""One joint patrol all the way, on the pages people use: planned, held, confirmed by each force, counted once, printed."""

from __future__ import annotations

import io
import re

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from phoihop.domain import models as m
from phoihop.domain.figures.actions import projection
from phoihop.domain.matters.queries.proof import verify
from tests.stories.steps import node_works, words
from tests.web.patrols.test_result import form_of
from tests.web.reports.test_pages import rows_of
from tests.world import at

pytestmark = pytest.mark.django_db(transaction=True)  # the worker closes its connection, which would end a test's transaction

JUNE = "/bao-cao/THONGKE/2026-T6/"


def test_a_joint_patrol_from_the_plan_to_the_printed_report(w, as_post, clock):
    # At noon the commune police plan an evening on the river road with the militia and the border station.
    clock(at(1, 12))
    lan, binh, hai, mai = (as_post(post) for post in (w.lan, w.binh, w.hai, w.mai))
    plan = {
        "day": "02/06/2026", "start": "20:00", "end": "22:00", "end_day": "02/06/2026", "area": "Xã Sông", "route_kind": "road",
        "parties.0.people": "3", "parties.0.teams": "1",
        "parties.1.unit": w.militia_song.name, "parties.1.people": "4", "parties.1.role": "support",
        "parties.2.unit": w.station.name, "parties.2.people": "2", "parties.2.role": "support",
    }  # fmt: skip
    page = lan.post("/tuan-tra/moi/", plan)["Location"]
    patrol = m.Activity.objects.select_related("matter").get()
    code = patrol.matter.code

    # The militia find the request on their board and accept; the station declines and says why.
    assert code in words(binh.get("/"))
    part = patrol.matter.parts.get(unit=w.militia_song)
    binh.post(f"/hom-nay/nhan-loi/{part.pk}/")
    hai.post(f"{page}tu-choi/", {"state": "declined", "reason": "Tàu đang sửa"})
    assert dict(patrol.matter.parts.values_list("unit", "state")) == {w.militia_song.pk: "accepted", w.station.pk: "declined"}
    assert "Tàu đang sửa" in words(lan.get(page))

    # On the evening the lead leaves with one tap, and writes down what came of it.
    clock(at(2, 20, 5))
    lan.post(f"{page}xuat-phat/")
    assert "đang đi" in words(lan.get(page))
    clock(at(2, 22, 10))
    given = form_of(lan, patrol) | {"what": "nhac-nho", "outcomes.nhac-nho": "2"}
    assert lan.post(f"{page}ket-qua/", given)["Location"] == page

    # Nobody else has confirmed: it waits, and no figure counts it.
    assert "chờ xác nhận" in words(lan.get(page))
    assert rows_of(mai.get(f"{JUNE}?dv=86"))["Xã Sông chờ xác nhận 1"][0] == "0"

    # The militia confirm from their board. Now it is held, and counted once.
    digest = m.Activity.objects.get(pk=patrol.pk).digest
    binh.post(f"/hom-nay/xac-nhan/{patrol.pk}/", {"digest": digest})
    assert "đã tổ chức" in words(lan.get(page))
    clock(at(3, 8))
    node_works(at(3, 8))
    shown = mai.get(f"{JUNE}?dv=86")
    assert rows_of(shown)["Xã Sông"][0] == "1"

    # The figure opens: one patrol, in the line of the police and in that of the militia, counted twice once.
    opened = words(mai.get("/so-lieu/TR.01/?lich=THONGKE&ky=2026-T6&dv=29001"))
    assert code in opened
    assert "= 1 CA + 1 DQ − 1" in opened

    # On paper: the same figure in the document officers edit, in the PDF and in the workbook.
    word = docx.Document(io.BytesIO(mai.get(f"{JUNE}bao-cao.docx?dv=86").content))
    assert next([c.text for c in row.cells[:2]] for table in word.tables for row in table.rows if row.cells[0].text == "Xã Sông") == ["Xã Sông", "1"]
    pdf = PdfReader(io.BytesIO(mai.get(f"{JUNE}bao-cao.pdf?dv=86").content))
    assert re.search(r"Xã Sông\s+1\b", " ".join(page.extract_text() for page in pdf.pages))
    sheet = openpyxl.load_workbook(io.BytesIO(mai.get(f"{JUNE}so-lieu.xlsx?dv=86").content))["Số liệu"]
    assert next(row[1] for row in sheet.iter_rows(values_only=True) if row[0] and str(row[0]).endswith("Sông")) == 1

    # The lead corrects a headcount: the militia are asked again, and until they answer the patrol is not counted anew.
    again = form_of(lan, patrol) | {"what": "nhac-nho", "outcomes.nhac-nho": "2", "parties.1.people": "5"}
    lan.post(f"{page}ket-qua/", again)
    binh.post(f"{page}xac-nhan/", {"digest": m.Activity.objects.get(pk=patrol.pk).digest})
    node_works(at(3, 9))
    assert rows_of(mai.get(f"{JUNE}?dv=86"))["Xã Sông"][0] == "1"

    # A stranger from another province learns who leads, and nothing else.
    refused = as_post(w.tu).get(page)
    assert refused.status_code == 403
    assert w.police_song.name in words(refused)
    assert "Tàu đang sửa" not in words(refused)

    # The journal proves it, and the balances are those of the facts.
    assert list(verify()) == []
    assert projection.check() == []
