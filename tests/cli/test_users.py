"""``phoihop users``: from an empty folder to an administrator who can sign in; wrong uses get a sentence."""

from __future__ import annotations

import re

import pytest

from phoihop.config.command import main
from phoihop.domain import models as m
from tests.cli.running import ran
from tests.world import songdat

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


@pytest.mark.slow
@pytest.mark.django_db
def test_a_new_node_is_founded_with_its_province_and_an_administrator(capsys, settings, tmp_path):
    settings.DATA = tmp_path
    code, out, _err = ran(capsys, "users", "first", "an.nv", "Nguyễn Văn An", "--province", "86")
    assert (code, len(CODE.findall(out))) == (0, 1)
    assert "Tỉnh Vĩnh Long: " in out
    admin = m.Post.objects.get(user__username="an.nv")
    assert (admin.role, admin.unit.key.startswith("CA"), admin.unit.home) == ("admin", True, "PH86")
    node = m.Node.objects.get(own=True)
    assert (node.tag, len(node.public_key), node.demo) == ("PH86", 64, False)
    assert m.Measure.objects.exists()
    assert m.Holiday.objects.exists()


@pytest.mark.django_db
def test_a_new_node_is_told_its_province(capsys):
    code, _out, err = ran(capsys, "users", "first", "an.nv", "Nguyễn Văn An")
    assert (code, "--province 86" in err, m.User.objects.count()) == (2, True, 0)


@pytest.mark.django_db
def test_what_is_refused_leaves_no_node_behind(capsys):
    code, _out, err = ran(capsys, "users", "first", "an.nv", "Nguyễn Văn An", "--province", "99")
    assert (code, "[no-such-area]" in err) == (1, True)
    assert (m.Post.objects.count(), m.Area.objects.count(), m.Event.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_node_that_lost_its_administrators_gets_another(capsys):
    songdat()
    code, out, _err = ran(capsys, "users", "first", "binh.tt", "Trần Thị Bình")
    assert (code, len(CODE.findall(out)), m.Post.objects.get(user__username="binh.tt").role) == (0, 1, "admin")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("username", "name", "code"), [("lan", "Trần Thị Lan", "username-taken"), ("Có Dấu", "Trần Thị Lan", "username-shape"), ("lan2", "123", "name-shape")]
)
def test_an_account_that_cannot_be_is_refused(capsys, username, name, code):
    songdat()
    answer, _out, err = ran(capsys, "users", "first", username, name)
    assert (answer, f"[{code}]" in err) == (1, True)


@pytest.mark.django_db
def test_every_account_is_listed_with_its_posts(capsys):
    songdat()
    code, out, _err = ran(capsys, "users", "list")
    lines = out.splitlines()
    assert (code, lines[-1]) == (0, "10 tài khoản")
    assert next(line for line in lines if line.startswith("lan\t")).split("\t")[2:] == ["đang mở", "Cán bộ tham mưu Công an xã Sông"]


@pytest.mark.django_db
def test_a_code_for_a_new_password_is_given_once(capsys):
    w = songdat()
    code, out, _err = ran(capsys, "users", "reset", "lan")
    assert (code, len(CODE.findall(out))) == (0, 1)
    assert m.ResetCode.objects.get(user=w.lan.user).authenticator is False
    ran(capsys, "users", "reset", "lan", "--authenticator")
    assert m.ResetCode.objects.get(user=w.lan.user).authenticator is True


@pytest.mark.django_db
def test_a_code_for_nobody_is_a_sentence(capsys):
    songdat()
    code, _out, err = ran(capsys, "users", "reset", "ai-do")
    assert (code, err) == (2, "Không có tài khoản “ai-do”; xem phoihop users list.\n")


@pytest.mark.django_db
def test_before_the_node_is_founded_commands_say_how(capsys):
    assert ran(capsys, "users", "list")[::2] == (2, "Máy chủ chưa được thành lập. Chạy phoihop users first, hoặc phoihop demo.\n")


@pytest.mark.parametrize("argv", [[], ["users"], ["users", "delete"], ["users", "first", "an"], ["dance"]])
def test_a_wrong_call_is_told_how_it_is_used(capsys, argv):
    with pytest.raises(SystemExit) as ended:
        main(argv)
    assert ended.value.code == 2
    assert "cách gọi: phoihop" in capsys.readouterr().err
