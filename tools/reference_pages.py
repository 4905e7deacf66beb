"""The pages of docs/reference: what the code declares, as tables."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from phoihop.config import settings as _read_all_settings
from phoihop.config.env import SETTINGS
from phoihop.domain.people.models import Role
from phoihop.domain.people.rules import MAY, PERMISSION_NAMES
from phoihop.kernel.action import ACTIONS
from phoihop.kernel.catalogue import EVENTS
from phoihop.kernel.gates import REFUSALS
from phoihop.kernel.heirs import HEIRS, STAYS
from phoihop.web.limits.kept import kinds, records, retention
from phoihop.web.limits.mechanisms import mechanisms
from phoihop.web.limits.names import TOPICS
from phoihop.web.limits.refusals import refusals

from .reference import PAGES, page

del _read_all_settings  # imported so that every setting is declared
TITLES = {
    "actions": "Actions", "closed-lists": "Closed lists", "events": "Events of the journal", "fields": "Fields", "mechanisms": "Mechanisms",
    "permissions": "Permissions", "refusals": "Refusals", "retention": "Retention", "settings": "Settings", "states": "States", "succession": "Succession",
}  # fmt: skip


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(c) for c in row) + " |" for row in lines)


def _cell(value: Any) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def code(text: str) -> str:
    return f"`{text}`" if text else ""


@page("README")
def index() -> str:
    rows = "\n".join(f"- [{TITLES[name]}]({name}.md)" for name in sorted(PAGES) if name != "README")
    return f"# Reference\n\nWhat the code declares, written down by `make docs` and compared by `make check`.\n\n{rows}"


@page("events")
def events() -> str:
    rows = [(code(name), EVENTS[name].says) for name in sorted(EVENTS)]
    return "# Events of the journal\n\nEvery action leaves at least one of these; nothing else may be written.\n\n" + table(("event", "says"), rows)


@page("actions")
def actions() -> str:
    by_topic: dict[str, list[str]] = defaultdict(list)
    for name in sorted(ACTIONS):
        by_topic[name.partition(".")[0]].append(name)
    parts = ["# Actions", "The only code that changes a record. All arguments are named; `by` is the acting post, `at` the moment."]
    for topic in sorted(by_topic):
        parts.append(f"## {topic}")
        for name in by_topic[topic]:
            function = inspect.unwrap(ACTIONS[name])
            parts.append(f"### {name}\n\n{_signature(function)}\n\n{inspect.getdoc(function) or ''}")
    return "\n\n".join(parts)


def _signature(function: Any) -> str:
    """Arguments with their types as written, one line each would be too long to read: ``name: type``, required ones first as declared."""
    said = []
    for parameter in inspect.signature(function).parameters.values():
        optional = "" if parameter.default is inspect.Parameter.empty else " (optional)"
        said.append(f"`{parameter.name}: {parameter.annotation}`{optional}")
    return ", ".join(said)


@page("settings")
def settings_() -> str:
    rows = [
        (code(f"PHOIHOP_{s.name}"), code(s.default if s.name != "DATABASE" else "sqlite:///<PHOIHOP_DATA>/phoihop.sqlite3"), s.about) for s in SETTINGS.values()
    ]
    about = "From the environment, or from the file that the same name with `_FILE` names. Nonsense is refused with a sentence."
    return f"# Settings\n\n{about}\n\n" + table(("setting", "default", "what it does"), rows)


@page("permissions")
def permissions() -> str:
    roles = list(Role)
    rows = [(code(p), said, *("✓" if p in MAY[r] else "" for r in roles)) for p, said in PERMISSION_NAMES.items()]
    return "# Permissions\n\nThe whole table; a role carries what is ticked.\n\n" + table(("permission", "may", *(r.label for r in roles)), rows)


@page("refusals")
def refused() -> str:
    gates = table(
        ("code", "what is held back", "why", "basis", "asks"), [(code(r.code), r.what, r.why, r.basis, "✓" if r.asks else "") for r in REFUSALS.values()]
    )
    rules = table(("code", "sentence", "said by"), [(code(r.code), "<br>".join(r.sentences), ", ".join(r.topics)) for r in refusals()])
    return f"# Refusals\n\n## By the gates, over every text and file\n\n{gates}\n\n## By the rules\n\n{rules}"


@page("fields")
def fields() -> str:
    parts = ["# Fields", "Every table and every field, with what it is for. There is no other place where anything is kept."]
    topic = ""
    for record in records():
        if record.topic != topic:
            topic = record.topic
            parts.append(f"## {TOPICS[topic]} (`{topic}`)")
        parts.append(f"### {record.name}: {record.title}")
        if record.about:
            parts.append(record.about.split("\n\n")[0])
        parts.append(table(("field", "for", "holds"), [(code(f.name), f.purpose, _holds(f)) for f in record.fields]))
    return "\n\n".join(parts)


def _holds(field: Any) -> str:
    if field.to:
        return f"→ {field.to}"
    if field.choices:
        return ", ".join(str(c) for c in field.choices)
    return f"{field.type} ≤ {field.most}" if field.most else str(field.type)


@page("closed-lists")
def closed_lists() -> str:
    parts = ["# Closed lists", "What may be chosen, and nothing else; a province adds only below the first level."]
    parts += [f"## {k.title} (`{k.topic}.{k.name}`)\n\n" + table(("value", "shown as"), [(code(v), label) for v, label in k.values]) for k in kinds()]
    return "\n\n".join(parts)


@page("retention")
def kept() -> str:
    about = (
        "Days after writing from which a text or file is erased; photos go ninety days after their matter closed. Figures and the journal are kept for ever."
    )
    return f"# Retention\n\n{about}\n\n" + table(("purpose", "of what", "days"), [(code(p), label, days) for p, label, days in retention()])


@page("succession")
def succession() -> str:
    """What a succession of a unit or an area does to each reference."""
    rows = [(code(k), "stays", why) for k, why in STAYS.items()]
    rows += [(code(k), "passes", (inspect.getdoc(f) or f.__name__).split("\n")[0]) for k, f in HEIRS.items()]
    return "# Succession\n\nWhat becomes of each reference to a unit or an area that ends.\n\n" + table(("reference", "", "why, how"), sorted(rows))


@page("mechanisms")
def coverage() -> str:
    all_of = mechanisms()
    built, waiting = sum(m.built for m in all_of), sum(bool(m.waits) for m in all_of)
    about = (
        f"{len(all_of)} mechanisms of the seeds: {built} built, {waiting} wait for a later issue, {sum(m.out for m in all_of)} are out of scope and refused."
    )
    rows = [(m.n, m.seed, m.quote, m.capability_en, m.scope, _answer(m)) for m in all_of]
    return f"# Mechanisms\n\n{about}\n\n" + table(("n", "seed", "quote", "mechanism", "scope", "answer"), rows)


def _answer(m: Any) -> str:
    built = f"{code(m.page)}, {code(m.action)}, {code(m.test)}" if m.built else ""
    waits = f"waits for: {m.waits}" if m.waits else ""
    refusal = f"refusal: {code(m.refusal)}" if m.refusal else ""
    return "<br>".join(x for x in (built, waits, refusal) if x)
