"""A secret of the node: one for all processes, whole or not there."""

from __future__ import annotations

import os

import pytest

from phoihop.config.secret_file import secret_in


def test_it_is_made_once_for_its_owner_alone(tmp_path):
    file = tmp_path / "secret.key"
    assert (secret_in(file, lambda: "first"), secret_in(file, lambda: "second")) == ("first", "first")
    assert ([one.name for one in tmp_path.iterdir()], file.stat().st_mode & 0o777) == (["secret.key"], 0o600)


def test_of_two_processes_that_begin_at_once_both_have_what_the_faster_made(tmp_path):
    file = tmp_path / "secret.key"
    assert secret_in(file, lambda: secret_in(file, lambda: "faster") and "slower") == "faster"
    assert [one.name for one in tmp_path.iterdir()] == ["secret.key"]


def test_a_full_disk_leaves_nothing_that_would_be_taken_for_a_secret(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    file = tmp_path / "secret.key"
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            secret_in(file, lambda: "half")
    assert list(tmp_path.iterdir()) == []
    assert secret_in(file, lambda: "whole") == "whole"
