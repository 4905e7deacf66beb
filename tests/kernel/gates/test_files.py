import io
import random
import struct
import zipfile
from dataclasses import replace

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject

from phoihop.kernel.gates.files import Limits, check, has_text, is_spreadsheet, media_of
from phoihop.kernel.gates.judging import PLAINLY, Reading, answered
from phoihop.kernel.upload import Upload

from .samples import PHONE, a_docx, a_locked_pdf, a_pdf, a_pdf_with, a_photo, a_scan, an_xlsx, entry, repacked

LIMITS = Limits()
LOG = [["Ngày", "Tuyến", "Ghi chú"], ["12/6/2026", "Đường tỉnh 902", "Không phát hiện vi phạm"], ["13/6/2026", "Kênh Ba", "Dừng vì mưa to"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def judged(upload, sure=(), limits=LIMITS, reading=PLAINLY):
    return check(upload, answered(sure), reading, limits)


def code(upload, **how):
    return judged(upload, **how).code


def said(upload, **how):
    return str(judged(upload, **how).reason)


# -- what passes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "upload",
    [
        a_docx("KẾ HOẠCH", "Tuần tra chung quý III", table=LOG),
        an_xlsx(*LOG),
        a_pdf("Tuần tra chung quý III"),
        a_scan(),
        Upload("so.csv", "Ngày;Tuyến\n12/6/2026;Kênh Ba\n".encode("utf-8-sig")),
        Upload("ghi-chep.txt", "Đi tuyến kênh Ba.\nVề lúc 23 giờ.\n".encode()),
        a_photo(),
        a_photo("PNG"),
        a_photo("WEBP"),
    ],
    ids=lambda u: u.name,
)
def test_an_ordinary_file_passes(upload):
    assert code(upload) == ""


def test_a_pdf_that_only_forbids_printing_can_be_read_and_passes():
    assert code(a_locked_pdf(password="", owner="chủ")) == ""


# -- what a file is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("upload", "media"),
    [
        (a_docx("x"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (an_xlsx(["x"]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (a_pdf("x"), "application/pdf"),
        (a_photo(), "image/jpeg"),
        (a_photo("PNG"), "image/png"),
        (a_photo("WEBP"), "image/webp"),
        (Upload("a", b"a;b\n1;2\n"), "text/csv"),
        (Upload("a", "a\tb\n1\t2\n".encode("utf-16")), "text/csv"),
        (Upload("a", "Chỉ là văn xuôi, một dòng.".encode()), "text/plain"),
        (Upload("a", b""), "application/octet-stream"),
        (Upload("a", bytes(range(256))), "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_content_says_whatever_its_name(upload, media):
    assert media_of(upload) == media
    assert media_of(replace(upload, name="hoa-don.exe")) == media


def test_tables_are_spreadsheets_and_nothing_else_is():
    files = [an_xlsx(["x"]), Upload("a.txt", b"a;b\n1;2\n"), a_docx("x"), a_pdf("x"), a_photo(), Upload("so.xlsx", b"khong phai bang tinh")]
    assert [is_spreadsheet(f) for f in files] == [True, True, False, False, False, False]


@pytest.mark.parametrize(
    ("upload", "expected"),
    [
        (Upload("so.xlsx", b"MZ\x90\0" + b"\0" * 60), "file-program"),
        (Upload("so.pdf", b"\x7fELF" + b"\0" * 60), "file-program"),
        (Upload("so.csv", b"#!/bin/sh\nrm -rf /\n"), "file-program"),
        (Upload("so.txt", b"@echo off\r\ndel *.*\r\n"), "file-program"),
        (Upload("anh.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"), "file-program"),
        (Upload("so.csv", b"<!DOCTYPE html><html><body>x</body></html>"), "file-program"),
        (Upload("so.docx", OLE), "file-kind"),
        (Upload("so.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")), "file-locked"),
        (Upload("anh.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 60), "file-picture"),
        (Upload("quet.pdf", b"II*\0\x08\0\0\0" + bytes(60)), "file-picture"),
        (Upload("quet.tif", b"MM\0*\0\0\0\x08" + bytes(60)), "file-picture"),
        (Upload("anh.jpg", b"GIF89a" + bytes(40)), "file-kind"),
        (Upload("so.xlsx", bytes(range(256)) * 4), "file-kind"),
        (Upload("so.xlsx", b""), "file-empty"),
        (a_locked_pdf(), "file-locked"),
    ],
)
def test_what_is_no_readable_document_is_refused_whatever_it_is_called(upload, expected):
    assert code(upload) == expected


def test_a_scan_that_no_browser_shows_is_refused_with_how_to_save_it_otherwise():
    assert said(Upload("quet.tif", b"II*\0" + bytes(60))).startswith(
        "Không nhận ảnh .tif, vì nhiều máy không mở xem được. Bản quét: ở máy quét chọn lưu thành PDF, hoặc mở ảnh, chọn In,"
    )


@pytest.mark.parametrize(
    ("upload", "expected"),
    [
        (Upload("quy-che.pdf", "Quy chế phối hợp".encode()), "file-disguised"),
        (replace(a_docx("Quy chế"), name="quy-che.PDF"), "file-disguised"),
        (replace(a_pdf("Quy chế"), name="quy-che.docx"), "file-disguised"),
        (Upload("so.xlsx", b"a;b\n1;2\n"), "file-disguised"),
        (replace(a_photo(), name="anh.pdf"), "file-disguised"),
        (replace(a_pdf("Quy chế"), name="anh.jpg"), "file-disguised"),
        (replace(a_photo("PNG"), name="anh.jpg"), ""),
        (replace(a_pdf("Quy chế"), name="quy-che"), ""),
        (replace(a_docx("Quy chế"), name="quy-che.2026"), ""),
        (Upload("so.txt", b"a;b\n1;2\n"), ""),
    ],
    ids=[
        "text as pdf",
        "docx as pdf",
        "pdf as docx",
        "text as xlsx",
        "picture as pdf",
        "pdf as picture",
        "one picture as another",
        "no ending",
        "a year",
        "table as text",
    ],
)
def test_a_name_that_promises_another_kind_is_refused(upload, expected):
    assert code(upload) == expected


def test_a_refused_kind_is_named():
    assert ".doc, .xls" in said(Upload("so.xls", OLE))


# -- what hides or runs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/activeX/activeX1.bin", "word/run.js", "word/vbaData.xml"])
def test_a_document_with_something_that_runs_is_refused(name):
    assert code(repacked(a_docx("x"), put={name: b"x"})) == "file-macro"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/dialogsheets/sheet1.xml"])
def test_a_workbook_with_macros_old_or_new_is_refused(name):
    assert code(repacked(an_xlsx(["x"]), put={name: b"<x/>"})) == "file-macro"


def test_a_macro_file_under_an_innocent_name_is_refused():
    types = entry(a_docx("x"), "[Content_Types].xml").replace(b"wordprocessingml.document.main+xml", b"word.document.macroEnabled.main+xml")
    assert code(repacked(a_docx("x"), put={"[Content_Types].xml": types})) == "file-macro"


def test_a_document_that_fetches_its_template_from_elsewhere_is_refused():
    rels = b'<Relationships><Relationship Id="r1" Type="http://x/relationships/attachedTemplate" Target="https://example.invalid/a.dotm" TargetMode="External"/></Relationships>'
    assert code(repacked(a_docx("x"), put={"word/_rels/settings.xml.rels": rels})) == "file-macro"


def test_a_template_on_the_writers_own_disk_is_nothing_to_fear():
    rels = b'<Relationships><Relationship Id="r1" Type="http://x/relationships/attachedTemplate" Target="file:///C:\\Users\\x\\Normal.dotm" TargetMode="External"/></Relationships>'
    assert code(repacked(a_docx("x"), put={"word/_rels/settings.xml.rels": rels})) == ""


@pytest.mark.parametrize("name", ["word/embeddings/oleObject1.bin", "word/embeddings/a.pdf", "word/afchunk.rtf", "word/media/a.zip"])
def test_a_file_inside_a_file_that_nobody_would_look_into_is_refused(name):
    assert code(repacked(a_docx("x"), put={name: b"anything"})) == "file-embedded"


def test_the_workbook_behind_a_chart_is_looked_into():
    clean, dirty = an_xlsx(*LOG), an_xlsx(["Điện thoại", PHONE])
    assert code(repacked(a_docx("x"), put={"word/embeddings/Microsoft_Excel_Sheet.xlsx": clean.content})) == ""
    assert code(repacked(a_docx("x"), put={"word/embeddings/Microsoft_Excel_Sheet.xlsx": dirty.content})) == "private-phone"


def test_files_inside_files_inside_files_end_somewhere():
    nested = an_xlsx(["x"])
    for _ in range(4):
        nested = repacked(an_xlsx(["x"]), put={"xl/embeddings/a.xlsx": nested.content})
    assert code(nested) == "file-embedded"


def test_the_printer_settings_of_a_workbook_are_harmless():
    assert code(repacked(an_xlsx(["x"]), put={"xl/printerSettings/printerSettings1.bin": b"\0\1"})) == ""


def test_a_pdf_that_runs_or_carries_another_file_is_refused():
    assert code(a_pdf_with(script="app.alert(1)")) == "file-macro"
    assert code(a_pdf_with(launches=True)) == "file-macro"
    assert code(a_pdf_with(attachment=b"anything")) == "file-embedded"


# -- what breaks or bursts ------------------------------------------------------------------------------------------


def test_a_file_over_the_limit_is_refused_before_it_is_opened():
    big = Upload("so.csv", b"x" * 3_000_000)
    verdict = judged(big, limits=Limits(upload=2 << 20))
    assert (verdict.code, "2 MB" in str(verdict.reason)) == ("file-too-big", True)
    assert code(Upload("so.txt", b"x" * (2 << 20)), limits=Limits(upload=2 << 20)) == ""


def test_a_bomb_is_refused_before_it_bursts():
    blown = repacked(an_xlsx(["x"]), put={"xl/sharedStrings.xml": b"<sst>" + b" " * 3_000_000 + b"</sst>"})
    assert blown.size < 50_000
    assert code(blown, limits=Limits(unpacked=2_000_000)) == "file-bomb"
    assert code(blown, limits=Limits(unpacked=4_000_000)) == ""


def test_a_package_of_too_many_entries_is_refused():
    assert code(repacked(a_docx("x"), put={f"word/{n}.xml": b"<x/>" for n in range(80)}), limits=Limits(entries=50)) == "file-bomb"


def test_an_entry_that_says_it_is_smaller_than_it_is_is_unreadable():
    upload = repacked(an_xlsx(["x"]), put={"xl/sharedStrings.xml": b"<sst>" + b" " * 5000 + b"</sst>"})
    lying = upload.content.replace(struct.pack("<L", 5011), struct.pack("<L", 11))
    assert code(replace(upload, content=lying)) == "file-unreadable"


def test_entities_are_not_expanded_but_refused():
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="w"><w:p><w:t>&b;</w:t></w:p></w:document>'
    assert code(repacked(a_docx("x"), put={"word/document.xml": laughs})) == "file-unreadable"


@pytest.mark.parametrize("upload", [a_docx("x" * 50), an_xlsx(["x" * 50]), a_pdf("x"), a_photo("PNG")], ids=lambda u: u.name)
def test_a_file_cut_short_is_refused_or_at_least_never_raises(upload):
    for part in (0.3, 0.6, 0.9):
        assert code(replace(upload, content=upload.content[: int(upload.size * part)])) in {"file-unreadable", "file-kind", ""}


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_damaged_files_never_raise():
    rng = random.Random(1)
    for upload in (a_docx("x", table=LOG), an_xlsx(*LOG), a_pdf("x"), a_photo(), a_photo("WEBP")):
        for _ in range(25):
            content = bytearray(upload.content)
            for _ in range(rng.randint(1, 40)):
                content[rng.randrange(len(content))] = rng.randrange(256)
            assert isinstance(code(replace(upload, content=bytes(content))), str)


def test_a_picture_that_would_fill_the_memory_is_refused_by_its_head():
    assert code(a_photo("PNG", size=(400, 300)), limits=Limits(pixels=100_000)) == "file-bomb"


def test_a_document_with_too_many_pages_is_refused():
    assert code(a_pdf("1", "2", "3"), limits=Limits(pages=2)) == "file-too-long"


def test_looking_into_a_file_ends_when_its_time_is_up():
    assert code(an_xlsx(*LOG), limits=Limits(seconds=-1)) == "file-too-long"


def test_a_broken_zip_is_unreadable():
    assert code(Upload("so.xlsx", b"PK\x03\x04" + b"\0" * 200)) == "file-unreadable"


def test_a_locked_zip_is_refused():
    upload = an_xlsx(["x"])
    with zipfile.ZipFile(io.BytesIO(upload.content)) as packed:
        info = packed.infolist()[0]
    content = bytearray(upload.content)
    central = content.rfind(b"PK\x01\x02")
    content[central + 8] |= 1
    assert info.flag_bits & 1 == 0
    assert code(replace(upload, content=bytes(content))) == "file-locked"


# -- what its texts say --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("upload", "expected", "place"),
    [
        (a_docx("Kế hoạch", f"Gọi {PHONE}"), "private-phone", "đoạn 2"),
        (a_docx("Kế hoạch", table=[["Họ tên", "Điện thoại"], ["Trực ban", PHONE]]), "private-phone", "đoạn 5"),
        (a_docx("Kế hoạch", header="TỐI MẬT"), "secret-mark", "đầu trang"),
        (a_docx("MẬT", "KẾ HOẠCH"), "secret-mark", "đoạn 1"),
        (a_docx("Kế hoạch", comment=f"hỏi {PHONE}"), "private-phone", "nhận xét"),
        (an_xlsx(*LOG, ["14/6", "Kênh Tư", f"Gọi {PHONE}"]), "private-phone", "trang tính 1, ô C4"),
        (an_xlsx(*LOG, comment=f"Gọi {PHONE}"), "private-phone", "ghi chú"),
        (an_xlsx(*LOG, box="TUYỆT MẬT"), "secret-mark", "ghi chú"),
        (an_xlsx(*LOG, footer="&CTỐI MẬT"), "secret-mark", "trang tính 1"),
        (an_xlsx(*LOG, sheet="CCCD 086095001234"), "identity-number", "tên trang tính"),
        (Upload("so.csv", f"Ngày;Ghi chú\n12/6;tốt\n13/6;gọi {PHONE}\n".encode()), "private-phone", "dòng 3, cột 2"),
        (Upload("so.csv", "Ngày,SĐT\n12/6,0912345678\n".encode()), "private-phone", "dòng 2, cột 2"),
        (Upload("ghi.txt", "Dòng một.\nBiển số 64A-123.45\n".encode()), "plate", "dòng 2"),
        (a_pdf("Trang một", f"Gọi {PHONE}"), "private-phone", "trang 2"),
        (a_pdf_with(title="TỐI MẬT"), "secret-mark", "ô nhập, thuộc tính"),
        (a_docx("Kế hoạch", subject="tối mật"), "secret-mark", "ô nhập, thuộc tính"),
        (a_pdf_with(heading="TỐI MẬT"), "secret-mark", "mục lục của tệp"),
        (replace(a_photo(), name="0912345678.jpg"), "private-phone", "tên tệp"),
        (replace(an_xlsx(*LOG), name="CCCD_086095001234.xlsx"), "identity-number", "tên tệp"),
        (replace(a_docx("x"), name="Ke-hoach-nghiep-vu.docx"), "out-of-scope", "tên tệp"),
        (replace(a_docx("x"), name="tối_mật.docx"), "secret-mark", "tên tệp"),
    ],
)
def test_the_gates_look_into_every_corner_of_a_file_and_name_the_place(upload, expected, place):
    verdict = judged(upload)
    assert verdict.code == expected
    assert str(verdict.reason).startswith(place)
    assert PHONE not in str(verdict.reason)


def test_a_number_cut_into_runs_of_letters_is_one_number():
    split = b"<w:p><w:r><w:t>G\xe1\xbb\x8di 0912</w:t></w:r><w:r><w:t>345678</w:t></w:r></w:p></w:body>"
    document = entry(a_docx("x"), "word/document.xml").replace(b"</w:body>", split)
    assert code(repacked(a_docx("x"), put={"word/document.xml": document})) == "private-phone"


def test_text_struck_out_but_still_there_is_read():
    deleted = f"<w:p><w:del><w:r><w:delText>Gọi {PHONE}</w:delText></w:r></w:del></w:p></w:body>".encode()
    document = entry(a_docx("x"), "word/document.xml").replace(b"</w:body>", deleted)
    assert code(repacked(a_docx("x"), put={"word/document.xml": document})) == "private-phone"


def test_a_watermark_is_read():
    mark = '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="TỐI MẬT"/></v:shape></w:pict></w:r></w:p></w:body>'
    document = entry(a_docx("x"), "word/document.xml").replace(b"</w:body>", mark.encode())
    assert code(repacked(a_docx("x"), put={"word/document.xml": document})) == "secret-mark"


def test_headings_of_a_pdf_that_run_in_circles_end():
    writer = PdfWriter(clone_from=io.BytesIO(a_pdf_with(heading="Phần II").content))
    first = writer.root_object["/Outlines"]["/First"].get_object()
    first[NameObject("/Next")] = first.indirect_reference
    kept = io.BytesIO()
    writer.write(kept)
    assert code(Upload("a.pdf", kept.getvalue())) == ""


def test_what_a_deleted_cell_left_behind_is_read():
    left = entry(an_xlsx(*LOG), "xl/sharedStrings.xml").replace(b"</sst>", f"<si><t>Gọi {PHONE}</t></si></sst>".encode())
    assert code(repacked(an_xlsx(*LOG), put={"xl/sharedStrings.xml": left})) == "private-phone"


def test_an_old_font_hides_nothing():
    old = "ngµy 12/6 c«ng an x· vµ qu©n sù phèi hîp, kÕt qu¶ tèt"
    assert code(a_docx(old, "TèI MËT")) == "secret-mark"
    assert code(a_docx(old, "nhµ «ng NguyÔn V¨n Hai")) == "home-address"
    assert code(an_xlsx([old, "nhµ «ng NguyÔn V¨n Hai"])) == "home-address"
    assert code(Upload("a.txt", f"{old}\nnhµ «ng NguyÔn V¨n Hai".encode("latin-1"))) == "home-address"


@pytest.mark.parametrize(
    ("heading", "value", "expected"),
    [
        ("Số điện thoại", 912345678, "private-phone"),
        ("CCCD", 86095001234, "identity-number"),
        ("CMND", 331234567, "identity-number"),
        ("Số tài khoản", 12345678901, "bank-account"),
        ("Năm sinh", 1985, "birth-date"),
    ],
)
def test_a_number_below_the_heading_of_a_register_is_what_the_heading_says(heading, value, expected):
    assert code(an_xlsx(["STT", heading], [1, value])) == expected


def test_a_number_below_an_ordinary_heading_is_a_figure():
    assert code(an_xlsx(["STT", "Kinh phí"], [1, 912345678], [2, 86095001234])) == ""


def test_a_row_of_single_figures_in_a_page_is_no_telephone_number():
    assert code(a_pdf("0 9 1 2 3 4 5 6 7 8")) == ""


def test_registered_duty_numbers_pass_in_a_file_too():
    assert code(a_docx(f"Trực: {PHONE}"), reading=Reading(known=lambda: {"0912345678"})) == ""


def test_what_a_page_says_of_secrets_in_words_passes():
    assert code(a_docx("Tuyên truyền Luật Bảo vệ bí mật nhà nước", "Danh mục bí mật nhà nước độ Tối mật")) == ""


# -- names in a file -----------------------------------------------------------------------------------------------


def test_a_file_asks_once_for_all_its_names_and_is_answered_for_that_content_only():
    upload = a_docx("Ông Nguyễn Văn An báo tin", "Bà Trần Thị Bảy mất xuồng")
    asked = judged(upload)
    assert (asked.code, asked.asks) == ("names-in-file", True)
    assert "Nguyễn Văn An, Trần Thị Bảy" in str(asked.reason)
    assert code(upload, sure=[asked.answer]) == ""
    assert code(a_docx("Ông Nguyễn Văn An báo tin", "Bà Trần Thị Chín"), sure=[asked.answer]) == "names-in-file"


def test_an_answer_about_names_opens_nothing_else():
    upload = a_docx("Ông Nguyễn Văn An báo tin")
    answer = judged(upload).answer
    assert code(a_docx("Ông Nguyễn Văn An báo tin", f"Gọi {PHONE}"), sure=[answer]) == "private-phone"


def test_names_answered_one_by_one_are_not_asked_again():
    assert code(a_docx("Ông Nguyễn Văn An báo tin"), sure=["Nguyễn Văn An"]) == ""


def test_many_names_are_counted_and_five_are_shown():
    upload = a_docx(*(f"Ông Nguyễn Văn {letter}" for letter in "ABCDEGH"))
    assert "Nguyễn Văn E … (7)" in said(upload)


def test_the_signature_below_its_title_is_that_of_an_official():
    assert code(a_docx("BÁO CÁO", "Kết quả tháng 6", "KT. CHỈ HUY TRƯỞNG", "CHỈ HUY PHÓ", "", "", "Nguyễn Hữu Lộc")) == ""


# -- scans ----------------------------------------------------------------------------------------------------------


def test_a_scan_has_no_text_and_somebody_has_to_look():
    files = [a_scan(), a_photo(), a_pdf("Tuần tra"), a_docx("Tuần tra"), an_xlsx(["Tuần tra"]), Upload("a.txt", b"12 345"), Upload("a.xlsx", b"PK\x03\x04")]
    assert [has_text(f) for f in files] == [False, False, True, True, True, False, False]
