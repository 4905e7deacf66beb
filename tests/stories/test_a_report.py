"""A year's report: Hậu Giang as it was and as part of Cần Thơ, this August beside the last, on the page and on all three papers."""

from __future__ import annotations

import io
from collections import Counter

import pypdf
import pytest

from phoihop.domain.figures.actions import projection
from phoihop.domain.matters.queries.proof import verify
from tests.domain.figures.maps import mekong
from tests.papers.reading import numbers
from tests.stories.steps import confirm_all, node_works, type_lines, words
from tests.web.reports.test_pages import links_of, rows_of
from tests.web.reports.test_same_figures import fetched, in_word, in_workbook
from tests.world import at, person, unit

pytestmark = pytest.mark.django_db(transaction=True)  # the worker closes its connection, which would end a test's transaction

Y2023, AUGUST = "/bao-cao/THONGKE/2023/", "/bao-cao/THONGKE/2026-T8/"
SOURCE = "TTXVN, hội nghị giao ban 20/3/2024"
STATED = {
    "measure": "TR.01.VT", "area": "tỉnh Hậu Giang", "first": "01/01/2023", "until": "31/12/2023", "value": "20.629", "qualifier": "=",
    "source": SOURCE, "replaces": "",
}  # fmt: skip


def same_on_paper(browser, report: str, query: str) -> dict[str, list[str]]:
    """The figures of the page, once the workbook, the .docx and the PDF were found to carry the same."""
    files, page = fetched(browser, report, query), rows_of(browser.get(f"{report}{query}"))
    assert page == in_workbook(files["xlsx"]) == in_word(files["docx"])
    printed = numbers("\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages))
    assert sum((numbers(cell) for cells in page.values() for cell in cells), Counter()) <= printed
    return page


def test_hau_giang_2023_is_the_same_under_either_name_and_on_every_paper(w, as_post, clock):
    land = mekong(w)
    clock(at(1, 8))
    of_can_tho = as_post(person("thanh", unit(w.forces["CA"], "tinh", land.new, "Công an thành phố Cần Thơ"), "staff"))

    # What the paper of 2024 said of Hậu Giang is entered by its heir, with the source.
    assert of_can_tho.post("/so-lieu/nhap/", STATED).status_code == 302

    # Under Hậu Giang, as of its last day then, and under Cần Thơ today: one figure, marked as stated, on the page and on paper.
    then, now = (same_on_paper(of_can_tho, Y2023, query) for query in ("?dv=93&ngay=2023-12-31", "?dv=92"))
    assert [then["Tỉnh Hậu Giang"][1], now["Thành phố Cần Thơ"][1]] == ["†20.629"] * 2

    # It opens what it rests on: no records, but the paper.
    opened = words(of_can_tho.get("/so-lieu/TR.01.VT/?lich=THONGKE&ky=2023&dv=92"))
    assert f"Theo văn bản: 20.629 , Tỉnh Hậu Giang, 01/01/2023 – 31/12/2023 . Nguồn: {SOURCE}" in opened


def test_this_august_stands_beside_the_last_one_and_opens_its_records(w, as_post, clock):
    militia = w.militia_song.name

    # Two patrols in August 2025, four in August 2026, each typed after it took place and confirmed by the militia.
    for moment, days in ((at(31, 8, month=8).replace(year=2025), (2, 3)), (at(31, 8, month=8), (1, 2, 3, 4))):
        clock(moment)
        lan, binh = as_post(w.lan), as_post(w.binh)
        type_lines(lan, *((f"{day:02}/08/{moment.year}", "20h", "22h", "Xã Sông", "Tuyến đường bộ", 3, militia, 4, 1) for day in days))
        assert confirm_all(binh) == len(days)
        node_works(moment)

    # The table with the year before beside it, and the same figures in the workbook, the .docx and the PDF.
    clock(at(1, 8, month=9))
    mai = as_post(w.mai)
    assert rows_of(mai.get(f"{AUGUST}?dv=86&xem=cung-ky"))["Xã Sông"][:3] == ["4", "2", "+2 (+100,0%)"]
    assert same_on_paper(mai, AUGUST, "?dv=86")["Xã Sông"][0] == "4"

    # Each figure opens what it counts: four patrols of this year.
    assert len(links_of(mai.get("/so-lieu/TR.01/?lich=THONGKE&ky=2026-T8&dv=29001"), "/tuan-tra/TT")) == 4
    assert list(verify()) == []
    assert projection.check() == []
