"""What a PDF that was signed elsewhere shows: who, unchanged or not, all of it or not, known chain or not."""

import pytest

from phoihop.kernel import pades
from phoihop.kernel.pades import examine
from tests.domain.agreements.signed_pdf import NOW, certificate, pdf, signed

PAGE = pdf("Quy chế phối hợp", "Giá trị băm: abc")
SIGNED = signed(PAGE)
TWICE = signed(SIGNED, "Lê Thị Ký", "Ban CHQS xã Sông")


def shown(content):
    found = examine(content, NOW)
    return [(s.subject, s.intact, s.chain) for s in found.signatures], found.whole


def test_one_signature_over_the_whole_file():
    assert shown(SIGNED) == ([("Trần Văn Kiểm, Công an xã Sông", True, None)], True)
    assert "Giá trị băm: abc" in examine(SIGNED, NOW).text


def test_a_second_signature_leaves_the_first_intact():
    assert shown(TWICE) == ([("Trần Văn Kiểm, Công an xã Sông", True, None), ("Lê Thị Ký, Ban CHQS xã Sông", True, None)], True)


def test_an_identity_number_in_the_certificate_is_not_shown():
    assert "086099012345" not in examine(SIGNED, NOW).signatures[0].subject


@pytest.mark.parametrize(
    "content",
    [SIGNED.replace(b"/Contents", b"/Contentz", 1), SIGNED.replace(b"%PDF-1.7", b"%PDF-1.6", 1), SIGNED + b"\n% added afterwards\n"],
    ids=["a name changed", "the first line changed", "bytes added"],
)
def test_a_file_that_was_changed_does_not_pass_as_signed(content):
    found = examine(content, NOW)
    assert content != SIGNED
    assert [bool(s.intact and found.whole) for s in found.signatures] in ([], [False])


@pytest.mark.parametrize("content", [PAGE, b"", b"no pdf at all", SIGNED[:2000]], ids=["unsigned", "empty", "no pdf", "cut"])
def test_what_is_not_signed_shows_no_signature(content):
    assert examine(content, NOW).signatures == ()


def test_a_chain_is_known_where_the_node_trusts_its_root(tmp_path, monkeypatch):
    monkeypatch.setattr(pades, "trust_folder", tmp_path)
    assert shown(SIGNED)[0][0][2] is False
    (tmp_path / "root.pem").write_bytes(certificate("Trần Văn Kiểm", "Công an xã Sông")[0])
    assert shown(SIGNED)[0][0][2] is True
    assert examine(SIGNED, NOW).chain
