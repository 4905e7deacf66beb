from datetime import date

import pytest

from phoihop.domain.forces.models import Unit
from phoihop.domain.people.models import Post, Role, User
from phoihop.domain.people.rules import roster as rules
from phoihop.domain.people.rules.roster import Known, Line, Named, settle

DAY = date(2026, 6, 1)
SONG = Unit(pk=1, key="CA.xa.29001", name="Công an xã Sông", home="PH86", valid_from=date(2025, 7, 1))
AWAY = Unit(pk=2, key="CA.tinh.79", name="Công an tỉnh Nơi Khác", home="CA79", valid_from=date(2025, 7, 1))
TWO = [Unit(pk=3, key="CA.xa.1", name="Công an xã Tân"), Unit(pk=4, key="CA.xa.2", name="Công an xã Tân")]
ADMIN = Post(pk=1, role=Role.ADMIN, unit=SONG, user_id=9, valid_from=date(2026, 1, 1))
LAN = User(pk=1, username="lan.tt", full_name="Trần Thị Lan")
GONE = User(pk=2, username="cu.nv", full_name="Nguyễn Văn Cũ", is_active=False)
BOSS = User(pk=9, username="quan.nv", full_name="Nguyễn Văn Quân")
LANS = Post(pk=5, role=Role.DUTY, unit=SONG, user_id=1, valid_from=date(2026, 1, 1))
KNOWN = Known(
    today=DAY,
    users={u.username: u for u in (LAN, GONE, BOSS)},
    posts={1: [LANS]},
    namesakes={("tran thi lan", 1): "lan.tt"},
    units={"Công an xã Sông": Named(SONG, (SONG,)), "CA Nơi Khác": Named(AWAY, (AWAY,)), "CA Tân": Named(None, tuple(TWO)), "Công an xã Không Có": Named()},
)


def line(**change):
    plain = {
        "n": 2,
        "full_name": "Nguyễn Văn An",
        "username": "an.nv",
        "unit": "Công an xã Sông",
        "role": "Trực ban",
        "title": "Trực ban",
        "since": "01/06/2026",
    }
    return Line(**plain | change)


def doubts(*lines):
    return [{cell: (v.code, v.offer) for cell, v in one.doubts.items()} for one in settle(ADMIN, lines, KNOWN)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/7/2025", date(2025, 7, 1)),
        ("01-07-2025", date(2025, 7, 1)),
        ("1.7.25", date(2025, 7, 1)),
        (" 2025-07-01 ", date(2025, 7, 1)),
        ("2025-07-01 00:00:00", date(2025, 7, 1)),
        ("31/02/2026", None),
        ("13/13/2026", None),
        ("tháng bảy", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_any_usual_form_and_must_exist(text, day):
    assert rules.day_of(text) == day


@pytest.mark.parametrize(
    ("cell", "field"),
    [("Họ tên", "full_name"), ("HỌ VÀ TÊN *", "full_name"), ("Tên đăng nhập", "username"), ("Đơn vị", "unit"), ("Từ ngày:", "since"), ("Số TT", None)],
)
def test_headings_are_known_in_their_usual_wording(cell, field):
    assert rules.heading(cell) == field


@pytest.mark.parametrize("role", [r for r in Role if r != Role.NODE])
def test_each_role_is_recognised_by_the_name_it_is_shown_with(role):
    assert rules.ROLE_WORDS[rules.fold(str(role.label))] == role


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, {}),
        ({"full_name": "  Nguyễn   Văn An "}, {}),
        ({"username": "AN.NV"}, {}),
        ({"full_name": ""}, {"full_name": ("name-missing", None)}),
        ({"full_name": "An 2"}, {"full_name": ("name-shape", None)}),
        ({"username": ""}, {"username": ("username-missing", "an.nv")}),
        ({"username": "ăn"}, {"username": ("username-shape", "an")}),
        ({"username": "lan.tt"}, {"username": ("username-taken", "an.nv")}),
        ({"full_name": "Nguyễn Văn Cũ", "username": "cu.nv"}, {"username": ("account-closed", None)}),
        ({"full_name": "Nguyễn Văn Quân", "username": "quan.nv"}, {"username": ("yourself", None)}),
        ({"full_name": "Trần Thị Lan", "username": "lan2"}, {"username": ("same-person", "lan.tt")}),
        ({"full_name": "Trần Thị Lan", "username": "lan2", "other_person": True}, {}),
        ({"full_name": "Trần Thị Lan", "username": ""}, {"username": ("username-missing", "lan.tt")}),
        ({"unit": ""}, {"unit": ("unit-missing", None)}),
        ({"unit": "Công an xã Không Có"}, {"unit": ("unit-unknown", None)}),
        ({"unit": "CA Tân"}, {"unit": ("unit-doubtful", "CA.xa.1")}),
        ({"unit": "CA Nơi Khác"}, {"unit": ("not-your-node", None)}),
        ({"role": "sếp"}, {"role": ("role-unknown", "duty")}),
        ({"role": "máy chủ"}, {"role": ("role-unknown", "duty")}),
        ({"title": " "}, {"title": ("title-missing", "Trực ban")}),
        ({"title": "x" * 81}, {"title": ("title-long", "x" * 80)}),
        ({"since": ""}, {"since": ("day-missing", "01/06/2026")}),
        ({"since": "30/02/2026"}, {"since": ("day-unreadable", "01/06/2026")}),
        ({"since": "01/06/0206"}, {"since": ("day-far", "01/06/2026")}),
        ({"since": "30/06/2025"}, {"since": ("unit-not-then", None)}),
    ],
)
def test_each_doubtful_cell_says_why_and_offers_what_it_can(change, found):
    assert doubts(line(**change)) == [found]


def test_what_is_there_already_is_recognised_and_left_alone():
    same, other_role = settle(
        ADMIN, [line(full_name="Trần Thị Lan", username="lan.tt"), line(full_name="tran thi lan", username="lan.tt", role="tham mưu")], KNOWN
    )
    assert (same.there, same.user, same.doubts) == (True, LAN, {})
    assert (other_role.there, other_role.user, other_role.doubts) == (False, LAN, {})


def test_two_lines_with_one_user_name_are_one_person_or_a_mistake():
    assert doubts(line(), line(full_name="Lê Thị Bé")) == [{}, {"username": ("username-twice", None)}]
    first, again, second_post = settle(ADMIN, [line(), line(), line(role="tham mưu")], KNOWN)
    assert (first.there, again.there, second_post.there) == (False, True, False)


def test_offered_user_names_differ_within_one_list():
    two = [line(username="", full_name="Nguyễn Văn Ba"), line(username="", full_name="Nguyễn Văn Bả"), line(username="ba.nv", full_name="Nguyễn Vân Ba")]
    assert [d.get("username", ("", ""))[1] for d in doubts(*two)] == ["ba.nv2", "ba.nv3", ""]


def test_without_a_name_no_user_name_is_offered():
    """Neither of one line nor of the next: two blanks are no two of one name."""
    assert [d["username"] for d in doubts(*[line(username="", full_name="")] * 2)] == [("username-missing", None)] * 2


@pytest.mark.parametrize(("count", "code"), [(1, ""), (100, ""), (101, "too-many-lines")])
def test_at_most_a_hundred_lines_go_in_at_once(count, code):
    assert rules.fits_at_once(count).code == code
    assert (rules.brings_something(0).code, rules.brings_something(1).code) == ("nothing-new", "")


@pytest.mark.parametrize(("count", "code"), [(0, "no-headings"), (1, ""), (2000, ""), (2001, "list-too-long")])
def test_a_list_has_known_headings_and_at_most_two_thousand_lines(count, code):
    assert rules.is_a_list(count).code == code
