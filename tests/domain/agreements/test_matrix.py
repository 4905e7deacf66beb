"""The matrix of duties, coverage and quality, read from the records of the small world."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.queries.covered import covered
from phoihop.domain.agreements.queries.matrix import matrix, matrix_in_force
from phoihop.domain.agreements.queries.quality import lacks_of
from phoihop.domain.agreements.rules.drafts import PartyDraft
from tests.domain.agreements.duties import agreed, meeting
from tests.world import songdat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def told(found):
    return [(line.content, line.duty.act, {code: [r.role for r in roles] for code, roles in line.parts.items()}) for line in found.lines]


def test_a_text_says_for_each_content_which_force_leads_supports_advises_or_informs():
    w = songdat()
    inform = meeting(w, act="inform", lead={"unit": w.station}, support={"unit": w.front_song})
    made = agreed(w, meeting(w), inform)
    found = matrix(made.versions.get())
    assert told(found) == [("trattu", "brief", {"CA": ["lead"], "DQ": ["support"]}), ("trattu", "inform", {"BP": ["lead"], "MT": ["support"]})]
    assert [f.code for f in found.forces] == ["CA", "BP", "DQ", "MT"]


@pytest.mark.parametrize(("who", "sees"), [("lan", 1), ("binh", 1), ("hai", 1), ("phuong", 0), ("tu", 0)])
def test_what_is_in_force_for_my_unit_is_what_binds_it_or_names_its_force_where_it_stands(who, sees):
    w = songdat()
    made = agreed(w, meeting(w))
    m.Participation.objects.create(
        matter=made.matter, unit=w.station, role="support", state="accepted", asked_at="2026-06-01T00:00Z", answered_at="2026-06-01T00:00Z"
    )
    assert len(matrix_in_force(getattr(w, who), TODAY).lines) == sees
    m.Agreement.objects.update(ended_on=TODAY)
    assert matrix_in_force(getattr(w, who), TODAY).lines == []


@pytest.mark.parametrize(("level", "sees"), [("commune", 1), ("province", 0)])
def test_what_falls_to_the_military_of_a_commune_is_in_force_for_its_militias_command(level, sees):
    w = songdat()
    of_police = {"parties": [PartyDraft(w.police_song, "lead"), PartyDraft(w.station, "support")], "areas": [w.province]}
    agreed(w, meeting(w, level=level, lead={"force": w.forces["QS"]}, support={"force": w.forces["PC"]}), **of_police)
    assert len(matrix_in_force(w.binh, TODAY).lines) == sees


def test_a_commune_without_a_regulation_for_a_content_is_a_gap():
    w = songdat()
    made = agreed(w, meeting(w))
    communes, found = covered(w.mai, w.province, TODAY)
    assert [c.code for c in communes] == ["29001", "29002"]
    assert found == {w.song.pk: {"trattu": {made.pk}}, w.dat.pk: {}}
    m.Agreement.objects.update(kind="nam")
    assert covered(w.mai, w.province, TODAY)[1] == {w.song.pk: {}, w.dat.pk: {}}


def test_an_agreement_is_told_what_it_lacks():
    w = songdat()
    made = agreed(w, meeting(w, lead={"force": w.forces["PC"]}), meeting(w, "demand", act="inform", lead={"unit": w.front_song}))
    found = [(lack.about, lack.code, lack.clause) for lack in lacks_of(w.lan, made, TODAY)]
    assert found == [
        ("parties", "force-not-bound", 0),
        ("lead", "no-unit-there", 1),
        ("contacts", "no-contact", 0),
        ("contacts", "no-contact", 0),
        ("contacts", "no-contact", 0),
        ("deadlines", "no-deadline", 1),
        ("review", "no-review", 0),
    ]


def test_two_agreements_in_force_that_name_two_leads_conflict_where_they_meet():
    w = songdat()
    of_commune = agreed(w, meeting(w))
    parties = [PartyDraft(w.police_song, "lead"), PartyDraft(w.army, "support")]
    of_province = agreed(w, meeting(w, lead={"force": w.forces["BP"]}), areas=[w.province], parties=parties)
    for one, other in ((of_commune, of_province), (of_province, of_commune)):
        told = [str(lack.reason) for lack in lacks_of(w.lan, one, TODAY) if lack.code == "two-leads"]
        assert len(told) == 1
        assert other.matter.code in told[0]


def test_the_same_lead_by_force_and_by_unit_is_no_conflict():
    w = songdat()
    agreed(w, meeting(w))
    named = agreed(w, meeting(w, lead={"unit": w.police_song}))
    assert [lack.code for lack in lacks_of(w.lan, named, TODAY) if lack.about == "conflict"] == []


@pytest.mark.parametrize(("other", "conflicts"), [({"force": "QS"}, []), ({"unit": "army"}, ["two-leads"]), ({"force": "CA"}, ["two-leads"])])
def test_military_and_militia_of_a_commune_are_one_lead(other, conflicts):
    w = songdat()
    agreed(w, meeting(w, lead={"force": w.forces["DQ"]}, support={"force": w.forces["CA"]}))
    lead = {"unit": w.army} if "unit" in other else {"force": w.forces[other["force"]]}
    second = agreed(w, meeting(w, lead=lead, support={"force": w.forces["PC"]}))
    assert [lack.code for lack in lacks_of(w.lan, second, TODAY) if lack.about == "conflict"] == conflicts
