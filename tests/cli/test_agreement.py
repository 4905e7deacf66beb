"""``phoihop agreement export`` and ``verify``: a file that proves itself, also where there is no database."""

from __future__ import annotations

import json

import pytest

from phoihop.domain.agreements.queries.versions import current
from tests.cli.running import ran
from tests.domain.agreements.agreed import a_regulation, for_signing, in_force
from tests.world import songdat


@pytest.fixture
def exported(db, tmp_path, capsys, settings):
    """An agreement that is in force on paper, and its file."""
    settings.DATA = tmp_path
    a = in_force(songdat())
    file = tmp_path / "a.json"
    code, out, _err = ran(capsys, "agreement", "export", a.matter.code.lower(), "--output", str(file))
    assert (code, current(a).digest in out) == (0, True)
    return a, file


def test_a_file_is_verified_without_a_database(exported, capsys, django_db_blocker):
    a, file = exported
    with django_db_blocker.block():
        code, out, _err = ran(capsys, "agreement", "verify", str(file))
    lines = out.splitlines()
    assert (code, lines[0]) == (0, f"{a.matter.code}, version 1, digest {current(a).digest}")
    assert [line.split("\t")[:2] for line in lines[1:4]] == [
        ["on paper", "Công an xã Sông"], ["on paper", "Ban CHQS xã Sông"], ["on paper", "Đồn Biên phòng Cửa Sông"],
    ]  # fmt: skip
    assert lines[4].endswith("signature holds")


def test_one_letter_flipped_is_found(exported, capsys):
    _a, file = exported
    file.write_text(file.read_text(encoding="utf-8").replace("bốn lần", "bổn lần"), encoding="utf-8")
    code, out, _err = ran(capsys, "agreement", "verify", str(file))
    assert code == 1
    assert [line.split("\t")[0] for line in out.splitlines() if "\t" in line] == ["INVALID"] * 3
    assert "signature does NOT hold" in out


def test_the_exporting_node_can_be_named(exported, capsys):
    _a, file = exported
    key = json.loads(file.read_text(encoding="utf-8"))["node_key"]
    assert ran(capsys, "agreement", "verify", str(file), "--node", key)[0] == 0
    assert ran(capsys, "agreement", "verify", str(file), "--node", "00" * 32)[0] == 1


def test_who_has_not_signed_yet_is_told(db, tmp_path, capsys, settings):
    settings.DATA = tmp_path
    w = songdat()
    a = a_regulation(w)
    for_signing(w, a)
    ran(capsys, "agreement", "export", a.matter.code, "--output", str(tmp_path / "b.json"))
    code, out, _err = ran(capsys, "agreement", "verify", str(tmp_path / "b.json"))
    assert (code, [line.split("\t")[0] for line in out.splitlines() if "\t" in line]) == (1, ["not signed"] * 3)


def test_a_file_goes_to_the_terminal_or_beside_where_one_stands(db, tmp_path, capsys, settings, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.chdir(tmp_path)
    a = in_force(songdat())
    _code, out, _err = ran(capsys, "agreement", "export", a.matter.code, "--output", "-", "--version", "1")
    assert json.loads(out)["code"] == a.matter.code
    ran(capsys, "agreement", "export", a.matter.code)
    assert (tmp_path / f"{a.matter.code}.json").exists()


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "no json", '{"format": "phoihop-agreement/1"}', "[" * 100_000], ids=["empty", "list", "map", "words", "head", "deep"]
)
def test_a_file_of_another_kind_is_told(tmp_path, capsys, content):
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    code, _out, err = ran(capsys, "agreement", "verify", str(file))
    assert (code, "is no exported agreement" in err) == (2, True)


def test_an_unknown_agreement_is_told(db, capsys):
    songdat()
    code, _out, err = ran(capsys, "agreement", "export", "QC-26-PH86-9-9")
    assert (code, "there is no agreement" in err) == (2, True)
