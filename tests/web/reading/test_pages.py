"""The reading pages: a file goes in, is looked through and becomes an agreement; every refusal stands at its place."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phoihop.domain import models as m
from phoihop.domain.agreements.actions import reading as actions
from phoihop.jobs import line
from tests.domain.agreements.agreed import circulated
from tests.domain.agreements.reading.files import a_docx, text_of
from tests.domain.matters.files import A_PDF
from tests.world import NOON

pytestmark = pytest.mark.django_db
LIST = "/ke-hoach/doc-tep/"
LAW = "Luật Dân quân tự vệ số 48/2019/QH14 ngày 22 tháng 11 năm 2019"


def sent(browser: Client, upload) -> object:
    return browser.post(LIST, {"upload": SimpleUploadedFile(upload.name, upload.content)})


def read(w, name: str = "quy-che-ba-luc-luong") -> m.Reading:
    return actions.begin(by=w.mai, upload=a_docx(text_of(name)), at=NOON)


def address(reading: m.Reading, rest: str = "") -> str:
    return f"{LIST}{reading.pk}/{rest}"


def filled(form) -> dict[str, object]:
    """What a browser would send of a form that nobody touched."""
    found = {}
    for bound in form:
        value = bound.value()
        if bound.field.widget.__class__.__name__ == "CheckboxInput":
            found |= {bound.html_name: "on"} if value else {}
        else:
            found[bound.html_name] = bound.field.widget.format_value(value) if value not in (None, "") else ""
    return {name: value[0] if isinstance(value, list) else value for name, value in found.items()}


def test_the_pages_are_for_who_may_draft_and_a_file_for_its_unit(w, as_post):
    reading = read(w)
    assert [as_post(p).get(LIST).status_code for p in (w.lan, w.mai, w.hai, w.thu)] == [200, 200, 403, 403]
    for rest in ("", "tien-do/", "dieu/0/", "lap/", "bo/"):
        assert [as_post(p).get(address(reading, rest)).status_code for p in (w.dung, w.tu)] == [404, 404]
    assert Client().get(LIST)["Location"] == f"/dang-nhap/?next={LIST}"


def test_a_file_becomes_an_agreement_with_the_ways_on(w, as_post):
    browser = as_post(w.mai)
    answer = sent(browser, a_docx(text_of("quy-che-ba-luc-luong")))
    reading = m.Reading.objects.get()
    assert answer["Location"] == address(reading)
    page = browser.get(address(reading))
    assert (page.context["count"], page.context["decided"]) == (52, 0)
    assert 'class="used"' in page.content.decode() and "Công an tỉnh Sông Đất" in page.content.decode()
    early = browser.post(address(reading, "lap/"), filled(browser.get(address(reading, "lap/")).context["form"]))
    assert (early.status_code, m.Agreement.objects.count()) == (422, 0)
    assert "52 điều, khoản chưa xem" in str(early.context["form"].non_field_errors())
    assert browser.post(address(reading, "nhan-het/"))["Location"] == address(reading)
    done = browser.post(address(reading, "lap/"), filled(browser.get(address(reading, "lap/")).context["form"]))
    assert done["Location"] == address(reading)
    code = m.Agreement.objects.get().matter.code
    last = browser.get(address(reading)).content.decode()
    assert [way in last for way in (f"/ke-hoach/{code}/", f"/ke-hoach/{code}/phan-cong/", f"{LIST}lich/{code}/", f"{LIST}nam-sau/{code}/")] == [True] * 4
    ahead = browser.get(f"{LIST}lich/{code}/")
    assert ahead.context["count"] > 12 and "Chưa phải nhiệm vụ" in ahead.content.decode()
    assert f"{LIST}lich/{code}/" in browser.get(f"/ke-hoach/{code}/").content.decode()
    assert m.Occasion.objects.count() == 0
    assert as_post(w.tu).get(f"{LIST}lich/{code}/").status_code == 404


def test_what_is_refused_says_why_at_the_file(w, as_post):
    browser = as_post(w.mai)
    assert "bản quét" in str(sent(browser, A_PDF).context["form"].errors["upload"])
    assert "độ mật" in str(sent(browser, a_docx("Điều 1. Một\nHai", footer="MẬT")).context["form"].errors["upload"])
    assert "Chọn tệp" in str(browser.post(LIST, {}).context["form"].errors["upload"])


def test_a_likely_name_in_the_file_is_asked_about_and_answered(w, as_post):
    browser = as_post(w.mai)
    upload = a_docx(text_of("quy-che-ba-luc-luong").replace("Nơi nhận:", "Người soạn: Trần Văn Bốn\nNơi nhận:"))
    asked = sent(browser, upload)
    assert (asked.status_code, m.Reading.objects.count(), asked.context["form"].verdict.code) == (422, 0, "names-in-file")
    done = browser.post(LIST, {"upload": SimpleUploadedFile(upload.name, upload.content), "sure": asked.context["form"].verdict.answer})
    assert (done.status_code, m.Reading.objects.get().state) == (302, "ready")


def test_a_clause_is_taken_dropped_and_mended(w, as_post):
    browser, reading = as_post(w.mai), read(w)
    seen = [c.seen for c in browser.get(address(reading)).context["clauses"]]
    row = browser.post(address(reading, "dieu/3/"), {"do": "nhan", "seen": seen[3]}, headers={"hx-request": "true", "hx-target": "dieu-3"})
    assert ("đã nhận" in row.content.decode(), "đã xem 1/52" in row.content.decode()) == (True, True)
    assert browser.post(address(reading, "dieu/4/"), {"do": "bo", "seen": seen[4]})["Location"] == address(reading, "#dieu-4")
    n = next(n for n, c in enumerate(browser.get(address(reading)).context["clauses"]) if len(c.duties) == 1 and c.clause.duties[0].roles)
    shown = browser.get(address(reading, f"dieu/{n}/"))
    form = shown.context["form"]
    assert f"<h1>{shown.context['full']}" in shown.content.decode()  # its whole name: khoản 2 Điều 5
    other = form.fields["duties.0.more"].choices[-1][0]
    twice = filled(form) | {"duties.0.role.0": "lead", "duties.0.more": other, "duties.0.more_role": "lead"}
    both = browser.post(address(reading, f"dieu/{n}/"), twice)
    assert [str(e) for e in both.context["form"].errors["duties.0.role.0"]] == ["Mỗi việc chỉ có một bên chủ trì; bên kia ghi là đồng chủ trì."]
    done = browser.post(address(reading, f"dieu/{n}/"), filled(form) | {"duties.0.act": "train", "duties.0.cadence": "month", "duties.0.days": "12"})
    assert done["Location"] == address(reading, f"#dieu-{n}")
    wrong = browser.post(address(reading, f"dieu/{n}/"), filled(form) | {"duties.0.days": "40"})
    assert "ngày trong tháng" in str(wrong.context["form"].errors["duties.0.days"])
    assert browser.get(address(reading, "dieu/999/")).status_code == 404
    states = [c.clause.state for c in browser.get(address(reading)).context["clauses"]]
    assert (states[3], states[4], states[n]) == ("taken", "dropped", "taken")


def test_two_who_mend_one_clause_at_once_see_both_versions(w, as_post):
    browser, reading = as_post(w.mai), read(w)
    n = next(n for n, c in enumerate(browser.get(address(reading)).context["clauses"]) if len(c.duties) == 1 and len(c.clause.duties[0].roles) == 2)
    opened = filled(browser.get(address(reading, f"dieu/{n}/")).context["form"])
    browser.post(address(reading, f"dieu/{n}/"), opened | {"duties.0.cadence": "year", "duties.0.role.0": ""})
    late = browser.post(address(reading, f"dieu/{n}/"), opened | {"duties.0.cadence": "month"})
    assert late.status_code == 422
    told = {str(line.label): (line.mine, line.theirs) for line in late.context["lines"]}
    assert told["Việc 1: Định kỳ"] == ("hằng tháng", "hằng năm")
    assert told["Việc 1: Các bên"][0].count(";") == 1 and ";" not in told["Việc 1: Các bên"][1]
    assert "Cả hai bản còn nguyên" in late.content.decode()
    kept = browser.post(address(reading, f"dieu/{n}/"), opened | {"duties.0.cadence": "month", "version": late.context["version"]})
    assert kept["Location"] == address(reading, f"#dieu-{n}")
    duty = browser.get(address(reading)).context["clauses"][n].clause.duties[0]
    assert (duty.cadence.value, len(duty.roles)) == ("month", 2)
    row = browser.post(address(reading, f"dieu/{n}/"), {"do": "bo", "seen": "x"}, headers={"hx-request": "true", "hx-target": f"dieu-{n}"})
    assert ("vừa xem hoặc sửa" in row.content.decode(), "đã nhận" in row.content.decode()) == (True, True)


def test_what_needs_a_look_comes_first_and_what_lays_nothing_down_is_taken_with_one_button(w, as_post):
    browser, reading = as_post(w.mai), read(w, "quy-che-hai-luc-luong")
    page = browser.get(address(reading))
    assert [g.title for g in page.context["groups"]] == ["Cần xem kỹ trước", "Có phân công, đọc rõ", "Không có phân công"]
    first = page.context["groups"][0].clauses
    assert [u.value for c in first for u in c.unread if c.place.endswith("Điều 3")] == ["Hằng ngày"]
    assert "Thay thế" in page.content.decode() and "12/QCPH-CAT-BCHQST (chưa có trong sổ)" in page.content.decode()
    assert len(browser.get(address(reading, "?thu-tu=van-ban")).context["groups"]) == 1
    assert browser.post(address(reading, "nhan-khong-viec/"))["Location"] == address(reading)
    after = browser.get(address(reading)).context["groups"][2].clauses
    assert {c.clause.state for c in after} == {"taken"}
    browser.post(address(reading, f"dieu/{after[0].n}/"), {"do": "lai", "seen": after[0].seen})
    assert browser.get(address(reading)).context["plain"] == 1


def test_a_name_is_settled_by_choice_by_typing_and_said_where_it_is_not_understood(w, as_post):
    browser = as_post(w.mai)
    reading = actions.begin(
        by=w.mai, upload=a_docx(text_of("quy-che-ba-luc-luong").replace("Ban Chỉ huy Bộ đội Biên phòng tỉnh", "Đội Kiểm lâm cơ động")), at=NOON
    )
    assert "Đội Kiểm lâm cơ động" in [n.name for n in browser.get(address(reading)).context["unclear"]]
    wrong = browser.post(address(reading, "ten/"), {"name": "Đội Kiểm lâm cơ động", "unit": "Hội Người nuôi chim"})
    assert (wrong.status_code, wrong.context["name_problem"]["typed"]) == (422, "Hội Người nuôi chim")
    done = browser.post(address(reading, "ten/"), {"name": "Đội Kiểm lâm cơ động", "unit": "Ban Chỉ huy BĐBP tỉnh Sông Đất"})
    assert done["Location"] == address(reading, "#ten")
    known = {n.name: n.said for n in browser.get(address(reading)).context["clear"]}
    assert known["Đội Kiểm lâm cơ động"] == "Ban Chỉ huy BĐBP tỉnh Sông Đất"


def test_a_party_that_stands_for_no_unit_is_said_before_the_agreement_is_made(w, as_post):
    browser = as_post(w.mai)
    text = text_of("quy-che-ba-luc-luong").replace("Ban Chỉ huy Bộ đội Biên phòng tỉnh", "Đội Kiểm lâm cơ động")
    reading = actions.begin(by=w.mai, upload=a_docx(text), at=NOON)
    page = browser.get(address(reading, "lap/"))
    assert "Đội Kiểm lâm cơ động" in page.context["strangers"] and "không được đề nghị ghi nhận" in page.content.decode()
    browser.post(address(reading, "ten/"), {"name": "Đội Kiểm lâm cơ động", "unit": "Ban Chỉ huy BĐBP tỉnh Sông Đất", "seen": ""})
    assert "Đội Kiểm lâm cơ động" not in browser.get(address(reading, "lap/")).context["strangers"]


def test_what_the_register_has_not_and_names_of_signers_are_said_before_the_agreement_is_made(w, as_post):
    browser = as_post(w.mai)
    text = text_of("quy-che-ba-luc-luong").replace("CÔNG AN TỈNH\nGIÁM ĐỐC\n", "CÔNG AN TỈNH\nGIÁM ĐỐC\nĐại tá Nguyễn Văn An\n")
    reading = actions.begin(by=w.mai, upload=a_docx(text), at=NOON)
    assert "Đã bỏ 1 họ tên ở chỗ ký" in browser.get(address(reading)).content.decode()
    browser.post(address(reading, "nhan-het/"))
    page = browser.get(address(reading, "lap/"))
    assert (LAW in page.context["outside"], "giữ nguyên văn, trong ngoặc kép" in page.content.decode()) == (True, True)
    sent = filled(page.context["form"])
    assert (f"“{LAW}”" in sent["bases"], sent["replaces"]) == (True, "“12/QC-CA-QS-BP”")
    wrong = browser.post(address(reading, "lap/"), sent | {"bases": "48/2019/QH14"})
    assert "ngoặc kép để giữ nguyên văn" in str(wrong.context["form"].errors["bases"])
    browser.post(address(reading, "lap/"), {name: value for name, value in sent.items() if name != "on_paper"})
    draft = m.Agreement.objects.get()
    assert (draft.stage, draft.bases.filter(cited__text=LAW).count()) == ("draft", 1)
    shown = browser.get(f"/ke-hoach/{draft.matter.code}/").content.decode()
    assert "48/2019/QH14" in shown and "ngoài sổ" in shown
    assert f"“{LAW}”" in browser.get(f"/ke-hoach/{draft.matter.code}/so/can-cu/").content.decode()


def test_a_long_file_shows_how_far_it_is_and_is_read_by_the_worker(w, as_post, monkeypatch):
    monkeypatch.setattr("phoihop.domain.agreements.rules.reading.intake.AT_ONCE_BYTES", 10)
    browser = as_post(w.mai)
    sent(browser, a_docx(text_of("quy-che-ba-luc-luong")))
    reading = m.Reading.objects.get()
    assert "progressbar" in browser.get(address(reading)).content.decode()
    assert "progressbar" in browser.get(address(reading, "tien-do/")).content.decode()
    job = line.next_job()
    line.run(job, lambda: NOON, lambda: True)
    job.refresh_from_db()
    assert (job.state, job.problem) == ("done", "")
    assert browser.get(address(reading, "tien-do/"))["HX-Refresh"] == "true"
    assert browser.get(address(reading)).context["count"] == 52


def test_a_file_is_dropped(w, as_post):
    browser, reading = as_post(w.mai), read(w)
    assert browser.get(address(reading, "bo/")).status_code == 200
    assert browser.post(address(reading, "bo/"))["Location"] == LIST
    reading.refresh_from_db()
    assert reading.state == "dropped"
    assert "đã bỏ" in browser.get(address(reading)).content.decode()


def test_a_text_without_articles_says_so(w, as_post):
    reading = actions.begin(by=w.mai, upload=a_docx("CÔNG AN TỈNH\nSố: 12/CV-CAT\nSông Đất, ngày 01 tháng 02 năm 2026\nĐề nghị phối hợp."), at=NOON)
    assert "Không thấy chương, điều, khoản" in as_post(w.mai).get(address(reading)).content.decode()


def test_next_years_draft_is_one_click_from_the_agreement(w, as_post):
    browser, reading = as_post(w.mai), read(w, "ke-hoach-nam")
    browser.post(address(reading, "nhan-het/"))
    form = filled(browser.get(address(reading, "lap/")).context["form"])
    browser.post(address(reading, "lap/"), form | {"signers": "Giám đốc Công an tỉnh", "cleared_by": "Công an tỉnh", "cleared_on": "05/01/2026"})
    old = m.Agreement.objects.get()
    url = f"{LIST}nam-sau/{old.matter.code}/"
    assert url in browser.get(f"/ke-hoach/{old.matter.code}/").content.decode()
    page = browser.get(url)
    assert page.context["form"]["title"].value() == "Phối hợp hoạt động giữa Công an tỉnh và Bộ Chỉ huy Quân sự tỉnh năm 2027"
    made = browser.post(url, filled(page.context["form"]))
    new = m.Agreement.objects.exclude(pk=old.pk).get()
    assert (made["Location"], new.number, new.stage, new.valid_from.year) == (f"/ke-hoach/{new.matter.code}/", None, "draft", 2027)
    assert as_post(w.tu).get(url).status_code == 404


def test_the_year_ahead_is_read_by_every_party_that_the_page_leads_to_it(as_post, w):
    a = circulated(w)
    way = f"{LIST}lich/{a.matter.code}/"
    assert [way in as_post(w.binh).get(f"/ke-hoach/{a.matter.code}/").content.decode(), as_post(w.binh).get(way).status_code] == [True, 200]


@pytest.mark.parametrize(
    ("subject", "title"),
    [("giữa Công an tỉnh và Bộ CHQS tỉnh", "Quy chế phối hợp giữa Công an tỉnh và Bộ CHQS tỉnh"), ("Bảo vệ bến cá", "Bảo vệ bến cá")],
    ids=["goes-on", "stands-alone"],
)  # fmt: skip
def test_a_subject_that_goes_on_from_the_name_of_its_kind_is_one_title_with_it(w, as_post, subject, title):
    text = f"CÔNG AN TỈNH\nSố: 12/QC-CAT\nSông Đất, ngày 01 tháng 02 năm 2026\nQUY CHẾ PHỐI HỢP\n{subject}\nĐiều 1. Trao đổi thông tin\nCông an tỉnh chủ trì trao đổi thông tin hằng tuần."
    reading = actions.begin(by=w.mai, upload=a_docx(text), at=NOON)
    assert as_post(w.mai).get(address(reading, "lap/")).context["form"]["title"].value() == title
