"""Events of patrols are told from those of earlier topics by their names alone: badges rely on it (``web/standing.py``)."""

import re
from pathlib import Path

from phoihop import domain
from phoihop.domain.activities.rules.events import SUBJECTS

DOMAIN = Path(domain.__path__[0])


def test_all_events_of_patrols_and_no_others_have_the_names_that_the_topic_says():
    declared = {}
    for file in sorted(DOMAIN.rglob("*.py")):
        for subject in re.findall(r'^events\(\s*"(\w+)"', file.read_text(), flags=re.M):
            declared.setdefault(subject, set()).add(file.relative_to(DOMAIN).parts[0])
    assert {subject for subject, topics in declared.items() if topics == {"activities"}} == set(SUBJECTS)
    assert [subject for subject in SUBJECTS if declared[subject] != {"activities"}] == []
