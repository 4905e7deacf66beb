import json

import pytest
import typst

from phoihop.papers import pdf
from phoihop.papers.cells import Column, Figure, Row, Table
from phoihop.papers.document import Appendix, Document, Paragraph
from phoihop.papers.pdf import to_pdf
from tests.papers.reading import pages, reader, squeezed
from tests.papers.samples import a_joint_plan, a_letter, a_report, an_item

BANNER = "DỮ LIỆU MINH HỌA"


def test_it_is_pdf_a_2b_and_says_so():
    opened = reader(a_report())
    xmp = opened.xmp_metadata
    assert (xmp.pdfaid_part, xmp.pdfaid_conformance) == ("2", "B")
    assert [intent["/S"] for intent in opened.root_object["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert opened.root_object["/MarkInfo"]["/Marked"].value is True


def test_it_is_titled_by_its_abstract_and_its_body_and_names_no_machine():
    opened = reader(a_report())
    told = opened.metadata
    assert (told.title, told.author) == (
        "Báo cáo Kết quả phối hợp giữa các lực lượng trong bảo đảm an ninh, trật tự tháng 01 năm 2026",
        "Công an tỉnh Vĩnh Long",
    )
    assert set(told) == {"/Title", "/Author", "/Creator", "/CreationDate", "/ModDate"}
    assert told.creation_date.isoformat() == "2026-02-05T00:00:00+00:00"
    assert opened.root_object["/Lang"] == "vi-VN"


def test_every_typeface_is_inside_and_none_is_of_this_machine():
    fonts = {}
    for page in reader(a_report()).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"].split("+")[-1]] = "/FontFile2" in inner["/FontDescriptor"]
    assert fonts == {"Tinos-Regular": True, "Tinos-Bold": True, "Tinos-Italic": True, "Tinos-BoldItalic": True}


def test_it_refers_to_nothing_outside():
    opened = reader(a_report())
    raw = to_pdf(a_report())
    assert [page.get("/Annots") for page in opened.pages] == [None] * len(opened.pages)
    assert [key for key in (b"/URI", b"/Launch", b"/JavaScript", b"/EmbeddedFile", b"/GoToR", b"/AcroForm") if key in raw] == []


def test_the_pages_are_a4_and_an_appendix_may_lie_across():
    sizes = [(round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)) for page in reader(a_report()).pages]
    assert sizes[0] == (210, 297)
    assert sizes[-1] == (297, 210)


def test_pages_are_numbered_from_the_second_on_and_anew_in_each_appendix():
    read = [page.replace(f"{BANNER}\n", "").split("\n")[0] for page in pages(a_report(communes=90))]
    assert read == ["BỘ CÔNG AN", "2", "3", "4", "5", "Phụ lục I", "Phụ lục II", "2", "3"]


def test_the_banner_of_demo_data_and_the_source_of_figures_are_on_every_page():
    read = pages(a_report(communes=90, demo=True))
    assert [page.count(BANNER) for page in read] == [1] * len(read)
    assert [page.count("nhật ký số 48213, mã 3f9a1c2e4b07") for page in read] == [1] * len(read)
    assert [page.count(BANNER) for page in pages(a_report(demo=False, appendices=False))] == [0, 0]


def test_a_long_table_repeats_its_header_on_each_page():
    long = Table((Column("Xã nào"), Column("Bao nhiêu")), tuple(Row((f"Xã {n}", Figure(n))) for n in range(300)))
    read = pages(Document("x", (long,)))
    assert len(read) > 5
    assert [page.count("Xã nào Bao nhiêu") for page in read] == [1] * len(read)
    assert sum(page.count("Xã ") - 1 for page in read) == 300


def test_the_divisions_are_bookmarks():
    outline = reader(a_joint_plan()).outline
    assert outline[0].title == "NHỮNG QUY ĐỊNH CHUNG"
    assert outline[1][0].title == "MỤC ĐÍCH, YÊU CẦU"


def test_the_same_document_is_the_same_bytes():
    first = to_pdf(a_report())
    to_pdf(a_letter())
    assert to_pdf(a_report()) == first


@pytest.mark.parametrize(
    "hostile",
    [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        '#import "/etc/passwd": *',
        '#{1+1} #read("x") \\u{41} @ref <lab> https://x.vn',
        "*bold* _i_ $x^2$ `r` ~ ^ // /* x */",
        "1. mục\n- gạch\n+ cộng\n= đề\n/ x: y",
        "\"ngoặc\" 'đơn' -- --- ... \\ / [ ] { } ( )",
        '","is":"Line"}],"sections":[]}',
    ],
)
def test_a_hostile_text_is_only_text(hostile):
    document = Document(hostile, (Paragraph(hostile), Table((Column(hostile), Column("b")), (Row((hostile, Figure(5))),))))
    assert squeezed("".join(pages(document))).count(squeezed(hostile)) == 4


def test_a_character_no_typeface_has_is_printed_as_an_empty_box():
    assert pages(Document("x", (Paragraph("Tuần tra 😀 漢 xong"),))) == ["x\nTuần tra □ □ xong"]


def test_every_character_that_is_let_through_has_a_shape():
    every = "".join(chr(code) for first, last in pdf._PRINTS for code in range(first, last + 1)) + "".join(sorted(pdf._ALSO))
    assert pages(Document("x", (Paragraph(every),)))[0].startswith("x\n")


def test_vietnamese_letters_are_read_back_whole():
    every = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    faces = tuple(Paragraph(text) for text in (every, every.upper()))
    assert squeezed(pages(Document("x", faces))[0]) == f"x{every}{every.upper()}"


def test_an_endless_word_is_cut_at_the_margin_and_read_back_whole():
    word = "A1b" * 60
    table = Table((Column("x"), Column("y", 5)), (Row((word, "")),))
    read = squeezed("".join(pages(Document("x", (Paragraph(word), table)))))
    assert read == f"x{word}xy{word}"
    wide = []
    for page in reader(Document("x", (Paragraph(word), table))).pages:
        page.extract_text(visitor_text=lambda text, _cm, tm, _font, _size: wide.append(tm[4]))
    assert max(wide) < 195 / 25.4 * 72


def test_a_document_with_nothing_in_it_is_one_page():
    assert pages(Document("", ())) == [""]
    assert pages(Document("", (), appendices=(Appendix("y", ()),))) == ["", "Phụ lục\nY"]


def test_the_compiler_neither_reads_outside_the_package_nor_knows_system_fonts():
    compiler = pdf._compiler()
    with pytest.raises(typst.TypstError, match="escape the project root"):
        compiler.compile(input=b'#read("/../../../etc/hostname")')
    families = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[pdf.FONTS]).families()
    assert families == ["Tinos"]


def test_without_fonts_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    pdf._compiler.cache_clear()
    with pytest.raises(RuntimeError, match="make setup"):
        to_pdf(an_item())
    pdf._compiler.cache_clear()


def test_the_table_of_looks_reaches_the_template_whole():
    assert json.loads(pdf._styles())["motto"]["size"] == 14
