"""A file of a unit becomes an agreement: taken in, read, looked through, confirmed or dropped; and what is refused on the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions import reading as actions
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.queries.reading import overview, readings_of, terms_of
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.proof import examine_proof
from phoihop.domain.agreements.rules.reading.mending import ClauseMend, DutyMend, RoleMend
from phoihop.domain.agreements.rules.reading.staged import Staged, print_of
from phoihop.domain.agreements.rules.reading.turning import Terms
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused
from tests.domain.matters.files import A_PDF, A_PNG
from tests.world import at, songdat, unit

from .files import a_docx, a_pdf, text_of, with_macro

pytestmark = pytest.mark.django_db
MORNING = at(1, 8)
LAW = "Luật Dân quân tự vệ số 48/2019/QH14 ngày 22 tháng 11 năm 2019"
DECREE = "Nghị định số 02/2020/NĐ-CP của Chính phủ về phối hợp hoạt động của Dân quân tự vệ"


@pytest.fixture
def w():
    return songdat()


def read(w, text: str | None = None, post=None) -> m.Reading:
    return actions.begin(by=post or w.mai, upload=a_docx(text or text_of("quy-che-ba-luc-luong")), at=MORNING)


def staged(reading: m.Reading) -> Staged:
    reading.refresh_from_db()
    return Staged.of_json(reading.found)


def prints(reading: m.Reading) -> list[str]:
    return [print_of(c) for c in staged(reading).proposal.clauses]


def code_of(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.verdict.code


def confirmed(w, reading: m.Reading, **change: object) -> m.Agreement:
    actions.take_rest(by=w.mai, reading=reading, at=MORNING)
    terms = terms_of(w.mai, staged(reading), date(2026, 6, 1))
    plain = {name: getattr(terms, name) for name in Terms.__dataclass_fields__}
    return actions.confirm(by=w.mai, reading=reading, terms=Terms(**plain | change), at=MORNING)


def test_a_regulation_becomes_an_entry_of_the_register_that_the_other_parties_acknowledge(w):
    reading = read(w)
    assert (reading.state, len(staged(reading).proposal.clauses)) == ("ready", 52)
    agreement = confirmed(w, reading, as_asked=True)
    reading.refresh_from_db()
    assert (reading.state, reading.text, reading.found, reading.agreement) == ("done", "", {}, agreement)
    assert (agreement.kind, agreement.number, agreement.symbol, agreement.issued_on, agreement.on_paper) == (
        "quyche",
        5,
        "QC-CA-QS-BP",
        date(2025, 3, 12),
        True,
    )
    assert [(p.unit, p.role) for p in agreement.parties.order_by("order")] == [(w.police, "lead"), (w.army, "support"), (w.border, "support")]
    assert agreement.original == reading.file and agreement.original.matter == agreement.matter
    assert [s.unit for s in m.Signature.objects.filter(version__agreement=agreement)] == [w.police]
    assert list(verify()) == []


def test_a_duty_keeps_its_sentence_its_parties_and_its_days(w):
    agreement = confirmed(w, read(w))
    duty = m.Duty.objects.get(clause__version__agreement=agreement, act="plan", cadence="year")
    sentence = duty.clause.text.text[duty.sentence_from : duty.sentence_to]
    assert sentence.startswith("Bộ Chỉ huy Quân sự tỉnh chủ trì, phối hợp") and sentence.endswith("hằng năm.")
    assert (duty.due_on, duty.level, duty.clause.content) == (date(2025, 5, 15), "province", "thientai")
    assert sorted((r.role, r.unit.name) for r in duty.roles.all()) == [
        ("lead", "Bộ CHQS tỉnh Sông Đất"), ("support", "Ban Chỉ huy BĐBP tỉnh Sông Đất"), ("support", "Công an tỉnh Sông Đất"),
    ]  # fmt: skip


def test_what_holds_in_every_commune_names_a_force(w):
    agreement = confirmed(w, read(w), as_asked=True)
    duty = m.Duty.objects.get(clause__version__agreement=agreement, clause__text__text__startswith="Giao ban cấp xã")
    assert (duty.level, duty.cadence) == ("commune", "month")
    assert [(r.role, r.force.code) for r in duty.roles.order_by("pk")] == [("lead", "CA"), ("support", "DQ")]


def test_a_duty_without_a_cadence_stays_a_sentence_unless_the_officer_says_on_demand(w):
    kept = confirmed(w, read(w))
    more = confirmed(w, read(w), as_asked=True, number="06/QC-CA-QS-BP")
    counts = [m.Duty.objects.filter(clause__version__agreement=a).count() for a in (kept, more)]
    assert counts[0] < counts[1]
    assert not m.Duty.objects.filter(clause__version__agreement=kept, cadence="").exists()


def test_nothing_is_an_agreement_before_each_clause_is_decided_and_the_officer_confirms(w):
    reading = read(w)
    assert m.Agreement.objects.count() == 0
    terms = terms_of(w.mai, staged(reading), date(2026, 6, 1))
    assert code_of(lambda: actions.confirm(by=w.mai, reading=reading, terms=terms, at=MORNING)) == "clauses-undecided"
    assert code_of(lambda: confirmed(w, reading, number=" ")) == "number-missing"
    assert code_of(lambda: confirmed(w, reading, signers=" ")) == "signers-missing"
    assert m.Agreement.objects.count() == 0


def test_a_clause_is_taken_dropped_or_mended(w):
    reading = read(w)
    clauses = staged(reading).proposal.clauses
    n = next(n for n, c in enumerate(clauses) if c.duties and len(c.duties) == 1 and c.duties[0].act and c.duties[0].act.value == "inspect")
    name = clauses[n].duties[0].roles[0].body.value
    duty = DutyMend("train", "commune", "month", days="12", roles=[RoleMend("support", name)])
    actions.mend_clause(by=w.mai, reading=reading, clause=n, mend=ClauseMend("vandong", [duty]), seen=prints(reading)[n], at=MORNING)
    actions.decide(by=w.mai, reading=reading, clauses=[0, 1], state="dropped", seen=prints(reading)[:2], at=MORNING)
    now = staged(reading).proposal.clauses
    assert [c.state for c in now[:2]] == ["dropped", "dropped"]
    mended = now[n]
    assert (mended.state, mended.content.value, mended.content.rule) == ("taken", "vandong", "by-hand")
    assert [(d.act.value, d.cadence.value, d.days.value, d.on, [(r.role, r.body.value) for r in d.roles]) for d in mended.duties] == [
        ("train", "month", "12", None, [("support", name)])
    ]
    agreement = confirmed(w, reading)
    assert not m.Clause.objects.filter(version__agreement=agreement, label=clauses[1].label).exists()


@pytest.mark.parametrize(
    ("mend", "code"),
    [
        (ClauseMend("khong-co"), "no-such-content"),
        (ClauseMend("", []), "duties-differ"),
        (ClauseMend("", [DutyMend("nothing")]), "no-such-act"),
        (ClauseMend("", [DutyMend("inspect", workdays=0)]), "deadline-zero"),
        (ClauseMend("", [DutyMend("inspect", cadence="once")]), "due-on-missing"),
        (ClauseMend("", [DutyMend("inspect", days="31/2")]), "due-day"),
        (ClauseMend("", [DutyMend("inspect", roles=[RoleMend("lead", "Ai đó")])]), "no-such-role"),
        (ClauseMend("", [DutyMend("inspect", roles=[RoleMend("lead", "Công an xã"), RoleMend("lead", "Ban CHQS xã")])]), "two-leads"),
    ],
    ids=["content", "duties", "act", "deadline", "once", "day", "role", "leads"],
)
def test_what_cannot_be_is_not_mended_in(w, mend, code):
    reading = read(w)
    n = next(n for n, c in enumerate(staged(reading).proposal.clauses) if len(c.duties) == 1)
    assert code_of(lambda: actions.mend_clause(by=w.mai, reading=reading, clause=n, mend=mend, seen="", at=MORNING)) == code


def test_what_somebody_else_decided_meanwhile_is_not_overruled_unseen(w):
    reading = read(w)
    before = prints(reading)
    n = next(n for n, c in enumerate(staged(reading).proposal.clauses) if len(c.duties) == 1)
    mend = ClauseMend("vandong", [DutyMend("train", "commune", "month")])
    actions.mend_clause(by=w.mai, reading=reading, clause=n, mend=mend, seen=before[n], at=MORNING)
    other = ClauseMend("toipham", [DutyMend("inspect", "commune", "year")])
    assert code_of(lambda: actions.mend_clause(by=w.mai, reading=reading, clause=n, mend=other, seen=before[n], at=MORNING)) == "changed-meanwhile"
    for state in ("taken", "dropped", "new"):
        assert code_of(lambda s=state: actions.decide(by=w.mai, reading=reading, clauses=[n], state=s, seen=[before[n]], at=MORNING)) == "changed-meanwhile"
    assert staged(reading).proposal.clauses[n].content.value == "vandong"
    actions.mend_clause(by=w.mai, reading=reading, clause=n, mend=other, seen=prints(reading)[n], at=MORNING)
    assert staged(reading).proposal.clauses[n].content.value == "toipham"
    actions.settle_name(by=w.mai, reading=reading, name="Công an tỉnh", means="none", seen=f"unit {w.police.key}", at=MORNING)
    again = {"name": "Công an tỉnh", "means": "all", "seen": f"unit {w.police.key}"}
    assert code_of(lambda: actions.settle_name(by=w.mai, reading=reading, **again, at=MORNING)) == "changed-meanwhile"


def test_clauses_that_lay_nothing_down_are_taken_at_once_each_with_its_event_and_can_be_opened_again(w):
    reading = read(w)
    plain = staged(reading).plain
    count = m.Event.objects.filter(what="reading.mended").count()
    actions.take_plain(by=w.mai, reading=reading, at=MORNING)
    now = staged(reading)
    assert [c.state for c in now.proposal.clauses] == ["taken" if n in plain else "new" for n in range(52)]
    assert not any(d.kept for n in plain for d in now.proposal.clauses[n].duties) and len(plain) > 20
    assert m.Event.objects.filter(what="reading.mended").count() == count + len(plain)
    assert code_of(lambda: actions.take_plain(by=w.mai, reading=reading, at=MORNING)) == "nothing-plain"
    actions.decide(by=w.mai, reading=reading, clauses=[plain[3]], state="new", seen=[prints(reading)[plain[3]]], at=MORNING)
    assert staged(reading).plain == [plain[3]]
    assert code_of(lambda: actions.decide(by=w.mai, reading=reading, clauses=[0], state="lost", seen=[], at=MORNING)) == "no-such-state"


def test_a_document_with_more_clauses_than_an_agreement_may_have_is_refused_at_the_door(w):
    text = text_of("quy-che-ba-luc-luong")
    many = text.replace("Chương V\n", "".join(f"{n}. Các bên giao ban hằng quý lần {n}.\n" for n in range(1, 100)) * 4 + "Chương V\n")
    with pytest.raises(Refused) as refused:
        read(w, many)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("document-many-clauses", "upload")
    assert "448 điều, khoản" in str(refused.value.verdict.reason)
    assert not m.Attachment.objects.filter(erased_at=None).exists()


def test_what_the_document_stands_on_and_replaces_is_linked_where_the_register_has_it(w):
    for code, kind, number, title in (("nd-03", "nd", "03/2019/NĐ-CP", "Phối hợp"), ("luat-dqtv", "luat", "48/2019/QH14", "Luật Dân quân tự vệ")):
        m.Instrument.objects.create(code=code, kind=kind, number=number, issuer="x", title=title, folded="x", source="x")
    old = confirmed(w, read(w, text_of("quy-che-ba-luc-luong").replace("05/QC-CA-QS-BP", "12/QC-CA-QS-BP")))
    text = text_of("quy-che-ba-luc-luong").replace("Căn cứ Luật Dân quân tự vệ số 48/2019/QH14 ngày 22 tháng 11 năm 2019;", "Căn cứ Luật Dân quân tự vệ;")
    new = confirmed(w, read(w, text))
    assert named(new) == [("implements", "luat-dqtv"), ("implements", "nd-03"), ("implements", DECREE), ("replaces", old.matter.code)]


def named(agreement: m.Agreement) -> list[tuple[str, str]]:
    """What an agreement stands on: instruments and documents by code, what no register has in its words."""
    rows = agreement.bases.order_by("pk")
    return [(b.kind, b.instrument.code if b.instrument else b.earlier.matter.code if b.earlier else b.cited.text) for b in rows]


@pytest.mark.parametrize("on_paper", [True, False], ids=["register", "draft"])
def test_what_the_register_has_not_is_kept_in_its_words_in_the_register_and_in_a_draft(w, on_paper):
    m.Instrument.objects.create(code="nd-03", kind="nd", number="03/2019/NĐ-CP", issuer="x", title="Phối hợp", folded="x", source="x")
    made = confirmed(w, read(w), on_paper=on_paper)
    words = [("implements", "nd-03"), ("implements", LAW), ("replaces", "12/QC-CA-QS-BP")]
    assert [one for one in words if one not in named(made)] == []
    assert proof_of(current(made))["texts"][made.bases.get(cited__text=LAW).cited.digest][1] == LAW
    assert examine_proof(proof_of(current(made)), MORNING).withdrawn == 0
    assert list(verify()) == []


def test_names_of_who_signed_are_counted_and_left_out_of_what_is_kept(w):
    signed = "GIÁM ĐỐC CÔNG AN TỈNH\tCHỈ HUY TRƯỞNG BỘ CHỈ HUY QUÂN SỰ TỈNH\n(Đã ký)\t(Đã ký)\nĐại tá Nguyễn Văn An\tTRẦN THỊ BÌNH\nNơi nhận:\n- Như Điều 3;\n- Bộ Công An;\n- Lưu: VT."
    text = text_of("quy-che-ba-luc-luong").partition("Nơi nhận")[0] + signed
    reading = read(w, text)
    assert staged(reading).proposal.head.unnamed == 2
    assert [name in reading.text or name in str(reading.found) for name in ("Nguyễn Văn An", "TRẦN THỊ BÌNH", "Bộ Công An")] == [False, False, True]


def test_a_name_is_settled_once_for_the_whole_document(w):
    text = text_of("quy-che-ba-luc-luong").replace("Ban Chỉ huy Bộ đội Biên phòng tỉnh", "Đội Kiểm lâm cơ động")
    reading = read(w, text)
    assert staged(reading).names["Đội Kiểm lâm cơ động"].means == ""
    actions.settle_name(by=w.mai, reading=reading, name="Đội Kiểm lâm cơ động", means=f"unit {w.border.key}", seen="", at=MORNING)
    agreement = confirmed(w, reading)
    assert m.DutyRole.objects.filter(duty__clause__version__agreement=agreement, unit=w.border, role="lead").exists()
    other = read(w, text)
    for name, means, code in (("Ai", "all", "no-such-name"), ("Công an tỉnh", "unit X", "no-such-unit"), ("Công an tỉnh", "gì đó", "no-such-unit")):
        assert code_of(lambda n=name, v=means: actions.settle_name(by=w.mai, reading=other, name=n, means=v, seen="", at=MORNING)) == code


def test_names_are_understood_from_where_the_unit_is(w):
    reading = read(w, text_of("quy-che-cap-xa"), w.lan)
    names = {name: meaning.means for name, meaning in staged(reading).names.items()}
    assert names["Công an xã"] == f"unit {w.police_song.key}"
    assert names["Ban Chỉ huy Quân sự xã"] == f"unit {w.militia_song.key}"
    assert names["Ủy ban Mặt trận Tổ quốc Việt Nam xã"] == f"unit {w.front_song.key}"
    assert names["Các bên"] == "all"


def test_names_without_diacritics_are_found(w):
    text = (
        text_of("quy-che-ba-luc-luong")
        .replace("Đồn Biên phòng phối hợp", "Don Bien phong Cua Song phối hợp")
        .replace("Điều 6. Phòng", "Điều 6. Cong an tinh Song Dat chủ trì phòng")
    )
    reading = read(w, text.replace("lực lượng phát hiện trước phải", "Cong an tinh Song Dat phải").replace("Khi phát sinh vụ việc phức tạp, ", ""))
    names = staged(reading).names
    assert names["Công an tỉnh"].means == f"unit {w.police.key}"


def test_names_of_units_that_ended_stand_for_their_heirs(w):
    heir = unit(w.forces["BP"], "tinh", w.province, "Ban Chỉ huy Biên phòng mới", w.army, date(2026, 1, 1))
    m.Unit.objects.filter(pk=w.border.pk).update(valid_until=date(2026, 1, 1))
    m.UnitSuccession.objects.create(old=w.border, new=heir, day=date(2026, 1, 1), basis="QĐ 1")
    assert staged(read(w)).names["Ban Chỉ huy Bộ đội Biên phòng tỉnh"].means == f"unit {heir.key}"


def test_a_table_of_duties_is_read_row_by_row(w):
    reading = read(w, text_of("ke-hoach-nam"))
    rows = [c for c in staged(reading).proposal.clauses if c.label.startswith("dòng")]
    assert [(c.duties[0].act.value, c.duties[0].cadence.value) for c in rows] == [
        ("brief", "quarter"), ("inspect", "once"), ("spread", "once"), ("review", "half"), ("review", "once"),
    ]  # fmt: skip
    agreement = confirmed(w, reading, kind="nam", cleared_by="Công an tỉnh", cleared_on=date(2026, 1, 5), signers="Giám đốc Công an tỉnh")
    row = m.Clause.objects.get(version__agreement=agreement, text__text__startswith="Giao ban giữa")
    assert row.text.text == "Giao ban giữa lãnh đạo hai cơ quan | Công an tỉnh | Bộ Chỉ huy Quân sự tỉnh | Hằng quý"


def test_a_pdf_with_text_is_read_like_the_document(w):
    reading = actions.begin(by=w.mai, upload=a_pdf(text_of("quy-che-ba-luc-luong")), at=MORNING)
    head = staged(reading).proposal.head
    assert (head.kind.value, head.number.value, head.symbol.value, head.issued_on.value) == ("quyche", "5", "QC-CA-QS-BP", "2025-03-12")
    assert sum(c.label.startswith("Điều") for c in staged(reading).proposal.clauses) == 16


def test_a_ruled_table_of_a_pdf_is_read_row_by_row_like_that_of_the_document(w):
    text = text_of("ke-hoach-nam-phu-luc")
    read_of = []
    for upload in (a_docx(text), a_pdf(text)):
        found = staged(actions.begin(by=w.mai, upload=upload, at=MORNING)).proposal
        rows = [c for c in found.clauses if c.label.startswith("dòng")]
        read_of.append([[(d.act and d.act.value, d.cadence and d.cadence.value, [r.body.value for r in d.roles]) for d in c.duties] for c in rows])
    assert len(read_of[0]) == 10 and read_of[0] == read_of[1]


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (A_PDF, "scan-no-text"),
        (A_PNG, "picture-no-text"),
        (Upload("quy-che.docx", b""), "file-empty"),
        (Upload("quy-che.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "file-kind"),
        (Upload("so.csv", b"a;b\n1;2\n3;4\n"), "no-document"),
        (with_macro(a_docx("Điều 1. Một\nHai")), "file-macro"),
        (a_docx("Điều 1. Một\nHai", footer="TỐI MẬT"), "secret-mark"),
        (a_docx(""), "document-empty"),
        (Upload("hong.docx", a_docx("Điều 1. Một").content[:900]), "file-unreadable"),
    ],
    ids=["scan", "picture", "empty", "old-doc", "table", "macro", "secret-footer", "no-words", "damaged"],
)
def test_what_cannot_be_read_is_refused_and_not_kept(w, upload, code):
    assert code_of(lambda: actions.begin(by=w.mai, upload=upload, at=MORNING)) == code
    assert not m.Attachment.objects.filter(erased_at=None).exists()
    assert not m.Reading.objects.exclude(state="failed").exists()


def test_a_text_without_articles_gives_its_head_and_says_so(w):
    reading = read(w, "CÔNG AN TỈNH SÔNG ĐẤT\nSố: 12/CV-CAT\nSông Đất, ngày 01 tháng 02 năm 2026\nKính gửi các đơn vị.\nĐề nghị phối hợp.")
    found = staged(reading).proposal
    assert (list(found.clauses), found.head.number.value) == ([], "12")


def test_only_who_drafts_reads_and_only_the_own_unit_sees(w):
    assert code_of(lambda: actions.begin(by=w.hai, upload=a_docx("Điều 1. Một"), at=MORNING)) == "not-your-role"
    reading = read(w)
    assert (list(readings_of(w.mai)), list(readings_of(w.dung)), overview(w.dung, reading.pk), list(readings_of(w.hai))) == ([reading], [], None, [])
    assert code_of(lambda: actions.drop(by=w.dung, reading=reading, at=MORNING)) == "not-own-reading"
    assert code_of(lambda: actions.take_rest(by=w.dung, reading=reading, at=MORNING)) == "not-own-reading"


def test_a_dropped_file_is_gone_and_nothing_more_can_be_done_with_it(w):
    reading = actions.drop(by=w.mai, reading=read(w), at=MORNING)
    reading.refresh_from_db()
    reading.file.refresh_from_db()
    assert (reading.state, reading.text, reading.found, reading.file.content) == ("dropped", "", {}, None)
    assert code_of(lambda: actions.drop(by=w.mai, reading=reading, at=MORNING)) == "reading-over"
    assert code_of(lambda: actions.take_rest(by=w.mai, reading=reading, at=MORNING)) == "reading-not-ready"


def test_a_reading_that_nobody_finishes_is_erased_after_ninety_days(w):
    reading = read(w)
    later = MORNING + timedelta(days=90)
    assert actions.forget_readings(by=w.node, at=later - timedelta(hours=1)) == 0
    assert actions.forget_readings(by=w.node, at=later) == 1
    reading.refresh_from_db()
    assert (reading.state, reading.text) == ("dropped", "")


def test_a_long_file_waits_for_the_line_and_survives_a_cut(w, monkeypatch):
    monkeypatch.setattr("phoihop.domain.agreements.rules.reading.intake.AT_ONCE_BYTES", 10)
    reading = read(w)
    assert reading.state == "waiting"
    steps = actions.read_on(reading, MORNING)
    assert next(steps)[0] == 1
    del steps
    reading.refresh_from_db()
    assert reading.state == "waiting"
    counts = list(actions.read_on(reading, MORNING))
    assert counts[-1][0] == counts[-1][1]
    reading.refresh_from_db()
    assert reading.state == "ready"
    assert list(actions.read_on(reading, MORNING)) == []
