from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain import models as m
from phoihop.domain.people.actions.passwords import reset_password
from phoihop.domain.people.actions.roster import enter_roster
from phoihop.domain.people.queries.accounts import accounts_seen_by, demo_logins, head_count, search
from phoihop.domain.people.queries.roster import preview, units_named
from phoihop.domain.people.rules.roster import Line, Named
from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import Refused
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def lines():
    return [
        Line(5, "Nguyễn Văn An", "an.nv", "cong an xa song", "Trực ban", "Trực ban đêm", "1/6/2026"),
        Line(6, "Nguyễn Văn An", "an.nv", "Công an phường Đất", "Trực ban", "Trực ban", "1/6/2026"),
        Line(7, "Lan", "lan", "Công an xã Sông", "tham mưu", "Tham mưu", "1/6/2026"),
    ]


def test_a_list_opens_accounts_and_gives_posts_with_one_event_each():
    w = songdat()
    entered = enter_roster(by=w.quan, lines=lines(), at=NOON)
    assert [(e.user.username, e.post.unit.name, e.post.title, bool(e.code)) for e in entered] == [
        ("an.nv", "Công an xã Sông", "Trực ban đêm", True),
        ("an.nv", "Công an phường Đất", "Trực ban", False),
    ]
    assert list(m.Event.objects.order_by("seq").values_list("what", flat=True)) == ["user.opened", "post.appointed", "post.appointed"]
    new = Secret("một câu dễ nhớ")
    assert reset_password(by=w.node, username="an.nv", code=Secret(entered[0].code), new=new, again=new, at=NOON).code == ""


def test_the_same_list_twice_enters_nothing_new():
    w = songdat()
    enter_roster(by=w.quan, lines=lines(), at=NOON)
    assert [one.there for one in preview(w.quan, lines(), DAY)] == [True, True, True]
    with pytest.raises(Refused) as refused:
        enter_roster(by=w.quan, lines=lines(), at=NOON)
    assert refused.value.verdict.code == "nothing-new"


def test_one_doubtful_cell_holds_the_whole_list_back():
    w = songdat()
    doubtful = [*lines(), Line(8, "Lê Bé", "be.l", "Công an xã Nào Đó", "Trực ban", "Trực ban", "1/6/2026")]
    with pytest.raises(Refused) as refused:
        enter_roster(by=w.quan, lines=doubtful, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("unit-unknown", "lines.3.unit")
    assert (m.User.objects.filter(username="an.nv").count(), m.Event.objects.count()) == (0, 0)


def test_two_lines_cannot_make_one_person_administrator_and_auditor():
    w = songdat()
    both = [
        Line(1, "Lê Bé", "be.l", "Công an tỉnh Sông Đất", "quản trị", "Quản trị", "1/6/2026"),
        Line(2, "Lê Bé", "be.l", "Công an tỉnh Sông Đất", "kiểm tra", "Kiểm tra", "1/6/2026"),
    ]
    with pytest.raises(Refused) as refused:
        enter_roster(by=w.quan, lines=both, at=NOON)
    assert refused.value.verdict.code == "roles-apart"
    assert m.User.objects.filter(username="be.l").count() == 0


def test_only_who_manages_accounts_enters_a_list():
    w = songdat()
    with pytest.raises(Refused) as refused:
        enter_roster(by=w.mai, lines=lines(), at=NOON)
    assert refused.value.verdict.code == "not-your-role"


@pytest.mark.parametrize("text", ["CONG AN XA SONG", "Công an xã Sông", "CA xã Sông", "ca.xa.29001.20250701"])
def test_a_unit_is_found_by_key_or_by_any_usual_form_of_its_name(text):
    w = songdat()
    assert units_named([text], DAY, "PH86")[text] == Named(w.police_song, (w.police_song,))


def test_a_name_of_two_units_leaves_the_choice_to_a_person():
    w = songdat()
    m.Unit.objects.filter(pk=w.militia_song.pk).update(short="Công an xã Sông")
    assert units_named(["Công an xã Sông", "Công an xã Nào"], DAY, "PH86") == {
        "Công an xã Sông": Named(None, (w.police_song, w.militia_song)),
        "Công an xã Nào": Named(),
    }


def test_of_two_units_of_one_name_the_one_at_home_here_is_meant():
    w = songdat()
    m.Unit.objects.filter(pk=w.militia_song.pk).update(short="Công an xã Sông", home="QS86")
    assert units_named(["Công an xã Sông"], DAY, "PH86")["Công an xã Sông"].sure == w.police_song


def test_the_administrator_sees_the_accounts_of_the_node_the_auditor_too_and_nobody_else():
    w = songdat()
    m.Unit.objects.filter(pk=w.strangers.pk).update(home="CA79")
    m.User.objects.create(username="moi", full_name="Mới", password="!")
    here = {"lan", "bình", "hải", "mai", "dũng", "thu", "quân", "vân", "phượng"}
    assert {u.username for u in accounts_seen_by(w.quan, DAY)} == here | {"moi"}
    assert {u.username for u in accounts_seen_by(w.van, DAY)} == here
    assert accounts_seen_by(w.mai, DAY).count() == 0
    assert head_count(w.quan, DAY) == {"open": 10, "with_post": 9}


def test_accounts_are_found_by_name_title_or_unit_without_diacritics():
    w = songdat()
    assert [u.username for u in search(w.quan, "phuong dat", DAY)] == ["phượng"]
    assert [u.username for u in search(w.quan, "BINH", DAY)] == ["bình"]
    assert search(w.quan, "ai đó", DAY) == []


def test_demo_accounts_are_those_with_the_reserved_names():
    songdat()
    m.User.objects.create(username="demo.truc-ban", full_name="Trực ban", password="!")
    m.User.objects.create(username="demo.cu", full_name="Cũ", password="!", is_active=False)
    m.User.objects.create(username="demoan", full_name="An", password="!")
    assert [u.username for u in demo_logins(DAY)] == ["demo.truc-ban"]


def test_thirty_lines_ask_the_database_no_more_than_one_line(django_assert_num_queries):
    w = songdat()

    def some(first, count):
        return [
            Line(n, "Cán bộ Trực", f"truc.{n}", w.police_song.key, "trực ban", "Trực ban", "1/6/2026", other_person=True) for n in range(first, first + count)
        ]

    with CaptureQueriesContext(connection) as one:
        enter_roster(by=w.quan, lines=some(1, 1), at=NOON)
    with django_assert_num_queries(len(one)):
        entered = enter_roster(by=w.quan, lines=some(2, 30), at=NOON)
    assert (len({e.code for e in entered}), m.Event.objects.count()) == (30, 62)
