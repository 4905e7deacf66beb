import pytest

from phoihop.kernel import heirs


@pytest.fixture(autouse=True)
def _own_lists(monkeypatch):
    monkeypatch.setattr(heirs, "STAYS", {})
    monkeypatch.setattr(heirs, "HEIRS", {})


def test_a_key_stays_with_a_reason():
    heirs.stays("Leg.area", "Strength.unit", why="history")
    assert heirs.STAYS == {"Leg.area": "history", "Strength.unit": "history"}


def test_an_heir_function_runs_once_for_all_its_keys_and_says_how_many_it_passed():
    seen = []

    @heirs.passes("Task.lead", "Task.giver")
    def hand_over_tasks(**context):
        seen.append(context)
        return 3

    @heirs.passes("Grant.unit")
    def hand_over_grants(**context):
        return 0

    assert heirs.pass_on(by="post", old="cũ", new="mới") == {"kernel.hand_over_tasks": 3, "kernel.hand_over_grants": 0}
    assert seen == [{"by": "post", "old": "cũ", "new": "mới"}]
    assert set(heirs.HEIRS) == {"Task.lead", "Task.giver", "Grant.unit"}


def test_marking_a_function_leaves_it_as_it_was():
    def hand_over(**context):
        return 1

    assert heirs.passes("Post.unit")(hand_over) is hand_over
