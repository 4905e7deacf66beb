"""From ready lines to patrols, once; resumed after a cut; taken back as a whole."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.actions import import_steps, importing
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.planning import cancel
from phoihop.domain.activities.rules.importing import content_of
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused
from tests.domain.activities import logs
from tests.domain.activities.importing_world import (
    AREA,
    DAY,
    END,
    NOTE,
    RESULT,
    START,
    doubts,
    imported,
    line,
    police,
    queries,
    read,
    row,
    states,
    work,
    world,
)  # fmt: skip
from tests.world import NOON, a_word, at

pytestmark = pytest.mark.django_db


def counts(run):
    found = m.ImportRow.objects.filter(run=run).values_list("state", flat=True)
    return {state: list(found).count(state) for state in set(found)}


def held_facts():
    standing = m.Fact.objects.filter(reverses=None, reversed_by=None)
    return sorted(standing.values_list("measure__code", "value"))


def test_a_ready_line_becomes_a_patrol_that_waits_for_its_parties():
    w = world()
    run = imported(w, police(line((RESULT, "Nhắc nhở 05 trường hợp"), (NOTE, "đường ướt"))))
    assert (run.state, states(run)) == ("done", [(7, "done")])
    (a,) = m.Activity.objects.all()
    assert (rules.state(a, at(2, 8)), a.planned, a.matter.lead, a.matter.area, a.route) == ("waiting", False, w.police_song, w.song, w.b2)
    assert (a.started_at, a.ended_at) == (at(5, 19, 30, month=3), at(5, 21, month=3))
    assert list(a.strengths.order_by("pk").values_list("unit", "people")) == [(w.police_song.pk, 3), (w.militia_song.pk, 4)]
    assert list(a.matter.parts.values_list("unit", "state")) == [(w.militia_song.pk, "asked")]
    assert (list(a.outcomes.values_list("kind", "count")), a.note.text) == ([("nhac-nho", 5)], "Nhắc nhở 05 trường hợp\nđường ướt")
    assert held_facts() == []


def test_the_other_party_confirms_and_it_counts():
    w = world()
    imported(w, police(line()))
    confirm(by=w.binh, word=a_word(m.Activity.objects.get()), at=at(2, 8))
    assert [fact for fact in held_facts() if fact[0] in ("TR.01", "TR.03")] == [("TR.01", 1), ("TR.03", 3), ("TR.03", 4)]


def test_an_imported_row_keeps_no_free_text():
    w = world()
    run = imported(w, police(line((RESULT, "Nhắc nhở 05 trường hợp"), (NOTE, "đường ướt"))))
    assert row(run, 7).cells == {"1": "05/3/2026", "2": "19h30", "3": "21h", "4": "xã Sông", "5": "B2", "6": 3, "7": 4, "9": 7}


def test_every_patrol_leaves_its_events_and_the_journal_is_whole():
    w = world()
    imported(w, police(line(), line((DAY, "06/3/2026"))))
    found = [e.what for e in m.Event.objects.order_by("seq")]
    assert found == [
        "import.begun", "import.read", "import.released", "patrol.planned", "patrol.planned", "patrol.reported", "patrol.reported", "import.ran",
    ]  # fmt: skip
    m.Node.objects.all().delete()
    assert list(verify()) == []


def test_doubtful_lines_stay_and_go_later():
    w = world()
    run = imported(w, police(line(), line((DAY, "29/2/2026"))))
    assert (run.state, counts(run)) == ("preview", {"done": 1, "doubtful": 1})
    importing.mend(by=w.lan, row=row(run, 8), cells={"1": "28/02/2026"}, at=NOON)
    importing.release(by=w.lan, run=run, at=NOON)
    work()
    run.refresh_from_db()
    assert (run.state, counts(run), m.Activity.objects.count()) == ("done", {"done": 2}, 2)


@pytest.mark.parametrize(
    "content",
    [
        police(line(), line((DAY, "06/3/2026"))),
        logs.plain(
            [
                ["Ngày", "Giờ đi", "Giờ về", "Xã", "Tuyến", "Quân số CA", "Quân số QS"],
                ["5-3-26", "19:30", "21:00", "song", "b2", 5, 9],
                ["06.03.2026", "19g30", "21g", "Sông", "Đường huyện 5", 3, 4],
            ]
        ),
    ],
    ids=["the same file", "the same patrols in another layout"],
)
def test_what_was_imported_once_is_not_imported_again(content):
    w = world()
    first = imported(w, police(line(), line((DAY, "06/3/2026"))))
    again = read(w, content, "ban sao.xlsx")
    assert (counts(again), m.Activity.objects.count()) == ({"same": 2}, 2)
    assert {r.activity_id for r in again.rows.all()} == {r.activity_id for r in first.rows.all()}
    with pytest.raises(Refused) as refused:
        importing.release(by=w.lan, run=again, at=NOON)
    assert refused.value.verdict.code == "nothing-ready"


def test_two_files_with_the_same_line_read_before_either_is_released_make_one_patrol():
    w = world()
    one, two = read(w, police(line())), read(w, police(line(), line((DAY, "06/3/2026"))))
    importing.release(by=w.lan, run=one, at=NOON)
    importing.release(by=w.lan, run=two, at=NOON)
    work()
    assert (counts(one), counts(two), m.Activity.objects.count()) == ({"done": 1}, {"same": 1, "done": 1}, 2)


def test_what_makes_a_patrol_the_same_is_who_when_where_and_with_whom():
    base = content_of("CA", at(1, 20), at(1, 22), "area 29001", ["CA", "DQ"])
    assert content_of("CA", at(1, 20), at(1, 22), "area 29001", ["DQ", "CA"]) == base
    others = [
        content_of("QS", at(1, 20), at(1, 22), "area 29001", ["CA", "DQ"]),
        content_of("CA", at(1, 21), at(1, 22), "area 29001", ["CA", "DQ"]),
        content_of("CA", at(1, 20), at(1, 22), "area 29002", ["CA", "DQ"]),
        content_of("CA", at(1, 20), at(1, 22), "area 29001", ["CA", "BP"]),
    ]
    assert base not in others


def test_an_import_is_taken_back_as_a_whole_and_its_figures_with_it():
    w = world()
    run = imported(w, police(line(), line((DAY, "06/3/2026")), line((DAY, "07/3/2026"))))
    before, later = m.Activity.objects.order_by("pk")[0], m.Activity.objects.order_by("pk")[1]
    confirm(by=w.binh, word=a_word(before), at=at(2, 8))
    cancel(by=w.lan, activity=later, why="Nhập nhầm", at=at(2, 9))
    importing.withdraw(by=w.lan, run=run, why="Nhập nhầm sổ của năm khác", at=at(3, 8))
    work(at(3, 8))
    run.refresh_from_db()
    assert (run.state, counts(run)) == ("undone", {"undone": 3})
    assert [a.why.text for a in m.Activity.objects.order_by("pk")] == ["Nhập nhầm sổ của năm khác", "Nhập nhầm", "Nhập nhầm sổ của năm khác"]
    assert (held_facts(), sum(m.Fact.objects.filter(measure__code="TR.01").values_list("value", flat=True))) == ([], 0)
    assert list(m.Event.objects.order_by("seq").values_list("what", flat=True))[-4:] == [
        "import.withdrawn",
        "patrol.cancelled",
        "patrol.cancelled",
        "import.undone",
    ]


def test_after_it_was_taken_back_the_file_may_come_again():
    w = world()
    content = police(line())
    run = imported(w, content)
    importing.withdraw(by=w.lan, run=run, why="Nhập nhầm", at=NOON)
    work()
    again = imported(w, content)
    assert (counts(again), m.Activity.objects.filter(cancelled_at=None).count()) == ({"done": 1}, 1)


def test_taking_back_needs_a_reason_once_patrols_came_of_it():
    w = world()
    run, unread = imported(w, police(line())), read(w, police(line((DAY, "06/3/2026"))))
    with pytest.raises(Refused) as refused:
        importing.withdraw(by=w.lan, run=run, why=" ", at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("reason-missing", "why")
    importing.withdraw(by=w.lan, run=unread, why="", at=NOON)
    work()
    unread.refresh_from_db()
    assert unread.state == "undone"


def test_a_line_that_the_rules_refuse_at_the_last_moment_waits_with_the_reason():
    w = world()
    run = read(w, police(line(), line((DAY, "06/3/2026"))))
    importing.release(by=w.lan, run=run, at=NOON)
    m.Unit.objects.filter(pk=w.militia_song.pk).update(valid_until="2026-03-06")
    work()
    assert (states(run), [code for _, _, code, _ in doubts(run)], m.Activity.objects.count()) == (
        [(7, "done"), (8, "doubtful")],
        ["unit-unknown", "alone"][:1],
        1,
    )


def test_a_post_that_ended_meanwhile_stops_the_import_with_a_sentence():
    w = world()
    run = read(w, police(line()))
    importing.release(by=w.lan, run=run, at=NOON)
    m.Post.objects.filter(pk=w.lan.pk).update(valid_until="2026-06-01")
    work()
    run.refresh_from_db()
    assert (run.state, states(run), m.Activity.objects.count()) == ("preview", [(7, "ready")], 0)
    assert run.problem == "Chức trách này đã kết thúc hoặc chưa bắt đầu. Hãy chọn chức trách khác ở góc trên bên phải."


class Cut(BaseException):
    """The power goes: nothing of the program runs any more."""


def cut(*_args, **_kwargs):
    raise Cut


@pytest.fixture
def small_steps(monkeypatch):
    """Steps of twenty lines, so that there are several of them."""
    monkeypatch.setattr(import_steps.rules, "FIRST_BATCH", 20)
    monkeypatch.setattr(import_steps, "_desk", import_steps._Desk())


@pytest.mark.usefixtures("small_steps")
def test_a_cut_between_steps_loses_nothing_and_repeats_nothing():
    w = world()
    content = logs.many(45)
    run = importing.begin(by=w.lan, lead=w.police_song, upload=Upload("so.xlsx", content), at=NOON)
    import_steps.step(at=NOON)
    import_steps._desk = import_steps._Desk()  # what a new process begins with
    work()
    assert counts(run) == {"ready": 45}
    importing.release(by=w.lan, run=run, at=NOON)
    import_steps.step(at=NOON)
    import_steps._desk = import_steps._Desk()
    work()
    assert (counts(run), m.Activity.objects.count(), m.ImportRow.objects.exclude(activity=None).values("activity").distinct().count()) == ({"done": 45}, 45, 45)


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("place", ["holding.settle", "import_steps.update_each"])
def test_a_cut_within_a_step_leaves_nothing_half(monkeypatch, place):
    w = world()
    run = read(w, logs.many(25))
    importing.release(by=w.lan, run=run, at=NOON)
    import_steps.step(at=NOON)
    before = (counts(run), m.Activity.objects.count(), m.Event.objects.count(), m.Matter.objects.count(), m.Strength.objects.count())
    assert before[:2] == ({"done": 20, "ready": 5}, 20)
    with monkeypatch.context() as patched:
        patched.setattr(f"phoihop.domain.activities.actions.{place}", cut)
        with pytest.raises(Cut):
            import_steps.step(at=NOON)
    assert (counts(run), m.Activity.objects.count(), m.Event.objects.count(), m.Matter.objects.count(), m.Strength.objects.count()) == before
    work()
    assert (counts(run), m.Activity.objects.count()) == ({"done": 25}, 25)


@pytest.mark.usefixtures("small_steps")
def test_a_cut_while_reading_leaves_no_row_twice(monkeypatch):
    w = world()
    run = importing.begin(by=w.lan, lead=w.police_song, upload=Upload("so.xlsx", logs.many(25)), at=NOON)
    with monkeypatch.context() as patched:
        patched.setattr("phoihop.domain.activities.actions.import_steps.write", cut)
        with pytest.raises(Cut):
            import_steps.step(at=NOON)
    assert run.rows.count() == 0
    work()
    assert (run.rows.count(), counts(run)) == (25, {"ready": 25})


@pytest.mark.usefixtures("small_steps")
def test_a_cut_while_withdrawing_leaves_whole_patrols(monkeypatch):
    w = world()
    run = imported(w, logs.many(25))
    importing.withdraw(by=w.lan, run=run, why="Nhập nhầm", at=NOON)
    import_steps.step(at=NOON)
    with monkeypatch.context() as patched:
        patched.setattr("phoihop.domain.activities.actions.import_steps.update_each", cut)
        with pytest.raises(Cut):
            import_steps.step(at=NOON)
    assert (counts(run), m.Activity.objects.filter(cancelled_at=None).count()) == ({"undone": 20, "done": 5}, 5)
    work()
    assert (counts(run), m.Activity.objects.filter(cancelled_at=None).count()) == ({"undone": 25}, 0)


def test_a_full_disk_is_a_sentence_and_the_import_goes_on_when_there_is_room(monkeypatch):
    w = world()
    run = read(w, police(line()))
    importing.release(by=w.lan, run=run, at=NOON)

    def full(**_kwargs):
        raise DatabaseError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(import_steps, "import_rows", full)
        for _ in range(3):
            with pytest.raises(DatabaseError):
                import_steps.step(at=NOON)
    seen = queries.progress(w.lan, run.pk)
    assert (seen.state, seen.problem.startswith("Máy chủ không ghi được"), m.Event.objects.filter(what="import.halted").count()) == ("running", True, 1)
    work()
    assert (queries.progress(w.lan, run.pk).problem, states(run)) == ("", [(7, "done")])


@pytest.mark.usefixtures("small_steps")
def test_two_imports_take_turns():
    w = world()
    big, small = (importing.begin(by=w.lan, lead=w.police_song, upload=Upload("so.xlsx", c), at=NOON) for c in (logs.many(60), police(line())))
    for _ in range(2):
        import_steps.step(at=NOON)
    assert (m.ImportRun.objects.get(pk=small.pk).state, m.ImportRun.objects.get(pk=big.pk).state) == ("preview", "reading")
    work()


@pytest.mark.slow
def test_a_long_log_goes_in_steps_of_two_hundred_and_the_last_takes_what_is_left():
    w = world()
    run = read(w, logs.many(650))
    assert (counts(run), run.total) == ({"ready": 650}, 650)
    importing.release(by=w.lan, run=run, at=NOON)
    seen = []
    while import_steps.step(at=NOON):
        seen.append(queries.progress(w.lan, run.pk).handled)
    assert (len(seen), max(b - a for a, b in pairwise(seen)), seen[-1], m.Activity.objects.count()) == (5, 200, 650, 650)


def test_a_year_later_the_words_are_gone_and_the_same_file_still_imports_nothing_new():
    w = world()
    content = police(line((NOTE, "ghi")), line((AREA, "xã Không Đâu"), (START, "1h"), (END, "2h")))
    run = imported(w, content)
    later = NOON + timedelta(days=366)
    assert import_steps.step(at=later) is True
    assert import_steps.step(at=later) is False
    run.refresh_from_db()
    assert (run.erased_at, [r.cells for r in run.rows.all()], doubts(run)) == (later, [{}, {}], [])
    m.Post.objects.update(valid_until=None)
    again = read(w, content, at=later)
    assert [state for _, state in states(again)] == ["same", "doubtful"]
