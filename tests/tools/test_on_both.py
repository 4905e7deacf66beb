"""A suite on two databases is green where both are, and what each said is told."""

from __future__ import annotations

import pytest

from tools import on_both

SAYS = "import sys; print(%r); sys.exit(int(sys.argv[%d]))"


@pytest.mark.parametrize(("sqlite", "postgres", "answer"), [(0, 0, 0), (0, 3, 3), (2, 0, 2), (2, 3, 2)])
def test_it_fails_where_either_fails_and_both_are_heard(sqlite, postgres, answer, tmp_path, monkeypatch, capfd):
    for n, name in enumerate(("sqlite", "postgres"), 1):
        (tmp_path / f"with_{name}.py").write_text(SAYS % (name, n), encoding="utf-8")
    monkeypatch.setattr(on_both, "HERE", tmp_path)
    assert on_both.main([str(sqlite), str(postgres)]) == answer
    assert capfd.readouterr().out.split() == ["sqlite", "On", "PostgreSQL:", "postgres"]
