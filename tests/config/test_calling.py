"""How the command is called, in the language of everything else that it says."""

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
