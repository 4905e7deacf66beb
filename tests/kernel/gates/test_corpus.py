"""The public corpus, line by line. Who changes a gate adds the lines that made him do it."""

from collections import Counter
from pathlib import Path

import pytest

from phoihop.kernel.gates.rates import PASSES, Line, lines, summary

CORPUS = Path(__file__).parent.parent / "corpus"
ORDINARY, REFUSED, ASKED = (list(lines(CORPUS / f"{kind}.tsv")) for kind in ("ordinary", "refused", "asked"))


@pytest.mark.parametrize("line", [*ORDINARY, *REFUSED, *ASKED], ids=lambda line: line.place)
def test_a_line_of_the_corpus_is_judged_as_it_says(line: Line):
    assert line.code == line.expected, line.text


def test_the_corpus_is_as_large_as_the_rules_ask():
    assert (len(ORDINARY) >= 500, len(REFUSED) >= 200, len(ASKED) >= 60) == (True, True, True)


def test_each_list_holds_only_its_own_kind():
    assert {line.expected for line in ORDINARY} == {PASSES}
    assert {line.expected for line in ASKED} == {"person-name"}
    assert {PASSES, "person-name"} & {line.expected for line in REFUSED} == set()


def test_no_line_stands_twice():
    counts = Counter((line.text, line.reading.title, line.reading.spread) for line in (*ORDINARY, *REFUSED, *ASKED))
    assert [text for text, count in counts.items() if count > 1] == []


def test_every_gate_for_texts_has_lines():
    per_code = Counter(line.expected for line in REFUSED)
    assert {code for code, count in per_code.items() if count >= 5} >= {
        "secret-mark", "secret-series", "out-of-scope", "identity-number", "passport-number", "private-phone", "bank-account", "plate", "vessel-number",
        "birth-date", "home-address",
    }  # fmt: skip


def test_the_rates_are_printed_for_every_release(tmp_path):
    for kind, rows in (
        ("ordinary", "ok\tđi tuyến kênh Ba\nok\tgọi 0912 345 678\n"),
        ("refused", "plate\txe 64A-123.45\nplate\txe con\n"),
        ("asked", "person-name\tông Nguyễn Văn An\n"),
    ):
        (tmp_path / f"{kind}.tsv").write_text(rows, encoding="utf-8")
    assert summary(tmp_path) == "corpus: 2 ordinary, 1 refused (50.0 %); 2 to refuse, 1 passed (50.0 %); 1 to ask, 0 passed (0.0 %)"
