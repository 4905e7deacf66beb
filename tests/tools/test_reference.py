"""The generated reference: complete, the same on every run, and a difference is told in a sentence."""

from __future__ import annotations

import pytest

from phoihop.config.env import SETTINGS
from phoihop.kernel.action import ACTIONS
from phoihop.kernel.catalogue import EVENTS
from tools import reference


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return reference.made()


def test_every_event_action_and_setting_has_its_line(pages):
    assert [e for e in EVENTS if f"`{e}`" not in pages["events.md"]] == []
    assert [a for a in ACTIONS if f"### {a}\n" not in pages["actions.md"]] == []
    assert [s for s in SETTINGS if f"`PHOIHOP_{s}`" not in pages["settings.md"]] == []


def test_the_truth_table_of_a_patrol_comes_from_its_rule(pages):
    table = pages["states.md"]
    assert "| no | held | no | no | – | – | – | `waiting` chờ xác nhận |" in table
    assert "| no | held | no | yes | – | – | – | `held` đã tổ chức |" in table
    assert table.count("`held` ") == 1


def test_it_is_the_same_every_time(pages):
    assert reference.made() == pages


def test_a_difference_is_told_in_a_sentence(pages, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    monkeypatch.setattr(reference, "made", lambda: pages)
    assert reference.check() == 1
    assert "run make docs and commit" in capsys.readouterr().err
    assert reference.write() == 0
    assert reference.check() == 0
    (tmp_path / "old.md").write_text("gone", encoding="utf-8")
    assert reference.check() == 1
    reference.write()
    assert [p.name for p in tmp_path.glob("old.md")] == []


@pytest.mark.parametrize("argv", [[], ["look"], ["write", "check"]])
def test_a_wrong_call_is_answered_with_a_sentence(argv, capsys):
    assert reference.main(argv) == 2
    assert "Say what to do" in capsys.readouterr().err
