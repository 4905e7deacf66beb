"""Drafting a text and changing it."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.basing import number_agreement, set_bases
from phoihop.domain.agreements.actions.drafting import change_text, draft_agreement
from phoihop.domain.agreements.actions.sending import circulate
from phoihop.domain.agreements.actions.succession import hand_over_agreements
from phoihop.domain.agreements.queries.agreement import party_lines, seen_agreements
from phoihop.domain.agreements.queries.bases import based_on, followers_of
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.heads import kind_of, parties_of
from phoihop.domain.agreements.queries.listed import in_area, page_of, register, with_force
from phoihop.domain.agreements.queries.numbers import name_of
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.queries.versions import current, digest_now, shown_to
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.drafts import ClauseDraft, PartyDraft
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.matters.queries.sight import sight_of
from phoihop.domain.matters.rules import Sight
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import MORNING, a_regulation, a_text, for_signing, in_force
from tests.world import at, songdat, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return songdat()


def test_a_draft_has_a_code_its_first_version_parties_clauses_and_duties(w):
    a = a_regulation(w)
    assert a.matter.code.startswith("QC-26-PH86-")
    assert (a.stage, a.matter.lead, a.issuer) == ("draft", w.police_song, w.police_song)
    version = a.versions.get()
    assert [c.label for c in version.clauses.order_by("order")] == ["Điều 1", "Điều 2"]
    assert list(m.Duty.objects.values_list("act", "due_workdays")) == [("patrol", 3)]
    assert a.parties.order_by("order").values_list("unit__name", "role", "signs").first() == ("Công an xã Sông", "lead", True)
    assert list(verify()) == []


@pytest.mark.parametrize(("kind", "letters"), [("quyche", "QC"), ("nam", "KH"), ("lientich", "KH"), ("chithi", "QC")])
def test_the_code_begins_with_the_letters_of_its_kind(w, kind, letters):
    assert a_regulation(w, kind=kind).matter.code[:2] == letters


def test_nobody_else_sees_a_draft(w):
    a = a_regulation(w)
    assert [sight_of(p, a.matter, MORNING.date()) for p in (w.lan, w.binh, w.tu)] == [Sight.WHOLE, Sight.NOTHING, Sight.NOTHING]


def test_a_draft_that_nobody_was_sent_is_edited_in_its_first_version(w):
    a = a_regulation(w)
    seen = digest_now(current(a))
    version = change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế phối hợp mới"), seen=seen, at=at(1, 9))
    assert (version.number, a.versions.count()) == (1, 1)
    assert m.Agreement.objects.get().matter.title.text == "Quy chế phối hợp mới"
    assert list(verify()) == []


def test_a_text_that_was_sent_opens_a_new_version_and_asks_again(w):
    a = a_regulation(w)
    sent = circulate(by=w.lan, agreement=a, workdays=5, at=MORNING)
    clauses = [ClauseDraft("Điều 1", "Các bên trao đổi thông tin hằng ngày.", "Trao đổi thông tin", content="thongtin"), a_text(w).clauses[1]]
    version = change_text(by=w.lan, agreement=a, draft=a_text(w, clauses=clauses), seen=sent.digest, at=at(2, 9), change="Tiếp thu góp ý")
    assert (version.number, version.opinions_at, m.Agreement.objects.get().stage) == (2, None, "draft")
    assert m.Version.objects.get(number=1).clauses.first().text.text == "Các bên trao đổi thông tin hằng tuần, trước 16 giờ thứ sáu."
    before, after = (m.Version.objects.get(number=n).clauses.get(order=2).text_id for n in (1, 2))
    assert before == after, "a sentence that stays the same keeps its body"
    assert version.change.text == "Tiếp thu góp ý"


def test_until_it_is_sent_a_later_text_gives_the_agreement_neither_its_title_nor_its_days(w):
    a = a_regulation(w)
    sent = circulate(by=w.lan, agreement=a, workdays=5, at=at(1, 9))
    draft = a_text(w, title="Quy chế chưa gửi ai", valid_from=date(2026, 7, 1))
    change_text(by=w.lan, agreement=a, draft=draft, seen=sent.digest, at=at(2, 9))

    def called():
        now = m.Agreement.objects.select_related("matter__title").get(pk=a.pk)
        return now.matter.title.text, now.folded, now.valid_from

    assert called() == (a_text(w).title, fold(a_text(w).title), date(2026, 6, 15))
    circulate(by=w.lan, agreement=m.Agreement.objects.get(pk=a.pk), workdays=5, at=at(3, 9))
    assert called() == ("Quy chế chưa gửi ai", "quy che chua gui ai", date(2026, 7, 1))


def test_two_who_change_at_once_do_not_overwrite_each_other(w):
    a = a_regulation(w)
    seen = digest_now(current(a))
    change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế một"), seen=seen, at=at(1, 9))
    with pytest.raises(Refused) as refused:
        change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế hai"), seen=seen, at=at(1, 9))
    assert refused.value.verdict.code == "changed-meanwhile"


def test_only_the_lead_changes_the_text(w):
    a = a_regulation(w)
    circulate(by=w.lan, agreement=a, workdays=5, at=MORNING)
    for by, code in ((w.mai, "not-lead"), (w.dung, "not-lead"), (w.binh, "not-your-role")):
        with pytest.raises(Refused) as refused:
            change_text(by=by, agreement=a, draft=a_text(w), seen="", at=at(1, 9))
        assert refused.value.verdict.code == code


def test_what_is_in_force_stays_so_until_the_changed_text_is_agreed(w):
    a = in_force(w)
    was = current(a)
    change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế sửa đổi", valid_from=date(2026, 6, 20)), seen=was.digest, at=at(18, 9))
    a = m.Agreement.objects.get()
    assert (a.stage, a.agreed_on, a.valid_from) == ("draft", date(2026, 5, 20), date(2026, 6, 15))
    assert a.matter.title.text == "Quy chế phối hợp giữ gìn an ninh, trật tự xã Sông"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"kind": "nam"}, "kind-fixed"), ({"kind": "nghiquyet"}, "kind-agreed"), ({"areas": "dat"}, "areas-fixed"), ({"valid_from": date(2028, 2, 1)}, "gap")],
    ids=["letters", "kind", "areas", "gap"],
)
def test_a_changed_text_is_still_the_same_text(w, change, code):
    a = in_force(w, valid_until=date(2027, 12, 31))
    change = {name: [w.dat] if value == "dat" else value for name, value in change.items()}
    with pytest.raises(Refused) as refused:
        change_text(by=w.lan, agreement=a, draft=a_text(w, **change), seen=current(a).digest, at=at(18, 9))
    assert refused.value.verdict.code == code


def test_a_party_that_is_left_out_takes_part_until_the_text_without_it_is_sent(w):
    a = a_regulation(w)
    sent = circulate(by=w.lan, agreement=a, workdays=5, at=MORNING)
    assert sight_of(w.hai, a.matter, MORNING.date()) == Sight.WHOLE
    parties = [PartyDraft(w.police_song, "lead"), PartyDraft(w.militia_song, "support")]
    change_text(by=w.lan, agreement=a, draft=a_text(w, parties=parties), seen=sent.digest, at=at(2, 9))
    assert sight_of(w.hai, a.matter, MORNING.date()) == Sight.WHOLE
    circulate(by=w.lan, agreement=a, workdays=5, at=at(2, 10))
    assert sight_of(w.hai, a.matter, MORNING.date()) == Sight.NOTHING
    assert sight_of(w.binh, a.matter, MORNING.date()) == Sight.WHOLE


def test_parties_roles_and_areas_that_nobody_was_sent_show_nowhere_but_to_the_lead(w):
    a = a_regulation(w)
    sent = circulate(by=w.lan, agreement=a, workdays=5, at=MORNING)
    parties = [PartyDraft(w.police_song, "lead"), PartyDraft(w.militia_song, "cochair"), PartyDraft(w.police_dat, "support")]
    change_text(by=w.lan, agreement=a, draft=a_text(w, parties=parties, areas=[w.dat]), seen=sent.digest, at=at(2, 9))

    def told(by):
        """What page, API, print and proof tell ``by``; what the list shows and finds."""
        a = seen_agreements(by, MORNING.date()).get()
        version = shown_to(by, a)
        draft, rows = draft_of(version), register(by, MORNING.date())
        named = [(line.party.unit.short, line.party.role) for line in party_lines(a, version, at(2, 10))]
        assert named == [(p.unit.short, p.role) for p in draft.parties]
        assert {p.unit.name for p in draft.parties} == set(proof_of(version)["units"].values())
        found = [n for n, force in enumerate(("BP", "CA", "DQ", "MT")) if with_force(rows, force).exists()]
        return named, draft.areas, [p.unit.short for p in page_of(rows)[0].parties], found, a.matter.area, in_area(rows, w.dat, MORNING.date()).exists()

    as_sent = [(w.police_song.short, "lead"), (w.militia_song.short, "support"), (w.station.short, "support"), (w.front_song.short, "inform")]
    listed = [short for short, _role in as_sent]
    assert told(w.binh) == told(w.hai) == (as_sent, [w.song], listed, [0, 1, 2, 3], w.song, False)
    as_written = [(w.police_song.short, "lead"), (w.militia_song.short, "cochair"), (w.police_dat.short, "support")]
    assert told(w.lan) == (as_written, [w.dat], listed, [0, 1, 2, 3], w.song, False)
    assert {p.received_at for p in parties_of(current(a))} == {None}
    circulate(by=w.lan, agreement=a, workdays=5, at=at(2, 11))
    listed = [short for short, _role in as_written]
    assert told(w.binh) == told(w.lan) == (as_written, [w.dat], listed, [1, 2], w.dat, True)
    assert (m.DraftParty.objects.count(), m.DraftArea.objects.count()) == (0, 0)
    first = m.Version.objects.get(number=1)
    assert [(p.unit.short, p.role) for p in parties_of(first)] == as_sent, "an earlier text keeps whom it named"


def test_kind_style_situation_clearance_and_bases_that_nobody_was_sent_show_nowhere_but_to_the_lead(w):
    upper, plan = in_force(w), {"kind": "chuyende", "title": "Kế hoạch bến cá", "cleared_by": "Công an xã Sông", "cleared_on": date(2026, 5, 20)}
    a = draft_agreement(by=w.lan, draft=a_text(w, **plan), at=MORNING)
    set_bases(by=w.lan, agreement=a, bases=[BasisDraft("implements", earlier=upper)], at=MORNING)
    sent = circulate(by=w.lan, agreement=a, workdays=5, at=MORNING)
    change = plan | {"kind": "sukien", "style": "party", "situation": "sukien", "cleared_by": "UBND xã Sông"}
    change_text(by=w.lan, agreement=a, draft=a_text(w, **change), seen=sent.digest, at=at(2, 9))
    assert [b.earlier for b in based_on(current(a))] == [upper], "a new version begins with what the former stands on"
    set_bases(by=w.lan, agreement=a, bases=[BasisDraft("implements", cited="Kế hoạch năm của tỉnh")], at=at(2, 9))

    def told(by):
        """What page, print and API tell ``by``: of the text, of the agreement, of what follows from the upper one."""
        a = seen_agreements(by, MORNING.date()).get(matter__title__text="Kế hoạch bến cá")
        draft, bases = draft_of(shown_to(by, a)), [b.cited.text if b.cited else b.earlier.matter.code for b in based_on(shown_to(by, a))]
        followers = [f.agreement.pk for f in followers_of(by, upper, MORNING.date())]
        return (draft.kind, draft.style, draft.situation, draft.cleared_by), bases, (a.kind, a.style, a.situation, a.cleared_by), followers

    as_sent, as_written = ("chuyende", "state", "", "Công an xã Sông"), ("sukien", "party", "sukien", "UBND xã Sông")
    assert told(w.binh) == (as_sent, [upper.matter.code], as_sent, [a.pk])
    assert told(w.lan) == (as_written, ["Kế hoạch năm của tỉnh"], as_sent, [a.pk])
    circulate(by=w.lan, agreement=a, workdays=5, at=at(2, 11))
    assert told(w.binh) == told(w.lan) == (as_written, ["Kế hoạch năm của tỉnh"], as_written, [])
    assert (m.DraftHead.objects.count(), m.DraftBasis.objects.count()) == (0, 0)
    first = m.Version.objects.get(agreement=a, number=1)
    assert (kind_of(first), [b.earlier for b in based_on(first)]) == ("chuyende", [upper]), "an earlier text keeps what it said"


def test_a_plan_whose_new_text_is_not_cleared_is_not_sent(w):
    plan = {"kind": "chuyende", "cleared_by": "Công an xã Sông", "cleared_on": date(2026, 5, 20)}
    a = draft_agreement(by=w.lan, draft=a_text(w, **plan), at=MORNING)
    sent = circulate(by=w.lan, agreement=a, workdays=5, at=MORNING)
    change_text(by=w.lan, agreement=a, draft=a_text(w, **plan, title="Kế hoạch bến cá"), seen=sent.digest, at=at(2, 9))
    m.DraftHead.objects.update(cleared_by="", cleared_on=None)
    with pytest.raises(Refused) as refused:
        circulate(by=w.lan, agreement=a, workdays=5, at=at(2, 11))
    assert (refused.value.verdict.code, m.Agreement.objects.get(pk=a.pk).cleared_by) == ("not-cleared", "Công an xã Sông")


def test_how_a_number_is_written_stays_with_the_number(w):
    a = in_force(w)
    number_agreement(by=w.lan, agreement=a, number="05/QC-CAX", issued_on=at(18, 8).date(), at=at(18, 8))
    change_text(by=w.lan, agreement=a, draft=a_text(w, style="party"), seen=current(a).digest, at=at(18, 9))
    for_signing(w, a, at(18, 10))
    assert name_of(m.Agreement.objects.get(pk=a.pk)) == "05/QC-CAX"


def test_a_draft_names_the_heir_of_a_unit_that_ends_while_it_is_written(w):
    a, heir = in_force(w), unit(w.forces["BP"], "don", w.dat, "Đồn Biên phòng Cửa Đất")
    change_text(by=w.lan, agreement=a, draft=a_text(w), seen=current(a).digest, at=at(18, 9))
    hand_over_agreements(by=w.lan, old=w.station, new=heir, day=date(2026, 6, 18), at=at(18, 10))
    assert [p.unit for p in parties_of(current(a))] == [w.police_song, w.militia_song, heir, w.front_song]
    hand_over_agreements(by=w.lan, old=heir, new=w.militia_song, day=date(2026, 6, 19), at=at(19, 10))
    assert [p.unit for p in parties_of(current(a))] == [w.police_song, w.militia_song, w.front_song]


WITHOUT = {"gone": [("police_song", "lead", True), ("militia_song", "support", True)],
           "no longer signing": [("police_song", "lead", True), ("militia_song", "support", True), ("station", "inform", False)]}  # fmt: skip


@pytest.mark.parametrize("parties", WITHOUT.values(), ids=WITHOUT)
def test_who_signed_the_text_in_force_is_left_out_of_no_later_version(w, parties):
    a = in_force(w)
    less = a_text(w, parties=[PartyDraft(getattr(w, unit), role, signs=signs) for unit, role, signs in parties])
    with pytest.raises(Refused) as refused:
        change_text(by=w.lan, agreement=a, draft=less, seen=current(a).digest, at=at(18, 9))
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("leaves-out-signatory", "parties")
    assert str(refused.value.verdict.reason).startswith(f"{w.station.short} đã ký bản đang có hiệu lực")
    assert a.parties.filter(unit=w.station, signs=True).count() == 1


def test_it_is_judged_again_as_the_new_version_is_laid_for_signing(w):
    a = in_force(w)
    change_text(by=w.lan, agreement=a, draft=a_text(w, title="Quy chế sửa đổi"), seen=current(a).digest, at=at(18, 9))
    m.DraftParty.objects.filter(version__agreement=a, unit=w.station).delete()
    with pytest.raises(Refused) as refused:
        for_signing(w, a, at(18, 10))
    assert refused.value.verdict.code == "leaves-out-signatory"


def test_where_a_signatory_has_ended_its_heir_is_the_one_that_signs_the_next(w):
    a, heir = in_force(w), unit(w.forces["BP"], "don", w.dat, "Đồn Biên phòng Cửa Đất")
    m.UnitSuccession.objects.create(old=w.station, new=heir, day=date(2026, 5, 18), basis="QĐ 1")
    m.Unit.objects.filter(pk=w.station.pk).update(valid_until=date(2026, 5, 18))
    others = [p for p in a_text(w).parties if p.unit != w.station]
    with pytest.raises(Refused) as refused:
        change_text(by=w.lan, agreement=a, draft=a_text(w, parties=others), seen=current(a).digest, at=at(18, 9))
    assert str(refused.value.verdict.reason).startswith("Đồn Biên phòng Cửa Đất đã ký")
    now = a_text(w, parties=[*others, PartyDraft(heir, "support")])
    assert change_text(by=w.lan, agreement=a, draft=now, seen=current(a).digest, at=at(18, 9)).number == 2
