"""How the command is called, in the language of everything else that it says."""

import os
import sys

import pytest

from phoihop.config.command import main


@pytest.mark.parametrize(
    ("language", "argv", "said"),
    [
        ("vi", ["users"], "cách gọi: phoihop users [-h] VIỆC ...\nphoihop users: lỗi: còn thiếu: VIỆC\n"),
        ("en", ["users"], "usage: phoihop users [-h] WHAT ...\nphoihop users: error: the following arguments are required: WHAT\n"),
        ("vi", ["journal", "x"], "cách gọi: phoihop journal [-h] verify\nphoihop journal: lỗi: verify: không có 'x'; chọn một trong 'verify'\n"),
        ("en", ["journal", "x"], "usage: phoihop journal [-h] verify\nphoihop journal: error: argument verify: invalid choice: 'x' (choose from 'verify')\n"),
    ],
)
def test_a_call_that_is_not_understood_is_explained_in_the_language_of_the_command(monkeypatch, capsys, language, argv, said):
    monkeypatch.setattr("phoihop.config.apart.LANGUAGE", language)
    with pytest.raises(SystemExit) as ended:
        main(argv)
    assert (ended.value.code, capsys.readouterr().err) == (2, said)


def test_help_is_one_language(capsys):
    with pytest.raises(SystemExit):
        main(["agreement", "export", "--help"])
    said = capsys.readouterr().out
    assert [word for word in ("usage", "options", "arguments", "show this", "CODE", "FILE") if word in said] == []


def test_who_reads_no_further_ends_the_command_in_peace(monkeypatch):
    """As ``phoihop users list | head``: what is printed to nobody is no fault, also what is still held back when the program ends."""
    read, write = os.pipe()
    with os.fdopen(write, "w") as out:
        monkeypatch.setattr("phoihop.config.command._in_words", lambda _words: sys.stdout.write("\n" * 100_000) and 0)
        monkeypatch.setattr("sys.stdout", out)
        os.close(read)
        assert main(["agreement", "verify"]) == 0
        out.write("still held")
