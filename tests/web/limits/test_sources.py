"""What the pages and docs/reference are made of: nothing is forgotten, nothing is nameless, and the mechanisms keep their word."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

from phoihop.kernel.action import ACTIONS
from phoihop.web.limits.kept import kinds, records, retention
from phoihop.web.limits.mechanisms import WAITS, mechanisms
from phoihop.web.limits.names import LISTS, RECORDS, TOPICS
from phoihop.web.limits.refusals import refusals
from phoihop.web.limits.views import readable
from phoihop.web.shell import exists

ROOT = Path(__file__).resolve().parents[3]
OURS = {m.__name__ for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("phoihop.")}


def test_every_table_is_listed_with_a_name_for_everybody():
    assert sorted(r.name for r in records()) == sorted(OURS)
    assert sorted(RECORDS) == sorted(OURS)


def test_every_field_of_every_table_says_what_it_is_for():
    assert [f"{r.name}.{f.name}" for r in records() for f in r.fields if not str(f.purpose).strip() or not str(f.type).strip()] == []
    body = next(r for r in records() if r.name == "User")
    assert str(next(f for f in body.fields if f.name == "password").purpose) == "mật khẩu (chỉ giữ bản băm Argon2id)"


def test_every_closed_list_has_a_name_and_none_is_named_in_vain():
    assert sorted(k.name for k in kinds()) == sorted(LISTS)
    roles = next(k for k in kinds() if k.name == "Role")
    assert ("duty", "Trực ban") in [(value, str(label)) for value, label in roles.values]


def test_no_list_of_means_knows_a_weapon():
    means = next(k for k in kinds() if k.name == "MeansKind")
    assert [str(label) for _value, label in means.values if "súng" in str(label) or "vũ khí" in str(label)] == []


def test_every_refusal_is_found_with_its_sentence():
    said = {r.code: r for r in refusals()}
    assert "Vai của bạn không được làm việc này." in said["not-your-role"].sentences
    assert said["not-your-role"].topics == ("activities", "people")
    assert [code for code, r in said.items() if not r.sentences or not all(s.strip() for s in r.sentences)] == []
    assert [t for r in said.values() for t in r.topics if t not in TOPICS] == []


def test_a_sentence_given_through_a_name_is_found_too():
    """``locked`` is said as ``Verdict("locked", sentence % …)``."""
    assert next(r for r in refusals() if r.code == "locked").sentences[0].startswith("Sai nhiều lần liên tiếp")


def test_what_is_filled_in_is_shown_as_dots():
    assert readable("%(area)s không tồn tại vào ngày %(day)s.") == "… không tồn tại vào ngày …."
    assert readable("Mã %s: lớn hơn {n}, không quá 100%%.") == "Mã …: lớn hơn …, không quá 100%."


def test_photos_are_kept_ninety_days():
    assert {purpose: days for purpose, _label, days in retention()}["photo"] == 90


def test_the_126_mechanisms_are_all_answered():
    assert len(mechanisms()) == 126
    assert [m.n for m in mechanisms() if [m.built, bool(m.waits), m.out].count(True) != 1] == []
    assert {m.waits for m in mechanisms()} - {""} == set(WAITS)  # an issue that is done is waited for by nothing
    assert [m.n for m in mechanisms() if not m.capability or not m.capability_en or m.capability == m.capability_en] == []


def test_what_is_built_has_its_page_its_action_and_its_story():
    built = [m for m in mechanisms() if m.built]
    assert [m.n for m in built if not exists(m.page)] == []
    assert [m.n for m in built if m.action not in ACTIONS] == []
    assert [m.n for m in built if not _is_a_test(m.test)] == []


def test_what_is_out_of_scope_even_in_part_has_the_test_of_its_refusal():
    assert [m.n for m in mechanisms() if m.scope != "IN" and not _is_a_test(m.refusal)] == []
    assert [m.n for m in mechanisms() if m.scope == "IN" and m.refusal] == []


@pytest.mark.parametrize("named", ["", "tests/nowhere.py::test_it", "tests/web/limits/test_sources.py::test_that_is_not_there"])
def test_a_test_that_is_not_there_is_noticed(named):
    assert not _is_a_test(named)


def _is_a_test(named: str) -> bool:
    """``tests/…/test_x.py::test_name`` names a function of that file."""
    path, _, function = named.partition("::")
    if not path or not (ROOT / path).is_file():
        return False
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in tree.body)
