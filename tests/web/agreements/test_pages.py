"""The pages of agreements as a browser asks for them: who sees what, what is refused at its field."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.basing import set_bases
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.following import draft_following
from phoihop.domain.agreements.actions.opinions import answer_opinion, opine
from phoihop.domain.agreements.actions.sending import circulate
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.drafts import ClauseDraft, PartyDraft
from phoihop.domain.agreements.rules.following import FollowingDraft
from phoihop.domain.agreements.rules.opinions import WishDraft
from phoihop.domain.agreements.rules.proof import examine_proof
from phoihop.kernel.verdict import Refused
from phoihop.web import kept
from phoihop.web.agreements.parts import PARTS, part
from phoihop.web.models import SignIn
from tests.domain.agreements.agreed import PASSWORD, PIN, a_key, a_regulation, a_text, approved_by_the_province, for_signing, heads, in_force, on_paper
from tests.domain.agreements.signed_pdf import pdf, signed
from tests.domain.agreements.test_opinions import an_appraisal
from tests.stories.steps import words
from tests.web.flat import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def a(w):
    return a_regulation(w, timezone.now())


def page_of(a, *parts):
    return "/".join(["/ke-hoach", a.matter.code, *parts, ""])


def form(**change):
    plain = {
        "kind": "quyche", "style": "state", "title": "Quy chế phối hợp bảo vệ bến cá", "area": "Xã Sông", "valid_from": "1/1/2027", "review_months": "12",
        "parties.1.unit": "Ban CHQS xã Sông", "parties.1.role": "support", "parties.1.signs": "on",
        "clauses.0.depth": "1", "clauses.0.label": "Điều 1", "clauses.0.heading": "Thông tin", "clauses.0.content": "thongtin",
        "clauses.0.text": "Các bên trao đổi thông tin hằng ngày.",
    }  # fmt: skip
    return plain | change


def errors(answer):
    return {name: [e.code for e in said.as_data()] for name, said in answer.context["form"].errors.items()}


def test_a_text_is_drafted_by_hand(as_post, w):
    answer = as_post(w.lan).post("/ke-hoach/moi/", form())
    a = m.Agreement.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(a))
    assert list(a.parties.order_by("order").values_list("unit__name", "role", "signs")) == [
        ("Công an xã Sông", "lead", True),
        ("Ban CHQS xã Sông", "support", True),
    ]
    assert current(a).clauses.get().text.text == "Các bên trao đổi thông tin hằng ngày."


REFUSED = {
    "a party twice": ({"parties.2.unit": "Ban CHQS xã Sông", "parties.2.role": "support"}, {"parties.2.unit": ["party-twice"]}),
    "ends before it begins": ({"valid_until": "1/12/2026"}, {"valid_until": ["ends-before-start"]}),
    "nobody else signs": ({"parties.1.signs": ""}, {"parties.1.signs": ["too-few-sign"]}),
    "two who approve": (
        {"parties.2.unit": "Đồn Biên phòng Cửa Sông", "parties.2.role": "approve", "parties.3.unit": "Ủy ban MTTQ xã Sông", "parties.3.role": "approve"},
        {"parties.3.role": ["two-approvers"]},
    ),
    "an area twice": ({"more_areas": "Xã Sông"}, {"more_areas": ["area-twice"]}),
    "no such unit": ({"parties.1.unit": "Đội không có"}, {"parties.1.unit": ["unit-unknown"]}),
    "no number": ({"clauses.0.label": ""}, {"clauses.0.label": ["label-missing"]}),
    "a secret mark": ({"clauses.0.text": "TỐI MẬT: các bên trao đổi."}, {"clauses.0.text": ["secret-mark"]}),
    "a plan nobody cleared": ({"kind": "sukien", "situation": "sukien"}, {"cleared_by": ["not-cleared"]}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_with_a_draft_stands_at_its_field(as_post, w, name):
    change, expected = REFUSED[name]
    answer = as_post(w.lan).post("/ke-hoach/moi/", form(**change))
    assert (answer.status_code, errors(answer)) == (422, expected)
    assert m.Agreement.objects.count() == 0


def test_another_row_is_asked_for_without_losing_what_was_typed(as_post, w):
    answer = as_post(w.lan).post("/ke-hoach/moi/", form(do="them:clauses"))
    shown = answer.context["form"]
    assert (answer.status_code, len(shown.clause_rows), shown["clauses.0.heading"].value(), bool(shown["parties.1.signs"].value())) == (
        200,
        2,
        "Thông tin",
        True,
    )
    fewer = as_post(w.lan).post("/ke-hoach/moi/", form(**{"parties.2.unit": "Ủy ban MTTQ xã Sông", "do": "bo:parties.1"})).context["form"]
    assert [row["unit"].value() for row in fewer.party_rows] == ["Ủy ban MTTQ xã Sông"]


def test_an_empty_row_is_no_party_and_what_is_wrong_below_it_stands_at_its_own_row(as_post, w):
    empty = {"parties.1.unit": "", "clauses.0.label": "", "clauses.0.heading": "", "clauses.0.text": ""}
    below = {"parties.2.unit": "Ban CHQS xã Sông", "parties.2.role": "inform", "parties.2.signs": "on", "clauses.1.label": "Điều 1"}
    answer = as_post(w.lan).post("/ke-hoach/moi/", form(**empty | below))
    assert (answer.status_code, errors(answer)) == (422, {"parties.1.signs": ["follower-signs"]})
    shown = answer.context["form"]
    assert ([row["unit"].value() for row in shown.party_rows], len(shown.clause_rows)) == (["Ban CHQS xã Sông"], 1)
    answer = as_post(w.lan).post("/ke-hoach/moi/", form(**empty | below | {"parties.2.signs": "", "parties.2.role": "support", "kind": "nam"}))
    assert errors(answer) == {"clauses.0.text": ["clause-empty"]}


@pytest.mark.parametrize("name", ["parties.x.unit", "parties.1", "parties.²a.unit", "clauses.0.text.0.x", "clauses.99999.text"])
def test_names_that_no_form_of_ours_has_change_nothing(as_post, w, name):
    assert as_post(w.lan).post("/ke-hoach/moi/", form(**{name: "lạ"})).status_code == 302
    drafted, plain = draft_of(m.Version.objects.get()), form()
    assert ([p.unit for p in drafted.parties], [c.text for c in drafted.clauses]) == ([w.police_song, w.militia_song], [plain["clauses.0.text"]])


def test_a_button_that_names_no_row_of_ours_changes_nothing(as_post, w):
    shown = as_post(w.lan).post("/ke-hoach/moi/", form(do="bo:parties.²"))
    assert (shown.status_code, [row["unit"].value() for row in shown.context["form"].party_rows]) == (200, [form()["parties.1.unit"]])


def test_who_approves_is_named_among_the_parties(as_post, w):
    as_post(w.lan).post("/ke-hoach/moi/", form(**{"parties.2.unit": "Ủy ban MTTQ xã Sông", "parties.2.role": "approve", "parties.2.signs": "on"}))
    a = m.Agreement.objects.get()
    assert list(a.parties.order_by("order").values_list("role", "signs", "approves"))[2] == ("inform", False, True)
    again = as_post(w.lan).get(page_of(a, "sua")).context["form"]
    assert [row["role"].value() for row in again.party_rows] == ["support", "approve"]


def test_who_may_not_draft_gets_no_form(as_post, w):
    assert as_post(w.binh).get("/ke-hoach/moi/").status_code == 403


def test_a_draft_is_changed_and_a_sent_text_opens_a_new_version(as_post, w, a):
    shown = as_post(w.lan).get(page_of(a, "sua")).context["form"]
    sent = {name: shown[name].value() for name in shown.fields if shown[name].value() not in (None, False)}
    for n in (1, 2):
        circulated = a.versions.count()
        answer = as_post(w.lan).post(page_of(a, "sua"), sent | {"title": f"Quy chế lần {n}", "seen": digest_now(current(a)), "valid_from": "15/6/2026"})
        assert answer.status_code == 302
        if n == 1:
            circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    assert (circulated, a.versions.count(), current(a).title.text) == (1, 2, "Quy chế lần 2")
    assert m.Duty.objects.filter(clause__version=current(a)).count() == 1, "a clause in its row keeps its duties"


def test_a_stale_form_does_not_overwrite(as_post, w, a):
    shown = as_post(w.lan).get(page_of(a, "sua")).context["form"]
    sent = {name: shown[name].value() for name in shown.fields if shown[name].value() not in (None, False)} | {"valid_from": "15/6/2026"}
    change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế vừa sửa"), seen=digest_now(current(a)), at=timezone.now())
    answer = as_post(w.lan).post(page_of(a, "sua"), sent)
    assert (answer.status_code, errors(answer)) == (422, {"__all__": ["changed-meanwhile"]})
    assert (answer.context["kept"].title.text, answer.context["digest"]) == ("Quy chế vừa sửa", digest_now(current(a)))
    over = as_post(w.lan).post(page_of(a, "sua"), sent | {"seen": [sent["seen"], answer.context["digest"]]})
    assert (over.status_code, current(a).title.text) == (302, sent["title"])


def test_who_sees_the_page(as_post, w, a):
    assert [as_post(p).get(page_of(a)).status_code for p in (w.lan, w.binh, w.tu)] == [200, 403, 403]
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    assert [as_post(p).get(page_of(a)).status_code for p in (w.lan, w.binh, w.thu, w.tu)] == [200, 200, 200, 403]
    assert as_post(w.lan).get("/ke-hoach/QC-26-PH86-999-0/").status_code == 404


def test_what_the_lead_is_still_writing_is_nobody_elses_to_read(as_post, w):
    a = in_force(w, timezone.now())
    draft = a_text(w, title="Quy chế chưa gửi ai")
    fresh = replace(draft, parties=[*draft.parties, PartyDraft(w.police_dat, "support")])
    change_text(by=w.lan, agreement=a, draft=fresh, seen=current(a).digest, at=timezone.now())
    for post, numbers in ((w.lan, [2, 1]), (w.binh, [1])):
        client = as_post(post)
        shown = client.get(page_of(a))
        assert (shown.context["version"].number, [v.number for v in shown.context["versions"]]) == (numbers[0], numbers)
        assert [client.get(page_of(a, f"v{n}")).status_code for n in (1, 2)] == [200, 200 if 2 in numbers else 404]
        assert [words in shown.content.decode() for words in ("Quy chế chưa gửi ai", w.police_dat.name)] == [2 in numbers] * 2
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    assert as_post(w.binh).get(page_of(a)).context["version"].number == 2


def acts(answer):
    return [one.name for one in answer.context["offered"]]


def test_my_units_pending_acts_stand_first(as_post, w, a):
    h = heads(w)
    assert acts(as_post(w.lan).get(page_of(a))) == ["lay-y-kien", "trinh-ky"]
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    assert acts(as_post(w.binh).get(page_of(a))) == ["gop-y"]
    for by in (w.binh, w.hai):
        opine(by=by, agreement=a, wishes=[], at=timezone.now())
    assert acts(as_post(w.binh).get(page_of(a))) == ["gop-y-them"]
    for_signing(w, a, timezone.now())
    assert acts(as_post(h.militia).get(page_of(a))) == ["xac-nhan", "ban-giay", "tep-da-ky", "khong-ky"]
    assert acts(as_post(w.binh).get(page_of(a))) == []
    assert acts(as_post(w.lan).get(page_of(a))) == ["ban-giay", "tep-da-ky"]
    on_paper(h.militia, a, timezone.now())
    assert acts(as_post(h.militia).get(page_of(a))) == []


def test_an_opinion_is_agreement_or_wishes_never_both(as_post, w, a):
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    to = page_of(a, "lam", "gop-y")
    for sent in ({}, {"agrees": "on", "wishes.0.text": "Thêm giao ban"}):
        assert errors(as_post(w.binh).post(to, sent)) == {"__all__": ["agrees-or-wishes"]}
    clause = current(a).clauses.get(order=2)
    assert as_post(w.binh).post(to, {"wishes.0.clause": clause.pk, "wishes.0.text": "Tuần tra hai lần một tuần"}).status_code == 302
    assert m.Opinion.objects.get().clause == clause


def test_the_lead_answers_a_wish_and_reminds_who_is_silent(as_post, w, a):
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    opinion = opine(by=w.binh, agreement=a, wishes=[WishDraft("Thêm giao ban")], at=timezone.now())[0]
    answer = as_post(w.lan).post(page_of(a, "tra-loi", str(opinion.pk)), {"taken": "not", "answer": ""})
    assert (answer.status_code, errors(answer)) == (422, {"answer": ["reason-missing"]})
    assert as_post(w.lan).post(page_of(a, "tra-loi", str(opinion.pk)), {"taken": "taken"}).status_code == 302
    assert as_post(w.lan).post(page_of(a, "nhac", str(w.station.pk))).status_code == 302
    assert m.AgreementParty.objects.get(unit=w.station).reminded_at is not None
    again = as_post(w.lan).post(page_of(a, "nhac", str(w.station.pk)))
    assert (again.status_code, errors(again)) == (422, {"__all__": ["reminded-already"]})


def test_who_may_not_sign_is_told_which_posts_of_the_unit_do(as_post, w, a):
    heads(w)
    for_signing(w, a, timezone.now())
    told = [as_post(by).get(page_of(a)) for by in (w.lan, w.binh, w.thu)]
    assert [answer.context["signers"] for answer in told] == [[title_of_head(w.police_song)], [title_of_head(w.militia_song)], []]
    refused = as_post(w.binh).post(page_of(a, "lam", "xac-nhan"), {"digest": current(a).digest, "pin": PIN})
    assert (refused.status_code, "Tạo khóa ký của tôi" in refused.content.decode()) == (422, False)
    assert f"Trong đơn vị của bạn: {title_of_head(w.militia_song)}." in flat(as_post(w.binh).get("/toi/khoa-ky/").content.decode())


def test_the_text_is_read_before_it_is_signed_and_folded_where_nothing_is_asked(as_post, w, a):
    h = heads(w)
    for_signing(w, a, timezone.now())
    asked, told = (flat(as_post(by).get(page_of(a)).content.decode()) for by in (h.militia, w.thu))
    order = [asked.index(mark) for mark in ('id="nguyen-van"', 'class="whole" open', "Các bên trao đổi thông tin", 'id="viec-can-lam"', "lam/ban-giay/")]
    assert order == sorted(order)
    assert ('class="whole" open' in told, told.index("Phiên bản") < told.index('id="nguyen-van"')) == (False, True)
    forms = re.findall(r'action="[^"]*lam/([a-z-]+)/".*?</form>', asked, re.DOTALL)
    linked = re.findall(r'action="[^"]*lam/[a-z-]+/"(?:(?!</form>).)*van-ban/">In bản trình', asked, re.DOTALL)
    assert (forms, len(linked)) == (["ban-giay", "tep-da-ky", "khong-ky"], 3)


def test_who_has_no_key_that_signs_makes_one_and_comes_back(as_post, w, a):
    h = heads(w)
    for_signing(w, a, timezone.now())
    seen = as_post(h.militia).get(page_of(a)).content.decode()
    to = f"/toi/khoa-ky/?next={quote(page_of(a) + '#xac-nhan', safe='')}"
    assert (to in seen, "lam/xac-nhan/" in seen) == (True, False)
    made = as_post(h.militia).post(to, {"password": PASSWORD, "pin": PIN, "again": PIN})
    assert made["Location"] == f"{page_of(a)}#xac-nhan"
    assert "lam/xac-nhan/" in as_post(h.militia).get(page_of(a)).content.decode()
    m.PostKey.objects.update(misses=5)
    locked = flat(as_post(h.militia).get(page_of(a)).content.decode())
    assert ("Khóa đã bị khóa vì nhập sai mã PIN 5 lần." in locked, "lam/xac-nhan/" in locked) == (True, False)


def title_of_head(unit):
    return m.Post.objects.get(unit=unit, role="commander").title


def test_a_wrong_pin_is_told_at_its_field_and_stays_counted(as_post, w, a):
    h = heads(w)
    a_key(h.militia, timezone.now())
    for_signing(w, a, timezone.now())
    to, digest = page_of(a, "lam", "xac-nhan"), current(a).digest
    answer = as_post(h.militia).post(to, {"digest": digest, "pin": "00000000"})
    assert (answer.status_code, errors(answer), m.PostKey.objects.get().misses) == (422, {"pin": ["pin-wrong"]}, 1)
    assert "00000000" not in answer.content.decode()
    assert as_post(h.militia).post(to, {"digest": "0" * 64, "pin": PIN}).status_code == 422
    assert as_post(h.militia).post(to, {"digest": digest, "pin": PIN, "reservation": "Theo khả năng"}).status_code == 302
    assert (m.Signature.objects.get().way, m.Reservation.objects.get().text.text) == ("key", "Theo khả năng")


def test_paper_and_signed_file_are_sent_by_form_and_can_be_fetched_again(as_post, w, a):
    h = heads(w)
    for_signing(w, a, timezone.now())
    digest = current(a).digest
    scan = SimpleUploadedFile("ban-quet.pdf", pdf("Quy chế phối hợp"))
    said = {"digest": digest, "number": "05/QC", "signed_on": "20/5/2026", "signers": "Chỉ huy trưởng Ban CHQS xã", "scan": scan}
    assert as_post(h.militia).post(page_of(a, "lam", "ban-giay"), said).status_code == 302
    upload = SimpleUploadedFile("da-ky.pdf", signed(pdf("Quy chế", digest)))
    assert as_post(h.station).post(page_of(a, "lam", "tep-da-ky"), {"digest": digest, "upload": upload}).status_code == 302
    for s in m.Signature.objects.all():
        fetched = as_post(w.lan).get(page_of(a, "tep", str(s.scan_id)))
        assert (fetched.status_code, fetched.headers["Content-Disposition"][:10]) == (200, "attachment")
        assert as_post(w.tu).get(page_of(a, "tep", str(s.scan_id))).status_code == 403
    page = as_post(w.lan).get(page_of(a)).content.decode()
    assert "chưa kiểm tra được chuỗi chứng thư" in page
    assert "Trần Văn Kiểm, Công an xã Sông" in page


def test_the_finished_document_and_what_proves_it(as_post, w):
    a = in_force(w)
    client = as_post(w.lan)
    word = client.get(page_of(a, "van-ban") + "?dang=docx")
    assert word.content[:2] == b"PK"
    seen = client.get(page_of(a, "van-ban")).content.decode()
    assert ("DỰ THẢO" in seen, current(a).digest in seen) == (False, True)
    file = json.loads(client.get(f"/ke-hoach/{a.matter.code}/chung-minh.json").content)
    assert examine_proof(file, datetime.now(UTC)).holds
    draft = a_regulation(w, timezone.now())
    assert "DỰ THẢO" in client.get(page_of(draft, "van-ban")).content.decode()


def test_the_redline_is_read_aloud_too(as_post, w, a):
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    clauses = [ClauseDraft("Điều 1", "Các bên trao đổi thông tin hằng ngày, trước 16 giờ thứ sáu.", "Trao đổi thông tin"), *a_text(w).clauses[1:]]
    change_text(by=w.lan, agreement=a, draft=a_text(w, clauses=clauses), seen=current(a).digest, at=timezone.now())
    for path in (page_of(a), page_of(a, "v2"), page_of(a, "v2") + "?so=1"):
        seen = flat(as_post(w.lan).get(path).content.decode())
        assert '<del><span class="vh">bỏ:</span>tuần<span class="vh">hết phần bỏ</span></del>' in seen
    assert "<del>" not in as_post(w.lan).get(page_of(a, "v1") + "?so=").content.decode()


def test_the_redline_tells_what_changed_above_the_clauses_and_names_a_clause_in_full(as_post, w, a):
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    clauses = [*a_text(w).clauses, ClauseDraft("khoản 1", "Mỗi tháng một cuộc.", depth=2)]
    parties = [*a_text(w).parties[:1], PartyDraft(w.militia_song, "cochair"), *a_text(w).parties[2:]]
    draft = a_text(w, clauses=clauses, title="Quy chế mới", valid_from=date(2027, 3, 1), parties=parties, areas=[w.song, w.dat])
    change_text(by=w.lan, agreement=a, draft=draft, seen=current(a).digest, at=timezone.now())
    set_bases(by=w.lan, agreement=a, bases=[BasisDraft("implements", cited="Quy chế số 02/QC-CAX")], at=timezone.now())
    for path in (page_of(a), page_of(a, "v2") + "?so=1"):
        seen = as_post(w.lan).get(path).content.decode()
        lines = re.findall(r"<b>(Trích yếu|Địa bàn|Các bên|Căn cứ|Có hiệu lực từ|Đến trước ngày|khoản 1 [^<]*)</b>", seen)
        assert lines == ["Trích yếu", "Địa bàn", "Các bên", "Căn cứ", "Có hiệu lực từ", f"khoản 1 {a_text(w).clauses[-1].label}"]
        come = re.findall(r'thêm:"? ?</span>([^<]*)<span', flat(seen))
        assert [words in come for words in (str(w.dat), "đồng chủ trì", "thực hiện: Quy chế số 02/QC-CAX", "01/03/2027")] == [True] * 4


def test_a_key_is_made_on_its_own_page_and_revoked(as_post, w):
    h = heads(w)
    client = as_post(h.police)
    answer = client.post("/toi/khoa-ky/", {"password": "sai", "pin": PIN, "again": PIN})
    assert (answer.status_code, errors(answer)) == (422, {"password": ["password-old-wrong"]})
    assert errors(client.post("/toi/khoa-ky/", {"password": PASSWORD, "pin": "12345678", "again": "12345678"})) == {"pin": ["pin-plain"]}
    assert client.post("/toi/khoa-ky/", {"password": PASSWORD, "pin": PIN, "again": PIN}).status_code == 302
    key = m.PostKey.objects.get()
    assert as_post(h.militia).post(f"/toi/khoa-ky/{key.pk}/thu-hoi/").status_code == 404
    assert client.post(f"/toi/khoa-ky/{key.pk}/thu-hoi/").status_code == 302
    assert m.PostKey.objects.get().revoked_at is not None


def test_a_pin_sent_after_the_sign_in_ran_out_is_not_kept_with_what_was_typed(as_post, w, a):
    h = heads(w)
    for path, sent in (
        (page_of(a, "lam", "xac-nhan"), {"digest": current(a).digest, "pin": PIN, "reservation": "Theo khả năng"}),
        ("/toi/khoa-ky/", {"password": PASSWORD, "pin": PIN, "again": PIN, "note": "Theo khả năng"}),
    ):
        browser = as_post(h.militia)
        browser.get("/toi/khoa-ky/")  # the browser knows now who writes in it
        SignIn.objects.all().delete()
        assert browser.post(path, sent).status_code == 302
        values = [value for _name, value in browser.session[kept.KEY]["fields"]]
        assert ("Theo khả năng" in values, {PIN, PASSWORD} & set(values)) == (True, set())


def test_a_password_with_a_blank_at_its_end_makes_a_key_as_it_signs_in(as_post, w):
    h = heads(w)
    m.User.objects.filter(posts=h.police).update(password=make_password(f"{PASSWORD} "))
    h.police.user.refresh_from_db()
    assert as_post(h.police).post("/toi/khoa-ky/", {"password": f"{PASSWORD} ", "pin": PIN, "again": f"{PIN} "}).status_code == 302
    assert m.PostKey.objects.get().post == h.police


def test_the_queue_and_the_badge_tell_what_waits_for_my_unit(as_post, w, a):
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    seen = as_post(w.binh).get("/").content.decode()
    assert f"/ke-hoach/{a.matter.code}/#nguyen-van" in seen
    assert "chờ góp ý dự thảo" in seen
    opine(by=w.binh, agreement=a, wishes=[WishDraft("Thêm giao ban")], at=timezone.now())
    assert f"/ke-hoach/{a.matter.code}/#nguyen-van" not in as_post(w.binh).get("/").content.decode()
    assert "góp ý chờ trả lời" in as_post(w.lan).get("/").content.decode()


def test_search_finds_a_text_by_its_title_without_diacritics(as_post, w, a):
    assert a.matter.code in as_post(w.lan).get("/tim/?q=giu gin an ninh").content.decode()
    assert a.matter.code not in as_post(w.binh).get("/tim/?q=giu gin an ninh").content.decode()


def test_every_part_brings_its_stylesheet_and_no_heading_stands_twice(as_post, w):
    a = in_force(w)
    answer = as_post(w.lan).get(page_of(a))
    seen = answer.content.decode()
    sheets = {p.sheet for p in (*answer.context["parts"], *answer.context["side_parts"])}
    assert {"css/pages/duties.css", "css/pages/register.css"} <= sheets
    assert [sheet for sheet in sheets if f"/{sheet.removesuffix('.css')}" not in seen or finders.find(sheet) is None] == []
    titles = re.findall(r'<h2 id="[^"]*"[^>]*>([^<]*)', seen)
    assert len(titles) == len(set(titles))


def test_what_follows_is_offered_of_what_was_agreed_not_of_a_draft(as_post, w, a):
    held = in_force(w)
    offered = [f"/nam-sau/{one.matter.code}/" in as_post(w.lan).get(page_of(one)).content.decode() for one in (a, held)]
    assert offered == [False, True]
    said = FollowingDraft("Quy chế kỳ sau")
    with pytest.raises(Refused) as refused:
        draft_following(by=w.lan, agreement=a, draft=said, at=timezone.now())
    assert refused.value.verdict.code == "not-agreed"


def test_the_lead_gathers_opinions_and_a_wish_taken_up_but_unseen_stands_out(as_post, w, a):
    circulate(by=w.lan, agreement=a, workdays=5, at=timezone.now())
    opine(by=w.binh, agreement=a, wishes=[WishDraft("Thêm tuyến sông", current(a).clauses.first())], at=timezone.now())
    opine(by=w.hai, agreement=a, wishes=[], at=timezone.now())
    answer_opinion(by=w.lan, opinion=m.Opinion.objects.get(text__isnull=False), taken="taken", at=timezone.now())
    shown = as_post(w.lan).get(page_of(a)).context
    assert next(str(r["line"].state) for r in shown["rows"]) == "gathers"
    assert [(one["unseen"], one["form"]["taken"].value()) for one in shown["opinions"]] == [(True, "taken")]
    refused = as_post(w.lan).post(page_of(a, "lam", "trinh-ky"), {"workdays": "3"})
    assert (refused.status_code, refused.context["form"].verdict.code) == (422, "taken-unseen")
    wish = m.Opinion.objects.get(text__isnull=False)
    as_post(w.lan).post(page_of(a, "tra-loi", str(wish.pk)), {"taken": "taken", "answer": "Điều 2 đã nêu"})
    assert as_post(w.lan).post(page_of(a, "lam", "trinh-ky"), {"workdays": "3"}).status_code == 302


def test_who_approves_finds_the_decision_to_record_and_the_ladder_names_it(as_post, w):
    a, chair = approved_by_the_province(w)
    client = as_post(chair)
    shown = client.get(page_of(a)).context
    assert [o.name for o in shown["offered"]] == ["phe-duyet", "khong-phe-duyet"]
    assert [(s["label"], s["state"]) for s in shown["steps"]][3] == ("Phê duyệt", "now")
    sent = {"digest": current(a).digest, "number": "812/QĐ-UBND", "decided_on": "30/2/2026"}
    assert errors(client.post(page_of(a, "lam", "phe-duyet"), sent)) == {"decided_on": ["invalid"]}
    assert client.post(page_of(a, "lam", "phe-duyet"), sent | {"decided_on": "2/6/2026"}).status_code == 302
    seen = client.get(page_of(a))
    assert ("quyết định 812/QĐ-UBND" in seen.content.decode(), [s["state"] for s in seen.context["steps"]][3]) == (True, "done")
    text = as_post(w.lan).get(f"{page_of(a, 'van-ban')}?dang=txt").content.decode()
    assert "được ubnd" in " ".join(text.split()).casefold() and "Quyết định số 812/QĐ-UBND ngày 02" in " ".join(text.split())


def test_the_pdf_that_was_fetched_comes_back_signed_and_the_page_says_how_it_is_known(as_post, w, a):
    for_signing(w, a, timezone.now())
    people = heads(w)
    content = as_post(people.station).get(f"{page_of(a, 'van-ban')}?dang=pdf").content
    assert m.TextExport.objects.count() == 1
    for by, file in ((people.station, signed(content)), (people.militia, signed(pdf("Quy chế", current(a).digest)))):
        sent = {"digest": current(a).digest, "upload": SimpleUploadedFile("ky.pdf", file, "application/pdf")}
        assert as_post(by).post(page_of(a, "lam", "tep-da-ky"), sent).status_code == 302
    seen = as_post(w.lan).get(page_of(a)).content.decode()
    assert ("đúng bản PDF xuất từ hệ thống" in seen, "đối chiếu bằng giá trị băm in trong tệp" in seen) == (True, True)


def test_other_parts_hang_themselves_on_the_page(as_post, w, a, monkeypatch):
    monkeypatch.setattr("phoihop.web.agreements.parts.PARTS", dict(PARTS))

    @part("Phần thử", 90)
    def _a_trial(request, agreement):
        return "ui/facts.html", {"lines": [("Mã", agreement.matter.code)]}

    seen = as_post(w.lan).get(page_of(a)).content.decode()
    assert '<section class="card" id="a-trial"' in seen
    with pytest.raises(ValueError, match="already"):
        part("Lần nữa", 91)(_a_trial)


def test_what_is_only_sent_for_opinions_speaks_of_no_signature_and_lacks_nothing(w, as_post):
    a = an_appraisal(w)
    seen = words(as_post(w.lan).get(f"/ke-hoach/{a.matter.code}/"))
    assert [text in seen for text in ("Ý kiến từng lực lượng", "chỉ góp ý, không bên nào ký", "Kết thúc góp ý chung", "hỏi lại các bên")] == [True] * 4
    absent = ("chữ ký", "Chữ ký", "không ký,", "Còn thiếu", "Phân công", "Lịch dự kiến", "Rà soát tới", "xin ký lại")
    assert [text for text in absent if text in seen] == []


def test_a_text_without_a_day_of_its_own_says_from_when_it_is_in_force(as_post, w):
    a = in_force(w, valid_from=None)
    agreed = f"{a.agreed_on:%d/%m/%Y}"
    page = as_post(w.lan).get(page_of(a)).content.decode()
    assert re.search(r"<dt>Có hiệu lực từ</dt>\s*<dd[^>]*>([^<]*)", page)[1].strip() == agreed
    row = flat(as_post(w.lan).get("/ke-hoach/").content.decode())
    assert re.search(r'data-label="Hiệu lực"><time[^>]*>([^<]*)<', row)[1] == agreed


def test_a_telephone_number_in_a_reservation_is_refused_at_its_field(as_post, w, a):
    h = heads(w)
    for_signing(w, a, timezone.now())
    a_key(h.police)
    sent = {"digest": current(a).digest, "pin": PIN, "reservation": "Gọi 0912345678"}
    answer = as_post(h.police).post(page_of(a, "lam", "xac-nhan"), sent)
    assert (answer.status_code, errors(answer)) == (422, {"reservation": ["private-phone"]})


@pytest.mark.parametrize(
    ("name", "content"), [("qc.exe", b"MZ"), ("qc.pdf", b"chi la chu"), ("qc.txt", b"chi la chu")], ids=["program", "text renamed", "text"]
)
def test_a_scan_that_may_not_enter_is_refused_at_its_field(as_post, w, a, name, content):
    h = heads(w)
    for_signing(w, a, timezone.now())
    sent = {"digest": current(a).digest, "number": "05/QC-CAX", "signed_on": "20/5/2026", "signers": "Trưởng Công an xã"}
    answer = as_post(h.police).post(page_of(a, "lam", "ban-giay"), sent | {"scan": SimpleUploadedFile(name, content)})
    assert (answer.status_code, list(errors(answer))) == (422, ["scan"])
