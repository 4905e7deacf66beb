import pytest

from phoihop.kernel import catalogue


@pytest.fixture(autouse=True)
def _own_catalogue(monkeypatch):
    monkeypatch.setattr(catalogue, "EVENTS", {})


def test_events_are_named_by_topic_and_verb():
    catalogue.events("task", given="giao nhiệm vụ", answered="trả lời")
    assert {name: kind.says for name, kind in catalogue.EVENTS.items()} == {"task.given": "giao nhiệm vụ", "task.answered": "trả lời"}
    assert catalogue.EVENTS["task.given"].name == "task.given"


def test_an_event_is_declared_once():
    catalogue.events("task", given="giao nhiệm vụ")
    with pytest.raises(ValueError, match=r"task\.given is declared twice"):
        catalogue.events("task", given="giao")
    assert catalogue.EVENTS["task.given"].says == "giao nhiệm vụ"
