"""Legal instruments: what ships, what a node adds, chains, and how one stands on a day."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.instruments import add_instrument, end_instrument, lay, lay_instruments, link_instruments
from phoihop.domain.agreements.queries.instruments import by_number, chain_of, instruments, up_to_date
from phoihop.domain.agreements.rules.instruments import InstrumentDraft, LinkDraft, Standing, hold_together, shipped, standing
from phoihop.kernel.verdict import Refused
from tests.world import NOON, songdat

TODAY = date(2026, 6, 1)


def test_what_ships_holds_together_and_every_line_says_where_it_is_from():
    drafts, links = shipped()
    assert hold_together(drafts, links)
    assert [code for code, d in drafts.items() if not d.source] == []
    assert {(link.later, link.kind) for link in links if link.earlier == "nd-133-2015"} == {("nd-02-2020", "replaces")}


@pytest.mark.parametrize(
    ("links", "code"),
    [
        ([LinkDraft("a", "b", "replaces")], ""),
        ([LinkDraft("a", "x", "replaces")], "no-instrument"),
        ([LinkDraft("a", "b", "replaces"), LinkDraft("b", "c", "amends"), LinkDraft("c", "a", "implements")], "basis-circular"),
    ],
    ids=["fine", "unknown", "circle"],
)
def test_links_lead_somewhere_and_never_back(links, code):
    assert hold_together(["a", "b", "c"], links).code == code


@pytest.mark.parametrize(
    ("first", "until", "replaced", "stands"),
    [
        (None, None, False, Standing.IN_FORCE),
        (date(2026, 6, 1), None, False, Standing.IN_FORCE),
        (date(2026, 6, 2), None, False, Standing.NOT_YET),
        (None, date(2026, 6, 1), False, Standing.LAPSED),
        (None, date(2026, 6, 2), False, Standing.IN_FORCE),
        (None, None, True, Standing.REPLACED),
        (None, date(2022, 2, 10), True, Standing.REPLACED),
    ],
    ids=["no days", "from today", "from tomorrow", "until today", "until tomorrow", "replaced some day", "replaced and over"],
)
def test_how_an_instrument_stands(first, until, replaced, stands):
    assert standing(m.Instrument(valid_from=first, valid_until=until), replaced, TODAY) == stands


@pytest.mark.django_db
def test_laying_twice_changes_nothing_and_a_mended_line_is_taken_over():
    w = songdat()
    drafts, links = shipped()
    assert up_to_date() is False
    assert lay_instruments(by=w.node, at=NOON) == len(drafts) + len(links)
    assert (up_to_date(), lay_instruments(by=w.node, at=NOON)) == (True, 0)
    m.Instrument.objects.filter(code="nd-03-2019").update(title="khác")
    assert up_to_date() is False
    assert lay_instruments(by=w.node, at=NOON) == 1


@pytest.mark.django_db
def test_only_the_node_lays_and_only_an_administrator_adds():
    w = songdat()
    draft = InstrumentDraft("qd", "12/2026/QĐ-UBND", "UBND tỉnh Sông Đất", "Quy chế hoạt động của tổ bảo vệ", "Công báo tỉnh")
    with pytest.raises(Refused) as refused:
        lay_instruments(by=w.mai, at=NOON)
    assert refused.value.verdict.code == "not-your-role"
    with pytest.raises(Refused) as refused:
        add_instrument(by=w.lan, draft=draft, at=NOON)
    assert refused.value.verdict.code == "not-your-role"
    assert add_instrument(by=w.quan, draft=draft, at=NOON).code == "qd-12-2026-qd-ubnd"
    with pytest.raises(Refused) as refused:
        add_instrument(by=w.quan, draft=draft, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("instrument-twice", "number")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": "xx"}, "no-such-kind", "kind"),
        ({"number": " "}, "number-missing", "number"),
        ({"issuer": ""}, "issuer-missing", "issuer"),
        ({"title": ""}, "title-missing", "title"),
        ({"source": ""}, "source-missing", "source"),
        ({"valid_from": date(2026, 1, 1), "valid_until": date(2026, 1, 1)}, "ends-before-start", "valid_until"),
    ],
    ids=["kind", "number", "issuer", "title", "source", "ends before"],
)
def test_an_instrument_says_what_it_is(change, code, field):
    w = songdat()
    plain = {"kind": "qd", "number": "12/2026/QĐ-UBND", "issuer": "UBND", "title": "Quy chế", "source": "Công báo"}
    with pytest.raises(Refused) as refused:
        add_instrument(by=w.quan, draft=InstrumentDraft(**plain | change), at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)


@pytest.mark.django_db
def test_the_chain_goes_back_and_forth_through_any_number_of_steps():
    songdat()
    lay(*shipped())
    chain = chain_of(m.Instrument.objects.get(code="nd-133-2015"), TODAY)
    assert chain.standing == Standing.REPLACED
    assert [(s.instrument.number, s.kind, s.standing.value) for s in chain.after] == [("02/2020/NĐ-CP", "replaces", "in-force")]
    assert {s.instrument.number for s in chain.before} == {"74/2010/NĐ-CP", "100/2010/TTLT-BQP-BCA"}


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["dân quân tự vệ", "dan quan tu ve", "DÂN QUÂN"], ids=["with marks", "without", "capitals"])
def test_instruments_are_found_with_and_without_diacritics(typed):
    songdat()
    lay(*shipped())
    assert "nd-02-2020" in set(instruments(typed).values_list("code", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nghị định 03/2019/NĐ-CP ngày 05/9/2019", "nd-03-2019"),
        ("NĐ 03/2019", "nd-03-2019"),
        ("Nghị định số 133/2015", "nd-133-2015"),
        ("Luật 117/2025", "luat-117-2025"),
        ("Kết luận số 44-KL/TW", "kl-44-tw"),
        ("103/2019/NĐ-CP", None),
    ],
    ids=["whole", "short", "spelled", "law", "party", "another number"],
)
def test_an_instrument_is_known_by_its_number_in_a_text(text, code):
    songdat()
    lay(*shipped())
    found = by_number([text]).get(text)
    assert (found.code if found else None) == code


@pytest.mark.django_db
def test_a_link_back_to_its_beginning_is_refused():
    w = songdat()
    lay(*shipped())
    old, new = m.Instrument.objects.get(code="nd-74-2010"), m.Instrument.objects.get(code="nd-02-2020")
    with pytest.raises(Refused) as refused:
        link_instruments(by=w.quan, later=old, earlier=new, kind="replaces", at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("basis-circular", "earlier")


@pytest.mark.django_db
def test_what_an_administrator_ended_stays_ended_when_the_list_is_laid_anew():
    w = songdat()
    lay_instruments(by=w.node, at=NOON)
    end_instrument(by=w.quan, instrument=m.Instrument.objects.get(code="nd-06-2014"), valid_until=date(2026, 5, 1), at=NOON)
    assert lay_instruments(by=w.node, at=NOON) == 0
    assert m.Instrument.objects.get(code="nd-06-2014").valid_until == date(2026, 5, 1)
