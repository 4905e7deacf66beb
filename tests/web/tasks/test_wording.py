"""How the state of a task is said."""

import pytest

from phoihop.domain.tasks.models import Task, TaskSource, TaskState
from phoihop.web.tasks.wording import state_tag


@pytest.mark.parametrize(
    ("state", "source", "said"),
    [
        (TaskState.ANSWERED, TaskSource.AGREEMENT, "đã trả lời</span>"),
        (TaskState.ANSWERED, TaskSource.DIRECTIVE, "đã trả lời, chờ kết thúc</span>"),
        (TaskState.OPEN, TaskSource.AGREEMENT, "đang làm</span>"),
    ],
)
def test_only_an_answer_that_somebody_must_close_is_said_to_wait(state, source, said):
    assert str(state_tag(Task(state=state, source=source))).endswith(said)
