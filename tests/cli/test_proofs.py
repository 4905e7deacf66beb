"""``phoihop figures rebuild --check`` and ``phoihop journal verify``: proofs that print what they found."""

from __future__ import annotations

import pytest
from django.db import connection

from phoihop.config.command import main
from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import plan
from phoihop.kernel import guards
from tests.cli.running import ran
from tests.world import NOON, a_draft, songdat

pytestmark = pytest.mark.django_db


def test_balances_are_rebuilt_and_then_equal_the_facts(capsys):
    w = songdat()
    plan(by=w.lan, draft=a_draft(w), at=NOON)
    assert ran(capsys, "figures", "rebuild")[0] == 0
    code, out, _err = ran(capsys, "figures", "rebuild", "--check")
    assert (code, out) == (0, "0 chỗ lệch giữa số dư và bút toán\n")


def test_a_balance_that_differs_is_told(capsys):
    w = songdat()
    plan(by=w.lan, draft=a_draft(w), at=NOON)
    ran(capsys, "figures", "rebuild")
    m.Balance.objects.update(value=7)
    code, out, _err = ran(capsys, "figures", "rebuild", "--check")
    assert code == 1
    assert out.splitlines()[-1].endswith(" chỗ lệch giữa số dư và bút toán")


def test_a_whole_journal_is_proven(capsys):
    w = songdat()
    plan(by=w.lan, draft=a_draft(w), at=NOON)
    code, out, _err = ran(capsys, "journal", "verify")
    assert (code, out.splitlines()[-1].endswith(", 0 lỗi")) == (0, True)


def test_a_changed_event_is_found(capsys):
    w = songdat()
    plan(by=w.lan, draft=a_draft(w), at=NOON)
    guards.take_down()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE phoihop_event SET body = '{}' WHERE seq = (SELECT MIN(seq) FROM phoihop_event)")
    guards.put_up()
    code, out, _err = ran(capsys, "journal", "verify")
    assert (code, out.splitlines()[0].endswith(": đã bị sửa [changed]")) == (1, True)


@pytest.mark.parametrize("argv", [["figures"], ["figures", "look"], ["journal"], ["journal", "mend"]])
def test_a_wrong_call_is_told_how_it_is_used(capsys, argv):
    with pytest.raises(SystemExit) as ended:
        main(argv)
    assert ended.value.code == 2
    assert "cách gọi: phoihop" in capsys.readouterr().err
