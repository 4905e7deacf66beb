"""A commune's own text out of the province's: its duties, its parties, its cadences; and where the two differ, by clause."""

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.cascade import adopt_with_own, ask_below, draft_own
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.sending import circulate, open_signing
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.quality import lacks_of
from phoihop.domain.agreements.queries.variations import compared, varied
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.drafts import ClauseDraft, DutyDraft, DutyRoleDraft
from phoihop.domain.agreements.rules.following import FollowingDraft
from phoihop.domain.agreements.rules.redline import Change
from phoihop.domain.agreements.rules.variation import brief, variations
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import for_signing, heads, on_paper
from tests.domain.agreements.registered import holding
from tests.domain.agreements.test_norms import laid, world
from tests.world import NOON, at

CA, DQ, QS = (m.Force(pk=n, code=code) for n, code in enumerate(("CA", "DQ", "QS"), 1))
POLICE, MILITIA = DutyRoleDraft("lead", force=CA), DutyRoleDraft("support", force=DQ)
BRIEF, DRILL = DutyDraft("brief", "commune", "month", [POLICE, MILITIA], due_workdays=3), DutyDraft("drill", "province", "year", [POLICE])
FIRST, SECOND = ClauseDraft("Điều 1", "Giao ban hằng tháng.", "Giao ban", duties=[BRIEF, DRILL]), ClauseDraft("Điều 2", "Trao đổi tình hình.")


@pytest.mark.parametrize(
    ("below", "changes", "duties"),
    [
        ([FIRST, SECOND], [(0, "same"), (1, "same")], 0),
        ([replace(FIRST, duties=[BRIEF]), SECOND], [(0, "same"), (1, "same")], 0),
        ([replace(FIRST, duties=[replace(BRIEF, cadence="quarter")]), SECOND], [(0, "changed"), (1, "same")], 1),
        ([replace(FIRST, duties=[replace(BRIEF, due_workdays=5)]), SECOND], [(0, "changed"), (1, "same")], 1),
        ([replace(FIRST, duties=[replace(BRIEF, roles=[MILITIA, POLICE])]), SECOND], [(0, "same"), (1, "same")], 0),
        ([replace(FIRST, duties=[replace(BRIEF, roles=[replace(POLICE, force=DQ)])]), SECOND], [(0, "changed"), (1, "same")], 1),
        ([replace(FIRST, duties=[replace(BRIEF, roles=[POLICE, replace(MILITIA, force=QS)])]), SECOND], [(0, "same"), (1, "same")], 0),
        ([replace(FIRST, duties=[]), SECOND], [(0, "changed"), (1, "same")], 1),
        ([replace(FIRST, duties=[BRIEF, BRIEF]), SECOND], [(0, "changed"), (1, "same")], 1),
        ([FIRST, replace(SECOND, text="Trao đổi tình hình hằng tuần.")], [(0, "same"), (1, "changed")], 0),
        ([FIRST], [(0, "same"), (1, "removed")], 0),
        ([FIRST, SECOND, ClauseDraft("Điều 3", "Bến đò.")], [(0, "same"), (1, "same"), (None, "added")], 0),
    ],
    ids=["alike", "province-alone", "cadence", "deadline", "order", "lead", "one-command", "dropped", "more", "words", "removed", "added"],
)
def test_a_clause_differs_in_its_words_or_in_what_it_lays_upon_the_level(below, changes, duties):
    found = variations([FIRST, SECOND], below, "commune")
    assert ([(v.above, v.change) for v in found], sum(len(v.duties) for v in found)) == (changes, duties)
    assert brief([FIRST, SECOND], below, "commune") == [(place, Change(change)) for place, change in changes]


def test_a_duty_that_differs_shows_both_sides():
    (first, _second) = variations([FIRST, SECOND], [replace(FIRST, duties=[replace(BRIEF, cadence="quarter")]), SECOND], "commune")
    ((change),) = first.duties
    assert (change.before.cadence, change.after.cadence) == ("month", "quarter")


def asked(w):
    """The province's regulation: a briefing a month in each commune, a drill a year in the province; Sông and Đất are asked for theirs."""
    force = w.forces
    roles = [DutyRoleDraft("lead", force=force["CA"]), DutyRoleDraft("support", unit=w.army)]
    clauses = [
        ClauseDraft(
            "Điều 1", "Công an xã chủ trì giao ban hằng tháng.", "Giao ban", content="thongtin", duties=[DutyDraft("brief", "commune", "month", roles)]
        ),
        ClauseDraft("Điều 2", "Công an tỉnh chủ trì diễn tập.", "Diễn tập", content="dientap", duties=[DutyDraft("drill", "province", "year", roles)]),
    ]
    head = holding(w)
    seen = current(head)
    change_text(by=w.mai, agreement=head, draft=replace(draft_of(seen), clauses=clauses, valid_from=date(2026, 5, 1)), seen=digest_now(seen), at=NOON)
    for_signing_by(w, head)
    ask_below(by=w.mai, agreement=head, units=[w.police_song, w.militia_song, w.police_dat], due_on=date(2026, 7, 1), at=NOON)
    return m.Agreement.objects.get(pk=head.pk)


def for_signing_by(w, a):
    open_signing(by=w.mai, agreement=a, workdays=5, at=NOON)
    for by in (w.mai, w.dung):
        on_paper(by, a)


SAID = FollowingDraft("Quy chế phối hợp của xã Sông", date(2026, 6, 15))


@pytest.mark.django_db
def test_a_commune_drafts_its_own_with_its_parties_its_duties_and_its_cadence():
    w = world()
    upper = asked(w)
    laid(w, value="week")
    own = draft_own(by=w.lan, adoption=upper.adoptions.get(unit=w.police_song), draft=SAID, at=NOON)
    text = draft_of(current(own))
    assert (text.title, text.areas, [p.unit for p in text.parties], text.review_months) == (SAID.title, [w.song], [w.police_song, w.militia_song], 12)
    assert [[(d.act, d.cadence, [(r.role, r.force.code) for r in d.roles]) for d in c.duties] for c in text.clauses] == [
        [("brief", "week", [("lead", "CA"), ("support", "DQ")])], [],
    ]  # fmt: skip
    assert list(own.bases.values_list("kind", "earlier")) == [("implements", upper.pk)]
    assert (upper.adoptions.get(unit=w.police_song).own, upper.adoptions.get(unit=w.police_song).form) == (own, "waiting")
    with pytest.raises(Refused) as refused:
        draft_own(by=w.lan, adoption=upper.adoptions.get(unit=w.police_song), draft=SAID, at=NOON)
    assert refused.value.verdict.code == "own-drafted"


@pytest.mark.django_db
def test_both_who_signed_answer_with_it_and_the_province_sees_where_it_differs():
    w = world()
    upper = asked(w)
    song, militia = (upper.adoptions.get(unit=unit) for unit in (w.police_song, w.militia_song))
    laid(w, value="week")
    own = draft_own(by=w.lan, adoption=song, draft=SAID, at=NOON)
    version = for_signing(w, own)
    for name, by in vars(heads(w)).items():
        if name != "station":
            on_paper(by, own)
    m.Post.objects.filter(pk=w.binh.pk).update(role="staff")
    for by, adoption in ((w.lan, song), (m.Post.objects.get(pk=w.binh.pk), militia)):
        assert adopt_with_own(by=by, adoption=adoption, own=own, at=at(2, 9)).form == "adapted"
    m.Participation.objects.get_or_create(matter=own.matter, unit=w.police, defaults={"role": "inform", "asked_at": NOON, "state": "informed"})
    seen = varied(w.mai, upper, date(2026, 6, 20))
    assert [(c.label, [a.unit for a in c.changed], c.removed) for c in seen.clauses] == [("Điều 1", [w.police_song], [])]
    assert (seen.count, seen.added) == ({song.pk: 1, militia.pk: 1}, [])
    (first, second) = compared(w.mai, upper, own, date(2026, 6, 20))
    assert (first.change, first.duties[0].after.cadence, second.change, version.agreement) == (Change.CHANGED, "week", Change.SAME, own)


@pytest.mark.django_db
def test_what_the_commune_is_still_writing_is_in_no_difference_that_the_province_sees():
    w = world()
    upper = asked(w)
    own = draft_own(by=w.lan, adoption=upper.adoptions.get(unit=w.police_song), draft=SAID, at=NOON)
    circulate(by=w.lan, agreement=own, workdays=5, at=NOON)
    m.Participation.objects.get_or_create(matter=own.matter, unit=w.police, defaults={"role": "inform", "asked_at": NOON, "state": "informed"})
    clauses = [ClauseDraft("Điều 9", "Câu chưa gửi ai.", duties=[DutyDraft("brief", "commune", "month")])]
    change_text(by=w.lan, agreement=own, draft=replace(draft_of(current(own)), clauses=clauses), seen=digest_now(current(own)), at=NOON)
    on = date(2026, 6, 20)
    assert [any(c.difference.label == "Điều 9" for c in compared(by, upper, own, on)) for by in (w.mai, w.lan)] == [False, True]
    assert [any("Điều 9" in str(lack.reason) for lack in lacks_of(by, own, on)) for by in (w.mai, w.lan)] == [False, True]
