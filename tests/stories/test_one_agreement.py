"""One agreement all the way, on the pages people use: drafted, opinions, changed, signed in three ways, in force, changed, asked again."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.config.command import main
from phoihop.domain import models as m
from phoihop.domain.agreements.queries.standing import standing_of
from phoihop.domain.agreements.queries.versions import current, version_on
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import local_day
from tests.domain.agreements.agreed import PASSWORD, PIN, heads
from tests.domain.agreements.signed_pdf import signed
from tests.stories.steps import words
from tests.world import at

pytestmark = pytest.mark.django_db


def sent(form):
    """A form as a browser sends it back."""
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, False, "")} | {
        name: value.strftime("%d/%m/%Y") for name in form.fields if hasattr(value := form[name].value(), "strftime")
    }


def test_an_agreement_from_the_draft_to_its_second_text(w, as_post, clock, tmp_path, capsys):
    h = heads(w)
    lan, binh, hai = (as_post(post) for post in (w.lan, w.binh, w.hai))
    police, militia, station = (as_post(post) for post in (h.police, h.militia, h.station))

    # On Monday the commune police draft a regulation with the militia and the border station.
    clock(at(1, 9))
    draft = {
        "kind": "quyche", "style": "state", "title": "Quy chế phối hợp bảo vệ bến cá", "area": "Xã Sông", "valid_from": "15/06/2026", "review_months": "12",
        "parties.1.unit": w.militia_song.name, "parties.1.role": "support", "parties.1.signs": "on",
        "parties.2.unit": w.station.name, "parties.2.role": "support", "parties.2.signs": "on",
        "clauses.0.depth": "1", "clauses.0.label": "Điều 1", "clauses.0.heading": "Thông tin", "clauses.0.content": "thongtin",
        "clauses.0.text": "Các bên trao đổi thông tin hằng tuần.",
        "clauses.1.depth": "1", "clauses.1.label": "Điều 2", "clauses.1.heading": "Tuần tra", "clauses.1.content": "trattu",
        "clauses.1.text": "Tuần tra chung mỗi tháng bốn lần.",
    }  # fmt: skip
    page = lan.post("/ke-hoach/moi/", draft)["Location"]
    a = m.Agreement.objects.select_related("matter").get()
    assert binh.get(page).status_code == 403

    # It is sent for opinions, three working days. The militia wish for more, the station agrees to the whole.
    assert lan.post(f"{page}lam/lay-y-kien/", {"workdays": "3"})["Location"] == page
    assert "chờ góp ý dự thảo" in words(binh.get("/"))
    clock(at(2, 9))
    clause = current(a).clauses.get(order=1)
    binh.post(f"{page}lam/gop-y/", {"wishes.0.clause": clause.pk, "wishes.0.text": "Đề nghị trao đổi hằng ngày", "wishes.1.text": "Thêm nơi nhận"})
    hai.post(f"{page}lam/gop-y/", {"agrees": "on"})

    # Signing waits for the answers; each wish gets one.
    assert "Còn 2 góp ý chưa trả lời" in words(lan.post(f"{page}lam/trinh-ky/", {"workdays": "5"}))
    first, second = m.Opinion.objects.filter(text__isnull=False).order_by("pk")
    lan.post(f"{page}tra-loi/{first.pk}/", {"taken": "taken"})
    lan.post(f"{page}tra-loi/{second.pk}/", {"taken": "not", "answer": "Nơi nhận ghi khi phát hành"})
    assert "2 góp ý, tiếp thu 1" in words(binh.get(page))

    # The wish is taken up: the text that was sent stays as it was, a second version is opened, and shows what changed.
    clock(at(3, 9))
    changed = sent(lan.get(f"{page}sua/").context["form"]) | {"clauses.0.text": "Các bên trao đổi thông tin hằng ngày.", "change": "Tiếp thu góp ý"}
    assert lan.post(f"{page}sua/", changed)["Location"] == page
    assert "hằng bỏ: tuần hết phần bỏ thêm: ngày hết phần thêm ." in words(lan.get(page))
    lan.post(f"{page}lam/trinh-ky/", {"workdays": "5"})

    # What the militia had open before is another text: its digest is refused, both are told.
    stale, digest = m.Version.objects.get(number=1).digest, current(a).digest
    refused = words(militia.post(f"{page}lam/khong-ky/", {"digest": stale, "reason": "Chưa rõ"}))
    assert stale[:16] in refused
    assert digest[:16] in refused

    # The police confirm with a key of their own; the first PIN was mistyped.
    clock(at(4, 9))
    police.post("/toi/khoa-ky/", {"password": PASSWORD, "pin": PIN, "again": PIN})
    assert "Mã PIN không đúng. Còn 4 lần" in words(police.post(f"{page}lam/xac-nhan/", {"digest": digest, "pin": "73190285"}))
    assert police.post(f"{page}lam/xac-nhan/", {"digest": digest, "pin": PIN})["Location"] == page
    # The militia acknowledge the paper original, with a reservation; the lead reminds the station, which signs the PDF that it fetched here.
    clause = current(a).clauses.get(order=2)
    paper = {
        "digest": digest, "number": "05/QC-CAX", "signed_on": "04/06/2026", "signers": "Trưởng Công an xã; Chỉ huy trưởng Ban CHQS xã",
        "reserved": clause.pk, "reservation": "Theo lực lượng hiện có",
    }  # fmt: skip
    assert militia.post(f"{page}lam/ban-giay/", paper)["Location"] == page
    lan.post(f"{page}nhac/{w.station.pk}/")
    assert "đã nhắc, chờ ký" in words(station.get("/"))
    assert standing_of(a, local_day(at(4, 9))) == Standing.NOT_YET
    pdf = station.get(f"{page}van-ban/?dang=pdf").content
    upload = SimpleUploadedFile("quy-che-da-ky.pdf", signed(pdf))
    answer = station.post(f"{page}lam/tep-da-ky/", {"digest": digest, "upload": upload, "sure": names_in(station, page, digest, pdf)})
    assert answer.headers.get("Location") == page, words(answer)

    # Every required party has signed: from 15 June it is in force, and each way to sign is told apart.
    a.refresh_from_db()
    assert (a.stage, a.agreed_on, a.next_review.isoformat()) == ("agreed", local_day(at(4, 9)), "2027-06-15")
    seen = words(lan.get(page))
    for said in ("xác nhận bằng khóa", "bản giấy 05/QC-CAX", "đúng bản PDF xuất từ hệ thống", "chưa kiểm tra được chuỗi chứng thư", "Theo lực lượng hiện có"):
        assert said in seen
    assert [standing_of(a, local_day(at(day, 9))) for day in (14, 15)] == [Standing.NOT_YET, Standing.IN_FORCE]

    # Anybody can check the file offline; a flipped letter is found.
    file = tmp_path / "a.json"
    file.write_bytes(lan.get(f"/ke-hoach/{a.matter.code}/chung-minh.json").content)
    assert main(["agreement", "verify", str(file)]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines() if "\t" in line] == ["hợp lệ", "bản giấy", "hợp lệ"]
    proof = json.loads(file.read_text(encoding="utf-8"))
    proof["texts"][current(a).clauses.get(order=2).text.digest][1] = "Tuần tra chung mỗi tháng năm lần."
    file.write_text(json.dumps(proof), encoding="utf-8")
    assert main(["agreement", "verify", str(file)]) == 1

    # In autumn it is changed. The first text holds until everybody has signed the second; all are asked again.
    clock(at(1, 9, month=9))
    changed = sent(lan.get(f"{page}sua/").context["form"]) | {"clauses.1.text": "Tuần tra chung mỗi tháng sáu lần.", "valid_from": "15/09/2026"}
    lan.post(f"{page}sua/", changed)
    assert "Bản đã ký vẫn có hiệu lực cho đến khi bản mới đủ chữ ký." in words(lan.get(page))
    lan.post(f"{page}lam/trinh-ky/", {"workdays": "5"})
    assert [one["line"].state for one in lan.get(page).context["rows"]] == ["signing"] * 3
    third = current(a).digest
    police.post(f"{page}lam/xac-nhan/", {"digest": third, "pin": PIN})
    for head in (militia, station):
        head.post(f"{page}lam/ban-giay/", paper | {"digest": third, "signed_on": "01/09/2026", "reserved": "", "reservation": ""})
    assert [version_on(a, local_day(at(day, 9, month=9))).number for day in (14, 15)] == [2, 3]
    assert standing_of(a, local_day(at(14, 9, month=9))) == Standing.IN_FORCE
    assert list(verify()) == []


def names_in(browser, page, digest, pdf):
    """The answer to the one question that a file may raise: whether the names of offices in it may stay."""
    asked = browser.post(f"{page}lam/tep-da-ky/", {"digest": digest, "upload": SimpleUploadedFile("x.pdf", pdf)})
    return [asked.context["form"].verdict.answer] if asked.context["form"].verdict.asks else []
