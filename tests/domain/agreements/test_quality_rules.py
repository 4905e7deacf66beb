"""What an agreement lacks, each with its reason and its place; which communes are not covered; who else claims the lead."""

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain.agreements.rules.coverage import Held, coverage, gaps
from phoihop.domain.agreements.rules.norms import Holding
from phoihop.domain.agreements.rules.quality import AgreementSeen, Claim, ClauseSeen, DutySeen, Rival, lacks, rivals_of
from phoihop.kernel.period import FOREVER, Period

TODAY = date(2026, 6, 1)
WHOLE = DutySeen("month", has_lead=True, has_deadline=True)
ALWAYS = Period(date(2026, 1, 1), FOREVER)


def seen(**change):
    plain = {
        "signatories": ["CA xã", "CHQS xã"], "without_contact": [], "forces_in_duties_not_bound": [], "next_review": date(2026, 12, 1),
        "clauses": [ClauseSeen(1, "Điều 1", "trattu", [WHOLE])],
    }  # fmt: skip
    return AgreementSeen(**plain | change)


def clause(**change):
    return ClauseSeen(**{"order": 4, "label": "Điều 4", "content": "trattu", "duties": [WHOLE]} | change)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"signatories": ["CA xã"]}, [("parties", "one-signatory", 0)]),
        ({"signatories": ["CA xã"], "joint": False}, []),
        ({"forces_in_duties_not_bound": ["Mặt trận"]}, [("parties", "force-not-bound", 0)]),
        ({"clauses": [clause(duties=[DutySeen("month", False, True), WHOLE])]}, [("lead", "duty-no-lead", 4)]),
        ({"clauses": [clause(duties=[DutySeen("month", True, True, homeless=2)])]}, [("lead", "no-unit-there", 4)]),
        ({"clauses": [clause(duties=[]), clause()]}, [("lead", "content-no-duty", 4)]),
        ({"clauses": [clause(duties=[]), clause(order=5, label="khoản 1 Điều 4")]}, []),
        ({"clauses": [clause(duties=[]), clause(order=5, label="khoản 1 Điều 14")]}, [("lead", "content-no-duty", 4)]),
        ({"clauses": [clause(content="")]}, [("lead", "duty-no-content", 4)]),
        ({"clauses": [clause(content="", duties=[])]}, [("lead", "no-duties", 0)]),
        ({"clauses": [clause(content="", duties=[])], "arranged": True}, []),
        ({"arranged": False}, [("lead", "not-arranged", 0)]),
        ({"without_contact": ["CA xã", "CHQS xã"]}, [("contacts", "no-contact", 0), ("contacts", "no-contact", 0)]),
        ({"clauses": [clause(duties=[DutySeen("demand", True, False)])]}, [("deadlines", "no-deadline", 4)]),
        ({"next_review": None}, [("review", "no-review", 0)]),
        ({"next_review": None, "review_follows": True}, []),
        ({"leaderless": 1}, [("lead", "step-no-lead", 0)]),
        ({"next_review": date(2026, 5, 31)}, [("review", "review-overdue", 0)]),
        ({"next_review": TODAY}, []),
        ({"rivals": [Rival("QC-1", "An ninh", "BĐBP", "Xã Sông", 4)]}, [("conflict", "two-leads", 4)]),
    ],
)
def test_each_lack_says_what_is_missing_and_where(change, expected):
    assert [(lack.about, lack.code, lack.clause) for lack in lacks(seen(**change), TODAY)] == expected


@pytest.mark.parametrize(("for_event", "named"), [(True, "Chưa có chốt, tổ, việc chuẩn bị"), (False, "Chưa có bước xử lý hay việc chuẩn bị nào")])
def test_what_a_plan_lacks_is_named_as_its_kind_has_it(for_event, named):
    assert [str(lack.reason).startswith(named) for lack in lacks(seen(arranged=False, for_event=for_event), TODAY)] == [True]


LESS = Holding({"need-contact": "0", "need-review": "0", "brief-commune": "quarter"})
BRIEF = DutySeen("quarter", True, True, act="brief", level="commune")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"clauses": [clause(duties=[BRIEF])]}, [("cadences", "too-seldom", 4)]),
        ({"clauses": [clause(duties=[BRIEF])], "holding": LESS}, []),
        ({"clauses": [clause(duties=[BRIEF]), clause(order=5, duties=[replace(BRIEF, cadence="month")])]}, []),
        ({"clauses": [clause(duties=[replace(BRIEF, cadence="demand")])]}, []),
        ({"clauses": [clause(duties=[replace(BRIEF, act="drill", cadence="term")])]}, []),
        (
            {"clauses": [clause(duties=[replace(BRIEF, act="drill", cadence="term")])], "holding": Holding({"drill-commune": "year"})},
            [("cadences", "too-seldom", 4)],
        ),
        ({"without_contact": ["CA xã"], "next_review": None}, [("contacts", "no-contact", 0), ("review", "no-review", 0)]),
        ({"without_contact": ["CA xã"], "next_review": None, "holding": LESS}, []),
        ({"next_review": date(2026, 5, 31), "holding": LESS}, [("review", "review-overdue", 0)]),
    ],
)
def test_what_is_asked_for_is_what_holds_where_the_text_is_kept(change, expected):
    assert [(lack.about, lack.code, lack.clause) for lack in lacks(seen(**change), TODAY)] == expected


def claim(agreement=2, lead=(None, "BP"), areas=(29001,), days=ALWAYS, **change):
    return Claim(
        **{"agreement": agreement, "content": "trattu", "act": "patrol", "level": "commune", "lead": lead, "areas": frozenset(areas), "days": days} | change
    )


@pytest.mark.parametrize(
    ("other", "conflicts"),
    [
        (claim(), True),
        (claim(lead=(None, "CA")), False),
        (claim(lead=(7, "CA")), False),
        (claim(agreement=1), False),
        (claim(areas=(29002,)), False),
        (claim(areas=(29001, 29002)), True),
        (claim(content="bien"), False),
        (claim(act="brief"), False),
        (claim(level="province"), False),
        (claim(days=Period(date(2020, 1, 1), date(2026, 1, 1))), False),
    ],
)
def test_two_leads_for_one_content_in_one_area_at_one_time_are_a_conflict(other, conflicts):
    assert bool(rivals_of([claim(agreement=1, lead=(None, "CA"))], [other])) is conflicts


def test_two_named_units_of_one_force_are_two_leads():
    assert len(rivals_of([claim(agreement=1, lead=(8, "CA"))], [claim(lead=(7, "CA"))])) == 1


def test_coverage_counts_what_holds_in_a_commune_and_above_it():
    above = {1: [1, 10], 2: [2, 10], 3: [3, 11]}
    found = coverage([1, 2, 3], above, [Held(100, 10, "trattu"), Held(101, 2, "trattu"), Held(102, 1, "thongtin")])
    assert found == {1: {"trattu": {100}, "thongtin": {102}}, 2: {"trattu": {100, 101}}, 3: {}}
    missing = gaps(found, {3: ["thongtin", "biengioi"]})
    assert {content: missing[content] for content in ("trattu", "thongtin", "biengioi")} == {"trattu": [], "thongtin": [2, 3], "biengioi": [1, 2, 3]}
    assert gaps(found)["trattu"] == [3]
