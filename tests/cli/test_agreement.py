"""``phoihop agreement export`` and ``verify``: a file that proves itself, also where there is no database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import phoihop
from phoihop.domain.agreements.queries.versions import current
from tests.cli.running import ran
from tests.domain.agreements.agreed import a_regulation, for_signing, in_force
from tests.world import songdat

SOURCE = Path(phoihop.__file__).parents[1]


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
    assert (code, lines[0]) == (0, f"{a.matter.code}, bản 1, giá trị băm {current(a).digest}")
    assert [line.split("\t")[:2] for line in lines[1:4]] == [
        ["bản giấy", "Công an xã Sông"], ["bản giấy", "Ban CHQS xã Sông"], ["bản giấy", "Đồn Biên phòng Cửa Sông"],
    ]  # fmt: skip
    assert lines[4].endswith("xuất: chữ ký đúng")


def test_one_letter_flipped_is_found(exported, capsys):
    _a, file = exported
    file.write_text(file.read_text(encoding="utf-8").replace("bốn lần", "bổn lần"), encoding="utf-8")
    code, out, _err = ran(capsys, "agreement", "verify", str(file))
    assert code == 1
    assert [line.split("\t")[0] for line in out.splitlines() if "\t" in line] == ["KHÔNG HỢP LỆ"] * 3
    assert "chữ ký KHÔNG đúng" in out


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
    assert (code, [line.split("\t")[0] for line in out.splitlines() if "\t" in line]) == (1, ["chưa ký"] * 3)


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
    assert (code, "không phải tệp kiểm chứng văn bản" in err) == (2, True)


def test_an_unknown_agreement_is_told(db, capsys):
    songdat()
    code, _out, err = ran(capsys, "agreement", "export", "QC-26-PH86-9-9")
    assert (code, "không có văn bản QC-26-PH86-9-9" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "language", "begins"),
    [
        (["agreement", "verify", "a.json"], "vi", "{code}, bản 1, giá trị băm {digest}"),
        (["agreement", "verify", "a.json"], "en", "{code}, version 1, digest {digest}"),
        (["--version"], "vi", "phoihop "),
    ],
    ids=["verify", "verify in English", "version"],
)
def test_what_needs_no_node_runs_in_a_bare_folder_and_leaves_nothing_there(exported, words, language, begins):
    a, file = exported
    (folder := file.parent / "elsewhere").mkdir()
    (folder / "a.json").write_bytes(file.read_bytes())
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SOURCE),
        "PHOIHOP_LANGUAGE": language,
        "PHOIHOP_DATABASE": "postgres://nobody@127.0.0.1:1/none",
    }
    done = subprocess.run([sys.executable, "-m", "phoihop", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(begins.format(code=a.matter.code, digest=current(a).digest))
    assert [one.name for one in folder.iterdir()] == ["a.json"]
