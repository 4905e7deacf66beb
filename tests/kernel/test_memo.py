"""What a process keeps at hand is forgotten at once where it was changed, and within a second everywhere else."""

import pytest

from phoihop.kernel import journal, memo
from phoihop.kernel.memo import FRESH_FOR, Memo


class Clock:
    now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def world(monkeypatch):
    """A journal whose last event can be set, as another process would see it, and a clock."""
    clock, last = Clock(), {"stamp": (1, "a"), "asked": 0}
    monkeypatch.setattr(memo, "time", clock)
    monkeypatch.setattr(memo, "FRESH_FOR", FRESH_FOR)
    monkeypatch.setattr(journal, "_latest", lambda events: last.update(asked=last["asked"] + 1) or dict.fromkeys(events, last["stamp"]))
    monkeypatch.setattr(journal, "_write", lambda **event: event)
    return clock, last


def counting(of):
    made = []

    def make():
        made.append(1)
        return len(made)

    return lambda: of.get("key", make)


def test_a_value_is_made_once(world):
    get = counting(Memo("area.imported"))
    assert [get(), get(), get()] == [1, 1, 1]


def test_an_event_written_here_is_forgotten_at_once(world):
    get = counting(Memo("area.imported"))
    assert get() == 1
    journal.write(what="force.defined")
    assert get() == 1
    journal.write(what="area.imported")
    assert get() == 2


def test_an_event_written_elsewhere_is_seen_within_a_second(world):
    clock, last = world
    get = counting(Memo("area.imported"))
    assert get() == 1
    last["stamp"] = (2, "b")
    assert get() == 1
    clock.now += FRESH_FOR
    assert get() == 2


def test_the_same_sequence_with_another_hash_is_another_event(world):
    clock, last = world
    get = counting(Memo("area.imported"))
    assert get() == 1
    last["stamp"] = (1, "z")
    clock.now += FRESH_FOR
    assert get() == 2


def test_nothing_new_keeps_the_value(world):
    clock, _last = world
    get = counting(Memo("area.imported"))
    assert get() == 1
    clock.now += 10 * FRESH_FOR
    assert get() == 1


def test_a_memo_keeps_so_many_and_no_more(world):
    kept = Memo("area.imported", most=2)
    assert [kept.get(n, lambda n=n: n) for n in range(3)] == [0, 1, 2]
    assert kept.get(2, lambda: "made again") == 2
    assert kept.get(0, lambda: "made again") == "made again"


def test_all_memos_together_ask_once_a_second(world):
    clock, last = world
    first, second = counting(Memo("area.imported")), counting(Memo("force.defined"))
    assert [first(), second(), first(), second(), last["asked"]] == [1, 1, 1, 1, 1]
    clock.now += FRESH_FOR
    assert [first(), second(), last["asked"]] == [1, 1, 2]


def test_a_memo_that_came_later_asks_for_its_own_events_too(world):
    _clock, last = world
    assert counting(Memo("area.imported"))() == 1
    assert counting(Memo("unit.never_asked_for_before"))() == 1
    assert last["asked"] == 2
