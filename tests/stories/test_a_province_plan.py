"""A year of a province's plan through its communes, on the pages people use: asked, adopted, adapted, missing, reminded, made known, reviewed, amended."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.queries.versions import current, digest_now, version_on
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import local_day
from tests.domain.agreements.agreed import heads
from tests.stories.steps import words
from tests.stories.test_one_agreement import sent
from tests.world import at, person, unit

pytestmark = pytest.mark.django_db

TITLE = "Kế hoạch phối hợp giữ gìn an ninh, trật tự năm 2026"
PAPER = {"number": "27/KH-CAT", "signed_on": "1/6/2026", "signers": "Giám đốc Công an tỉnh; Chỉ huy trưởng Bộ CHQS tỉnh"}


def of_province(w, mai, dung):
    """Police and military of the province plan a briefing a month in every commune, and sign on paper. Its page."""
    draft = {
        "kind": "nam", "style": "state", "title": TITLE, "area": w.province.name, "valid_from": "01/06/2026", "valid_until": "01/06/2027", "review_months": "6",
        "cleared_by": "Văn phòng UBND tỉnh", "cleared_on": "01/06/2026",
        "parties.1.unit": w.army.name, "parties.1.role": "support", "parties.1.signs": "on",
        "clauses.0.depth": "1", "clauses.0.label": "Mục 1", "clauses.0.heading": "Giao ban", "clauses.0.content": "thongtin",
        "clauses.0.text": "Công an xã chủ trì, Ban CHQS xã phối hợp giao ban hằng tháng.",
        "clauses.1.depth": "1", "clauses.1.label": "Mục 2", "clauses.1.heading": "Tuần tra", "clauses.1.content": "trattu",
        "clauses.1.text": "Tuần tra chung theo kế hoạch của xã.",
    }  # fmt: skip
    page = mai.post("/ke-hoach/moi/", draft)["Location"]
    text = current(m.Agreement.objects.get())
    duty = {
        "act": "brief", "level": "commune", "cadence": "month", "force_CA": "lead", "force_DQ": "support", "due_workdays": "3", "onward": "0",
        "content": "thongtin", "seen": digest_now(text),
    }  # fmt: skip
    assert mai.post(f"{page}phan-cong/1/", duty).status_code == 302
    assert mai.post(f"{page}lam/trinh-ky/", {"workdays": "3"})["Location"] == page
    for browser in (mai, dung):
        assert browser.post(f"{page}lam/ban-giay/", PAPER | {"digest": current(text.agreement).digest})["Location"] == page
    return page


def test_a_plan_of_the_province_through_its_communes(w, as_post, clock):
    lay(*shipped())
    h = heads(w)
    committee = as_post(person("ủy ban", unit(w.forces["UB"], "xa", w.song, "UBND xã Sông"), "staff"))
    dat = as_post(person("cán bộ phường", w.police_dat, "staff"))
    lan, mai, dung, thu = (as_post(post) for post in (w.lan, w.mai, w.dung, w.thu))
    police, militia = as_post(h.police), as_post(h.militia)

    # On 1 June it is in force; the communes' police and militia are asked for theirs, with the days that hold in this province.
    clock(at(1, 9))
    page = of_province(w, mai, dung)
    a = m.Agreement.objects.get()
    assert sent(mai.get(f"{page}so/yeu-cau/").context["form"])["due_on"] == "29/06/2026"
    assert mai.post(f"{page}so/yeu-cau/", {"forces": ["CA", "DQ"], "due_on": "29/06/2026"})["Location"] == page
    assert [one.unit for one in a.adoptions.order_by("unit__area__code", "unit__force__order")] == [w.police_song, w.militia_song, w.police_dat]

    # The committee of Sông lays down a briefing a quarter for its commune; without a basis, or weaker than the law, it is refused with a sentence.
    norm = "/ke-hoach/mau-chu-ky/brief-commune/"
    said = {"value": "quarter", "basis": "168/2018/NĐ-CP", "why": "Xã đảo, đi lại khó khăn", "valid_from": "1/6/2026"}
    assert "Ghi căn cứ" in words(committee.post(norm, said | {"basis": ""}))
    assert "Luật đặt mức thấp nhất: bắt buộc" in words(committee.post("/ke-hoach/mau-chu-ky/need-lead/", said | {"value": "0"}))
    assert "Đơn vị của bạn chỉ đặt theo văn bản mà mình là bên ký" in words(lan.post(norm, said))
    assert committee.post(norm, said)["Location"] == norm
    assert "khác với tỉnh hằng quý" in words(lan.get("/ke-hoach/mau-chu-ky/"))
    assert "Xã Sông: hằng quý" in words(mai.get("/ke-hoach/mau-chu-ky/"))

    # Sông drafts its own out of the plan: its briefing is quarterly by itself; it mends a sentence, and both sides sign.
    clock(at(8, 9))
    begun = sent(lan.get(f"{page}so/soan-rieng/").context["form"]) | {"cleared_by": "UBND xã Sông", "cleared_on": "08/06/2026"}
    own = lan.post(f"{page}so/soan-rieng/", begun)["Location"]
    mended = sent(lan.get(f"{own}sua/").context["form"]) | {"clauses.0.text": "Công an xã chủ trì, Ban CHQS xã phối hợp giao ban hằng quý."}
    assert lan.post(f"{own}sua/", mended)["Location"] == own
    text = m.Agreement.objects.exclude(pk=a.pk).get()
    assert lan.post(f"{own}lam/trinh-ky/", {"workdays": "3"})["Location"] == own
    for head in (police, militia):
        assert head.post(f"{own}lam/ban-giay/", PAPER | {"digest": current(text).digest, "number": "03/KH-CAX", "signed_on": "8/6/2026"})["Location"] == own
    code = sent(lan.get(f"{page}so/van-ban-rieng/").context["form"])["own"]
    assert (code, lan.post(f"{page}so/van-ban-rieng/", {"own": code})["Location"]) == (text.matter.code, page)
    assert dat.post(f"{page}so/nguyen-van/")["Location"] == page

    # After its day one is missing, in the table and on the sketch; it is reminded once a day, and answers with the text that it signed.
    clock(at(1, 9, month=7))
    cascade = f"{page}so/cap-duoi/"
    assert "2/3 đơn vị đã trả lời · 1 quá hạn" in words(mai.get(cascade))
    assert mai.post(f"{page}so/nhac/", {"ve": cascade})["Location"] == cascade
    assert "Không còn đơn vị nào để nhắc hôm nay" in words(mai.post(f"{page}so/nhac/"))
    assert militia.post(f"{page}so/van-ban-rieng/", {"own": code})["Location"] == page
    seen = words(mai.get(cascade))
    assert "3/3 đơn vị đã trả lời" in seen
    assert "Mục 1. Giao ban Xã Sông" in seen
    compared = words(mai.get(f"{page}so/khac-biet/{code}/"))
    assert "giao ban hằng bỏ: tháng hết phần bỏ thêm: quý hết phần thêm" in compared
    assert "hằng tháng quý , chậm nhất 3 ngày làm việc sau khi hết kỳ" in compared

    # The plan is sent to the Front of Sông, which says that it has it, makes it known and shows how.
    assert thu.post(f"{page}so/quan-triet/", {"held_on": "1/7/2026", "attendance": "42"}).status_code == 403
    assert mai.post(f"{page}so/gui/", {"units": w.front_song.name})["Location"] == page
    assert thu.post(f"{page}so/da-nhan/")["Location"] == page
    proof = SimpleUploadedFile("bien-ban.txt", "Biên bản hội nghị quán triệt".encode())
    clock(at(3, 9, month=7))
    assert "Số lượt người dự từ 1" in words(thu.post(f"{page}so/quan-triet/", {"held_on": "2/7/2026", "attendance": "0"}))
    assert thu.post(f"{page}so/quan-triet/", {"held_on": "2/7/2026", "attendance": "42", "proof": proof})["Location"] == page
    held = m.Dissemination.objects.get()
    assert (held.unit, held.attendance, held.proof.matter) == (w.front_song, 42, a.matter)

    # Half a year later the review is due. The military proposes a change out of a drill, the lead takes it up.
    clock(at(20, 9, month=12))
    a.refresh_from_db()
    assert a.next_review.isoformat() == "2026-12-01"
    assert [n.need.value for n in needs_of(w.mai, local_day(at(20, 9, month=12)))] == ["review"]
    clause = current(a).clauses.get(order=2)
    proposal = {"clause": str(clause.pk), "source": "drill", "text": "Tuần tra chung ít nhất mỗi tuần một lần."}
    assert dung.post(f"{page}so/de-xuat/", proposal)["Location"] == page
    one = m.ChangeProposal.objects.get()
    assert mai.post(f"{page}so/de-xuat/{one.pk}/", {"taken": "taken", "answer": ""})["Location"] == page
    assert mai.post(f"{page}so/ra-soat/", {"held_on": "20/12/2026", "outcome": "amend", "note": "Bổ sung theo đề xuất"})["Location"] == page
    a.refresh_from_db()
    assert a.next_review.isoformat() == "2027-06-20"

    # What was taken up comes with the second text: the first holds until both have signed, and the commune is told where it differs now.
    changed = sent(mai.get(f"{page}sua/").context["form"]) | {
        "clauses.1.text": "Tuần tra chung ít nhất mỗi tuần một lần.", "valid_from": "01/01/2027", "change": "Theo đề xuất sau diễn tập",
    }  # fmt: skip
    assert mai.post(f"{page}sua/", changed)["Location"] == page
    assert mai.post(f"{page}lam/trinh-ky/", {"workdays": "3"})["Location"] == page
    for browser in (mai, dung):
        assert browser.post(f"{page}lam/ban-giay/", PAPER | {"digest": current(a).digest, "signed_on": "20/12/2026"})["Location"] == page
    new_year = at(1, 9, month=1).replace(year=2027)
    assert [version_on(a, local_day(moment)).number for moment in (at(31, 9, month=12), new_year)] == [1, 2]
    clock(new_year)
    assert "Mục 2. Tuần tra Xã Sông" in words(mai.get(cascade))
    assert list(verify()) == []
