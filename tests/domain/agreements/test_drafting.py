"""Drafting a text and changing it."""

import pytest

from phoihop.domain import models as m
from tests.domain.agreements.agreed import a_regulation
from tests.world import songdat

pytestmark = pytest.mark.django_db


def test_a_draft_has_a_code_its_first_version_parties_clauses_and_duties():
    w = songdat()
    a = a_regulation(w)
    assert a.matter.code.startswith("QC-26-PH86-")
    assert (a.stage, a.matter.lead, a.issuer) == ("draft", w.police_song, w.police_song)
    version = a.versions.get()
    assert [c.label for c in version.clauses.order_by("order")] == ["Điều 1", "Điều 2"]
    assert list(m.Duty.objects.values_list("act", "due_workdays")) == [("patrol", 3)]
    assert list(a.parties.order_by("order").values_list("unit__name", "role", "signs"))[0] == ("Công an xã Sông", "lead", True)
