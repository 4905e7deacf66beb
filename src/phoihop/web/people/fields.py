"""Fields that people pages share: secrets that never come back, a unit of the node, an account."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.models import Unit
from phoihop.domain.people.models import Role, User
from phoihop.domain.people.rules.posts import APPOINTABLE
from phoihop.kernel.secret import Secret

from .. import faces

ROLES = [(role.value, role.label) for role in Role if role in APPOINTABLE]


class SecretField(forms.CharField):
    """A password, a PIN or a one-time code; its value is a :class:`Secret`. A browser fills in what ``autocomplete`` allows.

    Its view names it in Django's ``sensitive_post_parameters``: what is typed while a sign-in runs out is kept, this is not.
    """

    def __init__(self, *, autocomplete: str, shown: bool = False, **kwargs: Any) -> None:
        attrs = {"autocomplete": autocomplete, **({"spellcheck": "false", "autocapitalize": "characters"} if shown else {})}
        widget = forms.TextInput(attrs) if shown else forms.PasswordInput(attrs, render_value=False)
        super().__init__(**{"strip": shown} | kwargs, max_length=400, widget=widget)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return Secret(text) if text else text


class UnitField(forms.ChoiceField):
    """One of the units given by ``offer``, grouped by force."""

    default_error_messages = {"invalid_choice": _("Chọn một đơn vị trong danh sách."), "required": _("Chọn đơn vị.")}

    def offer(self, units: Iterable[Unit]) -> None:
        """``units`` come with their force, in the order in which they are shown."""
        found = list(units)
        self._units = {unit.key: unit for unit in found}
        grouped = [(faces.name_of(faces.face(code)), [(u.key, u.name) for u in group]) for code, group in groupby(found, key=lambda u: u.force.code)]
        self.choices = [("", _("Chọn đơn vị")), *grouped]

    def clean(self, value: Any) -> Unit | None:
        """None where the field may be left empty, and is."""
        return self._units.get(super().clean(value))


class AccountField(forms.ModelChoiceField):
    """An account, shown with its user name: two officials may have one name."""

    default_error_messages = {"invalid_choice": _("Chọn một tài khoản trong danh sách."), "required": _("Chọn một người.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), empty_label=_("Chọn người"), **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name} ({obj.username})"
