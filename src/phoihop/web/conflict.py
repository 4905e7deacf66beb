"""Two people changed the same record: both versions side by side, and a person chooses. Never the last one silently.

The form carries ``version``; an action refuses an old one with the code ``changed-meanwhile``. The view then shows
``conflict_of(form, current)`` with ui/conflict.html.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from phoihop.kernel.figures_text import MISSING

CODE = "changed-meanwhile"


@dataclass(frozen=True, slots=True)
class Line:
    label: Any
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.mine != self.theirs


def conflict_of(form: forms.BaseForm, current: Mapping[str, Any]) -> list[Line]:
    """The fields of a refused form beside what the record holds now; nothing if it was refused for another reason.

    ``current`` maps field names to present values; only fields named there are compared.
    """
    verdict = getattr(form, "verdict", None)
    if verdict is None or verdict.code != CODE:
        return []
    fields = form.fields
    return [Line(form[name].label, _said(fields[name], form[name].value()), _said(fields[name], value)) for name, value in current.items() if name in fields]


def _said(field: forms.Field, value: Any) -> str:
    """A value as the form shows it: the words of a choice, yes or no of a tick."""
    if isinstance(field, forms.BooleanField):
        return _("có") if value else _("không")
    if value is None or value == "":
        return MISSING
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(words) for key, words in choices if str(key) == str(value)), str(value))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
