"""Pages of the register: the list, existing documents, a book from a file, instruments, what is written beside a text."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.cascade import adopt_as_is, ask_below
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.actions.registering import register_on_paper
from phoihop.domain.agreements.actions.taking_back import take_back
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.spreading import spread_of
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.drafts import ClauseDraft, PartyDraft
from phoihop.domain.agreements.rules.following import may_follow
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.domain.territory.actions.mapping import draw_schematic
from phoihop.kernel.period import local_day
from phoihop.search import keeping
from phoihop.web.patrols.named import Reader
from phoihop.web.register.naming import units_in
from tests.domain.agreements.agreed import a_regulation, circulated, in_force
from tests.domain.agreements.registered import a_paper, holding, registered
from tests.domain.matters.files import A_PDF
from tests.web.flat import flat
from tests.world import NOON, person

pytestmark = pytest.mark.django_db
NEXT_YEAR = local_day(timezone.now()).year + 1
PAPER = {
    "kind": "quyche", "number": "05/QC-CAT", "issued_on": "10/01/2024", "issuer": "Công an tỉnh Sông Đất", "title": "Quy chế phối hợp giữ gìn an ninh, trật tự",
    "parties": "Bộ CHQS tỉnh Sông Đất", "signers": "Giám đốc Công an tỉnh, Chỉ huy trưởng Bộ CHQS tỉnh", "bases": "Nghị định 03/2019/NĐ-CP",
}  # fmt: skip


def caught_up():
    while keeping.catch_up():
        continue


def a_book(*rows):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("Sổ")
    sheet.write_row(0, 0, ["SỔ VĂN BẢN PHỐI HỢP"])
    sheet.write_row(2, 0, ["Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu", "Loại văn bản", "Hiệu lực", "Căn cứ", "Lực lượng tham gia"])
    for n, row in enumerate(rows, 3):
        sheet.write_row(n, 0, row)
    book.close()
    return SimpleUploadedFile("so.xlsx", content.getvalue())


ROW = ["05/QC-CAT", "10/01/2024", "Công an tỉnh Sông Đất", "Quy chế phối hợp giữ gìn an ninh", "Quy chế", "", "", "Bộ CHQS tỉnh Sông Đất"]


def test_what_needs_my_unit_stands_first(w, as_post):
    registered(w, number="01/QC-CAT", title="Quy chế một", issued_on=date(2025, 1, 1))
    holding(w, number="02/QC-CAT", title="Quy chế hai", issued_on=date(2026, 1, 1))
    text = as_post(w.dung).get("/ke-hoach/").content.decode()
    assert text.index("Quy chế một") < text.index("Quy chế hai")
    assert "chờ ghi nhận bản giấy" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?tt=ky", ["một"]),
        ("?tt=hieu-luc", ["hai"]),
        ("?tt=can-toi", ["một"]),
        ("?loai=lientich", []),
        ("?ll=QS", ["một", "hai"]),
        ("?nam=2026", ["hai"]),
        ("?q=hai", ["hai"]),
    ],
    ids=["signing", "in force", "needs me", "kind", "force", "year", "words"],
)
def test_the_list_is_narrowed(w, as_post, query, shown):
    registered(w, number="01/QC-CAT", title="Quy chế một", issued_on=date(2025, 1, 1))
    holding(w, number="02/QC-CAT", title="Quy chế hai", issued_on=date(2026, 1, 1))
    caught_up()
    text = as_post(w.dung).get(f"/ke-hoach/{query}").content.decode()
    assert [name for name in ("một", "hai") if f"Quy chế {name}" in text] == shown


def test_a_search_shows_the_clause_with_the_words(w, as_post):
    circulated(w)
    caught_up()
    text = flat(as_post(w.binh).get("/ke-hoach/?q=bon lan").content.decode())
    assert "<b>Điều 2</b>" in text
    assert "<mark>bốn</mark>" in text
    assert "Quy chế phối hợp giữ gìn" not in as_post(w.tu).get("/ke-hoach/?q=bon lan").content.decode()


def test_ctrl_k_finds_documents_and_instruments(w, as_post):
    lay(*shipped())
    holding(w)
    caught_up()
    text = as_post(w.dung).get("/tim/?q=02/2020").content.decode()
    assert "/van-ban/nd-02-2020/" in text
    assert "05/QC-CAT" in as_post(w.dung).get("/tim/?q=giu gin").content.decode()


def test_an_existing_document_is_written_down(w, as_post):
    lay(*shipped())
    answer = as_post(w.mai).post("/ke-hoach/ghi-so/", PAPER | {"scan": SimpleUploadedFile("qc.pdf", A_PDF.content)})
    a = m.Agreement.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/ke-hoach/{a.matter.code}/")
    assert (a.number, a.bases.get().instrument.code, a.versions.get().signatures.get().scan is not None) == (5, "nd-03-2019", True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "năm"}, "number"),
        ({"issued_on": "30/2/2026"}, "issued_on"),
        ({"bases": "Nghị định 99/1999"}, "bases"),
        ({"bases": "Nghị định 133/2015/NĐ-CP"}, "bases"),
        ({"amends": "Nghị định 133/2015/NĐ-CP\n“Quy chế 01”\n“Quy chế 01”"}, "amends"),
        ({"scan": SimpleUploadedFile("qc.exe", b"MZ")}, "scan"),
        ({"valid_from": "2/2/2026", "valid_until": "1/2/2026"}, "valid_until"),
        ({"parties": "Đội 5"}, "parties"),
        ({"parties": ""}, "parties"),
        ({"kind": "sukien", "parties": "Bộ CHQS tỉnh Sông Đất"}, "cleared_by"),
    ],
    ids=["number", "no such day", "unknown basis", "lapsed basis", "amended twice", "no such file", "ends before", "unknown party", "alone", "not cleared"],
)
def test_what_is_wrong_stands_at_its_field(w, as_post, change, field):
    lay(*shipped())
    answer = as_post(w.mai).post("/ke-hoach/ghi-so/", PAPER | change)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert m.Agreement.objects.count() == 0


def test_what_asks_is_headed_as_a_question_and_what_refuses_as_a_fault(w, as_post):
    lay(*shipped())
    browser = as_post(w.mai)
    asked = flat(browser.post("/ke-hoach/ghi-so/", PAPER | {"bases": "Nghị định 133/2015/NĐ-CP"}).content.decode())
    refused = flat(browser.post("/ke-hoach/ghi-so/", PAPER | {"scan": SimpleUploadedFile("qc.pdf", b"")}).content.decode())
    assert ["Cần bạn xác nhận" in page for page in (asked, refused)] == [True, False]
    assert ["Tệp này rỗng. Chọn lại tệp." in page for page in (asked, refused)] == [False, True]


def test_paper_originals_are_acknowledged_together(w, as_post):
    made = [registered(w, number=f"{n:02d}/QC-CAT") for n in (1, 2, 3)]
    client = as_post(w.dung)
    assert client.get("/ke-hoach/ban-giay/").content.decode().count('name="chosen"') == 3
    client.post("/ke-hoach/ban-giay/", {"chosen": [str(a.pk) for a in made[:2]]})
    assert list(m.Agreement.objects.order_by("pk").values_list("stage", flat=True)) == ["agreed", "agreed", "signing"]


@pytest.mark.parametrize(
    ("book", "lines"),
    [("[" * 5000, 0), ("[[1e999, []]]", 0), ("{}", 0), ("5", 0), ('[[1, ["\\ud800", "\\u0000", "", "", "", "", "", ""]]]', 1)],
    ids=["deep", "endless", "map", "number", "half and NUL"],
)
def test_a_book_that_no_form_of_ours_wrote_is_looked_through_as_far_as_it_is_one(w, as_post, book, lines):
    seen = as_post(w.mai).post("/ke-hoach/nhap-so/", {"book": book, "cleared_by": ""})
    assert (seen.status_code, len(seen.context["rows"])) == (200, lines)


def test_a_book_is_looked_through_mended_and_entered_once(w, as_post):
    client = as_post(w.mai)
    seen = client.post("/ke-hoach/nhap-so/", {"upload": a_book(ROW, ["6 QC-CAT", *ROW[1:]], [*ROW[:4], "Thư mời", *ROW[5:]])})
    assert seen.context["counts"] == {"doubtful": 2, "new": 1, "there": 0, "asked": 0, "all": 3}
    sent = {"book": seen.context["book"], "cleared_by": "", "cleared_on": "", "c.5.number": "06/QC-CAT", "skip": "6"}
    again = client.post("/ke-hoach/nhap-so/", sent)
    assert again.context["counts"] == {"doubtful": 0, "new": 2, "there": 0, "asked": 0, "all": 2}
    client.post("/ke-hoach/nhap-so/", {"book": again.context["book"], "cleared_by": "", "cleared_on": "", "do": "enter"})
    assert sorted(m.Agreement.objects.values_list("number", flat=True)) == [5, 6]
    twice = client.post("/ke-hoach/nhap-so/", {"upload": a_book(ROW)})
    assert twice.context["counts"] == {"doubtful": 0, "new": 0, "there": 1, "asked": 0, "all": 1}


def test_a_line_that_another_unit_wrote_is_shown_with_its_entry_and_brought_by_a_tick(w, as_post):
    theirs = register_on_paper(by=w.dung, draft=a_paper(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.police, "support")]), at=NOON).matter.code
    client = as_post(w.mai)
    seen = client.post("/ke-hoach/nhap-so/", {"upload": a_book(ROW)})
    assert seen.context["counts"] == {"doubtful": 0, "new": 0, "there": 1, "asked": 1, "all": 1}
    assert f'<a class="link" href="/m/{theirs}/">{theirs}</a>' in seen.content.decode()
    sent = {"book": seen.context["book"], "cleared_by": "", "cleared_on": "", "sure": theirs}
    assert client.post("/ke-hoach/nhap-so/", sent).context["counts"] == {"doubtful": 0, "new": 1, "there": 0, "asked": 0, "all": 1}
    client.post("/ke-hoach/nhap-so/", sent | {"do": "enter"})
    assert m.Agreement.objects.filter(issuer=w.police, number=5, matter__lead=w.police).count() == 1


def test_a_number_in_ones_own_register_is_refused_with_a_link_and_both_entries_name_each_other(w, as_post):
    theirs = register_on_paper(by=w.dung, draft=a_paper(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.border, "support")]), at=NOON).matter.code
    browser = as_post(w.dung)
    again = browser.post("/ke-hoach/ghi-so/", PAPER | {"bases": "", "parties": "Ban Chỉ huy BĐBP tỉnh Sông Đất"})
    assert f'(<a class="link" href="/m/{theirs}/">{theirs}</a>)' in again.content.decode()
    own = registered(w).matter.code
    shown = [flat(browser.get(f"/ke-hoach/{code}/").content.decode()) for code in (theirs, own)]
    assert [f'href="/ke-hoach/{other}/">{other}</a>' in page for page, other in zip(shown, (own, theirs), strict=True)] == [True, True]


def test_a_file_that_is_no_book_is_refused_at_its_field(w, as_post):
    answer = as_post(w.mai).post("/ke-hoach/nhap-so/", {"upload": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 422
    assert answer.context["form"].errors["upload"][0].startswith("Không thấy bảng có các cột")


def test_the_template_can_be_read_back(w, as_post):
    content = as_post(w.mai).get("/ke-hoach/nhap-so/mau.xlsx").content
    seen = as_post(w.mai).post("/ke-hoach/nhap-so/", {"upload": SimpleUploadedFile("mau.xlsx", content)})
    assert seen.context["counts"]["all"] == 1


def test_an_instrument_shows_its_chain_and_who_stands_on_it(w, as_post):
    lay(*shipped())
    a = holding(w)
    m.Basis.objects.create(agreement=a, kind="implements", instrument=m.Instrument.objects.get(code="nd-133-2015"))
    text = as_post(w.dung).get("/van-ban/nd-133-2015/").content.decode()
    assert "02/2020/NĐ-CP" in text
    assert "74/2010/NĐ-CP" in text
    assert "Quy chế phối hợp giữ gìn an ninh, trật tự tỉnh Sông Đất" in text
    assert "Quy chế phối hợp giữ gìn" not in as_post(w.tu).get("/van-ban/nd-133-2015/").content.decode()


def test_an_administrator_adds_and_links_an_instrument(w, as_post):
    lay(*shipped())
    m.User.objects.filter(pk=w.quan.user_id).update(totp_secret="sealed")
    client = as_post(w.quan)
    plain = {"kind": "qd", "number": "12/2026/QĐ-UBND", "issuer": "UBND tỉnh Sông Đất", "title": "Quy chế hoạt động của tổ bảo vệ", "source": "Công báo tỉnh"}
    assert client.post("/van-ban/moi/", plain)["Location"] == "/van-ban/qd-12-2026-qd-ubnd/"
    wrong = client.post("/van-ban/qd-12-2026-qd-ubnd/quan-he/", {"kind": "implements", "earlier": "99/1999/NĐ-CP"})
    assert list(wrong.context["linking"].errors) == ["earlier"]
    client.post("/van-ban/qd-12-2026-qd-ubnd/quan-he/", {"kind": "implements", "earlier": "30/2023/QH15"})
    assert m.InstrumentLink.objects.filter(later__code="qd-12-2026-qd-ubnd", earlier__code="luat-30-2023").count() == 1
    assert as_post(w.lan).get("/van-ban/moi/").status_code == 403


def test_the_page_of_a_document_has_its_parts(w, as_post):
    a = holding(w)
    ask_below(by=w.mai, agreement=a, units=[w.police_song, w.militia_song], due_on=date(2026, 7, 1), at=NOON)
    lead = as_post(w.mai).get(f"/ke-hoach/{a.matter.code}/").content.decode()
    assert "0/2 đơn vị đã trả lời" in lead
    assert "Nhắc 2 đơn vị" in lead
    below = as_post(w.lan).get(f"/ke-hoach/{a.matter.code}/").content.decode()
    assert "Thực hiện nguyên văn" in below
    assert "Nhắc 2 đơn vị" not in below


def test_a_unit_below_answers_with_one_button(w, as_post):
    a = holding(w)
    ask_below(by=w.mai, agreement=a, units=[w.police_song], due_on=date(2026, 7, 1), at=NOON)
    answer = as_post(w.lan).post(f"/ke-hoach/{a.matter.code}/so/nguyen-van/")
    assert (answer.status_code, a.adoptions.get().form) == (302, "asis")


def test_units_are_asked_by_force_for_all_communes(w, as_post):
    a = holding(w)
    as_post(w.mai).post(f"/ke-hoach/{a.matter.code}/so/yeu-cau/", {"forces": ["CA"], "units": "Ban CHQS xã Sông", "due_on": f"1/1/{NEXT_YEAR}"})
    assert set(a.adoptions.values_list("unit__name", flat=True)) == {"Công an xã Sông", "Công an phường Đất", "Ban CHQS xã Sông"}


def test_a_role_that_may_not_reads_which_roles_may_and_which_posts_of_its_unit_never_persons(w, as_post):
    m.Post.objects.filter(pk=w.lan.pk).update(title="Phó trưởng Công an xã")
    m.User.objects.filter(pk=w.lan.user_id).update(full_name="Nguyễn Thị Lan")
    shown = as_post(person("trực", w.police_song, "duty")).get("/ke-hoach/ban-giay/")
    said = " ".join(shown.content.decode().split())
    assert shown.status_code == 403
    assert "Vai Trực ban không có quyền “Ghi nhận bản giấy, tệp đã ký cho đơn vị mình”." in said
    assert "Vai có quyền này: Cán bộ tham mưu; Chỉ huy, lãnh đạo; Cán bộ Mặt trận, đoàn thể." in said
    assert ("Trong đơn vị của bạn: Phó trưởng Công an xã." in said, "Nguyễn Thị Lan" in said) == (True, False)
    assert "Trong đơn vị của bạn hôm nay chưa chức trách nào có quyền này." in as_post(w.binh).get("/ke-hoach/ban-giay/").content.decode()


def test_who_was_asked_already_stands_beside_it_and_only_the_others_are_asked(w, as_post):
    a, browser = holding(w), as_post(w.mai)
    url = f"/ke-hoach/{a.matter.code}/so/yeu-cau/"
    browser.post(url, {"units": "Ban CHQS xã Sông\nCông an xã Sông", "due_on": f"1/1/{NEXT_YEAR}"})
    as_post(w.lan).post(f"/ke-hoach/{a.matter.code}/so/nguyen-van/")
    page = browser.get(url)
    assert [(one.unit.name, one.form) for one, _tag in page.context["asked"]] == [("Công an xã Sông", "asis"), ("Ban CHQS xã Sông", "waiting")]
    again = browser.post(url, {"units": "Ban CHQS xã Sông", "due_on": f"1/2/{NEXT_YEAR}"})
    assert "đã được yêu cầu rồi" in str(again.context["form"].errors["units"])
    browser.post(url, {"forces": ["CA"], "units": "Ban CHQS xã Sông", "due_on": f"1/2/{NEXT_YEAR}"})
    assert [json.loads(e.body)["units"] for e in m.Event.objects.filter(what="agreement.adoption_asked").order_by("seq")][1:2] == [[w.police_dat.key]]
    browser.post(url, {"units": "", "due_on": f"1/3/{NEXT_YEAR}", "again": "on"})
    assert dict(a.adoptions.values_list("unit__name", "due_on")) == {
        "Công an xã Sông": date(NEXT_YEAR, 1, 1), "Ban CHQS xã Sông": date(NEXT_YEAR, 3, 1), "Công an phường Đất": date(NEXT_YEAR, 3, 1),
    }  # fmt: skip


def test_each_figure_of_the_delivery_is_the_length_of_a_list(w, as_post):
    a, browser = holding(w), as_post(w.mai)
    base = f"/ke-hoach/{a.matter.code}/so/"
    browser.post(f"{base}yeu-cau/", {"forces": ["CA"], "units": "", "due_on": f"1/1/{NEXT_YEAR}"})
    browser.post(f"{base}gui/", {"units": "Ban CHQS xã Sông\nCông an xã Sông"})
    as_post(w.lan).post(f"{base}da-nhan/")
    spread = spread_of(w.mai, a, date(2026, 6, 2))
    assert (spread.received, spread.sent, [r.unit for r in spread.waiting], [r.unit for r in spread.unsent]) == (1, 2, [w.militia_song], [w.police_dat])
    shown = browser.get(f"/ke-hoach/{a.matter.code}/").content.decode()
    said = (
        "1/2 nơi nhận đã báo nhận",
        "Đã báo nhận <b>1</b>",
        "Đã gửi, chưa báo nhận <b>1</b>",
        "Không gửi riêng: đã được yêu cầu ban hành <b>1</b>",
        "Chưa quán triệt <b>5</b>",
    )
    assert [one for one in said if one not in shown] == []


def test_a_slip_in_the_book_is_taken_back_by_its_writer_with_a_reason(w, as_post):
    a = registered(w)
    page, form = f"/ke-hoach/{a.matter.code}/", f"/ke-hoach/{a.matter.code}/so/rut-lai/"
    mine = as_post(w.mai)
    assert (form in mine.get(page).content.decode(), form in as_post(w.dung).get(page).content.decode()) == (True, False)
    assert "Cần nêu lý do" in mine.post(form, {"reason": ""}).content.decode()
    answer = mine.post(form, {"reason": "Ghi nhầm số."})
    shown = mine.get(page).content.decode()
    assert (answer.status_code, answer.url, form in shown, "Ghi nhầm số." in shown) == (302, page, False, True)


def test_what_was_taken_back_ticks_no_step_that_it_never_reached(w, as_post):
    a = registered(w)
    take_back(by=w.mai, agreement=a, reason="Ghi nhầm số.", at=NOON)
    after = as_post(w.mai).get(f"/ke-hoach/{a.matter.code}/").context
    listed = as_post(w.mai).get("/ke-hoach/?hl=het").context["rows"]
    assert [(s["label"], s["about"], s["state"]) for s in after["steps"]] == [
        ("Ghi vào sổ", "01/06/2026", "done"),
        ("Ghi nhầm, đã rút lại", "01/06/2026, chưa từng có hiệu lực", "now"),
    ]
    assert ["ghi nhầm, đã rút lại" in tag for tag in (after["tag"], listed[0]["tag"])] == [True, True]
    assert "Có hiệu lực từ" not in [str(name) for name, _said in after["facts"]]
    assert [str(p.title) for p in (*after["parts"], *after["side_parts"])] == ["Số, căn cứ, văn bản nối tiếp"]
    assert may_follow(w.mai, m.Agreement.objects.get(pk=a.pk), [w.police.pk], local_day(NOON)).code == "not-agreed"


@pytest.mark.parametrize(
    ("act", "sent", "field"),
    [
        ("yeu-cau", {"due_on": f"1/1/{NEXT_YEAR}"}, "units"),
        ("yeu-cau", {"forces": ["CA"], "due_on": "1/1/2020"}, "due_on"),
        ("quan-triet", {"held_on": "1/1/2024", "attendance": "10"}, "held_on"),
        ("quan-triet", {"held_on": "1/6/2026", "attendance": "0"}, "attendance"),
        ("ra-soat", {"held_on": f"1/1/{NEXT_YEAR}", "outcome": "keep"}, "held_on"),
        ("lich-ra-soat", {"next_review": "1/1/2020"}, "next_review"),
        ("gui", {"units": "Đội 5"}, "units"),
    ],
    ids=["nobody", "past", "before it was issued", "nobody came", "ahead", "review before", "unknown unit"],
)
def test_what_is_wrong_beside_a_text_stands_at_its_field(w, as_post, act, sent, field):
    a = holding(w)
    answer = as_post(w.mai).post(f"/ke-hoach/{a.matter.code}/so/{act}/", sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_the_sketch_shades_each_commune_by_its_worst_answer(w, as_post):
    for n, commune in enumerate((w.song, w.dat)):
        m.Area.objects.filter(pk=commune.pk).update(lat=10.0 + n / 10, lon=106.0 + n / 10, hectares=4000)
    draw_schematic(by=w.node, province=w.province, day=date(2026, 6, 1), at=NOON)
    a = holding(w)
    ask_below(by=w.mai, agreement=a, units=[w.police_song, w.police_dat], due_on=date(2026, 7, 1), at=NOON)
    adopt_as_is(by=w.lan, adoption=a.adoptions.get(unit=w.police_song), at=NOON)
    shown = as_post(w.mai).get(f"/ke-hoach/{a.matter.code}/so/cap-duoi/")
    assert {cell.code: (cell.shade.css, cell.shade.url) for cell in shown.context["map"].cells} == {
        "29001": ("s4", "#xa-29001"),
        "29002": ("zero", "#xa-29002"),
    }
    assert 'id="xa-29002"' in shown.content.decode()


def test_the_table_below_links_to_the_difference(w, as_post):
    upper = in_force(w, areas=[w.song])
    lower = a_regulation(w, title="Kế hoạch riêng", kind="lientich")
    m.Basis.objects.create(agreement=lower, kind="implements", earlier=upper)
    clause = lower.versions.get().clauses.get(label="Điều 2")
    m.Body.objects.filter(pk=clause.text_id).update(text="Công an xã chủ trì tuần tra chung mỗi tháng tám lần.")
    m.Adoption.objects.create(agreement=upper, unit=w.front_song, asked_at=NOON, due_on=date(2026, 7, 1), form="adapted", own=lower, answered_at=NOON)
    client = as_post(w.lan)
    assert f"/ke-hoach/{upper.matter.code}/so/khac-biet/{lower.matter.code}/" in client.get(f"/ke-hoach/{upper.matter.code}/so/cap-duoi/").content.decode()
    text = client.get(f"/ke-hoach/{upper.matter.code}/so/khac-biet/{lower.matter.code}/").content.decode()
    assert "thêm:</span>tám<span" in flat(text)
    assert "Điều 1" not in text


def test_a_proposal_is_sent_and_answered(w, as_post):
    a = in_force(w)
    as_post(w.binh).post(f"/ke-hoach/{a.matter.code}/so/de-xuat/", {"source": "drill", "text": "Bổ sung tuyến sông.", "clause": ""})
    proposal = m.ChangeProposal.objects.get()
    refused = as_post(w.lan).post(f"/ke-hoach/{a.matter.code}/so/de-xuat/{proposal.pk}/", {"taken": "not", "answer": ""})
    assert list(refused.context["form"].errors) == ["answer"]
    as_post(w.lan).post(f"/ke-hoach/{a.matter.code}/so/de-xuat/{proposal.pk}/", {"taken": "taken", "answer": ""})
    proposal.refresh_from_db()
    assert proposal.taken == "taken"


def test_a_proposal_names_no_clause_of_a_text_that_was_sent_to_nobody(w, as_post):
    a = circulated(w, timezone.now())
    draft = replace(draft_of(current(a)), clauses=[ClauseDraft("Điều 1", "Câu một.", "Chưa gửi ai")])
    change_text(by=w.lan, agreement=a, draft=draft, seen=digest_now(current(a)), at=timezone.now())
    form = as_post(w.binh).get(f"/ke-hoach/{a.matter.code}/so/de-xuat/").context["form"]
    assert [label for _, label in form.fields["clause"].choices] == ["toàn văn bản", "Điều 1 Trao đổi thông tin", "Điều 2 Tuần tra chung"]


def test_a_document_that_one_does_not_see_says_who_leads_it(w, as_post):
    a = holding(w)
    refused = as_post(w.tu).get(f"/ke-hoach/{a.matter.code}/so/cap-duoi/")
    assert (refused.status_code, a.matter.lead.name in flat(refused.content.decode())) == (403, True)


@pytest.mark.parametrize(
    "query",
    ["?trang=²", "?trang=-3", "?trang=0", "?trang=999999", "?nam=²²²²", "?nam=-2026", "?nam=20260", "?loai=x", "?ll=ZZ", "?tt=x", "?xep=x", "?xep=-ngay&trang=²",
     "?dv=khong-co", "?ngay=30/2/2026", "?ngay=2026-13-45", "?q=%00", "?q=%25_'\"", "?q=" + "a" * 500, "?tt=can-toi&tt=het", "?dv=²"],
)  # fmt: skip
def test_nonsense_in_the_address_is_passed_over(w, as_post, query):
    holding(w)
    caught_up()
    assert as_post(w.dung).get(f"/ke-hoach/{query}").status_code == 200


@pytest.mark.parametrize("query", ["?q=giu gin", "?q=giữ gìn", "?q=GIỮ GÌN", "?q=gi%E1%BB%AF+gi%CC%80n", "?q=05/QC-CAT", "?q=05/qc-cat"])
def test_words_are_found_with_and_without_diacritics_however_they_were_typed(w, as_post, query):
    holding(w)
    caught_up()
    assert as_post(w.dung).get(f"/ke-hoach/{query}").context["listing"].total == 1


def test_the_pages_of_agreements_are_one_section(w, as_post):
    for page in ("/ke-hoach/", "/ke-hoach/phan-cong/", "/ke-hoach/thuc-hien/", "/ke-hoach/lich/", "/ke-hoach/do-phu/"):
        said = as_post(w.dung).get(page).content.decode()
        assert f'<a href="{page}" aria-current="page">' in said
        assert ['<a href="/ke-hoach/"' in said, '<a href="/ke-hoach/do-phu/"' in said] == [True, True]


def test_who_signs_has_a_way_to_the_own_key(w, as_post):
    assert ['href="/toi/khoa-ky/"' in as_post(post).get("/ke-hoach/").content.decode() for post in (w.dung, w.lan)] == [True, False]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Hội câu cá", "Không tìm thấy đơn vị “Hội câu cá” vào ngày đó. Hãy chọn hoặc gõ tên đơn vị."),
        ("ban chqs xa so", "“ban chqs xa so” có thể là nhiều đơn vị. Hãy chọn một. Có phải: Ban CHQS xã Sông (tên gần giống)"),
    ],
)  # fmt: skip
def test_a_line_that_names_no_one_unit_is_said_once_with_what_may_be_meant(w, typed, said):
    with pytest.raises(ValidationError) as refused:
        units_in(f"Công an xã Sông\n{typed}", Reader(w.lan), date(2026, 6, 1))
    assert refused.value.messages == [said]
