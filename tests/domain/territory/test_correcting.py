import json

import pytest

from phoihop.domain import models as m
from phoihop.domain.territory.actions.correcting import correct, correct_heirs, declare_share, settle
from phoihop.domain.territory.actions.importing import lay
from phoihop.domain.territory.queries import became, checks, pieces
from phoihop.domain.territory.rules import TWO_TIERS, Lists
from phoihop.domain.territory.rules.judging import Correction
from phoihop.kernel.verdict import Refused
from tests.domain.territory.small import became as became_row
from tests.domain.territory.small import events, old, world_before
from tests.world import NOON

pytestmark = pytest.mark.django_db


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(at=NOON, **arguments)
    return refused.value.verdict.code


def test_a_correction_mends_the_area_and_the_event_names_the_fields_not_the_texts():
    w = world_before()
    area = correct(by=w.quan, area=w.song, correction=Correction(name="Sông Cái ", lat=10.5, lon=106.2), at=NOON)
    area.refresh_from_db()
    assert (area.name, area.folded, area.lat, area.lon, area.kind) == ("Sông Cái", "song cai", 10.5, 106.2, "xa")
    (event,) = events("area.corrected")
    assert json.loads(event.body) == {"area": "29001", "since": "2025-07-01", "fields": ["lat", "lon", "name"]}


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (Correction(), "nothing-changed"),
        (Correction(name="Sông"), "nothing-changed"),
        (Correction(name="  "), "name-missing"),
        (Correction(kind="lang"), "no-such-kind"),
        (Correction(lat=2.0, lon=106.0), "not-in-vietnam"),
        (Correction(hectares=-1), "size"),
    ],
)
def test_a_correction_that_says_nothing_sensible_is_refused(correction, code):
    w = world_before()
    assert refusal(correct, by=w.quan, area=w.song, correction=correction) == code


def test_wrong_heirs_are_replaced_and_no_longer_doubted():
    w = world_before()
    correct_heirs(by=w.quan, old=w.old_29004, heirs=[w.dat], basis="Bảng chuyển đổi", at=NOON)
    assert became(w.old_29004, NOON.date()).areas == [w.dat]
    assert list(w.old_29004.became.values_list("kind", "basis", "doubt")) == [("merge", "Bảng chuyển đổi", "settled")]
    assert json.loads(events("area.corrected")[0].body)["before"] == ["29001", "29002"]


def test_heirs_that_cannot_be_are_refused():
    w = world_before()
    assert [
        refusal(correct_heirs, by=w.quan, old=w.song, heirs=[w.dat], basis=""),
        refusal(correct_heirs, by=w.quan, old=w.old_29004, heirs=[], basis=""),
        refusal(correct_heirs, by=w.quan, old=w.old_29004, heirs=[w.dat, w.dat], basis=""),
        refusal(correct_heirs, by=w.quan, old=w.old_29004, heirs=[w.old_29003], basis=""),
    ] == ["area-not-ended", "heir-missing", "area-twice", "heir-not-then"]


def test_declared_shares_turn_a_group_into_an_estimate():
    w = world_before()
    first, until = NOON.date().replace(year=2025, month=1, day=1), NOON.date()
    assert pieces(w.song, first, until, until).group == {w.song.pk, w.dat.pk}
    declare_share(by=w.quan, old=w.old_29004, shares={w.song.pk: 700_000, w.dat.pk: 300_000}, basis="QĐ 12/QĐ-UBND", at=NOON)
    found = pieces(w.song, first, until, until)
    assert (found.group, found.exact, {p.area: p.share for p in found.pieces}) == (
        {w.song.pk}, False, {w.old_29001.pk: None, w.old_29003.pk: None, w.old_29004.pk: 700_000, w.song.pk: None},
    )  # fmt: skip
    assert json.loads(events("area.share_declared")[0].body)["shares"] == {"29001": 700_000, "29002": 300_000}
    assert [len(r.findings) for r in checks(["split-without-shares", "shares"])] == [0, 0]


def test_shares_that_do_not_add_up_are_refused():
    w = world_before()
    a, b = w.song.pk, w.dat.pk
    assert [
        refusal(declare_share, by=w.quan, old=w.old_29004, shares={a: 700_000, b: 400_000}, basis="QĐ"),
        refusal(declare_share, by=w.quan, old=w.old_29004, shares={a: 1_000_000, b: 0}, basis="QĐ"),
        refusal(declare_share, by=w.quan, old=w.old_29004, shares={a: 1_000_000}, basis="QĐ"),
        refusal(declare_share, by=w.quan, old=w.old_29004, shares={a: 500_000, b: 500_000}, basis=" "),
        refusal(declare_share, by=w.quan, old=w.old_29003, shares={a: 1_000_000}, basis="QĐ"),
        refusal(declare_share, by=w.mai, old=w.old_29004, shares={a: 500_000, b: 500_000}, basis="QĐ"),
    ] == ["shares", "shares", "shares", "basis-missing", "not-split", "not-your-role"]


def test_a_doubt_that_is_settled_stays_settled_through_the_next_import():
    w = world_before()
    rows = (old("district", "851", "huyen", "Xa", "86"), old("commune", "29008", "xa", "Lạ", "851", lat=12.0))
    lists = Lists(rows, (became_row("29008", "29001", "merge"), became_row("851", None, "abolish")), "small", False)
    lay(lists, by=w.quan, at=NOON)
    doubtful = m.Succession.objects.get(doubt="far")
    settle(by=w.quan, succession=doubtful, at=NOON)
    assert (lay(lists, by=w.quan, at=NOON).doubtful, m.Succession.objects.get(pk=doubtful.pk).doubt) == (0, "settled")
    assert refusal(settle, by=w.quan, succession=doubtful) == "nothing-in-doubt"
    assert doubtful.day == TWO_TIERS
