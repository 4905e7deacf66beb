import pytest
from django.utils import translation

from phoihop.kernel import gates
from phoihop.kernel.gates.refusals import REFUSALS, masked, verdict


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=lambda r: r.code)
def test_every_refusal_says_what_why_on_which_basis_and_what_to_do(refusal):
    with translation.override("vi"):
        said = [str(part) for part in (refusal.what, refusal.why, refusal.basis, refusal.says)]
    assert [part for part in said if len(part) < 8] == []
    assert refusal.code == refusal.code.lower().replace("_", "-")
    assert len(str(verdict(refusal.code, "x").reason)) < 260


def test_only_names_are_asked_about():
    assert [r.code for r in REFUSALS.values() if r.asks] == ["person-name", "names-in-file"]


def test_secrets_and_persons_are_refused_by_a_law_that_is_named():
    by_law = {r.code: str(r.basis) for r in REFUSALS.values()}
    assert "117/2025/QH15" in by_law["secret-mark"]
    assert "91/2025/QH15" in by_law["private-phone"]


def test_the_table_is_there_for_the_page_that_shows_it():
    assert gates.REFUSALS is REFUSALS


def test_a_refusal_names_the_place_in_a_file_first():
    assert str(verdict("plate", "64A…45", place="trang 2").reason).startswith("trang 2: Có biển số xe (64A…45).")


@pytest.mark.parametrize(("number", "shown"), [("0912 345 678", "091…78"), ("64A-123.45", "64A…45"), ("1985", "1…"), ("", "…")])
def test_a_number_is_masked(number, shown):
    assert masked(number) == shown
